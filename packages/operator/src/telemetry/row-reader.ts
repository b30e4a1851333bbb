// SPDX-License-Identifier: MIT
import type { DuckDBDataChunk, DuckDBResult } from "@duckdb/node-api";
import { type ColumnName, columns, type SlotColumns } from "./columns.ts";
import type { TelemetryRow } from "./row.ts";
import { alertCodes, unpackRow } from "./slot-batch.ts";
import type { Words } from "./words.ts";

/** The columns that {@link readPacked} wants, in its order. */
export const packedColumns = columns.map(({ sql }) => sql).join(", ");

const textColumns = columns.filter(({ kind }) => kind === "word").map(({ sql }) => sql);

/** The columns that {@link readRows} wants, in its order: those of a row, and a hash of its texts. */
export const readColumns = `${packedColumns}, hash(${textColumns.join(", ")})`;

/**
 * Rows of a select of {@link readColumns}.
 *
 * A terminal's week is 40,320 rows of 23 values. DuckDB's own reader makes every text of every row anew, and asks of
 * every value whether it is there, which takes longer than finding them. So this reads what lies in the vectors: one
 * reader per type, each always with the same kind of array. A text of more than 12 bytes lies elsewhere in memory for
 * every row, and fetching one takes a microsecond: it is taken from the row above where the hash of all texts is the
 * same (64 bits: among two rows that differ, once in 1.8e19 times), and length and first letters are too.
 */
export async function readRows(result: DuckDBResult, into: TelemetryRow[]): Promise<void> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    readChunk(chunk, into);
  }
}

/** The same, of packed rows: nothing in them is NULL, and a vector is a column as it was packed. */
export async function readPacked(result: DuckDBResult, words: Words, into: TelemetryRow[]): Promise<void> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const packed = Object.fromEntries(
      columns.map(({ name }, c) => [name, (chunk.getColumnVector(c) as unknown as VectorInside).items]),
    ) as unknown as SlotColumns;
    // Asking the chunk for its count is a call out of JavaScript.
    const { rowCount } = chunk;
    for (let i = 0; i < rowCount; i++) into.push(unpackRow({ columns: packed }, i, words));
  }
}

function readChunk(chunk: DuckDBDataChunk, rows: TelemetryRow[]): void {
  const vector = (name: ColumnName): VectorInside =>
    chunk.getColumnVector(placeOf.get(name)!) as unknown as VectorInside;
  const hash = halvesOf(chunk.getColumnVector(columns.length) as unknown as VectorInside);
  const text = (name: ColumnName): Texts => new Texts(vector(name), hash);
  const float = (name: ColumnName): Floats => new Floats(vector(name));
  const count = (name: ColumnName): Counts => new Counts(vector(name));
  const big = (name: ColumnName): Bigs => new Bigs(vector(name));
  const slot = count("slot");
  const terminal = text("terminal");
  const account = text("account");
  const cell = big("cell");
  const country = text("country");
  const inTerritorialWaters = new Truths(vector("inTerritorialWaters"));
  const satellite = count("satellite");
  const gateway = text("gateway");
  const pop = text("pop");
  const rttMs = float("rttMs");
  const pingLatencyMs = float("pingLatencyMs");
  const pingDropRate = float("pingDropRate");
  const downBytes = big("downBytes");
  const upBytes = big("upBytes");
  const obstruction = float("obstruction");
  const signalQuality = float("signalQuality");
  const uptimeS = count("uptimeS");
  const secondsUntilReboot = new Integers(vector("secondsUntilReboot"));
  const software = text("software");
  const wireCode = new Octets(vector("wireCode"));
  const reason = text("reason");
  const reporting = new Truths(vector("reporting"));
  const alerts = big("alerts");
  const { rowCount } = chunk;
  for (let i = 0; i < rowCount; i++) {
    rows.push({
      slot: slot.at(i)!,
      terminal: terminal.at(i)!,
      account: account.at(i),
      cell: cell.at(i),
      country: country.at(i),
      inTerritorialWaters: inTerritorialWaters.at(i),
      satellite: satellite.at(i),
      gateway: gateway.at(i),
      pop: pop.at(i),
      rttMs: rttMs.at(i),
      pingLatencyMs: pingLatencyMs.at(i),
      pingDropRate: pingDropRate.at(i),
      downBytes: downBytes.numberAt(i),
      upBytes: upBytes.numberAt(i),
      obstruction: obstruction.at(i),
      signalQuality: signalQuality.at(i),
      uptimeS: uptimeS.at(i),
      secondsUntilReboot: secondsUntilReboot.at(i),
      software: software.at(i),
      wireCode: wireCode.at(i),
      reason: reason.at(i) ?? "",
      reporting: reporting.at(i) === true,
      alerts: alertCodes(alerts.at(i)!),
    });
  }
}

const placeOf = new Map(columns.map(({ name }, c) => [name, c]));

/** What lies in a vector of `@duckdb/node-api`, whose version is pinned. */
interface VectorInside {
  getItem(row: number): unknown;
  /** Numbers of fixed width. */
  readonly items: unknown;
  /** Texts, 16 bytes each; truth, a byte each. */
  readonly dataView: DataView;
  /** A bit per value that is there; `null`: all are. */
  readonly validity: { readonly data: BigUint64Array | null };
}

/** The bits that say which values are there, eight to a byte. */
function bitsOf({ validity: { data } }: VectorInside): Uint8Array | null {
  return data === null ? null : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

const isThere = (bits: Uint8Array | null, row: number): boolean =>
  bits === null || ((bits[row >> 3]! >> (row & 7)) & 1) === 1;

class Floats {
  readonly #items: Float32Array;
  readonly #bits: Uint8Array | null;

  constructor(vector: VectorInside) {
    this.#items = vector.items as Float32Array;
    this.#bits = bitsOf(vector);
  }

  at(row: number): number | null {
    return isThere(this.#bits, row) ? this.#items[row]! : null;
  }
}

class Counts {
  readonly #items: Uint32Array;
  readonly #bits: Uint8Array | null;

  constructor(vector: VectorInside) {
    this.#items = vector.items as Uint32Array;
    this.#bits = bitsOf(vector);
  }

  at(row: number): number | null {
    return isThere(this.#bits, row) ? this.#items[row]! : null;
  }
}

class Integers {
  readonly #items: Int32Array;
  readonly #bits: Uint8Array | null;

  constructor(vector: VectorInside) {
    this.#items = vector.items as Int32Array;
    this.#bits = bitsOf(vector);
  }

  at(row: number): number | null {
    return isThere(this.#bits, row) ? this.#items[row]! : null;
  }
}

class Octets {
  readonly #items: Uint8Array;
  readonly #bits: Uint8Array | null;

  constructor(vector: VectorInside) {
    this.#items = vector.items as Uint8Array;
    this.#bits = bitsOf(vector);
  }

  at(row: number): number | null {
    return isThere(this.#bits, row) ? this.#items[row]! : null;
  }
}

class Truths {
  readonly #items: Uint8Array;
  readonly #bits: Uint8Array | null;

  constructor(vector: VectorInside) {
    const { buffer, byteOffset, byteLength } = vector.dataView;
    this.#items = new Uint8Array(buffer, byteOffset, byteLength);
    this.#bits = bitsOf(vector);
  }

  at(row: number): boolean | null {
    return isThere(this.#bits, row) ? this.#items[row] !== 0 : null;
  }
}

/** Numbers of 64 bits as two of 32, the low half first: so they lie on every machine that DuckDB is built for. */
function halvesOf(vector: VectorInside): Uint32Array {
  const { buffer, byteOffset, byteLength } = vector.items as BigUint64Array;
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

/** Numbers of 64 bits, of which a bigint is made only where one is wanted and the row above has another. */
class Bigs {
  readonly #items: BigUint64Array;
  readonly #halves: Uint32Array;
  readonly #bits: Uint8Array | null;
  #last = -1;
  #big = 0n;

  constructor(vector: VectorInside) {
    this.#items = vector.items as BigUint64Array;
    this.#halves = halvesOf(vector);
    this.#bits = bitsOf(vector);
  }

  at(row: number): bigint | null {
    if (!isThere(this.#bits, row)) return null;
    const halves = this.#halves;
    const [at, before] = [2 * row, 2 * this.#last];
    if (before < 0 || halves[at] !== halves[before] || halves[at + 1] !== halves[before + 1])
      this.#big = this.#items[row]!;
    this.#last = row;
    return this.#big;
  }

  /** As a number, exact to 2^53. */
  numberAt(row: number): number {
    return this.#halves[2 * row + 1]! * 2 ** 32 + this.#halves[2 * row]!;
  }
}

/** A vector holds 16 bytes of each text: its length, and the text itself or its first letters and where it lies. */
const TEXT_WORDS = 4;
/** The longest text that lies in those 16 bytes. */
const MOST_INLINE = 12;

class Texts {
  readonly #vector: VectorInside;
  readonly #words: Uint32Array;
  readonly #hash: Uint32Array;
  readonly #bits: Uint8Array | null;
  #last = -1;
  #text: string | null = null;

  constructor(vector: VectorInside, hash: Uint32Array) {
    this.#vector = vector;
    const { buffer, byteOffset, byteLength } = vector.dataView;
    this.#words = new Uint32Array(buffer, byteOffset, byteLength / 4);
    this.#hash = hash;
    this.#bits = bitsOf(vector);
  }

  at(row: number): string | null {
    if (!isThere(this.#bits, row)) return null;
    if (this.#last < 0 || !this.#same(this.#last, row)) this.#text = this.#vector.getItem(row) as string;
    this.#last = row;
    return this.#text;
  }

  #same(a: number, b: number): boolean {
    const words = this.#words;
    const [from, to] = [a * TEXT_WORDS, b * TEXT_WORDS];
    if (words[from] !== words[to] || words[from + 1] !== words[to + 1]) return false;
    if (words[from]! > MOST_INLINE) {
      return this.#hash[2 * a] === this.#hash[2 * b] && this.#hash[2 * a + 1] === this.#hash[2 * b + 1];
    }
    return words[from + 2] === words[to + 2] && words[from + 3] === words[to + 3];
  }
}
