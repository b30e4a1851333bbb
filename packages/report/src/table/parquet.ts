// SPDX-License-Identifier: MIT
import { ByteWriter, ParquetWriter as FileWriter } from "hyparquet-writer/src/index.js";
import { int32, int64 } from "./cell-text.ts";
import { instantText } from "./number-text.ts";
import { type Column, type ColumnSpec, checkHeadings, matchColumns, rowCount, type Table } from "./table.ts";

export interface ParquetOptions {
  /** Rows of a row group, 1 to 1,000,000; 100,000 without it. A writer holds this many rows in memory. */
  readonly rowGroupRows?: number;
}

/** What a Parquet file says about itself and its columns, before there are rows. */
export interface ParquetHead extends Omit<Table, "columns"> {
  readonly columns: readonly ColumnSpec[];
}

/** Writes a Parquet file in pieces, so that one of any length needs the memory of one row group. */
export interface ParquetWriter {
  /**
   * Takes the next rows and gives the bytes that are ready, often none: write them in order.
   *
   * @throws RangeError when the columns are not those the writer was made for, in their order, all of one length.
   */
  rows(batch: readonly Column[]): Uint8Array;
  /** The last bytes of the file. Nothing may be written after it. */
  finish(): Uint8Array;
}

/** Parquet types of the columns (Apache Parquet format 2.10, LogicalTypes.md). All may hold nulls. */
const PARQUET_TYPE = {
  f64: { type: "DOUBLE" },
  f32: { type: "FLOAT" },
  i32: { type: "INT32" },
  i64: { type: "INT64" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  bool: { type: "BOOLEAN" },
  instant: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
} as const;

/**
 * A table as a Parquet file, Snappy-compressed. The key-value metadata hold `title`, `description` and the table's notes,
 * and per column `unit.<name>` and `description.<name>`. Missing values are nulls; instants are UTC timestamps in
 * milliseconds. The same table gives the same bytes.
 *
 * @throws RangeError when columns differ in length or share a name, or a value does not fit its type.
 *
 * @example
 * ```ts
 * import { tableToParquet } from "@perigee/report";
 *
 * const bytes = tableToParquet({
 *   title: "Latency",
 *   notes: { seed: "7" },
 *   columns: [{ name: "rttMs", type: "f32", unit: "ms", values: Float32Array.of(31.25, 29.5) }],
 * });
 * String.fromCharCode(...bytes.subarray(0, 4)); // "PAR1"
 * ```
 */
export function tableToParquet(table: Table, options: ParquetOptions = {}): Uint8Array {
  rowCount(table);
  const writer = createParquetWriter(table, options);
  const body = writer.rows(table.columns);
  const end = writer.finish();
  const file = new Uint8Array(body.length + end.length);
  file.set(body);
  file.set(end, body.length);
  return file;
}

/**
 * A writer for Parquet files that never exist as a whole, such as 1.9 million cells times many slots.
 *
 * @throws RangeError when column names are empty or not unique, or `rowGroupRows` is out of range.
 *
 * @example
 * ```ts
 * import { createParquetWriter } from "@perigee/report";
 *
 * const writer = createParquetWriter({ columns: [{ name: "cell", type: "i64" }] });
 * const pieces = [writer.rows([{ name: "cell", type: "i64", values: BigInt64Array.of(1n, 2n) }]), writer.finish()];
 * ```
 */
export function createParquetWriter(head: ParquetHead, options: ParquetOptions = {}): ParquetWriter {
  const { rowGroupRows = 100_000 } = options;
  if (!(Number.isInteger(rowGroupRows) && rowGroupRows >= 1 && rowGroupRows <= 1_000_000)) {
    throw new RangeError("rowGroupRows must be a whole number from 1 to 1,000,000.");
  }
  checkHeadings(head.columns);
  if (head.columns.length === 0) throw new RangeError("A Parquet file needs at least one column.");
  const bytes = new ByteWriter();
  const file = new FileWriter({
    writer: bytes,
    schema: [
      { name: "root", num_children: head.columns.length },
      ...head.columns.map(({ name, type }) => ({
        name,
        repetition_type: "OPTIONAL" as const,
        ...PARQUET_TYPE[type],
      })),
    ],
    kvMetadata: metadata(head),
    createdBy: "perigee",
  });
  let pending: unknown[][] = head.columns.map(() => []);
  let finished = false;

  const writeGroup = (): void => {
    file.write({
      columnData: head.columns.map(({ name }, i) => ({ name, data: pending[i]! })),
      rowGroupSize: rowGroupRows,
    });
    pending = head.columns.map(() => []);
  };
  return {
    rows(batch) {
      if (finished) throw new RangeError("The Parquet file is finished.");
      const rows = matchColumns(head.columns, batch);
      for (let from = 0; from < rows; ) {
        const until = Math.min(rows, from + rowGroupRows - pending[0]!.length);
        batch.forEach((column, i) => {
          append(pending[i]!, column, from, until);
        });
        if (pending[0]!.length === rowGroupRows) writeGroup();
        from = until;
      }
      return taken(bytes);
    },
    finish() {
      if (finished) throw new RangeError("The Parquet file is finished.");
      finished = true;
      if (pending[0]!.length > 0) writeGroup();
      file.finish();
      return taken(bytes);
    },
  };
}

/** The bytes written since the last call; `offset` goes on counting, as the footer needs places in the whole file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

function append(to: unknown[], column: Column, from: number, until: number): void {
  const value = parquetValue(column);
  for (let row = from; row < until; row++) to.push(value(row));
}

/** Row to the value that the Parquet encoder takes. */
function parquetValue(column: Column): (row: number) => unknown {
  const { name } = column;
  switch (column.type) {
    case "text":
      return row => column.values[row] ?? null;
    case "bool":
      return row => present(column.values[row], Boolean);
    case "i64":
      return row => present(column.values[row], value => int64(value, name));
    case "f64":
      return row => column.values[row] ?? null;
    case "f32":
      return row => present(column.values[row], Math.fround);
    case "i32":
      return row => present(column.values[row], value => int32(value, name));
    case "instant":
      return row =>
        present(column.values[row], value => {
          instantText(value);
          return BigInt(value);
        });
  }
}

function present<T>(value: T | null | undefined, convert: (value: T) => unknown): unknown {
  return value === null || value === undefined ? null : convert(value);
}

function metadata(head: ParquetHead): { key: string; value: string }[] {
  const pairs: { key: string; value: string }[] = [];
  if (head.title !== undefined) pairs.push({ key: "title", value: head.title });
  if (head.description !== undefined) pairs.push({ key: "description", value: head.description });
  for (const [key, value] of Object.entries(head.notes ?? {})) pairs.push({ key, value });
  for (const { name, unit, description } of head.columns) {
    if (unit !== undefined) pairs.push({ key: `unit.${name}`, value: unit });
    if (description !== undefined) pairs.push({ key: `description.${name}`, value: description });
  }
  return pairs;
}
