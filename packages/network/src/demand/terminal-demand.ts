// SPDX-License-Identifier: MIT
import type { CellTable } from "@perigee/earth";
import type { CellDemand } from "../beams/cell-plan.ts";
import { cellRow } from "../cell-rows.ts";
import type { Site } from "../slot-plan.ts";
import { DEMAND_CLASSES, demandOfClasses, emptyClass } from "./demand-classes.ts";
import { type DemandResult, refuse } from "./demand-error.ts";

/**
 * The demand of given terminals, each wanting all that its plan allows: per cell the sum over its permitted sites, and
 * as weight their number. Sites that may not radiate want nothing. Error `unknownCell`: a permitted site whose
 * cell is not in the table, for it could never be served.
 *
 * @param className `standard` unless told; the other built-in class is there too, empty, so that demands add up.
 */
export function terminalDemand(
  cells: CellTable,
  sites: readonly Site[],
  className: (typeof DEMAND_CLASSES)[number] = "standard",
): DemandResult<CellDemand> {
  const classes = DEMAND_CLASSES.map(name => emptyClass(name, cells.count));
  const { downMbps, upMbps, weight } = classes[DEMAND_CLASSES.indexOf(className)]!;
  for (const site of sites) {
    if (!site.permitted) continue;
    const cell = cellRow(cells, site.cell);
    if (cell < 0) {
      const message = `The cell ${site.cell} of the site ${site.id} is not in the table of cells.`;
      return refuse("unknownCell", `site ${site.id}`, message);
    }
    downMbps[cell]! += site.downMbps;
    upMbps[cell]! += site.upMbps;
    weight[cell]! += 1;
  }
  return { ok: true, value: demandOfClasses(classes) };
}
