// SPDX-License-Identifier: MIT
import type { CellPlan } from "../beams/cell-plan.ts";
import { treesByPop } from "./check-sight.ts";
import { type Findings, Findings as Found } from "./plan-findings.ts";

/**
 * A failure re-plans only what it touches: a cell keeps satellite, place in the satellite's row of beams, colour and
 * share unless its satellite is gone, no longer reaches the cell's PoP, or the cell may no longer be served. A cell
 * that had no beam gets none.
 */
export function checkReplan(
  before: CellPlan,
  after: CellPlan,
  gone: readonly number[],
  permitted: Uint8Array,
): Findings {
  const found = new Found();
  const trees = treesByPop(after.trees);
  const lost = new Set(gone);
  const rowBefore = rowStarts(before);
  const rowAfter = rowStarts(after);
  let kept = 0;
  let moved = 0;
  for (let c = 0; c < before.beam.length; c++) {
    const [was, is] = [before.beam[c]!, after.beam[c]!];
    if (was < 0) {
      if (is >= 0) found.add("replan", `it had no beam and now has ${is}`, { cell: c });
      continue;
    }
    const satellite = before.beams.satellite[was]!;
    const reached = Number.isFinite(trees.get(after.pop[c]!)?.delayMs[satellite] ?? Number.POSITIVE_INFINITY);
    if (lost.has(satellite) || !reached || permitted[c] !== 1) {
      moved += 1;
      continue;
    }
    kept += 1;
    const same =
      is >= 0 &&
      after.beams.satellite[is] === satellite &&
      after.beams.colour[is] === before.beams.colour[was] &&
      is - rowAfter.get(satellite)! === was - rowBefore.get(satellite)! &&
      after.share[c] === before.share[c];
    if (!same)
      found.add("replan", `beam ${was} of satellite ${satellite} became ${is}`, { cell: c, satellite });
  }
  found.figures["kept"] = kept;
  found.figures["touched"] = moved;
  return found;
}

/** Where the beams of each satellite begin. */
function rowStarts({ beams }: CellPlan): Map<number, number> {
  const starts = new Map<number, number>();
  beams.satellite.forEach((i, b) => {
    if (!starts.has(i)) starts.set(i, b);
  });
  return starts;
}
