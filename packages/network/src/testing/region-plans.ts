// SPDX-License-Identifier: MIT
// For tests only: small pieces of the planet with a planner over them.
import assert from "node:assert/strict";
import { type CellTable, cellAt, cellTableOf } from "@perigee/earth";
import type { CellDemand } from "../beams/cell-plan.ts";
import { uniform } from "../draw.ts";
import type { CellsRequest, PlannedCells, Planner } from "../plan.ts";
import { greatCircleKm } from "./own-sky.ts";
import type { CheckedNetwork, CheckedSlot } from "./plan-case.ts";

/** A rectangle of degrees, looked at in steps: of 0.05 none of its cells is missed. */
export interface Region {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
  readonly stepDeg?: number;
}

/** The cells that hold a point of a region's lattice. */
export function cellsOfRegions(regions: readonly Region[]): CellTable {
  const names = new Set<string>();
  for (const { south, north, west, east, stepDeg = 0.05 } of regions) {
    for (let lat = south; lat <= north; lat += stepDeg) {
      for (let lon = west; lon <= east; lon += stepDeg) names.add(cellAt(lat, lon));
    }
  }
  const table = cellTableOf([...names]);
  assert.ok(table.ok);
  return table.value;
}

/** Nothing in a third of the cells, little in most of the rest, and in one of 40 more than a beam carries. */
export function randomDemand(cells: CellTable, seed: number): CellDemand {
  const down = Float32Array.from({ length: cells.count }, (_, c) => {
    const draw = uniform(seed, c, 0, 0);
    if (draw < 1 / 3) return 0;
    return draw > 0.975 ? 500 + 3000 * uniform(seed, c, 1, 0) : 60 * uniform(seed, c, 2, 0);
  });
  return {
    version: `random ${seed}`,
    classes: [{ name: "standard", downMbps: down, upMbps: down.map(mbps => mbps / 9), weight: down }],
  };
}

/** The nearest PoP by great circle. */
export function nearestPops(cells: CellTable, { ground }: Pick<Planner, "ground">): Int16Array {
  return Int16Array.from({ length: cells.count }, (_, c) => {
    const here = { latDeg: cells.latDeg[c]!, lonDeg: cells.lonDeg[c]! };
    const km = ground.pops.map(pop => greatCircleKm(here, pop));
    return km.indexOf(Math.min(...km));
  });
}

/** The facts that the checker takes from a planner. */
export function checkedNetwork(planner: Planner, cells: CellTable): CheckedNetwork {
  const { elements, serving, ground, policy, cellPolicy, topology, generation } = planner;
  return { cells, elements, serving, ground, policy, cellPolicy, topology, generation };
}

/** A plan with what was asked, for the checker. */
export function checkedSlot(
  request: CellsRequest & { readonly permitted: Uint8Array },
  { plan, answer }: PlannedCells,
  replanned = false,
): CheckedSlot {
  const { permitted, demand, outage } = request;
  const acquired = acquiredLasers(answer);
  // The planner's own limit, beyond which it finds the ways of all satellites.
  const inViewOnly = request.cells.count <= 2000;
  return {
    plan,
    permitted,
    demand,
    acquired,
    replanned,
    inViewOnly,
    ...(outage === undefined ? {} : { outage }),
  };
}

/** Which links of the topology have found each other when the slot begins. */
export function acquiredLasers({ graph, lasers }: PlannedCells["answer"]): Uint8Array {
  const { a, b } = graph.lasers.topology;
  const ready = new Map<string, number>();
  lasers.a.forEach((i, k) => {
    ready.set(`${i} ${lasers.b[k]}`, lasers.readyMs[k]!);
  });
  // What is not pointed at all is for the checker to judge by its own geometry.
  return Uint8Array.from(a, (i, k) => ((ready.get(`${i} ${b[k]}`) ?? 0) <= lasers.fromMs ? 1 : 0));
}
