// SPDX-License-Identifier: MIT
import { createMinHeap } from "../heap.ts";

/**
 * One class of flows in one direction. Flows of a group share all their resources; flow f gets min(demand, weight *
 * level) at the level of its group, which is what weighted max-min fairness says (Bertsekas and Gallager, Data Networks,
 * 6.5.2, with demands as private links).
 */
export interface FillingProblem {
  readonly groups: number;
  /** Flows of group g: entries `flowOffset[g]` to `flowOffset[g + 1] - 1`. */
  readonly flowOffset: Int32Array;
  /** Mbit/s, above 0. */
  readonly demand: Float64Array;
  /** Above 0. */
  readonly weight: Float64Array;
  /** Resources of group g: entries `pathOffset[g]` to `pathOffset[g + 1] - 1` of `path`. */
  readonly pathOffset: Int32Array;
  readonly path: Int32Array;
  /** Mbit/s per resource. */
  readonly capacity: Float64Array;
}

export interface Filling {
  /** Mbit/s per unit of weight at which a group stops; Infinity where all its flows get their demand. */
  readonly level: Float64Array;
  /** The resource that stopped it; -1: none. */
  readonly bottleneck: Int32Array;
}

/** A resource counts as full when this little of it is left, relative. */
const FULL = 1e-12;

/**
 * Progressive filling, exact: the common level rises from 0, and whenever a resource is full its groups stop.
 *
 * The load of a resource is concave and piecewise linear in the level, so that Newton's step from a level below never
 * passes the one at which the resource is full. Such lower bounds stand in a heap. The least is taken out and improved
 * by one step at the level it names; a bound that does not move is exact, and it is the next event. Groups that stop
 * only lighten other resources, whose bounds stay bounds. As levels come out of the heap in order, each group's cursor
 * over its breakpoints only moves forward. No path is walked but once, when its group stops.
 *
 * Cost: O(F log F) to order the breakpoints of each group, O(F) for all cursors, and for each step the live groups of
 * one resource. Ties go to the resource with the lower number.
 */
export function fillToLevels(problem: FillingProblem): Filling {
  const { groups, pathOffset, path, capacity } = problem;
  const { breakAt, below, beyond } = breakpoints(problem);
  const resources = capacity.length;
  const level = new Float64Array(groups).fill(Number.POSITIVE_INFINITY);
  const bottleneck = new Int32Array(groups).fill(-1);
  /** First breakpoint above the present level, as an index into `breakAt`. */
  const cursor = Int32Array.from({ length: groups }, (_, g) => problem.flowOffset[g]! + g);
  const stopped = new Uint8Array(groups);
  /** Mbit/s of the stopped groups. */
  const settled = new Float64Array(resources);
  const { offset, member, size } = membersOf(problem);
  const heap = createMinHeap(resources);
  for (let r = 0; r < resources; r++)
    if (size[r]! > 0 && capacity[r]! < Number.POSITIVE_INFINITY) heap.push(r, 0);

  for (let r = heap.pop(); r >= 0; r = heap.pop()) {
    const at = heap.lastKey;
    let load = settled[r]!;
    let slope = 0;
    let live = 0;
    const from = offset[r]!;
    const to = from + size[r]!;
    for (let m = from; m < to; m++) {
      const g = member[m]!;
      if (stopped[g] !== 0) continue;
      member[from + live++] = g;
      let k = cursor[g]!;
      while (breakAt[k]! <= at) k++;
      cursor[g] = k;
      load += below[k]! + at * beyond[k]!;
      slope += beyond[k]!;
    }
    size[r] = live;
    // All that still want more here stopped elsewhere, or have what they want.
    if (slope === 0) continue;
    const left = capacity[r]! - load;
    const bound = at + left / slope;
    if (left > FULL * capacity[r]! && bound > at) {
      heap.push(r, bound);
      continue;
    }
    for (let m = from; m < from + live; m++) {
      const g = member[m]!;
      const k = cursor[g]!;
      // A group whose flows are all served stays free of a bottleneck, and so it does no harm to leave it in.
      if (beyond[k] === 0) continue;
      stopped[g] = 1;
      level[g] = at;
      bottleneck[g] = r;
      const carried = below[k]! + at * beyond[k]!;
      for (let p = pathOffset[g]!; p < pathOffset[g + 1]!; p++) settled[path[p]!]! += carried;
    }
  }
  return { level, bottleneck };
}

/**
 * Per group, in rising order of demand over weight: the level `breakAt` at which each flow has its demand, the demands
 * `below` it and the weights at and `beyond` it. Group g has one entry more than flows, so that it starts at
 * `flowOffset[g] + g`; the last entry lies at Infinity.
 */
function breakpoints({ groups, flowOffset, demand, weight }: FillingProblem) {
  const length = demand.length + groups;
  const breakAt = new Float64Array(length);
  const below = new Float64Array(length);
  const beyond = new Float64Array(length);
  const order = new Uint32Array(length);
  const keys = new Float64Array(length);
  const words = new Uint32Array(keys.buffer);
  for (let g = 0; g < groups; g++) {
    const first = flowOffset[g]!;
    const count = flowOffset[g + 1]! - first;
    const at = first + g;
    sortByRatio(first, count, at);
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const f = first + order[at + k]!;
      below[at + k] = sum;
      sum += demand[f]!;
    }
    below[at + count] = sum;
    breakAt[at + count] = Number.POSITIVE_INFINITY;
    let rest = 0;
    beyond[at + count] = 0;
    for (let k = count - 1; k >= 0; k--) {
      rest += weight[first + order[at + k]!]!;
      beyond[at + k] = rest;
    }
  }
  return { breakAt, below, beyond };

  /**
   * Positive doubles sort as integers do, so a flow's number can ride in the lowest bits of its ratio: a native sort of
   * plain numbers, with ties in order of flows. The bits taken cost ratios that agree to 2^-40 or so their order; one
   * pass of insertion puts them right.
   */
  function sortByRatio(first: number, count: number, at: number): void {
    const bits = 32 - Math.clz32(Math.max(1, count - 1));
    const mask = (1 << bits) - 1;
    for (let k = 0; k < count; k++) {
      keys[at + k] = demand[first + k]! / weight[first + k]!;
      const low = 2 * (at + k) + LOW_WORD;
      words[low] = (words[low]! & ~mask) | k;
    }
    keys.subarray(at, at + count).sort();
    for (let k = 0; k < count; k++) {
      const flow = words[2 * (at + k) + LOW_WORD]! & mask;
      const ratio = demand[first + flow]! / weight[first + flow]!;
      let i = at + k;
      for (; i > at && breakAt[i - 1]! > ratio; i--) {
        breakAt[i] = breakAt[i - 1]!;
        order[i] = order[i - 1]!;
      }
      breakAt[i] = ratio;
      order[i] = flow;
    }
  }
}

/** Where a double's low half lies on this machine: 0 on little-endian ones. */
const LOW_WORD = new Uint32Array(new Float64Array([2 ** -1074]).buffer)[0] === 1 ? 0 : 1;

/** The groups of each resource, compressed rows. */
function membersOf({ groups, pathOffset, path, capacity }: FillingProblem) {
  const offset = new Int32Array(capacity.length + 1);
  for (const r of path) offset[r + 1]!++;
  for (let r = 0; r < capacity.length; r++) offset[r + 1]! += offset[r]!;
  const size = new Int32Array(capacity.length);
  const member = new Int32Array(path.length);
  for (let g = 0; g < groups; g++) {
    for (let p = pathOffset[g]!; p < pathOffset[g + 1]!; p++) {
      const r = path[p]!;
      member[offset[r]! + size[r]!++] = g;
    }
  }
  return { offset, member, size };
}
