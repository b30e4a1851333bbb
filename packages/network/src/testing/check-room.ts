// SPDX-License-Identifier: MIT
// Whether beams and colours really are taken where a cell is told so: every satellite that may serve it, every beam and
// colour of it.
import { CELL_REASONS, SHARE_PARTS } from "../beams/cell-plan.ts";
import { checkShape, type Rows } from "./check-beams.ts";
import { arcMarginDeg, inSight, treesByPop } from "./check-sight.ts";
import { type Ground, type Points, RAD } from "./own-sky.ts";
import { type CheckedNetwork, type CheckedSlot, DEG, type PlanCase, planCase } from "./plan-case.ts";
import { Findings } from "./plan-findings.ts";

const NO_BEAM = CELL_REASONS.indexOf("noBeam");

/** One beam with what it serves. */
interface Lit {
  readonly beam: number;
  readonly colour: number;
  readonly cells: number[];
  parts: number;
}

/**
 * Cells without a beam for which some satellite has a beam with time left, or a beam and a colour that nobody uses. Not
 * part of `checkCellPlan`: such a plan harms nobody, it only serves less than it might. A re-plan is not meant to pass.
 */
export function checkRoom(network: CheckedNetwork, slot: CheckedSlot): Findings {
  const found = new Findings();
  const at = planCase(network, slot);
  const rows = checkShape(at, found);
  if (rows !== null && !found.counts.has("index")) lookForRoom(at, rows, found);
  return found;
}

function lookForRoom(at: PlanCase, rows: Rows, found: Findings): void {
  const { plan, policy, beams, permitted, sample = 2000 } = at;
  const { colours, cellsPerBeam } = policy.scheduler.beams;
  const looked: number[] = [];
  plan.reason.forEach((reason, c) => {
    if (reason === NO_BEAM && permitted[c] === 1) looked.push(c);
  });
  found.figures["cellsWithoutBeam"] = looked.length;
  if (looked.length === 0) return;
  const bySatellite = litBeams(at, rows);
  const trees = treesByPop(plan.trees);
  const step = Math.max(1, looked.length / sample);
  for (let k = 0; k < looked.length; k += step) {
    const cell = looked[Math.floor(k)]!;
    const delay = trees.get(plan.pop[cell]!)?.delayMs;
    for (let i = 0; i < beams.length; i++) {
      if (!Number.isFinite(delay?.[i] ?? Number.NaN) || !inSight(at, cell, i, DEG)) continue;
      if (arcMarginDeg(at, cell, i) < DEG) continue;
      const lit = bySatellite.get(i) ?? [];
      const free = (colour: number, but: number) =>
        lit.every(
          other =>
            other.colour !== colour ||
            other.beam === but ||
            other.cells.every(near => apart(at, i, cell, near)),
        );
      const joins = lit.find(
        ({ beam, colour, cells, parts }) =>
          cells.length < cellsPerBeam && parts < SHARE_PARTS && free(colour, beam),
      );
      const isNew =
        lit.length < beams[i]! && Array.from({ length: colours }, (_, c) => c).some(c => free(c, -1));
      if (joins === undefined && !isNew) continue;
      const how = joins === undefined ? `${lit.length} of ${beams[i]} beams` : `beam ${joins.beam}`;
      found.add("room", `satellite ${i} could take it: ${how}`, { cell, satellite: i });
      break;
    }
  }
}

function litBeams({ plan }: PlanCase, rows: Rows): Map<number, Lit[]> {
  const lit = Array.from(plan.beams.colour, (colour, beam): Lit => ({ beam, colour, cells: [], parts: 0 }));
  for (let r = 0; r < rows.cell.length; r++) {
    const one = lit[rows.beam[r]!]!;
    one.cells.push(rows.cell[r]!);
    one.parts += rows.share[r]!;
  }
  return Map.groupBy(lit, ({ beam }) => plan.beams.satellite[beam]!);
}

/** Whether two cells are past every doubt far enough apart for one colour, seen from a satellite at start and end. */
function apart({ place, sky, policy }: PlanCase, i: number, a: number, b: number): boolean {
  const least = policy.scheduler.beams.sameColourSeparationDeg + DEG;
  return [sky[0], sky[4]].every(instant => angleDeg(instant, i, place, a, b) >= least);
}

function angleDeg(sky: Points, i: number, place: Ground, a: number, b: number): number {
  const to = (k: number) =>
    [place.x[k]! - sky.x[i]!, place.y[k]! - sky.y[i]!, place.z[k]! - sky.z[i]!] as const;
  const [[ax, ay, az], [bx, by, bz]] = [to(a), to(b)];
  const cross = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
  return Math.atan2(cross, ax * bx + ay * by + az * bz) / RAD;
}
