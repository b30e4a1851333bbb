// SPDX-License-Identifier: MIT

import type { RttSample } from "../../data/rtt-history.ts";
import { parabolaWeights } from "../../map/ephemeris.ts";

/** A picture of the samples, as SVG path data in a box of `width` × `height`. */
export interface RttPlot {
  readonly floor: string;
  readonly median: string;
  /** x of every slot edge in the window. */
  readonly edges: readonly number[];
  /** x of the edges at which the satellite changed. */
  readonly handovers: readonly number[];
  /** Bounds of the scale, whole tens of milliseconds. */
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Ten minutes. */
export const WINDOW_MS = 600_000;
const FLOOR_POINTS = 4;

/**
 * Draws the last ten minutes up to the end of the newest slot. Within a slot the floor follows the parabola through
 * its three values; at an edge it jumps, and so does the drawing.
 */
export function plotRtt(samples: readonly RttSample[], width: number, height: number): RttPlot | null {
  const newest = samples.at(-1);
  if (!newest || width <= 0) return null;
  const endMs = newest.untilMs;
  const shown = samples.filter(({ untilMs }) => untilMs > endMs - WINDOW_MS);
  const values = shown.flatMap(({ medianMs, floorMs }) => [medianMs, ...(floorMs ?? [])]);
  const leastMs = Math.max(0, Math.floor(Math.min(...values) / 10) * 10);
  const mostMs = Math.max(leastMs + 10, Math.ceil(Math.max(...values) / 10) * 10);
  const x = (utcMs: number) => round(width * (1 - (endMs - utcMs) / WINDOW_MS));
  const y = (rttMs: number) => round(height * (1 - (rttMs - leastMs) / (mostMs - leastMs)));

  let median = "";
  let floor = "";
  const handovers: number[] = [];
  shown.forEach((sample, i) => {
    const before = shown[i - 1];
    if (before && before.satellite !== sample.satellite) handovers.push(x(sample.fromMs));
    const joined = before?.untilMs === sample.fromMs;
    median += `${joined ? "L" : "M"}${x(sample.fromMs)} ${y(sample.medianMs)}H${x(sample.untilMs)}`;
    const { floorMs } = sample;
    if (!floorMs) return;
    for (let k = 0; k <= FLOOR_POINTS; k++) {
      const share = k / FLOOR_POINTS;
      const [a, b, c] = parabolaWeights(share);
      const at = sample.fromMs + share * (sample.untilMs - sample.fromMs);
      floor += `${k === 0 ? "M" : "L"}${x(at)} ${y(a * floorMs[0] + b * floorMs[1] + c * floorMs[2])}`;
    }
  });
  const slotMs = newest.untilMs - newest.fromMs;
  const edges: number[] = [];
  for (let at = endMs; slotMs > 0 && at >= endMs - WINDOW_MS; at -= slotMs) edges.push(x(at));
  return { floor, median, edges, handovers, leastMs, mostMs };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
