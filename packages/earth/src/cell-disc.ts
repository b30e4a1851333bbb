// SPDX-License-Identifier: MIT
import type { CellTable } from "./cell-table.ts";
import { EARTH_RADIUS_KM } from "./geodesy.ts";

const RADIANS = Math.PI / 180;
const KM_PER_DEGREE = EARTH_RADIUS_KM * RADIANS;
const ROWS = 180;
const COLUMNS = 360;

/**
 * Finds the cells whose centres lie within a disc: cells in squares of one degree, and only the squares that the disc
 * may reach are searched. Not to be used for discs over a pole.
 */
export class CellDisc {
  /** The cells found by the last {@link find}, and of each 1 - (distance / radius)²; the first `count` entries. */
  count = 0;
  readonly cell: Int32Array;
  readonly closeness: Float64Array;

  readonly #starts = new Int32Array(ROWS * COLUMNS + 1);
  readonly #cells: Int32Array;
  /** Unit vectors of the centres, in the order of `#cells`. */
  readonly #vectors: Float64Array;

  constructor(cells: CellTable) {
    const squares = new Int32Array(cells.count);
    for (let i = 0; i < cells.count; i++) {
      squares[i] = rowOf(cells.latDeg[i]!) * COLUMNS + columnOf(cells.lonDeg[i]!);
      this.#starts[squares[i]! + 1]! += 1;
    }
    for (let s = 0; s < ROWS * COLUMNS; s++) this.#starts[s + 1]! += this.#starts[s]!;
    const next = this.#starts.slice();
    this.#cells = new Int32Array(cells.count);
    this.#vectors = new Float64Array(3 * cells.count);
    for (let i = 0; i < cells.count; i++) {
      const at = next[squares[i]!]!++;
      this.#cells[at] = i;
      const cosLat = Math.cos(cells.latDeg[i]! * RADIANS);
      this.#vectors[3 * at] = cosLat * Math.cos(cells.lonDeg[i]! * RADIANS);
      this.#vectors[3 * at + 1] = cosLat * Math.sin(cells.lonDeg[i]! * RADIANS);
      this.#vectors[3 * at + 2] = Math.sin(cells.latDeg[i]! * RADIANS);
    }
    this.cell = new Int32Array(cells.count);
    this.closeness = new Float64Array(cells.count);
  }

  /** Puts the cells within `radiusKm` (great circle) of a point into `cell` and `closeness`; gives their number. */
  find(latDeg: number, lonDeg: number, radiusKm: number): number {
    const cosLat = Math.cos(latDeg * RADIANS);
    const x = cosLat * Math.cos(lonDeg * RADIANS);
    const y = cosLat * Math.sin(lonDeg * RADIANS);
    const z = Math.sin(latDeg * RADIANS);
    const limit = (2 * Math.sin(radiusKm / EARTH_RADIUS_KM / 2)) ** 2;
    const reachDeg = radiusKm / KM_PER_DEGREE;
    const south = rowOf(latDeg - reachDeg);
    const north = rowOf(latDeg + reachDeg);
    // A circle of angle a reaches asin(sin a / cos lat) of longitude to either side.
    const sine = Math.sin(reachDeg * RADIANS) / cosLat;
    const reachLonDeg = sine < 1 ? Math.asin(sine) / RADIANS : 180;
    const west = Math.floor(lonDeg + 180 - reachLonDeg);
    const east = Math.min(Math.floor(lonDeg + 180 + reachLonDeg), west + COLUMNS - 1);
    this.count = 0;
    for (let row = south; row <= north; row++) {
      for (let column = west; column <= east; column++) {
        const square = row * COLUMNS + ((column + COLUMNS) % COLUMNS);
        const end = this.#starts[square + 1]!;
        for (let at = this.#starts[square]!; at < end; at++) {
          const dx = this.#vectors[3 * at]! - x;
          const dy = this.#vectors[3 * at + 1]! - y;
          const dz = this.#vectors[3 * at + 2]! - z;
          const chord2 = dx * dx + dy * dy + dz * dz;
          if (chord2 >= limit) continue;
          this.cell[this.count] = this.#cells[at]!;
          this.closeness[this.count++] = 1 - chord2 / limit;
        }
      }
    }
    return this.count;
  }
}

function rowOf(latDeg: number): number {
  return Math.max(0, Math.min(ROWS - 1, Math.floor(latDeg + 90)));
}

function columnOf(lonDeg: number): number {
  return (Math.floor(lonDeg + 180) + COLUMNS) % COLUMNS;
}
