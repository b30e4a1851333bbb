// SPDX-License-Identifier: MIT
// Test support, not exported: a small planet, the cells around some places of two countries.
import {
  boundaryViews,
  type CellTable,
  cellAt,
  cellTableOf,
  destination,
  populationOf,
} from "@perigee/earth";
import { createPlanner, type Planner, type Site } from "@perigee/network";
import { builtInConstellation } from "../../constellation.ts";
import type { Rain } from "../../weather/rain.ts";
import type { CellFiles } from "../cell-files.ts";
import { loadTerritories, type PlanetCells } from "../planet-cells.ts";
import { PlanetPlanner } from "../planet-planner.ts";

export const AT_MS = Date.UTC(2026, 10, 21, 12);
export const WARSAW = { latDeg: 52.2297, lonDeg: 21.0122 };
export const BREST = { latDeg: 52.0976, lonDeg: 23.7341 };
export const view = Object.values(boundaryViews)[0]!;

/** Remembers nothing. */
const noFiles = { get: (_name, _key, make) => make() } as Pick<CellFiles, "get"> as CellFiles;

/** The cells within a distance of the places, on a lattice finer than they are wide. */
export function cellsAround(places: readonly { latDeg: number; lonDeg: number }[], km: number): CellTable {
  const names = new Set<string>();
  for (const place of places) {
    for (let ring = 0; ring <= km; ring += 6) {
      for (let bearing = 0; bearing < 360; bearing += ring === 0 ? 360 : 360 / Math.ceil(ring)) {
        const { latDeg, lonDeg } = destination(place, bearing, ring);
        names.add(cellAt(latDeg, lonDeg));
      }
    }
  }
  const table = cellTableOf([...names]);
  if (!table.ok) throw new Error(table.error.message);
  return table.value;
}

export const regionCells = (): PlanetCells => {
  const table = cellsAround([WARSAW, BREST], 60);
  return { table, ...loadTerritories(table, view, noFiles, () => undefined) };
};

let planner: Planner | undefined;

/** The built-in constellation, made once. */
export function regionPlanner(): Planner {
  const { elements, checksum, shells, shellOf } = builtInConstellation(AT_MS, AT_MS);
  planner ??= createPlanner({
    elements,
    elementsVersion: checksum,
    serviceOf: i => shells[shellOf[i]!]!.service,
    seed: 1,
  });
  return planner;
}

let people: Float32Array | undefined;

export function regionPlanet(cells: PlanetCells, rain: Rain | null = null): PlanetPlanner {
  const network = regionPlanner();
  people ??= populationOf(cells.table);
  return new PlanetPlanner({
    cells,
    planner: network,
    population: people,
    popOfCell: network.popsOf(cells.table),
    rain,
  });
}

export const siteAt = (id: string, { latDeg, lonDeg }: typeof WARSAW, permitted = true): Site => ({
  id,
  latDeg,
  lonDeg,
  heightM: 0,
  cell: cellAt(latDeg, lonDeg),
  downMbps: 200,
  upMbps: 20,
  permitted,
});
