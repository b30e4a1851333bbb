// SPDX-License-Identifier: MIT
import { CELL_REASONS, type CellPlan, SHARE_PARTS } from "./cell-plan.ts";

/** What a plan from outside may be at most. */
export const CELL_PLAN_BOUNDS = {
  /** 1 GiB. */
  bytes: 2 ** 30,
  /** Cells, beams, contacts or satellites of one array. */
  entries: 2 ** 24,
  trees: 4096,
  /** Bytes of one text. */
  text: 4096,
} as const;

/**
 * Why a plan was refused. `format`: not of its form. `version`: of a form to come. `size`: over {@link CELL_PLAN_BOUNDS}.
 * `range`: well formed, and says what no plan can.
 */
export type CellPlanErrorCode = "format" | "version" | "size" | "range";

export interface CellPlanError {
  readonly code: CellPlanErrorCode;
  /** One sentence for a person, place included. */
  readonly message: string;
  /** `beams.colour`, `trees[3].next`, `header`. */
  readonly place: string;
}

export type CellPlanResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CellPlanError };

export function refusePlan(
  code: CellPlanErrorCode,
  place: string,
  why: string,
): { readonly ok: false; readonly error: CellPlanError } {
  return { ok: false, error: { code, place, message: `${place}: ${why}.` } };
}

/**
 * What every plan keeps and can be told without satellites and cells: lengths, indices, order, shares and reasons. Who
 * indexes by a plan's numbers after this stays inside its arrays.
 */
export function checkCellPlan(plan: CellPlan): CellPlanResult<CellPlan> {
  const { beam, share, reason, pop, beams, extra, contacts, trees, slot, fromMs, untilMs, inputs } = plan;
  const wrong = (place: string, why: string) => refusePlan("range", place, why);
  for (const [place, value] of Object.entries({ slot, fromMs, untilMs, seed: inputs.seed }))
    if (!Number.isSafeInteger(value)) return wrong(place, `${value} is no whole number`);
  const n = beam.length;
  for (const [place, array] of Object.entries({ share, reason, pop }))
    if (array.length !== n) return wrong(place, `${array.length} entries for ${n} cells`);
  const count = beams.satellite.length;
  if (beams.colour.length !== count) return wrong("beams.colour", `not of ${count} beams`);
  for (let b = 0; b < count; b++) {
    if (beams.satellite[b]! < (b === 0 ? 0 : beams.satellite[b - 1]!))
      return wrong(
        `beams.satellite[${b}]`,
        "the beams of a satellite have to lie in a row, satellites ascending",
      );
  }
  const sum = new Int32Array(count);
  for (let c = 0; c < n; c++) {
    const served = beam[c]! >= 0;
    if (beam[c]! < -1 || beam[c]! >= count) return wrong(`beam[${c}]`, "there is no such beam");
    if (reason[c]! >= CELL_REASONS.length || served !== (reason[c] === 0))
      return wrong(`reason[${c}]`, "the reason does not fit the beam");
    if (served !== share[c]! > 0) return wrong(`share[${c}]`, "the share does not fit the beam");
    if (pop[c]! < -1) return wrong(`pop[${c}]`, "there is no such PoP");
    if (served) sum[beam[c]!]! += share[c]!;
  }
  const extras = extra.cell.length;
  if (extra.beam.length !== extras || extra.share.length !== extras)
    return wrong("extra", `not of ${extras} entries`);
  for (let k = 0; k < extras; k++) {
    const [c, b] = [extra.cell[k]!, extra.beam[k]!];
    const sorted = k === 0 || extra.cell[k - 1]! < c || (extra.cell[k - 1] === c && extra.beam[k - 1]! < b);
    if (!sorted) return wrong(`extra.cell[${k}]`, "further beams have to be sorted by cell and beam");
    if (!(c >= 0 && c < n && beam[c]! >= 0)) return wrong(`extra.cell[${k}]`, "this cell has no first beam");
    if (!(b >= 0 && b < count && extra.share[k]! > 0))
      return wrong(`extra.beam[${k}]`, "there is no such beam or share");
    sum[b]! += extra.share[k]!;
  }
  const over = sum.findIndex(parts => parts > SHARE_PARTS);
  if (over >= 0) return wrong(`beams[${over}]`, `its shares add up to ${sum[over]} of ${SHARE_PARTS}`);
  for (const [place, array] of Object.entries(contacts)) {
    if (array.length !== contacts.satellite.length) return wrong(`contacts.${place}`, "not of one length");
  }
  for (const [k, tree] of trees.entries()) {
    if (!(Number.isInteger(tree.pop) && tree.pop >= 0 && tree.pop < 32_768))
      return wrong(`trees[${k}].pop`, "there is no such PoP");
    if (tree.delayMs.length !== tree.next.length) return wrong(`trees[${k}]`, "not of one length");
    const beyond = tree.next.findIndex(to => to >= tree.next.length);
    if (beyond >= 0) return wrong(`trees[${k}].next[${beyond}]`, "there is no such satellite");
  }
  return { ok: true, value: plan };
}
