// SPDX-License-Identifier: MIT
// Beams, shares and colours of a plan: everything that is counted, and the angle between cells of one colour.
import { CELL_REASONS, SHARE_PARTS } from "../beams/cell-plan.ts";
import { type Points, RAD } from "./own-sky.ts";
import { DEG, type PlanCase } from "./plan-case.ts";
import type { Findings } from "./plan-findings.ts";

const SERVED = CELL_REASONS.indexOf("served");
const SLOT_MS = 15_000;

/** All pairs of cell and beam, extra beams included: structure of arrays. */
export interface Rows {
  readonly cell: Int32Array;
  readonly beam: Int32Array;
  readonly share: Uint8Array;
}

/**
 * Sizes, indices and orders. Answers the rows whose indices are good; `null` where sizes are wrong and nothing else can
 * be asked.
 */
export function checkShape(
  { plan, cells, elements, policy, ground }: PlanCase,
  found: Findings,
): Rows | null {
  const { beam, share, reason, pop, extra, beams } = plan;
  const sizes = { beam, share, reason, pop };
  let good = true;
  for (const [name, { length }] of Object.entries(sizes)) {
    if (length === cells.count) continue;
    found.add("shape", `${name} has ${length} rows, the table ${cells.count}`);
    good = false;
  }
  if (extra.beam.length !== extra.cell.length || extra.share.length !== extra.cell.length) {
    found.add("shape", `the columns of extra differ in length`);
    good = false;
  }
  if (beams.colour.length !== beams.satellite.length) {
    found.add("shape", "the columns of beams differ in length");
    good = false;
  }
  // Seconds 12, 27, 42 and 57 of every minute.
  if (plan.untilMs - plan.fromMs !== SLOT_MS || plan.fromMs !== 12_000 + plan.slot * SLOT_MS)
    found.add("shape", `slot ${plan.slot} lasts from ${plan.fromMs} to ${plan.untilMs}`);
  if (!good) return null;

  const count = beams.satellite.length;
  const colours = policy.scheduler.beams.colours;
  for (let b = 0; b < count; b++) {
    const satellite = beams.satellite[b]!;
    if (satellite < 0 || satellite >= elements.length)
      found.add("index", `satellite ${satellite} of ${elements.length}`, { beam: b });
    if (b > 0 && satellite < beams.satellite[b - 1]!)
      found.add("order", `its satellite ${satellite} comes after ${beams.satellite[b - 1]}`, { beam: b });
    if (beams.colour[b]! >= colours)
      found.add("colour", `colour ${beams.colour[b]} of ${colours}`, { beam: b });
  }
  const rows: [cell: number, beam: number, share: number][] = [];
  for (let c = 0; c < cells.count; c++) {
    if (pop[c]! < -1 || pop[c]! >= ground.pops.length) found.add("index", `PoP ${pop[c]}`, { cell: c });
    if (reason[c]! >= CELL_REASONS.length) found.add("index", `reason ${reason[c]}`, { cell: c });
    const b = beam[c]!;
    if (b >= 0 !== (reason[c] === SERVED))
      found.add("reason", `beam ${b} and the reason ${CELL_REASONS[reason[c]!]}`, { cell: c });
    if (b < -1 || b >= count) found.add("index", `beam ${b} of ${count}`, { cell: c });
    else if (b >= 0) rows.push([c, b, share[c]!]);
    else if (share[c] !== 0) found.add("share", `${share[c]} parts of no beam`, { cell: c });
  }
  for (let e = 0; e < extra.cell.length; e++) {
    const [c, b] = [extra.cell[e]!, extra.beam[e]!];
    if (c < 0 || c >= cells.count || b < 0 || b >= count) {
      found.add("index", `extra ${e} is beam ${b} of cell ${c}`);
      continue;
    }
    const [before, beamBefore] = [extra.cell[e - 1] ?? -1, extra.beam[e - 1] ?? -1];
    if (c < before || (c === before && b <= beamBefore))
      found.add("order", `extra ${e} is beam ${b} of cell ${c}, after beam ${beamBefore} of ${before}`);
    if (beam[c] === -1) found.add("reason", "an extra beam and no first one", { cell: c, beam: b });
    rows.push([c, b, extra.share[e]!]);
  }
  return {
    cell: Int32Array.from(rows, row => row[0]),
    beam: Int32Array.from(rows, row => row[1]),
    share: Uint8Array.from(rows, row => row[2]),
  };
}

/** Limits per satellite, beam and cell. */
export function checkBeamCounts(at: PlanCase, rows: Rows, found: Findings): void {
  const { plan, beams: limits, usable, permitted, policy, replanned } = at;
  const { cellsPerBeam, coFrequencyBeamsPerCell, beamsPerCell } = policy.scheduler.beams;
  const { satellite, colour } = plan.beams;
  const count = satellite.length;
  const beamsOf = new Map<number, number>();
  for (let b = 0; b < count; b++) beamsOf.set(satellite[b]!, (beamsOf.get(satellite[b]!) ?? 0) + 1);
  for (const [i, has] of beamsOf) {
    const most = limits[i] ?? 0;
    if (has > most) found.add("beamCount", `${has} beams of ${most}`, { satellite: i });
  }
  const cellsOf = new Uint16Array(count);
  const parts = new Uint32Array(count);
  const byCell = new Map<number, number[]>();
  const extraCells = new Set(plan.extra.cell);
  for (let r = 0; r < rows.cell.length; r++) {
    const [cell, b, share] = [rows.cell[r]!, rows.beam[r]!, rows.share[r]!];
    cellsOf[b]!++;
    parts[b]! += share;
    if (share < 1 || share > SHARE_PARTS) found.add("share", `${share} parts`, { cell, beam: b });
    if (permitted[cell] !== 1) found.add("permission", "it may not be served", { cell, beam: b });
    if (usable[satellite[b]!] !== 1)
      found.add("satellite", `satellite ${satellite[b]} serves it`, {
        cell,
        beam: b,
        satellite: satellite[b]!,
      });
    if (extraCells.has(cell)) byCell.set(cell, [...(byCell.get(cell) ?? []), b]);
  }
  for (let b = 0; b < count; b++) {
    if (cellsOf[b]! > cellsPerBeam)
      found.add("cellsPerBeam", `${cellsOf[b]} cells of ${cellsPerBeam}`, { beam: b });
    if (cellsOf[b] === 0 && replanned !== true)
      found.add("cellsPerBeam", "a beam without cells", { beam: b });
    if (parts[b]! > SHARE_PARTS) found.add("share", `${parts[b]} parts given of ${SHARE_PARTS}`, { beam: b });
  }
  for (const [cell, beams] of byCell) {
    if (beams.length > beamsPerCell)
      found.add("beamsPerCell", `${beams.length} of ${beamsPerCell}`, { cell });
    if (new Set(beams).size < beams.length) found.add("beamsPerCell", `one beam twice: ${beams}`, { cell });
    const perColour = Map.groupBy(beams, b => colour[b]!);
    for (const [c, list] of perColour) {
      if (list.length > coFrequencyBeamsPerCell)
        found.add("coFrequency", `${list.length} beams of colour ${c}`, { cell });
    }
  }
  found.figures["beams"] = count;
  found.figures["cellsPerBeam"] = rows.cell.length / Math.max(1, count);
}

/**
 * Any two cells of two beams of one satellite and colour, at the slot's start and end: all pairs. A satellite has some
 * tens of cells in use, an eighth of them in a colour, so that there are few.
 */
export function checkColours(at: PlanCase, rows: Rows, found: Findings): void {
  const { plan, place, sky, policy } = at;
  const { sameColourSeparationDeg } = policy.scheduler.beams;
  const { satellite, colour } = plan.beams;
  const order = Array.from(rows.cell.keys());
  const keyOf = (r: number) => satellite[rows.beam[r]!]! * 256 + colour[rows.beam[r]!]!;
  const keys = Float64Array.from(order, keyOf);
  const sorted = Int32Array.from(order).sort((p, q) => keys[p]! - keys[q]!);
  const most = Math.cos((sameColourSeparationDeg - DEG) * RAD);
  const instants = [sky[0], sky[4]];
  const unit = new Float64Array(3 * rows.cell.length);
  let nearest = -1;
  let pairs = 0;
  for (let first = 0; first < sorted.length; ) {
    let last = first + 1;
    while (last < sorted.length && keys[sorted[last]!] === keys[sorted[first]!]) last++;
    for (const instant of instants) {
      const i = satellite[rows.beam[sorted[first]!]!]!;
      for (let k = first; k < last; k++) directionTo(instant, i, place, rows.cell[sorted[k]!]!, unit, 3 * k);
      for (let k = first; k < last; k++) {
        const beam = rows.beam[sorted[k]!]!;
        for (let m = k + 1; m < last; m++) {
          if (rows.beam[sorted[m]!] === beam) continue;
          pairs += 1;
          const cos =
            unit[3 * k]! * unit[3 * m]! +
            unit[3 * k + 1]! * unit[3 * m + 1]! +
            unit[3 * k + 2]! * unit[3 * m + 2]!;
          if (cos > nearest) nearest = cos;
          if (cos <= most) continue;
          const apart = Math.acos(Math.min(1, cos)) / RAD;
          found.add(
            "colourSeparation",
            `beams ${beam} and ${rows.beam[sorted[m]!]}, cells ${rows.cell[sorted[k]!]} and ${rows.cell[sorted[m]!]}: ${apart.toFixed(3)} degrees`,
            { satellite: i, beam },
          );
        }
      }
    }
    first = last;
  }
  found.figures["sameColourPairs"] = pairs;
  found.figures["leastColourSeparationDeg"] = Math.acos(Math.max(-1, Math.min(1, nearest))) / RAD;
}

function directionTo(
  sky: Points,
  i: number,
  place: Points,
  k: number,
  out: Float64Array,
  offset: number,
): void {
  const [x, y, z] = [place.x[k]! - sky.x[i]!, place.y[k]! - sky.y[i]!, place.z[k]! - sky.z[i]!];
  const length = Math.sqrt(x * x + y * y + z * z);
  out[offset] = x / length;
  out[offset + 1] = y / length;
  out[offset + 2] = z / length;
}
