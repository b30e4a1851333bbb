// SPDX-License-Identifier: MIT
import { cellToBoundary, cellToLatLng, getResolution, isValidCell, latLngToCell } from "h3-js";
import { assertPosition, type Position } from "./position.ts";

/**
 * H3 resolution of a service cell: hexagons of 253 km² on average, edges of about 9 km
 * (h3geo.org, "Tables of Cell Statistics Across Resolutions"). Twelve cells in the world are pentagons.
 */
export const CELL_RESOLUTION = 5;

/** The service cell a position lies in, as an H3 index: 15 lower-case hexadecimal digits. */
export function cellAt(latDeg: number, lonDeg: number): string {
  assertPosition(latDeg, lonDeg);
  return latLngToCell(latDeg, lonDeg, CELL_RESOLUTION);
}

/** Whether the text is the index of a service cell. Ask this of cells from outside. */
export function isCell(text: string): boolean {
  return /^[0-9a-f]{15}$/.test(text) && isValidCell(text) && getResolution(text) === CELL_RESOLUTION;
}

/** The centre of a cell. Throws a RangeError when `cell` is none. */
export function cellCentre(cell: string): Position {
  assertCell(cell);
  const [latDeg, lonDeg] = cellToLatLng(cell);
  return { latDeg, lonDeg };
}

/**
 * The corners of a cell, counter-clockwise, the first not repeated: six or, for a pentagon, five; more where an edge
 * bends over an edge of H3's icosahedron. Throws a RangeError when `cell` is none.
 */
export function cellBoundary(cell: string): readonly Position[] {
  assertCell(cell);
  return cellToBoundary(cell).map(([latDeg, lonDeg]) => ({ latDeg, lonDeg }));
}

function assertCell(cell: string): void {
  if (!isCell(cell)) throw new RangeError(`"${cell}" is no H3 cell of resolution ${CELL_RESOLUTION}.`);
}
