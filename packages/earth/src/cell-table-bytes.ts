// SPDX-License-Identifier: MIT
import { cellGeometry } from "./cell-geometry.ts";
import { hashCells } from "./cell-lookup.ts";
import { hasCell, idsOfOrdinals, ORDINALS, ordinalsOfIds } from "./cell-ordinal.ts";
import type { CellTable } from "./cell-table.ts";
import { fail, type Result, succeed } from "./earth-error.ts";

const MAGIC = 0x54434750; // "PGCT"
const VERSION = 1;
/** Magic, version, cells, bytes of runs, hash of the cells: five little-endian 32-bit numbers. */
const HEADER_BYTES = 20;
/** No table is longer: each cell alone, each changing from land to water, three bytes a number. */
const MOST_BYTES = HEADER_BYTES + 9 * ORDINALS;

/**
 * A cell table as bytes, to be kept in a file: a header, then lengths of runs as LEB128 numbers. First the cells, by
 * number in index order: so many left out, so many taken, in turn; then the rows: so many of water, so many of land, in
 * turn. All land of the planet takes 37 kB. Centres and areas are not kept: they follow from the index.
 */
export function encodeCellTable(cells: CellTable): Uint8Array<ArrayBuffer> {
  const runs = new RunWriter();
  const ordinals = ordinalsOfIds(cells.id);
  for (let row = 0, next = 0; row < cells.count; ) {
    const first = ordinals[row]!;
    const start = row;
    while (row < cells.count && ordinals[row] === first + row - start) row++;
    runs.add(first - next);
    runs.add(row - start);
    next = first + row - start;
  }
  for (let row = 0, kind = 0; row < cells.count; kind = 1 - kind) {
    const start = row;
    while (row < cells.count && cells.land[row] === kind) row++;
    runs.add(row - start);
  }
  const body = runs.bytes();
  const out = new Uint8Array(HEADER_BYTES + body.length);
  const header = new DataView(out.buffer);
  [MAGIC, VERSION, cells.count, body.length, hashCells(cells)].forEach((number, i) => {
    header.setUint32(4 * i, number, true);
  });
  out.set(body, HEADER_BYTES);
  return out;
}

/**
 * The table kept in bytes by {@link encodeCellTable}: equal to it, bit for bit. Error `bad-cell-table` for bytes of
 * another kind or version, cut short, too long or changed; its place is the offset, or `version`, `length` or `hash`.
 */
export function decodeCellTable(bytes: Uint8Array): Result<CellTable> {
  if (bytes.length < HEADER_BYTES || bytes.length > MOST_BYTES) {
    return fail("bad-cell-table", "length", `A cell table never has ${bytes.length} bytes.`);
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [magic, version, count, length, hash] = [0, 4, 8, 12, 16].map(at => header.getUint32(at, true));
  if (magic !== MAGIC) return fail("bad-cell-table", "0", "The bytes are no cell table.");
  if (version !== VERSION) {
    return fail("bad-cell-table", "version", `Cell tables of version ${version} are unknown here.`);
  }
  if (length !== bytes.length - HEADER_BYTES || count! > ORDINALS) {
    return fail("bad-cell-table", "length", "The cell table is cut short, or something follows it.");
  }
  const runs = new RunReader(bytes);
  const ordinals = new Int32Array(count!);
  for (let row = 0, next = 0; row < count!; ) {
    next += runs.next();
    const taken = runs.next();
    if (taken < 1 || taken > count! - row || next + taken > ORDINALS) return broken(runs.at);
    for (const end = row + taken; row < end; row++, next++) {
      if (!hasCell(next)) return broken(runs.at);
      ordinals[row] = next;
    }
  }
  const land = new Uint8Array(count!);
  for (let row = 0, kind = 0; row < count!; kind = 1 - kind) {
    const same = runs.next();
    if (same > count! - row || (same < 1 && row > 0)) return broken(runs.at);
    land.fill(kind, row, row + same);
    row += same;
  }
  if (runs.at !== bytes.length) return broken(runs.at);
  const id = idsOfOrdinals(ordinals);
  const table: CellTable = { count: count!, id, ...cellGeometry(ordinals), land };
  if (hashCells(table) !== hash) return fail("bad-cell-table", "hash", "The cell table has been changed.");
  return succeed(table);
}

function broken(at: number): ReturnType<typeof fail> {
  return fail("bad-cell-table", String(at), `The cell table breaks off or contradicts itself at byte ${at}.`);
}

/** Writes non-negative integers in seven bits a byte, the top bit set on all bytes of a number but its last. */
class RunWriter {
  readonly #bytes: number[] = [];

  add(length: number): void {
    let rest = length;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#bytes.push((rest % 128) | 128);
    this.#bytes.push(rest);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what {@link RunWriter} wrote. At the end, and where a number has more than four bytes, it reads Infinity. */
class RunReader {
  at = HEADER_BYTES;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) break;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    return Number.POSITIVE_INFINITY;
  }
}
