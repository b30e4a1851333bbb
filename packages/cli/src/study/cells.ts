// SPDX-License-Identifier: MIT
import {
  boundaryViews,
  type CellTable,
  cellTableOf,
  countryCode2,
  distanceKm,
  EARTH_RADIUS_KM,
  placeOf,
  planetCells,
  wrapLongitudeDeg,
} from "@perigee/earth";
import { CliError, type FlagValues } from "../command.ts";
import { readText } from "../validate/inputs.ts";
import { readNumber } from "./moments.ts";
import { placeNamed } from "./places.ts";

/** Flags that say which cells a study is about. */
export const cellFlags = {
  cells: { type: "string" },
  region: { type: "string" },
  bbox: { type: "string" },
  country: { type: "string" },
  view: { type: "string" },
  around: { type: "string" },
} as const;
export type CellFlags = FlagValues<typeof cellFlags>;

/** How far beyond a region cells compete with its own: what a satellite at 550 km sees at 25 degrees is 940 km wide. */
const AROUND_KM = 1000;

/** The cells of a study. */
export interface StudyCells {
  /** All that are planned. */
  readonly cells: CellTable;
  /** Per cell: 1 for those that the study is about. */
  readonly counted: Uint8Array;
  /** Every cell with land: over these the world's people live. */
  readonly land: CellTable;
  /** The table that `cells` was taken from, and per row of it 1 for those taken. */
  readonly whole: CellTable;
  readonly taken: Uint8Array;
  /** For sentences and titles: "the world's land". */
  readonly title: string;
  /** Frame of a map that shows it; `null`: the whole world. */
  readonly extent: Extent | null;
}

interface Extent {
  readonly southDeg: number;
  readonly westDeg: number;
  readonly northDeg: number;
  readonly eastDeg: number;
}

interface Region {
  readonly title: string;
  contains(latDeg: number, lonDeg: number): boolean;
}

/** The cells that the flags name. `around`: 0 where neighbours do not matter, default 1,000 km. */
export async function studyCells(flags: CellFlags, defaultAroundKm = AROUND_KM): Promise<StudyCells> {
  const region = regionOf(flags);
  const aroundKm =
    flags.around === undefined ? defaultAroundKm : readNumber("around", flags.around, 0, 20_000);
  const land = planetCells({ ocean: false });
  const kind = flags.cells ?? "land";
  const table =
    kind === "land" ? land : kind === "ocean" ? planetCells({ ocean: true }) : await cellsOfFile(kind);
  const title =
    kind === "land" ? "the world's land" : kind === "ocean" ? "land and sea" : `the cells of ${kind}`;
  if (region === null) {
    const counted = new Uint8Array(table.count).fill(1);
    const extent = kind === "land" || kind === "ocean" ? null : extentOf(table, counted);
    return { cells: table, counted, land, whole: table, taken: counted, title, extent };
  }
  const inside = Uint8Array.from(table.latDeg, (latDeg, c) =>
    region.contains(latDeg, table.lonDeg[c]!) ? 1 : 0,
  );
  if (!inside.includes(1)) throw new CliError(`there is no cell in ${region.title}`, 2);
  const near = withinCap(table, inside, aroundKm);
  const cells = rowsOf(table, near);
  const counted = inside.filter((_, c) => near[c] === 1);
  const extent = extentOf(cells, counted);
  return { cells, counted, land, whole: table, taken: near, title: region.title, extent };
}

function regionOf(flags: CellFlags): Region | null {
  const given = (["region", "bbox", "country"] as const).filter(name => flags[name] !== undefined);
  if (given.length > 1) throw new CliError(`--${given[0]} and --${given[1]} exclude each other`, 2);
  if (flags.region !== undefined) return circle(flags.region);
  if (flags.bbox !== undefined) return box(flags.bbox);
  return flags.country === undefined ? null : country(flags.country, flags.view ?? "un");
}

/** `50.45,30.52,300` or `Kyiv,300`. */
function circle(text: string): Region {
  const at = text.lastIndexOf(",");
  if (at < 0) throw new CliError("--region takes a place and a radius in km: Kyiv,300 or 50.45,30.52,300", 2);
  const centre = placeNamed(text.slice(0, at));
  const km = readNumber("region", text.slice(at + 1), 1, 20_100);
  return {
    title: `${km} km around ${centre.name}`,
    contains: (latDeg, lonDeg) => distanceKm(centre, { latDeg, lonDeg }) <= km,
  };
}

function box(text: string): Region {
  const edges = text.split(",").map(Number);
  const [south, west, north, east] = edges as [number, number, number, number];
  const isBox =
    edges.length === 4 &&
    south < north &&
    Math.abs(south) <= 90 &&
    Math.abs(north) <= 90 &&
    Math.abs(west) <= 180 &&
    Math.abs(east) <= 180;
  if (!isBox) throw new CliError("--bbox takes south,west,north,east in degrees", 2);
  return {
    title: `${south} to ${north}° N, ${west} to ${east}° E`,
    contains: (latDeg, lonDeg) =>
      latDeg >= south &&
      latDeg <= north &&
      // Across the antimeridian east is the smaller number.
      (west <= east ? lonDeg >= west && lonDeg <= east : lonDeg >= west || lonDeg <= east),
  };
}

function country(code: string, viewId: string): Region {
  const wanted = countryCode2(code);
  if (wanted === null)
    throw new CliError(`--country ${code.slice(0, 20)}: a country has a code like UA or UKR`, 2);
  const view = Object.values(boundaryViews).find(({ id }) => id === viewId);
  if (view === undefined)
    throw new CliError(`--view takes one of ${Object.keys(boundaryViews).join(", ")}`, 2);
  return {
    title: `${wanted} (borders: ${view.id})`,
    contains: (latDeg, lonDeg) => placeOf(latDeg, lonDeg, view).country === wanted,
  };
}

async function cellsOfFile(path: string): Promise<CellTable> {
  const names = (await readText(path)).split(/[\s,;]+/).filter(name => name !== "" && name !== "cell");
  if (names.length === 0) throw new CliError(`${path}: no cell is named`);
  const table = cellTableOf(names);
  if (!table.ok)
    throw new CliError(`${path}: ${table.error.message} [${table.error.code} at ${table.error.place}]`);
  return table.value;
}

/** Marks the cells no farther from the region's middle than its farthest cell, and `km` more. */
function withinCap(table: CellTable, inside: Uint8Array, km: number): Uint8Array {
  if (km === 0) return inside;
  const sum = [0, 0, 0] as [number, number, number];
  const direction = (c: number): [number, number, number] => {
    const [lat, lon] = [(table.latDeg[c]! * Math.PI) / 180, (table.lonDeg[c]! * Math.PI) / 180];
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  };
  inside.forEach((is, c) => {
    if (is === 0) return;
    const [x, y, z] = direction(c);
    sum[0] += x;
    sum[1] += y;
    sum[2] += z;
  });
  const length = Math.hypot(...sum);
  const cosine = (c: number): number => {
    const [x, y, z] = direction(c);
    return (x * sum[0] + y * sum[1] + z * sum[2]) / length;
  };
  let least = 1;
  inside.forEach((is, c) => {
    if (is === 1) least = Math.min(least, cosine(c));
  });
  const reach = Math.acos(Math.max(-1, least)) + km / EARTH_RADIUS_KM;
  const bound = reach >= Math.PI ? -2 : Math.cos(reach);
  return inside.map((is, c) => (is === 1 || cosine(c) >= bound ? 1 : 0));
}

/** The rows of a table that are marked. */
function rowsOf(table: CellTable, marked: Uint8Array): CellTable {
  const keep = (_: unknown, c: number): boolean => marked[c] === 1;
  const id = table.id.filter(keep);
  return {
    count: id.length,
    id,
    latDeg: table.latDeg.filter(keep),
    lonDeg: table.lonDeg.filter(keep),
    areaKm2: table.areaKm2.filter(keep),
    land: table.land.filter(keep),
  };
}

/** The frame of the counted cells with a margin; across the antimeridian where that makes it narrower. */
function extentOf(cells: CellTable, counted: Uint8Array): Extent | null {
  const is = (_: unknown, c: number): boolean => counted[c] === 1;
  const lat = cells.latDeg.filter(is).sort();
  const lon = cells.lonDeg.filter(is).sort();
  // The widest gap between neighbours of longitude is what the frame leaves out.
  let [gap, west] = [360 - (lon.at(-1)! - lon[0]!), lon[0]!];
  for (let k = 1; k < lon.length; k++) {
    if (lon[k]! - lon[k - 1]! > gap) [gap, west] = [lon[k]! - lon[k - 1]!, lon[k]!];
  }
  const wide = 360 - gap;
  const margin = 0.08 * Math.max(wide, lat.at(-1)! - lat[0]!) + 0.5;
  if (wide + 2 * margin > 300) return null;
  return {
    southDeg: Math.max(-90, lat[0]! - margin),
    northDeg: Math.min(90, lat.at(-1)! + margin),
    westDeg: wrapLongitudeDeg(west - margin),
    eastDeg: wrapLongitudeDeg(west + wide + margin),
  };
}
