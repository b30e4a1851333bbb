// SPDX-License-Identifier: MIT
// For tests only: how much any plan and any allocation could carry down at most, by a linear programme (HiGHS).
import type { Highs } from "highs";
import { arcMarginDeg, inSight, treesByPop } from "./check-sight.ts";
import { type CheckedNetwork, type CheckedSlot, DEG, planCase } from "./plan-case.ts";

/** Mbit/s down of a whole channel, pair by pair. */
export type PairRates = (cell: Int32Array, satellite: Int32Array) => Float32Array;

/**
 * Most Mbit/s to all cells together. Variables are how many beams (a fraction counts) of a satellite a cell has, for
 * every satellite that may serve it. Limits: what the cell wants; its beams of all colours; the satellite's beams and
 * what its users can have together. Every plan with its allocation is such a point, for a beam's shares add up to at
 * most one; whole beams, colours, parts of 64, sharing limits, lasers, contacts and uplinks are left out, so that the
 * programme may reach more than can be had, never less.
 */
export function carriedBound(
  solver: Highs,
  network: CheckedNetwork,
  slot: CheckedSlot,
  ratesOf: PairRates,
): number {
  const at = planCase(network, slot);
  const { plan, permitted, demand, payload, beams, policy } = at;
  const trees = treesByPop(plan.trees);
  const pairs: [cell: number, satellite: number][] = [];
  for (let c = 0; c < plan.beam.length; c++) {
    const wants = demand.classes.some(({ downMbps }) => downMbps[c]! > 0);
    if (permitted[c] !== 1 || !wants) continue;
    const delay = trees.get(plan.pop[c]!)?.delayMs;
    for (let i = 0; i < at.usable.length; i++) {
      if (!Number.isFinite(delay?.[i] ?? Number.NaN) || !inSight(at, c, i, -DEG)) continue;
      if (arcMarginDeg(at, c, i) >= -DEG) pairs.push([c, i]);
    }
  }
  const cell = Int32Array.from(pairs, pair => pair[0]);
  const satellite = Int32Array.from(pairs, pair => pair[1]);
  const mbps = ratesOf(cell, satellite);
  const terms = (list: readonly number[], weighed: boolean) =>
    list.map(k => `${weighed ? mbps[k]!.toFixed(9) : 1} x${k}`).join(" + ");
  const rows: string[] = [];
  const all = [...pairs.keys()].filter(k => mbps[k]! > 0);
  for (const [c, list] of Map.groupBy(all, k => cell[k]!)) {
    const wanted = demand.classes.reduce((sum, { downMbps }) => sum + downMbps[c]!, 0);
    rows.push(`${terms(list, true)} <= ${wanted}`);
    rows.push(`${terms(list, false)} <= ${policy.scheduler.beams.beamsPerCell}`);
  }
  for (const [i, list] of Map.groupBy(all, k => satellite[k]!)) {
    rows.push(`${terms(list, true)} <= ${payload[i]!.userDownMbps}`);
    rows.push(`${terms(list, false)} <= ${beams[i]}`);
  }
  const text = `Maximize\n obj: ${terms(all, true)}\nSubject To\n ${rows.join("\n ")}\nEnd\n`;
  const { Status, ObjectiveValue } = solver.solve(text);
  if (Status !== "Optimal") throw new Error(`the solver ended with ${Status}`);
  return ObjectiveValue;
}
