// SPDX-License-Identifier: MIT
import { CELL_REASONS, type CellPlan, type CellReason } from "../beams/cell-plan.ts";
import { planDigest } from "../beams/cell-plan-bytes.ts";
import { type CellChange, diffCellPlans } from "../beams/cell-plan-diff.ts";
import type { CellsRequest, PlannedCells, Planner } from "../plan.ts";
import { slotAt } from "../slot.ts";

export interface PlanAtOptions extends Omit<CellsRequest, "slot" | "previous"> {
  /** Any instant of the slot, UTC ms. */
  readonly atMs: number;
  /**
   * Slots planned before it, each from the one before; default 0: a cold plan, which depends on nothing but the slot. One
   * is enough for a difference.
   */
  readonly warmSlots?: number;
}

/** A plan in figures. */
export interface PlanSummary {
  readonly cells: number;
  readonly permitted: number;
  readonly byReason: Readonly<Record<CellReason, number>>;
  /** Of the permitted cells. */
  readonly servedShare: number;
  /** Beams that have a cell; further beams of busy cells; cells of the fullest beam. */
  readonly beams: number;
  readonly extraBeams: number;
  readonly mostCellsPerBeam: number;
  readonly satellites: number;
  readonly contacts: number;
  readonly gateways: number;
  readonly pops: number;
}

/** How a plan differs from the one before it. */
export interface PlanDifference {
  readonly changes: readonly CellChange[];
  readonly satelliteChanged: number;
  /** Cells that got a beam, and that lost theirs. */
  readonly gained: number;
  readonly lost: number;
  /** Same satellite, another beam, colour or share. */
  readonly adjusted: number;
}

export interface PlanAtResult {
  readonly slot: number;
  readonly planned: PlannedCells;
  /** Names the plan by its bytes. */
  readonly digest: string;
  readonly summary: PlanSummary;
  /** `null` for a cold plan. */
  readonly difference: PlanDifference | null;
}

/**
 * The plan of one slot with what can be said of it. The same arguments give the same bytes; `plan.inputs` names each of
 * them.
 *
 * @throws RangeError for a number of slots that is not whole or not 0 to 5,760, or arrays of another size than the table.
 *
 * @example
 * ```ts
 * const { planned, summary } = planAt(planner, { atMs, cells, demand });
 * writeFileSync("slot.plan", encodeCellPlan(planned.plan));
 * ```
 */
export function planAt(planner: Planner, options: PlanAtOptions): PlanAtResult {
  const { atMs, warmSlots = 0, ...request } = options;
  if (!(Number.isInteger(warmSlots) && warmSlots >= 0 && warmSlots <= 5760))
    throw new RangeError(`${warmSlots} slots cannot be planned before one`);
  const slot = slotAt(atMs);
  let before: PlannedCells | null = null;
  for (let k = warmSlots; k > 0; k--) {
    before = planner.planCells({ ...request, slot: slot - k, previous: before });
  }
  const planned = planner.planCells({ ...request, slot, previous: before });
  return {
    slot,
    planned,
    digest: planDigest(planned.plan),
    summary: summaryOfPlan(planned.plan),
    difference: before === null ? null : planDifference(before.plan, planned.plan),
  };
}

/** Counts of a plan, whoever made it. */
export function summaryOfPlan(plan: CellPlan): PlanSummary {
  const byReason = CELL_REASONS.map(() => 0);
  for (const code of plan.reason) byReason[code]!++;
  const load = new Int32Array(plan.beams.satellite.length);
  for (const beam of plan.beam) if (beam >= 0) load[beam]!++;
  for (const beam of plan.extra.beam) load[beam]!++;
  const cells = plan.reason.length;
  const permitted = cells - byReason[CELL_REASONS.indexOf("notPermitted")]!;
  return {
    cells,
    permitted,
    byReason: Object.fromEntries(CELL_REASONS.map((name, code) => [name, byReason[code]!])) as Record<
      CellReason,
      number
    >,
    servedShare: permitted === 0 ? 1 : byReason[0]! / permitted,
    beams: load.reduce((sum, of) => sum + (of > 0 ? 1 : 0), 0),
    extraBeams: plan.extra.beam.length,
    mostCellsPerBeam: load.reduce((most, of) => Math.max(most, of), 0),
    satellites: new Set(plan.beams.satellite).size,
    contacts: plan.contacts.satellite.length,
    gateways: new Set(plan.contacts.gateway).size,
    pops: plan.trees.length,
  };
}

/** What changed from one plan to another of the same cells. */
export function planDifference(before: CellPlan, after: CellPlan): PlanDifference {
  const changes = diffCellPlans(before, after);
  let [satelliteChanged, gained, lost, adjusted] = [0, 0, 0, 0];
  for (const { before: a, after: b } of changes) {
    if (a.satellite < 0 && b.satellite >= 0) gained++;
    else if (a.satellite >= 0 && b.satellite < 0) lost++;
    else if (a.satellite !== b.satellite) satelliteChanged++;
    else if (a.satellite >= 0) adjusted++;
  }
  return { changes, satelliteChanged, gained, lost, adjusted };
}
