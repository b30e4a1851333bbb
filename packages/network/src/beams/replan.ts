// SPDX-License-Identifier: MIT
import type { PlanWork } from "./beam-assignment.ts";
import { BUSY, EXTRA, IDLE } from "./beam-rows.ts";
import type { BeamPlan } from "./cell-plan.ts";
import { hasRoute } from "./growing-tree.ts";
import type { SharedBeams } from "./plan-output.ts";

/** What is left of a plan after a failure. */
export interface RestoredBeams extends SharedBeams {
  /** Per cell: 1 where it lost a beam. */
  readonly touched: Uint8Array;
}

/**
 * Opens the beams of a plan again, each in its place of its satellite's row, without the cells that it can no longer
 * serve: those of unusable satellites, those whose PoP it no longer reaches, those no longer wanted.
 */
export function restoreBeams(
  work: PlanWork,
  plan: BeamPlan,
  wanted: Uint8Array,
  usable: Uint8Array,
): RestoredBeams {
  const { rows, load, treeOfCell, trees, cellBeam, policy } = work;
  const { satellite, colour } = plan.beams;
  const n = cellBeam.length;
  const touched = new Uint8Array(n);
  const stays = (cell: number, beam: number) => {
    const i = satellite[beam]!;
    if (wanted[cell] === 1 && usable[i] === 1 && hasRoute(trees[treeOfCell[cell]!]!, i)) return true;
    touched[cell] = 1;
    return false;
  };
  const cellsOf: number[][] = Array.from(satellite, () => []);
  const kind = new Uint8Array(satellite.length).fill(IDLE);
  for (let c = 0; c < n; c++) {
    const beam = plan.beam[c]!;
    if (beam < 0) continue;
    if (load[c]! > 0) kind[beam] = BUSY;
    if (stays(c, beam)) cellsOf[beam]!.push(c);
  }
  const extra = { cell: [] as number[], beam: [] as number[], share: [] as number[] };
  const keptExtra: number[] = [];
  plan.extra.cell.forEach((cell, k) => {
    const beam = plan.extra.beam[k]!;
    kind[beam] = EXTRA;
    // A cell that lost its first beam gives up the others: it is planned anew.
    if (stays(cell, beam) && stays(cell, plan.beam[cell]!)) {
      cellsOf[beam]!.push(cell);
      keptExtra.push(k);
    }
  });

  const reopened = new Int32Array(satellite.length).fill(-1);
  const list = new Int32Array(policy.beams.cellsPerBeam);
  for (let beam = 0; beam < satellite.length; beam++) {
    const i = satellite[beam]!;
    if (usable[i] === 0) continue;
    list.set(cellsOf[beam]!);
    reopened[beam] = rows.reopen(i, list, cellsOf[beam]!.length, kind[beam]!, colour[beam]!);
  }
  const share = new Uint8Array(n);
  for (let c = 0; c < n; c++) {
    const beam = plan.beam[c]!;
    if (beam < 0 || reopened[beam]! < 0 || !stays(c, beam)) continue;
    cellBeam[c] = reopened[beam]!;
    share[c] = plan.share[c]!;
  }
  for (const k of keptExtra) {
    extra.cell.push(plan.extra.cell[k]!);
    extra.beam.push(reopened[plan.extra.beam[k]!]!);
    extra.share.push(plan.extra.share[k]!);
  }
  return { share, extra, touched };
}
