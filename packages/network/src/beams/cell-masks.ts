// SPDX-License-Identifier: MIT
import { type CellGroups, PLACE } from "./cell-groups.ts";
import type { GsoMask } from "./gso-mask.ts";
import { AT, MIN_SINE, type SlotFleet, STEER_COSINE, TERM } from "./slot-fleet.ts";

/** Answers of {@link CellMasks.look}. */
export const PASSES = 0;
/** Too low, or out of the satellite's steering cone, at the slot's start or end. */
export const OUT_OF_VIEW = 1;
/** Too near to the geostationary arc at the slot's start, middle or end. */
export const NEAR_ARC = 2;

/** Which satellite may serve which cell in a slot: rules 2 and 3 of `cell-plan.ts`, exactly. */
export interface CellMasks {
  look(cell: number, satellite: number): typeof PASSES | typeof OUT_OF_VIEW | typeof NEAR_ARC;
  /** How many of `cells[0]` to `cells[count - 1]` pass; bit k of the answer is set for `cells[k]`. At most 32 cells. */
  passing(cells: Int32Array, count: number, satellite: number): number;
}

export function createCellMasks(groups: CellGroups, fleet: SlotFleet, gso: GsoMask): CellMasks {
  const { place, latitudeBand } = groups;
  const { at, term } = fleet;

  /** Whether the cell has the satellite in view at the instant at `o` of `at`. */
  function inView(p: number, o: number, minSine: number, steerCosine: number): boolean {
    const dx = at[o]! - place[p + 3]!;
    const dy = at[o + 1]! - place[p + 4]!;
    const dz = at[o + 2]! - place[p + 5]!;
    const above = dx * place[p]! + dy * place[p + 1]! + dz * place[p + 2]!;
    const squared = dx * dx + dy * dy + dz * dz;
    if (!(above > 0 && above * above >= minSine * minSine * squared)) return false;
    if (steerCosine < 0) return true;
    const radius = Math.sqrt(at[o]! ** 2 + at[o + 1]! ** 2 + at[o + 2]! ** 2);
    const down = dx * at[o]! + dy * at[o + 1]! + dz * at[o + 2]!;
    return down >= steerCosine * radius * Math.sqrt(squared);
  }

  function look(cell: number, satellite: number): typeof PASSES | typeof OUT_OF_VIEW | typeof NEAR_ARC {
    const p = PLACE * cell;
    const o = AT * satellite;
    const minSine = term[TERM * satellite + MIN_SINE]!;
    const steerCosine = term[TERM * satellite + STEER_COSINE]!;
    // A pass rises once and sinks once: in view at both ends is in view between them.
    if (!inView(p, o, minSine, steerCosine) || !inView(p, o + 3, minSine, steerCosine)) return OUT_OF_VIEW;
    const band = latitudeBand[cell]!;
    for (let k = 0; k < AT; k += 3)
      if (gso.tooNear(place, cell, band, at[o + k]!, at[o + k + 1]!, at[o + k + 2]!)) return NEAR_ARC;
    return PASSES;
  }

  function passing(cells: Int32Array, count: number, satellite: number): number {
    let bits = 0;
    for (let k = 0; k < count; k++) if (look(cells[k]!, satellite) === PASSES) bits |= 1 << k;
    return bits;
  }

  return { look, passing };
}

/** How many bits of a word are set. */
export function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
