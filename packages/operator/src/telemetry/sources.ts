// SPDX-License-Identifier: MIT
import { inCells } from "./cell-prefix.ts";
import { plainColumns, plainSelect } from "./columns.ts";
import { type Day, quoted, slotsOf } from "./day-files.ts";
import type { Words } from "./words.ts";

/** What is asked of the rows: slots `[fromSlot, beforeSlot)`, and one terminal or some cells. */
export interface RowFilter {
  readonly fromSlot: number;
  readonly beforeSlot: number;
  readonly terminal?: string;
  readonly cells?: readonly bigint[];
}

/** One file of a day, and the terminals in it: from one to another, as UTF-8 sorts. */
export interface FileRange {
  readonly path: string;
  readonly firstTerminal: string;
  readonly lastTerminal: string;
}

/** Where days lie at one moment, ascending: rolled into files, or still in tables of packed rows. */
export interface Sources {
  readonly files: ReadonlyMap<Day, readonly FileRange[]>;
  readonly tables: readonly Day[];
}

export const tableOf = (day: Day): string => `rows_${day}`;

/** A select of rows from files; `null` where none can hold one. */
export function filedRows(files: Sources["files"], filter: RowFilter, list: string): string | null {
  const { terminal } = filter;
  const paths = [...files]
    .filter(([day]) => holds(day, filter))
    .flatMap(([, ranges]) => ranges.filter(range => terminal === undefined || covers(range, terminal)))
    .map(({ path }) => quoted(path));
  if (paths.length === 0) return null;
  const whose = terminal === undefined ? "" : ` AND terminal = ${quoted(terminal)}`;
  return `SELECT ${list} FROM read_parquet([${paths.join(", ")}]) WHERE ${conditions(filter)}${whose}`;
}

/** A select of packed rows from tables, texts as words; `null` where none can hold one. */
export function openRows(days: readonly Day[], filter: RowFilter, words: Words, list: string): string | null {
  const code = filter.terminal === undefined ? null : words.find(filter.terminal);
  if (code === undefined) return null;
  const whose = code === null ? "" : ` AND terminal = ${code}`;
  const parts = days
    .filter(day => holds(day, filter))
    .map(day => `SELECT ${list} FROM ${tableOf(day)} WHERE ${conditions(filter)}${whose}`);
  return parts.length === 0 ? null : parts.join(" UNION ALL ");
}

/** A select of rows as they lie in files, from files and tables; `null` where none can hold one. */
export function allRows(sources: Sources, filter: RowFilter, words: Words): string | null {
  const filed = filedRows(sources.files, filter, plainColumns.join(", "));
  const open = openRows(sources.tables, filter, words, "*");
  const plain = open === null ? null : `SELECT ${plainSelect} FROM (${open})`;
  return [filed, plain].filter(part => part !== null).join(" UNION ALL ") || null;
}

/** Texts are compared as DuckDB sorted them, byte by byte; JavaScript would compare halves of characters. */
function covers({ firstTerminal, lastTerminal }: FileRange, terminal: string): boolean {
  const bytes = Buffer.from(terminal);
  return bytes.compare(Buffer.from(firstTerminal)) >= 0 && bytes.compare(Buffer.from(lastTerminal)) <= 0;
}

function holds(day: Day, { fromSlot, beforeSlot }: RowFilter): boolean {
  const [first, last] = slotsOf(day);
  return first < beforeSlot && last >= fromSlot;
}

function conditions({ fromSlot, beforeSlot, cells }: RowFilter): string {
  const where = cells === undefined ? "" : ` AND ${inCells("cell", cells)}`;
  return `slot >= ${fromSlot} AND slot < ${beforeSlot}${where}`;
}
