// SPDX-License-Identifier: MIT
// For tests and benchmarks only: a second reading of what a plan of cells promises (the head of `cell-plan.ts`), from
// SGP4, elementary vector algebra and counting. Nothing of the planner's geometry is used; sampling takes the place of
// closed forms, all pairs that of masks, and the optimality conditions that of searches.
import { checkBeamCounts, checkColours, checkShape } from "./check-beams.ts";
import { checkContacts, checkTrees } from "./check-ground.ts";
import { checkReasons, checkSight } from "./check-sight.ts";
import { type CheckedNetwork, type CheckedSlot, planCase } from "./plan-case.ts";
import { Findings } from "./plan-findings.ts";

/**
 * Everything that is wrong with a plan. A slot of 590,000 cells and 10,000 satellites takes some seconds.
 *
 * Tolerances: 0.002 degrees and 0.0002 ms per hop, for a planner may interpolate positions to within 10 m.
 */
export function checkCellPlan(network: CheckedNetwork, slot: CheckedSlot): Findings {
  const found = new Findings();
  const at = planCase(network, slot);
  const rows = checkShape(at, found);
  // What names nothing cannot be looked up.
  if (rows === null || found.counts.has("index")) return found;
  checkBeamCounts(at, rows, found);
  checkColours(at, rows, found);
  checkContacts(at, found);
  checkTrees(at, found);
  checkSight(at, rows, found);
  checkReasons(at, found);
  servedShare(slot, found);
  return found;
}

function servedShare({ plan, demand, permitted }: CheckedSlot, found: Findings): void {
  let asked = 0;
  let served = 0;
  let demanding = 0;
  let demandingServed = 0;
  for (let c = 0; c < plan.beam.length; c++) {
    if (permitted[c] !== 1) continue;
    const wants = demand.classes.some(({ downMbps, upMbps }) => downMbps[c]! > 0 || upMbps[c]! > 0);
    const has = plan.beam[c]! >= 0 ? 1 : 0;
    asked += 1;
    served += has;
    if (wants) demanding += 1;
    if (wants) demandingServed += has;
  }
  found.figures["servedShare"] = served / Math.max(1, asked);
  found.figures["demandCells"] = demanding;
  found.figures["demandCellsServed"] = demandingServed;
}
