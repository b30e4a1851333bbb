// SPDX-License-Identifier: MIT
import type { CellLayer } from "./map.ts";

/** Length of a degree of latitude on a sphere of 6,371 km. */
const KM_PER_DEG = 111.195;

/**
 * The values of very many cells over the Earth, on rows of equal height split into squares of about equal area (a reduced
 * latitude-longitude grid): one pass over the cells, then one look-up per pixel, however many cells there are.
 */
export class CellIndex {
  readonly #rows: number;
  readonly #heightDeg: number;
  /** First square of each row; one more at the end. */
  readonly #start: Int32Array;
  readonly #value: Float64Array;

  /** `sideKm`: side of a square; at least 1.4 times the root of a cell's area leaves no square without a centre. */
  constructor({ latDeg, lonDeg, values, combine = "mean" }: CellLayer, sideKm: number) {
    this.#rows = Math.max(1, Math.round(180 / (sideKm / KM_PER_DEG)));
    this.#heightDeg = 180 / this.#rows;
    this.#start = new Int32Array(this.#rows + 1);
    for (let row = 0; row < this.#rows; row++) {
      const middle = ((row + 0.5) * this.#heightDeg - 90) * (Math.PI / 180);
      const squares = Math.max(1, Math.round((360 * Math.cos(middle)) / this.#heightDeg));
      this.#start[row + 1] = this.#start[row]! + squares;
    }
    const total = this.#start[this.#rows]!;
    this.#value = new Float64Array(total).fill(Number.NaN);
    const count = new Uint32Array(total);
    for (let cell = 0; cell < values.length; cell++) {
      const value = values[cell]!;
      if (Number.isNaN(value)) continue;
      const square = this.#square(latDeg[cell]!, lonDeg[cell]!);
      const before = this.#value[square]!;
      count[square]! += 1;
      if (count[square] === 1) this.#value[square] = value;
      else if (combine === "max") this.#value[square] = Math.max(before, value);
      else if (combine === "min") this.#value[square] = Math.min(before, value);
      else this.#value[square] = before + value;
    }
    if (combine === "mean") {
      for (let square = 0; square < total; square++) {
        if (count[square]! > 1) this.#value[square]! /= count[square]!;
      }
    }
  }

  /** The value at a place, degrees; NaN where there is no cell. */
  at(latDeg: number, lonDeg: number): number {
    return this.#value[this.#square(latDeg, lonDeg)]!;
  }

  #square(latDeg: number, lonDeg: number): number {
    const row = Math.min(this.#rows - 1, Math.max(0, Math.floor((latDeg + 90) / this.#heightDeg)));
    const first = this.#start[row]!;
    const squares = this.#start[row + 1]! - first;
    const turn = lonDeg / 360 - Math.floor(lonDeg / 360);
    return first + Math.min(squares - 1, Math.floor(turn * squares));
  }
}
