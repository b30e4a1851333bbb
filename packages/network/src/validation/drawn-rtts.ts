// SPDX-License-Identifier: MIT
import { waitQuantileMs } from "../access.ts";
import { uniform } from "../draw.ts";
import type { Planner } from "../plan.ts";
import { slotAt } from "../slot.ts";
import type { Site } from "../slot-plan.ts";
import { mean } from "./quantiles.ts";

/** Round trips of single packets over planned slots. */
export interface DrawnRtts {
  /** Slot after slot, `perSlot` each. */
  readonly rttMs: Float64Array;
  readonly perSlot: number;
  readonly meanLasers: number;
  readonly servedShare: number;
}

export interface DrawOptions {
  readonly fromMs: number;
  readonly slots: number;
  /** In slots, between two; default 1, each plan the next one's previous. */
  readonly stride?: number;
  readonly perSlot?: number;
  readonly seed: number;
  /** In place of what the plan says. */
  readonly missProbability?: number;
}

const WAIT = 31;

/** Plans one site and draws waits from each link's own distribution: what a ping program would write down. */
export function drawnRtts(planner: Planner, site: Site, options: DrawOptions): DrawnRtts {
  const { fromMs, slots, stride = 1, perSlot = 40, seed, missProbability } = options;
  const rtt: number[] = [];
  const lasers: number[] = [];
  let previous = null;
  for (let k = 0; k < slots; k++) {
    const plan = planner.plan(slotAt(fromMs) + k * stride, [site], stride === 1 ? previous : null);
    previous = plan;
    for (const link of plan.links) {
      const access = missProbability === undefined ? link.access : { ...link.access, missProbability };
      lasers.push(link.hops.filter(({ kind }) => kind === "laser").length);
      for (let ping = 0; ping < perSlot; ping++)
        rtt.push(2 * link.oneWayMs[1] + link.fixedMs + waitQuantileMs(access, uniform(seed, k, ping, WAIT)));
    }
  }
  return {
    rttMs: Float64Array.from(rtt),
    perSlot,
    meanLasers: mean(lasers),
    servedShare: lasers.length / slots,
  };
}
