// SPDX-License-Identifier: MIT
import type { ObserverFrame } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";
import { remainingSeconds } from "../visibility.ts";

/**
 * Which satellites a place can use: those at least `minDeg` over the plane tangent to the ellipsoid, or those at most
 * `maxKm` away, wherever they stand, as in Hypatia (see {@link flatEarthRangeKm}).
 */
export type Reach =
  | { readonly kind: "elevation"; readonly minDeg: number }
  | { readonly kind: "range"; readonly maxKm: number };

/**
 * Which of the satellites in reach a place uses: all; the nearest; or the one that stays in reach longest, by a
 * forecast over a sphere. Ties go to the lower index.
 */
export type Attachment = "all" | "nearest" | "longest";

/** Satellites `from` to `until - 1` share a rule. */
export interface ReachRange {
  readonly from: number;
  readonly until: number;
  readonly reach: Reach;
}

/**
 * Range at which a satellite stands at an elevation in the sky of a flat Earth: sqrt(h^2 + (h / tan e)^2), km. Hypatia
 * bounds ground links so (Kassing et al., "Exploring the Internet from space with Hypatia", IMC 2020, and the
 * configurations published with it); longer than the true slant range.
 */
export function flatEarthRangeKm(altitudeKm: number, elevationDeg: number): number {
  return Math.hypot(altitudeKm, altitudeKm / Math.tan((elevationDeg * Math.PI) / 180));
}

/** Links between places and satellites at one instant, in rows by place; filled again and again. */
export interface GroundLinks {
  /** Row of place p: entries `offset[p]` to `offset[p + 1] - 1`, satellites rising. */
  readonly offset: Int32Array;
  satellite: Int32Array;
  km: Float64Array;
}

export function createGroundLinks(places: number): GroundLinks {
  return { offset: new Int32Array(places + 1), satellite: new Int32Array(1024), km: new Float64Array(1024) };
}

/** Finds what every place uses now. */
export function fillGroundLinks(
  links: GroundLinks,
  frames: readonly ObserverFrame[],
  ranges: readonly ReachRange[],
  fleet: FleetState,
  attachment: Attachment,
): void {
  const satellites = fleet.xKm.length;
  let size = 0;
  for (const [place, frame] of frames.entries()) {
    if (links.satellite.length < size + satellites) grow(links, 2 * (size + satellites));
    const from = size;
    for (const range of ranges) size = inReach(frame, range, fleet, links, size);
    if (attachment !== "all" && size > from) {
      const best = bestOf(frame, ranges, fleet, links, from, size, attachment);
      links.satellite[from] = links.satellite[best]!;
      links.km[from] = links.km[best]!;
      size = from + 1;
    }
    links.offset[place + 1] = size;
  }
}

/** Appends the satellites of a range that are in reach; returns the new size. */
function inReach(
  frame: ObserverFrame,
  { from, until, reach }: ReachRange,
  { xKm, yKm, zKm }: FleetState,
  { satellite, km }: GroundLinks,
  start: number,
): number {
  const { xKm: sx, yKm: sy, zKm: sz, up } = frame;
  const [ux, uy, uz] = up;
  const byRange = reach.kind === "range";
  const max2 = byRange ? reach.maxKm * reach.maxKm : Number.POSITIVE_INFINITY;
  const sine = byRange ? 0 : Math.sin((reach.minDeg * Math.PI) / 180);
  const squares = sine * Math.abs(sine);
  let size = start;
  for (let i = from; i < until; i++) {
    const dx = xKm[i]! - sx;
    const dy = yKm[i]! - sy;
    const dz = zKm[i]! - sz;
    const range2 = dx * dx + dy * dy + dz * dz;
    if (byRange) {
      if (!(range2 <= max2)) continue;
    } else {
      const above = ux * dx + uy * dy + uz * dz;
      // sin e = above / range, compared as signed squares; NaN fails.
      if (!(above * Math.abs(above) >= squares * range2)) continue;
    }
    satellite[size] = i;
    km[size++] = Math.sqrt(range2);
  }
  return size;
}

function bestOf(
  frame: ObserverFrame,
  ranges: readonly ReachRange[],
  fleet: FleetState,
  { satellite, km }: GroundLinks,
  from: number,
  until: number,
  attachment: "nearest" | "longest",
): number {
  let best = from;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let k = from; k < until; k++) {
    const i = satellite[k]!;
    const score = attachment === "nearest" ? -km[k]! : secondsLeft(frame, ranges, fleet, i);
    if (score > bestScore) {
      best = k;
      bestScore = score;
    }
  }
  return best;
}

function secondsLeft(
  frame: ObserverFrame,
  ranges: readonly ReachRange[],
  fleet: FleetState,
  i: number,
): number {
  const { reach } = ranges.find(range => i < range.until)!;
  if (reach.kind === "elevation") return remainingSeconds(frame, fleet, i, reach.minDeg);
  // The elevation at which a satellite of this height is that far away, over a sphere through the place.
  const radius = Math.hypot(fleet.xKm[i]!, fleet.yKm[i]!, fleet.zKm[i]!);
  const site = Math.hypot(frame.xKm, frame.yKm, frame.zKm);
  const sine = (radius ** 2 - site ** 2 - reach.maxKm ** 2) / (2 * site * reach.maxKm);
  return remainingSeconds(frame, fleet, i, (Math.asin(Math.max(-1, Math.min(1, sine))) * 180) / Math.PI);
}

function grow(links: GroundLinks, capacity: number): void {
  const { satellite, km } = links;
  links.satellite = new Int32Array(capacity);
  links.satellite.set(satellite);
  links.km = new Float64Array(capacity);
  links.km.set(km);
}
