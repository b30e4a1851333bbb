// SPDX-License-Identifier: MIT
import { type BeamPlan, CELL_REASONS, type CellReason } from "./cell-plan.ts";

/** How one cell is served. */
export interface CellService {
  readonly reason: CellReason;
  /** -1: none, and so are beam and colour. */
  readonly satellite: number;
  /** Place of the beam in its satellite's row: that is what names it in two plans. */
  readonly beam: number;
  readonly colour: number;
  readonly share: number;
  /** Further beams, as (satellite, place in its row, colour, share), by beam. */
  readonly extra: readonly (readonly [satellite: number, beam: number, colour: number, share: number])[];
}

/** A cell that is not served as before. */
export interface CellChange {
  readonly cell: number;
  readonly before: CellService;
  readonly after: CellService;
}

/** How a cell is served in a plan. For one cell; {@link diffCellPlans} for many. */
export function serviceOfCell(plan: BeamPlan, cell: number): CellService {
  return reader(plan)(cell);
}

/**
 * The cells that changed satellite, beam, colour, share, reason or further beams, ascending. A plan and itself differ
 * in none.
 *
 * @throws RangeError where the plans are not of as many cells.
 */
export function diffCellPlans(before: BeamPlan, after: BeamPlan): CellChange[] {
  const n = before.beam.length;
  if (after.beam.length !== n)
    throw new RangeError(`plans of ${n} and ${after.beam.length} cells have no difference`);
  const [left, right] = [reader(before), reader(after)];
  const changes: CellChange[] = [];
  for (let cell = 0; cell < n; cell++) {
    const [a, b] = [left(cell), right(cell)];
    if (!same(a, b)) changes.push({ cell, before: a, after: b });
  }
  return changes;
}

function same(a: CellService, b: CellService): boolean {
  return (
    a.reason === b.reason &&
    a.satellite === b.satellite &&
    a.beam === b.beam &&
    a.colour === b.colour &&
    a.share === b.share &&
    a.extra.length === b.extra.length &&
    a.extra.every((one, k) => one.every((value, j) => value === b.extra[k]![j]))
  );
}

const NOTHING: CellService["extra"] = [];

function reader(plan: BeamPlan): (cell: number) => CellService {
  const { satellite, colour } = plan.beams;
  const place = new Int32Array(satellite.length);
  for (let b = 1; b < place.length; b++) place[b] = satellite[b] === satellite[b - 1] ? place[b - 1]! + 1 : 0;
  /** First further beam of the cell at or after `cell`; they are sorted by cell. */
  const firstExtra = (cell: number): number => {
    let low = 0;
    let high = plan.extra.cell.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (plan.extra.cell[middle]! < cell) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return cell => {
    const reason = CELL_REASONS[plan.reason[cell]!]!;
    const beam = plan.beam[cell]!;
    if (beam < 0) return { reason, satellite: -1, beam: -1, colour: -1, share: 0, extra: NOTHING };
    let extra = NOTHING;
    for (let k = firstExtra(cell); plan.extra.cell[k] === cell; k++) {
      const b = plan.extra.beam[k]!;
      extra = [...extra, [satellite[b]!, place[b]!, colour[b]!, plan.extra.share[k]!]];
    }
    return {
      reason,
      satellite: satellite[beam]!,
      beam: place[beam]!,
      colour: colour[beam]!,
      share: plan.share[cell]!,
      extra,
    };
  };
}
