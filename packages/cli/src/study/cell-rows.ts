// SPDX-License-Identifier: MIT
import { cellName } from "@perigee/earth";
import type { Column } from "@perigee/report";
import type { StudyCells } from "./cells.ts";

/** The counted cells of a study as rows of a table. */
export interface CellRows {
  /** Their indices. */
  readonly rows: Int32Array;
  /** Name and centre of each. */
  readonly columns: readonly Column[];
  /** Their entries of an array with one for every cell. */
  pick(values: ArrayLike<number>): Float64Array;
}

export function countedRows({ cells, counted }: StudyCells): CellRows {
  const rows = Int32Array.from(counted.keys()).filter(c => counted[c] === 1);
  const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(rows, c => values[c]!);
  return {
    rows,
    pick,
    columns: [
      { name: "cell", type: "text", values: Array.from(rows, c => cellName(cells, c)) },
      { name: "latDeg", type: "f64", unit: "degrees", digits: 4, values: pick(cells.latDeg) },
      { name: "lonDeg", type: "f64", unit: "degrees", digits: 4, values: pick(cells.lonDeg) },
    ],
  };
}
