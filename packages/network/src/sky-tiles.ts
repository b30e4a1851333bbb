// SPDX-License-Identifier: MIT
// Directions from the Earth's centre in tiles: a cube around it with a grid on each face. A direction's tile costs three
// comparisons and two divisions, where latitude and longitude would cost two arc functions.

const PER_EDGE = 16;
const PER_FACE = PER_EDGE * PER_EDGE;

export const TILES = 6 * PER_FACE;

/** The tile of a direction other than zero; its length does not matter. */
export function tileAt(x: number, y: number, z: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  const az = Math.abs(z);
  if (ax >= ay && ax >= az) return (x > 0 ? 0 : PER_FACE) + squareAt(y / ax, z / ax);
  if (ay >= az) return (y > 0 ? 2 * PER_FACE : 3 * PER_FACE) + squareAt(x / ay, z / ay);
  return (z > 0 ? 4 * PER_FACE : 5 * PER_FACE) + squareAt(x / az, y / az);
}

/** Place in the grid of one face; u and v from -1 to 1. */
function squareAt(u: number, v: number): number {
  const column = Math.min(PER_EDGE - 1, ((u + 1) * (PER_EDGE / 2)) | 0);
  const row = Math.min(PER_EDGE - 1, ((v + 1) * (PER_EDGE / 2)) | 0);
  return PER_EDGE * row + column;
}

/** Places by tile: those near enough to some direction of tile t are `item[first[t]]` to `item[first[t + 1] - 1]`, rising. */
export interface TileRows {
  readonly first: Int32Array;
  readonly item: Int32Array;
}

/**
 * Lists for each tile the places that may lie within their reach of a direction in it.
 *
 * @param centre Unit vectors to the places, three numbers each.
 * @param reachRad Per place: the angle that counts. None within it is left out; some up to twice a tile's radius farther
 *   are listed too.
 */
export function tileRows(centre: ArrayLike<number>, reachRad: ArrayLike<number>): TileRows {
  const slack = widestTileRad() + 1e-6;
  const limit = Float64Array.from(reachRad, reach => Math.cos(Math.min(Math.PI, reach + slack)));
  const first = new Int32Array(TILES + 1);
  const middle = new Float64Array(3);
  const items: number[] = [];
  for (let tile = 0; tile < TILES; tile++) {
    centreOf(tile, middle);
    const x = middle[0]!;
    const y = middle[1]!;
    const z = middle[2]!;
    for (let k = 0; k < limit.length; k++) {
      if (centre[3 * k]! * x + centre[3 * k + 1]! * y + centre[3 * k + 2]! * z >= limit[k]!) items.push(k);
    }
    first[tile + 1] = items.length;
  }
  return { first, item: Int32Array.from(items) };
}

/** The unit vector to the middle of a tile's square, into `out`. */
export function centreOf(tile: number, out: Float64Array): void {
  const square = tile % PER_FACE;
  pointOf(tile, (square % PER_EDGE) + 0.5, Math.floor(square / PER_EDGE) + 0.5, out);
}

/** The largest angle between a direction in a tile and the tile's centre, radians. */
export function widestTileRad(): number {
  const centre = new Float64Array(3);
  const corner = new Float64Array(3);
  let least = 1;
  // Sides of a square are great circles, so that its farthest point is a corner; the faces are alike.
  for (let square = 0; square < PER_FACE; square++) {
    centreOf(square, centre);
    for (let k = 0; k < 4; k++) {
      pointOf(square, (square % PER_EDGE) + (k & 1), Math.floor(square / PER_EDGE) + (k >> 1), corner);
      least = Math.min(least, centre[0]! * corner[0]! + centre[1]! * corner[1]! + centre[2]! * corner[2]!);
    }
  }
  return Math.acos(least);
}

/** The unit vector to a place on a tile's face, counted in squares from its corner. */
function pointOf(tile: number, column: number, row: number, out: Float64Array): void {
  const face = Math.floor(tile / PER_FACE);
  const u = (2 * column) / PER_EDGE - 1;
  const v = (2 * row) / PER_EDGE - 1;
  const scale = 1 / Math.sqrt(1 + u * u + v * v);
  const axis = face >> 1;
  out[axis] = (face & 1) === 0 ? scale : -scale;
  out[axis === 0 ? 1 : 0] = u * scale;
  out[axis === 2 ? 1 : 2] = v * scale;
}
