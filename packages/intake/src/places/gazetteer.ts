// SPDX-License-Identifier: MIT
import { type NamedPlace, placesOfCountry, territories } from "@perigee/earth";
import { folded, slug, spellingKey } from "../names/spelling.ts";
import type { PlacePin } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";

/** A pin with how many people live there, where that is known. */
export interface Candidate extends PlacePin {
  readonly people: number;
  /** Found under another spelling of the name, so that nearness must speak for it too. */
  readonly respelled: boolean;
}

/** Places by name. */
export interface Gazetteer {
  /** Every place of the name, then those whose name is spelled otherwise in Latin letters. */
  find(name: string): readonly Candidate[];
  /** Regions and seas by their first folded word, longest first. */
  readonly areas: ReadonlyMap<
    string,
    readonly { readonly words: readonly string[]; readonly pin: PlacePin }[]
  >;
  country(code: string): PlacePin | null;
}

/**
 * The towns of GeoNames with people, some 130,000, found by a hash of their folded name, and those that may be
 * spelled otherwise by a hash of their spelling key. The names themselves stay where the gazetteer of `earth` has
 * them: an index of them as strings takes ten times the memory.
 */
interface TownIndex {
  readonly towns: readonly NamedPlace[];
  /** First town of each hash, and the next one with the same: -1 ends a chain. Chains are in order of the towns. */
  readonly heads: Int32Array;
  readonly next: Int32Array;
}

const HASH_BITS = 17;
let townsByName: TownIndex | undefined;

function townIndex(towns: readonly NamedPlace[], nameOf: (town: NamedPlace) => string): TownIndex {
  const heads = new Int32Array(1 << HASH_BITS).fill(-1);
  const next = new Int32Array(towns.length);
  for (let t = towns.length - 1; t >= 0; t--) {
    const slot = hashOf(nameOf(towns[t]!));
    next[t] = heads[slot]!;
    heads[slot] = t;
  }
  return { towns, heads, next };
}

function townsAt(
  { towns, heads, next }: TownIndex,
  name: string,
  nameOf: (town: NamedPlace) => string,
): NamedPlace[] {
  const found: NamedPlace[] = [];
  for (let t = heads[hashOf(name)]!; t >= 0; t = next[t]!)
    if (nameOf(towns[t]!) === name) found.push(towns[t]!);
  return found;
}

/** FNV-1a over UTF-16 units, its upper bits folded into the lower ones. */
function hashOf(name: string): number {
  let h = 0x811c_9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x0100_0193);
  return (h ^ (h >>> HASH_BITS)) & ((1 << HASH_BITS) - 1);
}

const foldedName = (town: NamedPlace): string => folded(town.name);

/** Read at the first question; the same for all tables. */
function allTowns(): TownIndex {
  if (townsByName === undefined) {
    const codes = new Set(territories.map(t => (/^[A-Z]{2}$/.test(t.id) ? t.id : t.ownCountry)));
    const all = [...codes].sort().flatMap(code => (code == null ? [] : placesOfCountry(code)));
    townsByName = townIndex(all, foldedName);
  }
  return townsByName;
}

const gazetteers = new WeakMap<IntakeTables, Gazetteer>();

/** The gazetteer under these tables. */
export function gazetteerOf(tables: IntakeTables): Gazetteer {
  const known = gazetteers.get(tables);
  if (known !== undefined) return known;
  const key = spellingKey(tables.spellings.filter(s => s.use === "letters"));
  const aliases = new Map(
    tables.spellings.filter(s => s.use === "placeAlias").map(s => [folded(s.from), folded(s.to)]),
  );
  const own = new Map<string, Candidate[]>();
  const ownByKey = new Map<string, Candidate[]>();
  const areas = new Map<string, { words: readonly string[]; pin: PlacePin }[]>();
  const put = <T>(map: Map<string, T[]>, at: string, value: T): void => {
    const list = map.get(at);
    if (list === undefined) map.set(at, [value]);
    else list.push(value);
  };
  for (const { aliases: others, kind, ...row } of tables.places) {
    const id = `${kind === "town" ? "geo" : kind}:${slug(row.name)}@${row.latDeg},${row.lonDeg}`;
    const { name, country, latDeg, lonDeg, source } = row;
    const pin: PlacePin = { id, name, kind, country, latDeg, lonDeg, reachKm: row.reachKm ?? 0, source };
    for (const as of new Set([row.name, ...others].map(folded))) {
      if (kind === "town") {
        put(own, as, { ...pin, people: 0, respelled: false });
        put(ownByKey, key(as), { ...pin, people: 0, respelled: true });
      } else {
        const words = as.split(" ");
        put(areas, words[0]!, { words, pin });
      }
    }
  }
  for (const list of areas.values()) list.sort((a, b) => b.words.length - a.words.length);
  const countries = new Map(tables.countries.map(c => [c.code, c]));
  const cache = new Map<string, readonly Candidate[]>();

  const keyOf = (town: NamedPlace): string => key(foldedName(town));
  /** Of towns that may be respelled, under the spelling key of these tables. */
  let byKey: TownIndex | null = null;
  const find = (name: string): readonly Candidate[] => {
    const asked = folded(name);
    const as = aliases.get(asked) ?? asked;
    const cached = cache.get(as);
    if (cached !== undefined) return cached;
    const towns = allTowns();
    byKey ??= townIndex(
      towns.towns.filter(t => RESPELLED.has(t.country)),
      keyOf,
    );
    const exact = [...(own.get(as) ?? []), ...townsAt(towns, as, foldedName).map(t => candidate(t, false))];
    const seen = new Set(exact.map(c => c.id));
    const near = [
      ...(ownByKey.get(key(as)) ?? []),
      ...townsAt(byKey, key(as), keyOf).map(t => candidate(t, true)),
    ];
    const all = [...exact, ...near.filter(c => !seen.has(c.id) && seen.add(c.id) !== undefined)];
    if (cache.size > 20_000) cache.clear();
    cache.set(as, all);
    return all;
  };
  const made: Gazetteer = {
    find,
    areas,
    country(code) {
      const row = countries.get(code);
      if (row === undefined) return null;
      const { names, latDeg, lonDeg } = row;
      return {
        id: `country:${code}`,
        name: names[0]!,
        kind: "country",
        country: code,
        latDeg,
        lonDeg,
        reachKm: 0,
        source: "country-coder outlines",
      };
    },
  };
  gazetteers.set(tables, made);
  return made;
}

/** Only places of countries that write in other letters are spelled in several ways. */
const RESPELLED = new Set(["UA", "RU", "BY", "BG", "RS", "MK", "KZ", "KG", "GE", "AM", "MD"]);

function candidate(
  { name, country, latDeg, lonDeg, population: people }: NamedPlace,
  respelled: boolean,
): Candidate {
  const id = `geo:${slug(name)}@${latDeg},${lonDeg}`;
  return {
    id,
    name,
    kind: "town",
    country,
    latDeg,
    lonDeg,
    reachKm: 0,
    source: "GeoNames",
    people,
    respelled,
  };
}
