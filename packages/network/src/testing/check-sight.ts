// SPDX-License-Identifier: MIT
// What every served cell must see: its satellite high enough, inside the steering cone, away from the geostationary arc,
// with a way to the cell's PoP; and why the others have no beam, looked into by brute force.
import { cellBoundary, cellName } from "@perigee/earth";
import { CELL_REASONS, type RouteTree } from "../beams/cell-plan.ts";
import type { Rows } from "./check-beams.ts";
import { elevationDeg, groundAt, ringAngleDeg, steerDeg } from "./own-sky.ts";
import { DEG, type PlanCase } from "./plan-case.ts";
import type { Findings } from "./plan-findings.ts";

/**
 * Between the instants of the contract the arc may come a little nearer: near the end of the visible arc a satellite
 * that is judged every 7.5 s, some 5 degrees apart, can pass 22 (1 - cos 2.5/22) nearer than both ends.
 */
const BETWEEN_DEG = 0.3;
/** Every so many rows the corners are looked from. */
const CORNER_STEP = 97;
/** Angles to the arc are exact up to so much beyond the limit. */
const EXACT_DEG = 0.2;

/** Geometry of every pair of cell and beam. */
export function checkSight(at: PlanCase, rows: Rows, found: Findings): void {
  const { plan, place, sky, maxSteerDeg, minElevationDeg, cellPolicy } = at;
  const { pop, trees } = plan;
  const separation = cellPolicy.userGsoSeparationDeg;
  const treeOf = treesByPop(trees);
  for (let r = 0; r < rows.cell.length; r++) {
    const [cell, beam] = [rows.cell[r]!, rows.beam[r]!];
    const i = plan.beams.satellite[beam]!;
    if (at.alive[i] !== 1) continue;
    const where = { cell, beam, satellite: i };
    for (let t = 0; t < sky.length; t++) {
      const high = elevationDeg(place, cell, sky[t]!, i) - minElevationDeg[i]!;
      found.least("elevationMarginDeg", high);
      if (!(high >= -DEG))
        found.add("elevation", `${high.toFixed(4)} degrees over the least, instant ${t}`, where);
      const arc = ringAngleDeg(place, cell, sky[t]!, i, separation + EXACT_DEG) - separation;
      const between = t % 2 === 1;
      found.least(between ? "arcMarginBetweenDeg" : "arcMarginDeg", arc);
      if (!(arc >= (between ? -BETWEEN_DEG : -DEG)))
        found.add("geostationaryArc", `${arc.toFixed(4)} degrees beyond the limit, instant ${t}`, where);
      if (t !== 0 && t !== 4) continue;
      const steer = steerDeg(place, cell, sky[t]!, i);
      found.least("steerMarginDeg", maxSteerDeg[i]! - steer);
      if (!(steer <= maxSteerDeg[i]! + DEG))
        found.add("steering", `${steer.toFixed(3)} of ${maxSteerDeg[i]}, instant ${t}`, where);
    }
    const delay = treeOf.get(pop[cell]!)?.delayMs[i] ?? Number.POSITIVE_INFINITY;
    if (!Number.isFinite(delay)) found.add("route", `PoP ${pop[cell]} is not reached`, where);
    if (r % CORNER_STEP === 0) checkCorners(at, cell, i, found);
  }
}

/** A terminal may stand at any corner of its cell, and is promised the policy there too. */
function checkCorners(at: PlanCase, cell: number, satellite: number, found: Findings): void {
  const { cells, sky, cornerElevationDeg, policy } = at;
  const corners = groundAt(cellBoundary(cellName(cells, cell)));
  for (let k = 0; k < corners.x.length; k++) {
    for (const instant of [sky[0], sky[2], sky[4]]) {
      const high = elevationDeg(corners, k, instant, satellite) - cornerElevationDeg[satellite]!;
      const least = policy.scheduler.userGsoSeparationDeg;
      const arc = ringAngleDeg(corners, k, instant, satellite, least) - least;
      found.least("cornerElevationMarginDeg", high);
      found.least("cornerArcMarginDeg", arc);
      if (high >= -DEG && arc >= -DEG) continue;
      const seen = `corner ${k}: ${high.toFixed(3)} degrees over the least, ${arc.toFixed(3)} beyond the arc's limit`;
      found.add("corner", seen, { cell, satellite });
    }
  }
}

export function treesByPop(trees: readonly RouteTree[]): ReadonlyMap<number, RouteTree> {
  return new Map(trees.map(tree => [tree.pop, tree]));
}

const code = (reason: (typeof CELL_REASONS)[number]) => CELL_REASONS.indexOf(reason);

/**
 * Reasons of unserved cells, by asking every satellite. Where one is so near a limit that 10 m decide, both answers are
 * taken.
 */
export function checkReasons(at: PlanCase, found: Findings): void {
  const { plan, permitted, cells, sample = 2000 } = at;
  const looked: number[] = [];
  for (let c = 0; c < cells.count; c++) {
    if ((plan.reason[c] === code("notPermitted")) !== (permitted[c] !== 1))
      found.add("reason", `${CELL_REASONS[plan.reason[c]!]} where permitted is ${permitted[c]}`, { cell: c });
    if (plan.beam[c] === -1 && permitted[c] === 1) looked.push(c);
  }
  const step = Math.max(1, looked.length / sample);
  const treeOf = treesByPop(plan.trees);
  let checked = 0;
  for (let k = 0; k < looked.length; k += step) {
    const cell = looked[Math.floor(k)]!;
    checked += 1;
    const { sure, perhaps } = candidates(at, cell, treeOf.get(plan.pop[cell]!));
    const reason = CELL_REASONS[plan.reason[cell]!];
    const may =
      (reason === "noSatellite" && sure.high === 0) ||
      (reason === "geostationaryArc" && perhaps.high > 0 && sure.clear === 0) ||
      (reason === "noRoute" && perhaps.clear > 0 && sure.routed === 0) ||
      (reason === "noBeam" && perhaps.routed > 0);
    if (may) continue;
    const seen = `${reason}, with ${sure.high} in view, ${sure.clear} clear of the arc and ${sure.routed} with a route`;
    found.add("reason", seen, { cell });
  }
  found.figures["reasonsChecked"] = checked;
}

interface Tally {
  high: number;
  clear: number;
  routed: number;
}

/** How many satellites a cell could have: those past every doubt, and those that may pass. */
function candidates(
  at: PlanCase,
  cell: number,
  tree: RouteTree | undefined,
): { sure: Tally; perhaps: Tally } {
  const sure = { high: 0, clear: 0, routed: 0 };
  const perhaps = { high: 0, clear: 0, routed: 0 };
  for (let i = 0; i < at.usable.length; i++) {
    if (!inSight(at, cell, i, -DEG)) continue;
    const clear = arcMarginDeg(at, cell, i);
    const routed = Number.isFinite(tree?.delayMs[i] ?? Number.POSITIVE_INFINITY);
    for (const [tally, slack] of [
      [perhaps, -DEG],
      [sure, DEG],
    ] as const) {
      if (tally === sure && !inSight(at, cell, i, DEG)) continue;
      tally.high += 1;
      if (clear < slack) continue;
      tally.clear += 1;
      if (routed) tally.routed += 1;
    }
  }
  return { sure, perhaps };
}

/** Whether a cell sees a satellite at start and end, and is inside its cone, with so much to spare. */
export function inSight(at: PlanCase, cell: number, i: number, spareDeg: number): boolean {
  const { place, sky, minElevationDeg, maxSteerDeg, usable } = at;
  if (usable[i] !== 1) return false;
  // Most are behind the Earth: the horizon costs one product.
  const [start, end] = [sky[0], sky[4]];
  const { nx, ny, nz, x, y, z } = place;
  const above =
    (start.x[i]! - x[cell]!) * nx[cell]! +
    (start.y[i]! - y[cell]!) * ny[cell]! +
    (start.z[i]! - z[cell]!) * nz[cell]!;
  if (!(above > 0)) return false;
  const least = minElevationDeg[i]! + spareDeg;
  const most = maxSteerDeg[i]! - spareDeg;
  return (
    elevationDeg(place, cell, start, i) >= least &&
    elevationDeg(place, cell, end, i) >= least &&
    steerDeg(place, cell, start, i) <= most &&
    steerDeg(place, cell, end, i) <= most
  );
}

/** How far beyond the limit to the geostationary arc a satellite stays at start, middle and end; near 0 exact. */
export function arcMarginDeg(at: PlanCase, cell: number, i: number): number {
  const least = at.cellPolicy.userGsoSeparationDeg;
  let margin = Number.POSITIVE_INFINITY;
  for (const instant of [at.sky[0], at.sky[2], at.sky[4]]) {
    margin = Math.min(margin, ringAngleDeg(at.place, cell, instant, i, least + DEG) - least);
  }
  return margin;
}
