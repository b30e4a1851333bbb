// SPDX-License-Identifier: MIT
import { CELL_RESOLUTION } from "./cell.ts";

/** Base cells of H3. */
export const BASE_CELLS = 122;
/** Paths of five digits below one base cell. */
export const PATHS = 7 ** CELL_RESOLUTION;
/**
 * One number for each base cell and path: 0 ≤ ordinal < ORDINALS. In this order the cells' indices ascend; cells of one
 * parent are neighbours, those of a parent of resolution r in a span of 7^(5 - r). Numbers below a pentagon that its
 * missing direction leaves without a cell are skipped, never given to another cell.
 */
export const ORDINALS = BASE_CELLS * PATHS;

/** Base cells around the twelve corners of the icosahedron (h3geo.org, "Core library", base cell table). */
const PENTAGONS: ReadonlySet<number> = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);
const RESOLUTION_SHIFT = 20;
const BASE_SHIFT = 13;
const MODE_CELL = 0x08000000;

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
/** Where the two halves of a 64-bit integer stand in a `Uint32Array` over it. */
const LOW = isLittleEndian ? 0 : 1;
const HIGH = 1 - LOW;

/**
 * 64-bit indices of the cells of these ordinals. The layout is H3's: mode, resolution, base cell, then three bits for
 * each of fifteen digits, 7 where unused (h3geo.org, "H3Index bit layout").
 */
export function idsOfOrdinals(ordinals: Int32Array): BigUint64Array<ArrayBuffer> {
  const ids = new BigUint64Array(ordinals.length);
  // Two 32-bit halves: a bigint a cell would be a heap object a cell.
  const words = new Uint32Array(ids.buffer);
  for (let row = 0; row < ordinals.length; row++) {
    const ordinal = ordinals[row]!;
    words[2 * row + HIGH] = highWord(CELL_RESOLUTION, ordinal);
    words[2 * row + LOW] = (((ordinal % 7) & 3) << 30) | 0x3fffffff;
  }
  return ids;
}

/** The ordinals of resolution-5 indices; the inverse of {@link idsOfOrdinals}. */
export function ordinalsOfIds(ids: BigUint64Array): Int32Array<ArrayBuffer> {
  const words = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
  const ordinals = new Int32Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    const high = words[2 * row + HIGH]!;
    const low = words[2 * row + LOW]!;
    ordinals[row] = ordinalOfWords(high, low);
  }
  return ordinals;
}

/** The ordinal of a cell by name; the caller knows that it is one. */
export function ordinalOfName(cell: string): number {
  return ordinalOfWords(Number.parseInt(cell.slice(0, 7), 16), Number.parseInt(cell.slice(7), 16));
}

/** The name, 15 hexadecimal digits, of the cell of `resolution` (0 to 5) that the ordinal's cell lies in. */
export function nameOfOrdinal(ordinal: number, resolution: number = CELL_RESOLUTION): string {
  const high = highWord(resolution, ordinal);
  const last = resolution === CELL_RESOLUTION ? ordinal % 7 : 7;
  const low = (((last & 3) << 30) | 0x3fffffff) >>> 0;
  return high.toString(16) + low.toString(16).padStart(8, "0");
}

/** Whether the ordinal has a cell: below a pentagon the first digit that is not 0 is never 1. */
export function hasCell(ordinal: number): boolean {
  if (!PENTAGONS.has(Math.floor(ordinal / PATHS))) return true;
  const path = ordinal % PATHS;
  for (let span = PATHS / 7; span >= 1; span /= 7) {
    const digit = Math.floor(path / span) % 7;
    if (digit !== 0) return digit !== 1;
  }
  return true;
}

function ordinalOfWords(high: number, low: number): number {
  const base = (high >>> BASE_SHIFT) & 127;
  const fourDigits =
    ((high >>> 10) & 7) * 343 + ((high >>> 7) & 7) * 49 + ((high >>> 4) & 7) * 7 + ((high >>> 1) & 7);
  return base * PATHS + fourDigits * 7 + (((high & 1) << 2) | (low >>> 30));
}

/** The upper half of an index; digits finer than `resolution` are 7. */
function highWord(resolution: number, ordinal: number): number {
  const base = Math.floor(ordinal / PATHS);
  const path = ordinal % PATHS;
  const digit = (level: number, span: number): number =>
    level <= resolution ? Math.floor(path / span) % 7 : 7;
  return (
    MODE_CELL |
    (resolution << RESOLUTION_SHIFT) |
    (base << BASE_SHIFT) |
    (digit(1, 2401) << 10) |
    (digit(2, 343) << 7) |
    (digit(3, 49) << 4) |
    (digit(4, 7) << 1) |
    (digit(5, 1) >> 2)
  );
}
