// SPDX-License-Identifier: MIT
// What the load of a slot does to one terminal's link: what is left for it, and how long its packets wait.

import { medianWaitMs, waitQuantileMs } from "../access.ts";
import type { CellDemand } from "../beams/cell-plan.ts";
import type { LinkState } from "../link-state.ts";
import type { Allocation } from "./allocation.ts";
import { missProbabilityAt } from "./queueing.ts";

/** A user that wants something of its own, in a cell of users that all want the same. */
export interface NamedUser {
  /** Index of its cell. */
  readonly cell: number;
  readonly downMbps: number;
  readonly upMbps: number;
}

/** The load of a slot as links feel it; index = cell. A value. */
export interface CellLoads {
  /** Most that one user of the cell can have, Mbit/s; Infinity where all of them have what they want. */
  readonly downMbps: Float32Array;
  readonly upMbps: Float32Array;
  /** As in {@link Allocation}. */
  readonly downQueueMs: Float32Array;
  readonly upQueueMs: Float32Array;
  readonly accessUtilisation: Float32Array;
}

/** What a cell gets may fall short of what it wants by the rounding of sums, and is not short by that. */
const ROUNDING = 1e-5;
/** The data plane carries no rate of 0: a terminal that is left with nothing has this. */
const LEAST_MBPS = 0.01;

/**
 * Shares what an allocation gives to each cell among the users of the cell, max-min fairly: a cell whose demand is not
 * met has a level, below which a user has all it wants, and which the others have. Users are counted by the weights of
 * the demand; they want the same each, but for those named.
 *
 * @param named Users with a demand of their own, which is part of `demand` with a weight of 1 each.
 */
export function cellLoads(
  allocation: Allocation,
  demand: CellDemand,
  named: readonly NamedUser[],
): CellLoads {
  const { downQueueMs, upQueueMs, accessUtilisation } = allocation;
  const byCell = Map.groupBy(named, ({ cell }) => cell);
  const levels = (direction: "downMbps" | "upMbps"): Float32Array => {
    const got = allocation[direction];
    const level = new Float32Array(got.length).fill(Number.POSITIVE_INFINITY);
    for (let cell = 0; cell < got.length; cell++) {
      const { wantedMbps, users } = wantedIn(demand, direction, cell);
      if (got[cell]! < wantedMbps * (1 - ROUNDING)) level[cell] = got[cell]! / users;
    }
    for (const [cell, here] of byCell) {
      if (level[cell] === Number.POSITIVE_INFINITY) continue;
      const { wantedMbps, users } = wantedIn(demand, direction, cell);
      const own = here.map(user => user[direction]);
      const others = Math.max(0, users - own.length);
      const ofOthers = Math.max(0, wantedMbps - own.reduce((sum, one) => sum + one, 0));
      level[cell] = fairLevel(got[cell]!, [
        ...(others > 0 ? [{ count: others, eachMbps: ofOthers / others }] : []),
        ...own.map(eachMbps => ({ count: 1, eachMbps })),
      ]);
    }
    return level;
  };
  return {
    downMbps: levels("downMbps"),
    upMbps: levels("upMbps"),
    downQueueMs,
    upQueueMs,
    accessUtilisation,
  };
}

/** Of a cell: what all classes want together, and how many users stand behind it. */
function wantedIn({ classes }: CellDemand, direction: "downMbps" | "upMbps", cell: number) {
  let wantedMbps = 0;
  let users = 0;
  for (let k = 0; k < classes.length; k++) {
    wantedMbps += classes[k]![direction][cell]!;
    users = Math.max(users, classes[k]!.weight[cell]!);
  }
  return { wantedMbps, users };
}

/**
 * The level L at which the users have all of `totalMbps`: the sum of count * min(each, L). Infinity where they want no
 * more than that.
 */
export function fairLevel(
  totalMbps: number,
  users: readonly { readonly count: number; readonly eachMbps: number }[],
): number {
  const rising = [...users].sort((a, b) => a.eachMbps - b.eachMbps);
  let left = totalMbps;
  let count = rising.reduce((sum, user) => sum + user.count, 0);
  for (const user of rising) {
    if (user.eachMbps * count >= left) return left / count;
    left -= user.eachMbps * user.count;
    count -= user.count;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * A link with what load does to it. Its rates are at most what the cell's users can have; mean waits at satellite,
 * lasers, contact and fibre become part of the constant delay, and the wait for a grant grows with the use of the cell's
 * share of its beam.
 *
 * @param cell Index of the terminal's cell in the table that the loads are of.
 */
export function loadedLink(link: LinkState, loads: CellLoads, cell: number): LinkState {
  const queueMs = { down: loads.downQueueMs[cell]!, up: loads.upQueueMs[cell]! };
  const accessUtilisation = loads.accessUtilisation[cell]!;
  const fixedMs = link.fixedMs + queueMs.down + queueMs.up;
  const missProbability = Math.max(link.access.missProbability, missProbabilityAt(accessUtilisation));
  const access = { ...link.access, missProbability };
  const constantMs = 2 * link.oneWayMs[0] + fixedMs;
  return {
    ...link,
    fixedMs,
    access,
    downMbps: Math.max(LEAST_MBPS, Math.min(link.downMbps, loads.downMbps[cell]!)),
    upMbps: Math.max(LEAST_MBPS, Math.min(link.upMbps, loads.upMbps[cell]!)),
    rttMs: {
      floor: constantMs + waitQuantileMs(access, 0),
      median: constantMs + medianWaitMs(access),
    },
    load: { queueMs, accessUtilisation },
  };
}
