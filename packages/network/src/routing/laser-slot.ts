// SPDX-License-Identifier: MIT
import { type ArrayPool, freshArrays } from "../array-pool.ts";
import type { Outage } from "../beams/cell-plan.ts";
import { uniform } from "../draw.ts";
import type { FleetState } from "../fleet-motion.ts";
import { type LaserRules, laserKm, outlastsMoves, trackingDegPerS } from "./laser-geometry.ts";
import { type LaserTopology, linkBetween } from "./laser-topology.ts";

/** How long two terminals need to find each other: never under `leastS`, on average `meanS`. */
export interface Acquisition {
  readonly leastS: number;
  readonly meanS: number;
}

/** Fastest seen 12 s; mean 30 s assumed, inside the 5 to 30 s that are reported and a change of beam. */
export const defaultAcquisition: Acquisition = { leastS: 12, meanS: 30 };

/** Which links are held or being acquired in a slot, and since when: what the next slot must know of this one. */
export interface LaserState {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Pairs of satellites that point at each other, sorted by (a, b). */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** From when each carries traffic, UTC milliseconds; -Infinity for those that stood before the first slot known. */
  readonly readyMs: Float64Array;
}

/** The laser links of one slot; index = link of the topology. */
export interface LaserSlot {
  readonly topology: LaserTopology;
  /** 1: carries traffic from the slot's start to its end. */
  readonly up: Uint8Array;
  /** Length at the start, km; -1 where there can be no link then. */
  readonly km: Float64Array;
  readonly state: LaserState;
}

export interface LaserSlotInputs {
  readonly topology: LaserTopology;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly start: FleetState;
  readonly end: FleetState;
  /** Per satellite: 0 for those that hold no lasers now; default all. */
  readonly usable?: Uint8Array;
  readonly rules: LaserRules;
  readonly outage?: Outage;
  /** State of the slot just before; without it every link that can be is taken to stand since long. */
  readonly previous?: LaserState;
  readonly acquisition?: Acquisition;
  readonly seed: number;
}

/**
 * Which lasers carry traffic in a slot. A pair points at each other while geometry (range, clearance, tracking rate)
 * allows it at the slot's start and end and neither the link nor an end is out of order. A pair that did not in the
 * slot before must be acquired first: `leastS` plus an exponential draw of (seed, pair, instant), and carries from the
 * first slot that starts later. Throws RangeError where `previous` is not of the slot just before.
 *
 * @param arrays Where the arrays of the answer come from; default: new ones.
 */
export function lasersInSlot(inputs: LaserSlotInputs, arrays: ArrayPool = freshArrays): LaserSlot {
  const { topology, fromMs, untilMs, previous } = inputs;
  if (previous !== undefined && previous.untilMs !== fromMs)
    throw new RangeError(`the state before ends at ${previous.untilMs}, the slot starts at ${fromMs}`);
  const up = arrays.uint8(topology.a.length);
  const km = arrays.float64(topology.a.length);
  const held = whoPoint(inputs, km, up);
  const state = { fromMs, untilMs, ...sinceWhen(inputs, up, held, arrays) };
  return { topology, up, km, state };
}

/** Writes the lengths at the start, and into `points` 1 for pairs that point at each other all slot; returns how many. */
function whoPoint(inputs: LaserSlotInputs, km: Float64Array, points: Uint8Array): number {
  const { topology, start, end, usable, rules, outage } = inputs;
  const { a, b } = topology;
  const dead = outage === undefined ? undefined : failed(topology, outage);
  const turns = rules.maxTrackingDegPerS ?? Number.POSITIVE_INFINITY;
  // A metre more, for rounding.
  const movedKm = farthestKm(start, end) + 0.001;
  let held = 0;
  for (let k = 0; k < a.length; k++) {
    const p = a[k]!;
    const q = b[k]!;
    const length = laserKm(start, p, q, rules);
    km[k] = length;
    points[k] = 0;
    if (length < 0 || dead?.[k] === 1) continue;
    if (usable !== undefined && (usable[p] === 0 || usable[q] === 0)) continue;
    if (!outlastsMoves(start, p, q, rules, length, movedKm) && laserKm(end, p, q, rules) < 0) continue;
    if (turns < Number.POSITIVE_INFINITY && !tracked(start, end, p, q, turns)) continue;
    points[k] = 1;
    held += 1;
  }
  return held;
}

/** From when each pair that points carries traffic; takes out of `up` those that do not from the slot's start on. */
function sinceWhen(inputs: LaserSlotInputs, up: Uint8Array, held: number, arrays: ArrayPool) {
  const { topology, fromMs, previous, seed } = inputs;
  const acquisition = inputs.acquisition ?? defaultAcquisition;
  const a = arrays.int32(held);
  const b = arrays.int32(held);
  const readyMs = arrays.float64(held);
  let before = 0;
  for (let k = 0, size = 0; size < held; k++) {
    if (up[k] === 0) continue;
    const p = topology.a[k]!;
    const q = topology.b[k]!;
    let ready = Number.NEGATIVE_INFINITY;
    if (previous !== undefined) {
      while (before < previous.a.length && isBefore(previous.a[before]!, previous.b[before]!, p, q)) before++;
      const stood = previous.a[before] === p && previous.b[before] === q;
      ready = stood ? previous.readyMs[before]! : fromMs + acquisitionMs(acquisition, seed, p, q, fromMs);
    }
    if (!(ready <= fromMs)) up[k] = 0;
    a[size] = p;
    b[size] = q;
    readyMs[size++] = ready;
  }
  return { a, b, readyMs };
}

/** The longest way of a satellite between two instants, km; Infinity where one is lost on it. */
function farthestKm(start: FleetState, end: FleetState): number {
  let most2 = 0;
  for (let i = 0; i < start.xKm.length; i++) {
    const dx = end.xKm[i]! - start.xKm[i]!;
    const dy = end.yKm[i]! - start.yKm[i]!;
    const dz = end.zKm[i]! - start.zKm[i]!;
    const way2 = dx * dx + dy * dy + dz * dz;
    if (way2 > most2) most2 = way2;
    // NaN: without a place at the start it has no laser anyway.
    else if (!(way2 <= most2) && start.xKm[i]! <= Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  }
  return Math.sqrt(most2);
}

/** Milliseconds that two satellites need to find each other, when they begin at `atMs`. */
export function acquisitionMs(
  { leastS, meanS }: Acquisition,
  seed: number,
  a: number,
  b: number,
  atMs: number,
): number {
  const draw = uniform(seed, a, b, Math.floor(atMs / 1000) | 0);
  return 1000 * (leastS - (meanS - leastS) * Math.log(1 - draw));
}

/** Per link of a topology: 1 where an outage names it or one of its ends. Pairs that are no link are passed over. */
export function failed(topology: LaserTopology, outage: Outage | undefined): Uint8Array {
  const dead = new Uint8Array(topology.a.length);
  const { offset, link } = topology.rows;
  for (const i of outage?.satellites ?? []) {
    for (let e = offset[i]!; e < offset[i + 1]!; e++) dead[link[e]!] = 1;
  }
  for (const [p, q] of outage?.lasers ?? []) {
    const k = linkBetween(topology, p, q);
    if (k >= 0) dead[k] = 1;
  }
  return dead;
}

function tracked(start: FleetState, end: FleetState, a: number, b: number, most: number): boolean {
  return trackingDegPerS(start, a, b) <= most && trackingDegPerS(end, a, b) <= most;
}

function isBefore(a: number, b: number, p: number, q: number): boolean {
  return a < p || (a === p && b < q);
}
