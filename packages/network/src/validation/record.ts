// SPDX-License-Identifier: MIT
// How recorded files are read: the table reader and the refusals of the ground files serve here too.
import { type GroundError, GroundRefusal, reading } from "../ground/ground-error.ts";
import { checkTextLength, csvRows, type TextRow } from "../ground/text-table.ts";

/** Why a recorded file was refused; `place` is its line and column. */
export type RecordError = GroundError;

/** A value, or the first thing wrong. */
export type RecordResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: RecordError };

/** Rows of one recorded file at most: a month of seconds. */
export const MAX_RECORD_ROWS = 2_700_000;

/** Reads a CSV text with exactly these columns, in any order, row by row; the first refusal becomes a value. */
export function readRecord<T>(
  text: string,
  columns: readonly string[],
  read: (row: RecordRow) => T,
  maxRows = MAX_RECORD_ROWS,
): RecordResult<T[]> {
  return reading(() => {
    checkTextLength(text);
    const rows = csvRows(text, columns);
    if (rows.length === 0) throw new GroundRefusal("empty", "text", "no row");
    if (rows.length > maxRows)
      throw new GroundRefusal("tooMany", "text", `${rows.length} rows, at most ${maxRows}`);
    return rows.map(row => read(recordRow(row)));
  });
}

/** One row, its fields checked as they are asked for. */
export interface RecordRow {
  text(column: string): string;
  number(column: string, least: number, most: number): number;
  /** Refuses the row because of this column. */
  refuse(column: string, found: string): never;
}

function recordRow({ place, fields }: TextRow): RecordRow {
  const refuse = (column: string, found: string): never => {
    throw new GroundRefusal("range", `${place}, ${column}`, found);
  };
  const text = (column: string): string => {
    const value = fields.get(column);
    if (typeof value !== "string") throw new GroundRefusal("shape", `${place}, ${column}`, "no value");
    return value;
  };
  return {
    text,
    number(column, least, most) {
      const value = Number(text(column));
      return value >= least && value <= most
        ? value
        : refuse(column, `"${text(column)}" is no number from ${least} to ${most}`);
    },
    refuse,
  };
}

/** Lines of a text without a head line, blank ones left out; refuses what is too long or empty. */
export function readLines<T>(
  text: string,
  read: (line: string, place: string) => T,
  maxRows = MAX_RECORD_ROWS,
): RecordResult<T[]> {
  return reading(() => {
    checkTextLength(text);
    const rows: T[] = [];
    let number = 0;
    for (const line of text.split(/\r?\n/)) {
      number += 1;
      if (line.trim() === "") continue;
      if (rows.length === maxRows) throw new GroundRefusal("tooMany", "text", `more than ${maxRows} rows`);
      rows.push(read(line, `line ${number}`));
    }
    if (rows.length === 0) throw new GroundRefusal("empty", "text", "no row");
    return rows;
  });
}

/** Refuses a line of {@link readLines}. */
export function refuseLine(place: string, found: string): never {
  throw new GroundRefusal("shape", place, found);
}
