// SPDX-License-Identifier: MIT
// Parents of H3 cells by their bits (H3 core library, "Index representations"): mode in bits 59 to 62, resolution in 52
// to 55, base cell in 45 to 51, then a digit of three bits for each resolution, 7 where there is none.
import type { CellTable } from "@perigee/earth";

const CELL_RESOLUTION = 5;
/** The bits of the coarsest digit lie below this one. */
const FIRST_DIGIT_BIT = 45;

/** Parents of the cells of a table, in order; index = parent. */
export interface Parents {
  readonly id: BigUint64Array;
  /** Cells of parent p: rows `offset[p]` to `offset[p + 1] - 1`. */
  readonly offset: Int32Array;
}

/** The parents at a resolution from 1 to 4 that have a cell in the table. */
export function parentsAt(cells: CellTable, resolution: number): Parents {
  const words = new Uint32Array(cells.id.buffer, cells.id.byteOffset, 2 * cells.count);
  const high = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
  // Digits up to resolution 4 are in the high word.
  const shift = FIRST_DIGIT_BIT - 3 * resolution - 32;
  const starts: number[] = [];
  let last = -1;
  for (let row = 0; row < cells.count; row++) {
    const prefix = words[2 * row + high]! >>> shift;
    if (prefix !== last) starts.push(row);
    last = prefix;
  }
  return {
    id: BigUint64Array.from(starts, row => parentOf(cells.id[row]!, resolution)),
    offset: Int32Array.from([...starts, cells.count]),
  };
}

function parentOf(id: bigint, resolution: number): bigint {
  const below = (1n << BigInt(FIRST_DIGIT_BIT - 3 * resolution)) - 1n;
  return (id & ~(0xfn << 52n)) | (BigInt(resolution) << 52n) | below;
}

/** The rows of a table whose cells lie under a parent of resolution 1 to 4; `null` for what is no such index. */
export function rowsUnder(
  cells: CellTable,
  parent: string,
): { readonly from: number; readonly until: number } | null {
  if (!/^8[1-4][0-9a-f]{13}$/.test(parent)) return null;
  const id = BigInt(`0x${parent}`);
  const resolution = Number((id >> 52n) & 0xfn);
  const below = (1n << BigInt(FIRST_DIGIT_BIT - 3 * resolution)) - 1n;
  if ((id & below) !== below) return null;
  const first = (id & ~(0xfn << 52n) & ~below) | (BigInt(CELL_RESOLUTION) << 52n);
  return { from: firstRow(cells, first), until: firstRow(cells, first | below) };
}

/** First row whose index is not less than `id`. */
function firstRow(cells: CellTable, id: bigint): number {
  let low = 0;
  let high = cells.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cells.id[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
