// SPDX-License-Identifier: MIT
import { type CellTable, cellIndex } from "@perigee/earth";

const known = new WeakMap<CellTable, Map<string, number>>();

/**
 * `cellIndex`, remembered: looking a cell up takes arithmetic over big integers, and the same few are looked up slot
 * after slot, those that sites stand in.
 */
export function cellRow(cells: CellTable, cell: string): number {
  let rows = known.get(cells);
  if (rows === undefined) {
    rows = new Map();
    known.set(cells, rows);
  }
  let row = rows.get(cell);
  if (row === undefined) {
    row = cellIndex(cells, cell);
    // What is not in the table may be anything, and so any number of things.
    if (row >= 0) rows.set(cell, row);
  }
  return row;
}
