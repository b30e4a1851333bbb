// SPDX-License-Identifier: MIT
// For tests and benchmarks only: how many cells that want something any plan could serve at most.
import { arcMarginDeg, inSight, treesByPop } from "./check-sight.ts";
import { type FlowProblem, maximumFlow } from "./max-flow.ts";
import { RAD } from "./own-sky.ts";
import { type CheckedNetwork, type CheckedSlot, DEG, type PlanCase, planCase } from "./plan-case.ts";

/** What can be served of the cells that may be served and want something; with `idleToo` of all that may be served. */
export interface ServedBound {
  /** Cells that want something and may be served. */
  readonly wanting: number;
  /** Of these, cells that some satellite could serve if it had nothing else to do. */
  readonly servable: number;
  /** No plan serves more of them. */
  readonly bound: number;
  /** What the plan serves of them. */
  readonly served: number;
}

/**
 * A bound by maximum flow: cells, one unit each, to satellites that may serve them, each with its beams times the cells
 * that share a beam. Any plan is such a flow: every cell it serves has a first beam, whose satellite passes all masks and
 * has no more beams than it has. Left out, so that the flow may be more than can be had: colours, how time is shared, and
 * cells without demand, which take beams too.
 *
 * `exact` asks for every pair of cell and satellite (up to some 20,000 cells). Otherwise the cells of one H3 parent of
 * resolution 3 flow together, to every satellite that is near enough for any of them: fewer limits, so a bound still.
 */
export function servedBound(
  network: CheckedNetwork,
  slot: CheckedSlot,
  options: { readonly exact: boolean; readonly idleToo?: boolean },
): ServedBound {
  const at = planCase(network, slot);
  const { plan, permitted, demand } = at;
  const trees = treesByPop(plan.trees);
  const wanting: number[] = [];
  for (let c = 0; c < plan.beam.length; c++) {
    if (permitted[c] !== 1) continue;
    if (
      options.idleToo === true ||
      demand.classes.some(({ downMbps, upMbps }) => downMbps[c]! > 0 || upMbps[c]! > 0)
    )
      wanting.push(c);
  }
  const reaches = (cell: number, i: number) =>
    Number.isFinite(trees.get(plan.pop[cell]!)?.delayMs[i] ?? Number.POSITIVE_INFINITY);
  const mayServe = (cell: number, i: number) =>
    reaches(cell, i) && inSight(at, cell, i, -DEG) && arcMarginDeg(at, cell, i) >= -DEG;
  const served = wanting.filter(cell => plan.beam[cell]! >= 0).length;
  const satellites = at.usable.length;

  const arcs: [from: number, to: number, most: number][] = [];
  let servable = 0;
  let groups = 0;
  if (options.exact) {
    for (const cell of wanting) {
      let any = false;
      for (let i = 0; i < satellites; i++) {
        if (!mayServe(cell, i)) continue;
        arcs.push([groups, i, 1]);
        any = true;
      }
      if (any) servable += 1;
      groups += 1;
    }
    return {
      wanting: wanting.length,
      servable,
      served,
      bound: flowOf(at, arcs, new Int32Array(groups).fill(1)),
    };
  }
  const supply: number[] = [];
  // H3 indices of one parent of resolution 3 agree in all but their last 36 bits.
  for (const cells of Map.groupBy(wanting, cell => network.cells.id[cell]! >> 36n).values()) {
    // A cell with a beam is a witness of itself; the others ask every satellite.
    const could = cells.filter(cell => plan.beam[cell]! >= 0 || at.usable.some((_, i) => mayServe(cell, i)));
    if (could.length === 0) continue;
    servable += could.length;
    for (const i of near(at, could)) arcs.push([groups, i, could.length]);
    supply.push(could.length);
    groups += 1;
  }
  return { wanting: wanting.length, servable, served, bound: flowOf(at, arcs, Int32Array.from(supply)) };
}

/**
 * Satellites that may be high enough for any of some cells: no farther from the first than the longest slant at the
 * least elevation (over the polar radius, 0.2 degrees lower for the ellipsoid's normal), and the cells' spread.
 */
function near({ place, sky, usable, minElevationDeg }: PlanCase, cells: readonly number[]): number[] {
  const first = cells[0]!;
  const [x, y, z] = [place.x[first]!, place.y[first]!, place.z[first]!];
  const spread = cells.reduce(
    (most, c) => Math.max(most, Math.hypot(place.x[c]! - x, place.y[c]! - y, place.z[c]! - z)),
    0,
  );
  const found: number[] = [];
  for (let i = 0; i < usable.length; i++) {
    if (usable[i] !== 1) continue;
    const [dx, dy, dz] = [sky[0].x[i]! - x, sky[0].y[i]! - y, sky[0].z[i]! - z];
    const away2 = dx * dx + dy * dy + dz * dz;
    if (away2 > 9e6) continue;
    const elevation = (minElevationDeg[i]! - 0.2 - DEG) * RAD;
    const radius2 = sky[0].x[i]! ** 2 + sky[0].y[i]! ** 2 + sky[0].z[i]! ** 2;
    const slant =
      Math.sqrt(radius2 - (6356.75 * Math.cos(elevation)) ** 2) - 6356.75 * Math.sin(elevation) + spread;
    if (away2 <= slant * slant) found.push(i);
  }
  return found;
}

function flowOf(
  at: PlanCase,
  arcs: readonly (readonly [number, number, number])[],
  supply: Int32Array,
): number {
  const { cellsPerBeam } = at.policy.scheduler.beams;
  const satellites = [...new Set(arcs.map(arc => arc[1]))];
  const node = new Map(satellites.map((i, k) => [i, supply.length + k]));
  const nodes = supply.length + satellites.length + 2;
  const [source, sink] = [nodes - 2, nodes - 1];
  const groups = Int32Array.from(supply.keys());
  const concat = (...parts: ArrayLike<number>[]) => Int32Array.from(parts.flatMap(part => Array.from(part)));
  const problem: FlowProblem = {
    nodes,
    source,
    sink,
    from: concat(
      groups.map(() => source),
      arcs.map(arc => arc[0]),
      satellites.map(i => node.get(i)!),
    ),
    to: concat(
      groups,
      arcs.map(arc => node.get(arc[1])!),
      satellites.map(() => sink),
    ),
    capacity: concat(
      supply,
      arcs.map(arc => arc[2]),
      satellites.map(i => at.beams[i]! * cellsPerBeam),
    ),
  };
  return maximumFlow(problem).value;
}
