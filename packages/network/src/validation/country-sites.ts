// SPDX-License-Identifier: MIT
import {
  type CellTable,
  cellAt,
  cellIndex,
  placesOfCountry,
  planetCells,
  populationOf,
  wrapLongitudeDeg,
} from "@perigee/earth";
import { subscriberLimit, subscribersOf } from "../demand/subscribers.ts";
import type { Site } from "../slot-plan.ts";
import type { CountryRow } from "./country-rows.ts";

/** Who lives and subscribes where: see {@link settledLand}. */
export interface SettledLand {
  readonly cells: CellTable;
  readonly subscribers: Float32Array;
}

/** All cells with land and the subscribers that the default demand puts there. Some four seconds; keep it. */
export function settledLand(): SettledLand {
  const cells = planetCells({ ocean: false });
  return { cells, subscribers: subscribersOf(cells, { population: populationOf(cells, cells) }) };
}

/** A place of a country that stands for an equal part of its subscribers. */
export interface CountrySite {
  readonly site: Site;
  readonly row: CountryRow;
  /** Subscribers of its cell over the most that a cell can serve in the busy hour, 0 to 1. */
  readonly load: number;
}

/**
 * `count` places per country, each for an equal part of the subscribers in cells that hold a town of the country: equal
 * steps through the cells in order of their index, which goes through a country region by region. A country without
 * listed towns is its middle. No draw: the same table gives the same places.
 */
export function countrySites(row: CountryRow, land: SettledLand, count: number): CountrySite[] {
  const limit = subscriberLimit();
  const settled = new Map<string, CountrySite>();
  const weights = new Map<string, number>();
  for (const { latDeg, lonDeg } of placesOfCountry(row.code2)) {
    const cell = cellAt(latDeg, lonDeg);
    // Towns come with most people first: the largest of a cell stands for it.
    if (settled.has(cell)) continue;
    const index = cellIndex(land.cells, cell);
    const subscribers = index < 0 ? 0 : land.subscribers[index]!;
    settled.set(cell, siteOf(row, latDeg, lonDeg, cell, subscribers / limit));
    weights.set(cell, subscribers);
  }
  const cells = [...settled.keys()].sort();
  const total = cells.reduce((sum, cell) => sum + weights.get(cell)!, 0);
  if (!(total > 0)) {
    const lonDeg = wrapLongitudeDeg(row.lonDeg);
    return [named(siteOf(row, row.latDeg, lonDeg, cellAt(row.latDeg, lonDeg), 0), 0)];
  }
  const sites: CountrySite[] = [];
  let passed = 0;
  for (const cell of cells) {
    passed += weights.get(cell)!;
    while (sites.length < count && ((sites.length + 0.5) / count) * total < passed)
      sites.push(named(settled.get(cell)!, sites.length));
  }
  return sites;
}

function siteOf(row: CountryRow, latDeg: number, lonDeg: number, cell: string, load: number): CountrySite {
  const site = { id: "", latDeg, lonDeg, heightM: 0, cell, downMbps: 400, upMbps: 60, permitted: true };
  return { site, row, load: Math.min(1, load) };
}

function named(place: CountrySite, k: number): CountrySite {
  return { ...place, site: { ...place.site, id: `${place.row.code}-${k}` } };
}
