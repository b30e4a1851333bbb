// SPDX-License-Identifier: MIT
import { cellToLatLng, latLngToCell } from "h3-js";
import { CELL_RESOLUTION } from "./cell.ts";
import { cellGeometry, reachKm } from "./cell-geometry.ts";
import { BASE_CELLS, hasCell, idsOfOrdinals, nameOfOrdinal, ORDINALS, PATHS } from "./cell-ordinal.ts";
import type { CellTable } from "./cell-table.ts";
import { land } from "./land.ts";

/** Which cells of the planet to take. */
export interface PlanetCellsOptions {
  /** Cells of open water as well. */
  readonly ocean: boolean;
  /**
   * Open water whose centre lies further north or south than this is left out, degrees. Default
   * {@link DEFAULT_MAX_OCEAN_LAT_DEG}.
   */
  readonly maxOceanLatDeg?: number;
}

/**
 * Beyond this parallel open water is left out by default, which makes 1.92 million cells with land: ships pass there in
 * few months of the year, and only the thin polar shells look down on it.
 */
export const DEFAULT_MAX_OCEAN_LAT_DEG = 65;

const WATER = 1;
const LAND = 2;
const COAST = 3;

/**
 * Every service cell of the planet that holds land and, if asked for, open water: index ascending.
 *
 * A cell *holds land* when its centre is on land, or when the point of any coast nearest to its centre lies in it; so
 * islands far smaller than a cell count. Land is Natural Earth 1:10m: lakes and Antarctica included, the Caspian not.
 *
 * Works from H3's base cells down: no coast within a parent's reach decides all its descendants at once.
 *
 * @throws RangeError when `maxOceanLatDeg` is not from 0 to 90.
 */
export function planetCells(options: PlanetCellsOptions): CellTable {
  const { ocean, maxOceanLatDeg = DEFAULT_MAX_OCEAN_LAT_DEG } = options;
  if (!(maxOceanLatDeg >= 0 && maxOceanLatDeg <= 90)) {
    throw new RangeError(`maxOceanLatDeg is ${maxOceanLatDeg}; a latitude from 0 to 90 is needed.`);
  }
  const kinds = new Uint8Array(ORDINALS);
  for (let base = 0; base < BASE_CELLS; base++) markBelow(kinds, base * PATHS, 0);
  const candidates = new Int32Array(ORDINALS);
  let count = 0;
  for (let ordinal = 0; ordinal < ORDINALS; ordinal++) {
    if (hasCell(ordinal) && (ocean || kinds[ordinal] !== WATER)) candidates[count++] = ordinal;
  }
  const ordinals = candidates.subarray(0, count);
  const geometry = cellGeometry(ordinals);
  // The rows kept move up in place.
  let kept = 0;
  const isLand = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const ordinal = ordinals[row]!;
    const latDeg = geometry.latDeg[row]!;
    const lonDeg = geometry.lonDeg[row]!;
    const kind = kinds[ordinal]!;
    const holds = kind === COAST ? holdsLand(ordinal, latDeg, lonDeg) : kind === LAND;
    if (!holds && !(ocean && Math.abs(latDeg) <= maxOceanLatDeg)) continue;
    ordinals[kept] = ordinal;
    geometry.latDeg[kept] = latDeg;
    geometry.lonDeg[kept] = lonDeg;
    geometry.areaKm2[kept] = geometry.areaKm2[row]!;
    isLand[kept++] = holds ? 1 : 0;
  }
  return {
    count: kept,
    id: idsOfOrdinals(ordinals.subarray(0, kept)),
    latDeg: geometry.latDeg.slice(0, kept),
    lonDeg: geometry.lonDeg.slice(0, kept),
    areaKm2: geometry.areaKm2.slice(0, kept),
    land: isLand.slice(0, kept),
  };
}

/** The rule of {@link planetCells}, for one cell with its centre. */
export function holdsLand(ordinal: number, latDeg: number, lonDeg: number): boolean {
  const map = land();
  if (map.contains(latDeg, lonDeg)) return true;
  const coast = map.nearestCoast(latDeg, lonDeg, reachKm(CELL_RESOLUTION));
  return (
    coast !== null && latLngToCell(coast.latDeg, coast.lonDeg, CELL_RESOLUTION) === nameOfOrdinal(ordinal)
  );
}

/** Marks all cells below the parent whose cells begin at `first`, those that a coast may cross as `COAST`. */
function markBelow(kinds: Uint8Array, first: number, resolution: number): void {
  const span = 7 ** (CELL_RESOLUTION - resolution);
  // Below a pentagon one child in seven is missing. The last ordinal of a span is never skipped if any is there.
  if (!hasCell(first) && !hasCell(first + span - 1)) return;
  if (resolution === CELL_RESOLUTION) {
    kinds[first] = COAST;
    return;
  }
  const [latDeg, lonDeg] = cellToLatLng(nameOfOrdinal(first, resolution));
  if (land().nearestCoast(latDeg, lonDeg, reachKm(resolution)) === null) {
    kinds.fill(land().contains(latDeg, lonDeg) ? LAND : WATER, first, first + span);
    return;
  }
  for (let child = 0; child < 7; child++) markBelow(kinds, first + (child * span) / 7, resolution + 1);
}
