// SPDX-License-Identifier: MIT
// For tests only: a shell of 1,584 satellites over two patches of cells, and what these want.
import { type CellTable, cellAt, cellTableOf } from "@perigee/earth";
import { walkerShell } from "@perigee/orbit";
import type { CellDemand } from "../../beams/cell-plan.ts";
import { createPlanner, type Planner, type PlannerOptions } from "../../plan.ts";
import { slotAt } from "../../slot.ts";

export const EPOCH_MS = Date.UTC(2026, 4, 21, 12);
export const SLOT = slotAt(EPOCH_MS);

export function smallPlanner(more: Partial<PlannerOptions> = {}): Planner {
  const shell = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 1584, planes: 72, phasing: 17 },
    EPOCH_MS,
  );
  if (!shell.ok) throw new Error(shell.error.message);
  return createPlanner({ elements: shell.value, serviceOf: () => "broadband", seed: 3, ...more });
}

/** Cells on a grid of half a degree around places. */
export function patches(...centres: readonly (readonly [latDeg: number, lonDeg: number])[]): CellTable {
  const names = new Set<string>();
  for (const [latDeg, lonDeg] of centres) {
    for (let north = -2; north <= 2; north += 0.5)
      for (let east = -3; east <= 3; east += 0.5) names.add(cellAt(latDeg + north, lonDeg + east));
  }
  const table = cellTableOf([...names]);
  if (!table.ok) throw new Error(table.error.message);
  return table.value;
}

/** Every cell wants the same. */
export function evenDemand(cells: CellTable, downMbps: number): CellDemand {
  const of = (value: number): Float32Array => new Float32Array(cells.count).fill(value);
  return {
    version: `even ${downMbps}`,
    classes: [{ name: "standard", downMbps: of(downMbps), upMbps: of(downMbps / 10), weight: of(1) }],
  };
}
