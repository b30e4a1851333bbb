// SPDX-License-Identifier: MIT
import { mayServe, type PlanWork } from "./beam-assignment.ts";
import { divideBeam } from "./beam-shares.ts";
import { NEAR_ARC, PASSES } from "./cell-masks.ts";
import { type BeamPlan, CELL_REASONS, type CellReason } from "./cell-plan.ts";
import type { ExtraList } from "./extra-beams.ts";

/** Who has how much of a beam. */
export interface SharedBeams {
  /** Per cell: parts of its first beam. */
  readonly share: Uint8Array;
  readonly extra: ExtraList;
}

const CODE = Object.fromEntries(CELL_REASONS.map((reason, k) => [reason, k])) as Record<CellReason, number>;

/** Divides the time of all beams of a kind among their cells; leaves those that have shares already. */
export function shareBeams({ rows, load, policy }: PlanWork, kind: number, share: Uint8Array): void {
  const { cellsPerBeam, idleParts } = policy.beams;
  const loads = new Float64Array(cellsPerBeam);
  const parts = new Uint8Array(cellsPerBeam);
  for (let i = 0; i < rows.row.length; i++) {
    const first = rows.row[i]!;
    for (let beam = first; beam < first + rows.used[i]!; beam++) {
      const from = beam * cellsPerBeam;
      const count = rows.cellCount[beam]!;
      if (rows.kind[beam] !== kind || count === 0 || share[rows.cells[from]!] !== 0) continue;
      for (let k = 0; k < count; k++) loads[k] = load[rows.cells[from + k]!]!;
      divideBeam(loads, count, idleParts, parts);
      for (let k = 0; k < count; k++) share[rows.cells[from + k]!] = parts[k]!;
    }
  }
}

/**
 * The plan's arrays out of the rows: beams by satellite, cells with their shares and reasons.
 *
 * @param keepsEmpty Where a plan is re-planned: beams without cells stay, for the others of their row to keep their places.
 */
export function planOf(
  work: PlanWork,
  inputs: { readonly permitted: Uint8Array; readonly popOfCell: Int16Array },
  { share, extra }: SharedBeams,
  keepsEmpty: boolean,
): Omit<BeamPlan, "slot" | "fromMs" | "untilMs"> {
  const { rows, groups, cellBeam } = work;
  const n = groups.cellCount;
  const newIndex = rows.rank;
  const satellite: number[] = [];
  const colour: number[] = [];
  for (let i = 0; i < rows.row.length; i++) {
    const first = rows.row[i]!;
    for (let beam = first; beam < first + rows.used[i]!; beam++) {
      if (rows.cellCount[beam] === 0 && !keepsEmpty) continue;
      newIndex[beam] = satellite.length;
      satellite.push(i);
      colour.push(rows.colour[beam]!);
    }
  }
  const beam = new Int32Array(n).fill(-1);
  const reason = new Uint8Array(n);
  for (let c = 0; c < n; c++) {
    if (cellBeam[c]! >= 0) beam[c] = newIndex[cellBeam[c]!]!;
    else reason[c] = CODE[inputs.permitted[c] === 1 ? reasonOf(work, c) : "notPermitted"];
  }
  return {
    beam,
    share,
    reason,
    extra: sortedExtra(extra, newIndex),
    beams: { satellite: Int32Array.from(satellite), colour: Uint8Array.from(colour) },
    pop: inputs.popOfCell.slice(),
  };
}

/** Why a permitted cell has no beam: the first mask that no satellite passes. */
function reasonOf(work: PlanWork, cell: number): CellReason {
  const { sky, masks, groups, treeOfCell } = work;
  const block = groups.blockOfGroup[groups.groupOfCell[cell]!]!;
  let inView = false;
  let clear = false;
  for (let e = sky.first[block]!; e < sky.first[block + 1]!; e++) {
    const i = sky.satellite[e]!;
    const seen = masks.look(cell, i);
    if (seen === NEAR_ARC) inView = true;
    if (seen !== PASSES) continue;
    clear = true;
    if (treeOfCell[cell]! >= 0 && mayServe(work, cell, i)) return "noBeam";
  }
  if (clear) return "noRoute";
  return inView ? "geostationaryArc" : "noSatellite";
}

/** By cell, then beam. Three numbers in one double (22 + 24 + 6 bits) sort natively. */
function sortedExtra({ cell, beam, share }: ExtraList, newIndex: Int32Array): BeamPlan["extra"] {
  const count = cell.length;
  const packed = new Float64Array(count);
  for (let k = 0; k < count; k++) packed[k] = (cell[k]! * 2 ** 24 + newIndex[beam[k]!]!) * 64 + share[k]! - 1;
  packed.sort();
  const sorted = {
    cell: new Int32Array(count),
    beam: new Int32Array(count),
    share: new Uint8Array(count),
  };
  for (let k = 0; k < count; k++) {
    const upper = Math.floor(packed[k]! / 64);
    sorted.share[k] = packed[k]! - 64 * upper + 1;
    sorted.cell[k] = Math.floor(upper / 2 ** 24);
    sorted.beam[k] = upper % 2 ** 24;
  }
  return sorted;
}
