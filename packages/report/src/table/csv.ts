// SPDX-License-Identifier: MIT
import { cellText } from "./cell-text.ts";
import { type Column, type ColumnSpec, checkHeadings, matchColumns, rowCount, type Table } from "./table.ts";

export interface CsvOptions {
  /** First line: `name` gives "latency", `unit` gives "latency (ms)" where the column has a unit. `name` without it. */
  readonly heading?: "name" | "unit";
}

/** Writes a table in pieces, so that one of any length needs the memory of one batch. */
export interface CsvWriter {
  /** The first line: write it before any rows. */
  heading(): string;
  /**
   * The lines of the next rows.
   *
   * @throws RangeError when the columns are not those the writer was made for, in their order, all of one length.
   */
  rows(batch: readonly Column[]): string;
}

const LINE_END = "\r\n";
const CHUNK_ROWS = 8192;

/**
 * A table as CSV after RFC 4180: comma, CRLF, a heading line, quotes where needed; UTF-8 when written out. Missing values
 * are empty, an empty text is `""`. Numbers read back as the same numbers unless the column asks for fixed digits; NaN and
 * infinities are written `NaN`, `Infinity`, `-Infinity`. Texts are written as they are: a spreadsheet may take one that
 * begins with `=` for a formula.
 *
 * @throws RangeError when columns differ in length or share a name, or a value does not fit its type.
 *
 * @example
 * ```ts
 * import { tableToCsv } from "@perigee/report";
 *
 * tableToCsv({
 *   columns: [
 *     { name: "at", type: "instant", values: [Date.UTC(2026, 2, 1, 12, 0, 12)] },
 *     { name: "rttMs", type: "f64", unit: "ms", values: [31.25] },
 *   ],
 * }); // "at,rttMs\r\n2026-03-01T12:00:12.000Z,31.25\r\n"
 * ```
 */
export function tableToCsv(table: Table, options: CsvOptions = {}): string {
  return Array.from(csvChunks(table, options)).join("");
}

/**
 * The text of {@link tableToCsv} in pieces of about 8,000 rows, to be written one after the other.
 *
 * @example
 * ```ts
 * import { csvChunks } from "@perigee/report";
 *
 * let bytes = 0;
 * for (const chunk of csvChunks({ columns: [{ name: "cell", type: "i32", values: new Int32Array(100_000) }] })) {
 *   bytes += chunk.length;
 * }
 * ```
 */
export function* csvChunks(table: Table, options: CsvOptions = {}): Generator<string> {
  const rows = rowCount(table);
  yield headingLine(table.columns, options);
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    yield lines(table.columns, from, Math.min(from + CHUNK_ROWS, rows));
  }
}

/**
 * A writer for tables that never exist as a whole, such as one row per cell and slot.
 *
 * @throws RangeError when column names are empty or not unique.
 *
 * @example
 * ```ts
 * import { createCsvWriter } from "@perigee/report";
 *
 * const writer = createCsvWriter([{ name: "slot", type: "i32" }, { name: "rttMs", type: "f32", digits: 2 }]);
 * let text = writer.heading();
 * text += writer.rows([
 *   { name: "slot", type: "i32", values: [0, 1] },
 *   { name: "rttMs", type: "f32", digits: 2, values: [31.254, 29.9] },
 * ]); // "slot,rttMs\r\n0,31.25\r\n1,29.90\r\n"
 * ```
 */
export function createCsvWriter(columns: readonly ColumnSpec[], options: CsvOptions = {}): CsvWriter {
  checkHeadings(columns);
  return {
    heading: () => headingLine(columns, options),
    rows: batch => lines(batch, 0, matchColumns(columns, batch)),
  };
}

function headingLine(columns: readonly ColumnSpec[], { heading = "name" }: CsvOptions): string {
  const names = columns.map(({ name, unit }) =>
    quoted(heading === "unit" && unit !== undefined ? `${name} (${unit})` : name),
  );
  return names.join(",") + LINE_END;
}

function lines(columns: readonly Column[], from: number, until: number): string {
  const fields = columns.map(field);
  const out: string[] = [];
  for (let row = from; row < until; row++) {
    let line = "";
    for (let c = 0; c < fields.length; c++) line += c === 0 ? fields[c]!(row) : `,${fields[c]!(row)}`;
    out.push(line);
  }
  return out.length === 0 ? "" : out.join(LINE_END) + LINE_END;
}

/** Only texts can hold what needs quotes. */
function field(column: Column): (row: number) => string {
  const text = cellText(column);
  if (column.type !== "text") return row => text(row) ?? "";
  return row => {
    const value = text(row);
    return value === null ? "" : quoted(value);
  };
}

/** RFC 4180, section 2, rules 5 to 7. */
function quoted(text: string): string {
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
