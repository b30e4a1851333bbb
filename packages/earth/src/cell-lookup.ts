// SPDX-License-Identifier: MIT
import { isCell } from "./cell.ts";
import { cellGeometry } from "./cell-geometry.ts";
import { idsOfOrdinals, ordinalOfName } from "./cell-ordinal.ts";
import type { CellTable } from "./cell-table.ts";
import { fail, type Result, succeed } from "./earth-error.ts";
import { holdsLand } from "./planet-cells.ts";

/** More cells than the planet has are refused unread. */
const MOST_NAMES = 4_000_000;

/**
 * The table of the cells named, sorted, each once, in any order. A row is the same, bit for bit, as in the table of
 * the whole planet. Error `bad-cell`: a name that is no cell, its place in the list, or too many names.
 */
export function cellTableOf(cells: readonly string[]): Result<CellTable> {
  if (cells.length > MOST_NAMES) {
    return fail("bad-cell", "cells", `${cells.length} cells are more than the ${MOST_NAMES} allowed.`);
  }
  const named = new Int32Array(cells.length);
  for (const [i, cell] of cells.entries()) {
    if (!isCell(cell)) return fail("bad-cell", `cells/${i}`, `"${cell.slice(0, 40)}" is no service cell.`);
    named[i] = ordinalOfName(cell);
  }
  named.sort();
  const ordinals = named.filter((ordinal, i) => i === 0 || ordinal !== named[i - 1]);
  const geometry = cellGeometry(ordinals);
  const land = Uint8Array.from(ordinals, (ordinal, row) =>
    holdsLand(ordinal, geometry.latDeg[row]!, geometry.lonDeg[row]!) ? 1 : 0,
  );
  return succeed({ count: ordinals.length, id: idsOfOrdinals(ordinals), ...geometry, land });
}

/** The index of a cell in a table, by name; -1: not in it, or no cell. Binary search. */
export function cellIndex(cells: CellTable, cell: string): number {
  if (!/^[0-9a-f]{15}$/.test(cell)) return -1;
  const wanted = BigInt(`0x${cell}`);
  let low = 0;
  let high = cells.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cells.id[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < cells.count && cells.id[low] === wanted ? low : -1;
}

/** The name of a cell by its index in a table: 15 hexadecimal digits, as `cellAt` gives it. */
export function cellName(cells: CellTable, index: number): string {
  const id = cells.id[index];
  if (id === undefined) throw new RangeError(`There is no cell ${index} in a table of ${cells.count}.`);
  return id.toString(16);
}

/**
 * A name for a table: how many cells, and 32 bits over which they are and which hold land (MurmurHash3, A. Appleby,
 * 2011). Tells tables apart; it is no proof against forgery.
 */
export function cellsVersion(cells: CellTable): string {
  return `${cells.count}-${hashCells(cells).toString(16).padStart(8, "0")}`;
}

/** The 32 bits of {@link cellsVersion}. */
export function hashCells(cells: CellTable): number {
  let hash = cells.count | 0;
  const words = new Uint32Array(cells.id.buffer, cells.id.byteOffset, 2 * cells.count);
  for (let row = 0; row < cells.count; row++) {
    // Which half comes first depends on the machine's byte order, their exclusive or does not. It is one to one here:
    // the low half's only digit bits are the upper two, constant in the high half.
    hash = mixed(hash, words[2 * row]! ^ words[2 * row + 1]! ^ cells.land[row]!);
  }
  return finished(hash ^ (4 * cells.count));
}

function mixed(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
