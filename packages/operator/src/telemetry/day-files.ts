// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { slotAt } from "@perigee/network";
import { plainSelect } from "./columns.ts";

export const DAY_MS = 86_400_000;

/** A UTC day, counted from 1970-01-01. A slot is of the day in which it begins. */
export type Day = number;

/** The first slot that begins at an instant or later. */
export const slotFrom = (atMs: number): number => slotAt(atMs - 1) + 1;

/** Slots of a day: `[first, last]`. */
export const slotsOf = (day: Day): readonly [first: number, last: number] => [
  slotFrom(day * DAY_MS),
  slotFrom((day + 1) * DAY_MS) - 1,
];

export const dayName = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * Rows per row group, and row groups per file. A terminal's day has 5,760 rows: a group holds 21 terminals, so that
 * reading one of them unpacks little else. A reader walks over every group of a file, column by column, also over those
 * that it leaves out: with a fixed number of them, a terminal costs the same in a fleet of any size.
 */
export const ROW_GROUP = 122_880;
const GROUPS_PER_FILE = 16;

/** A file's place: its day, and its number within the day. */
export interface FilePlace {
  readonly day: Day;
  readonly number: number;
}

/**
 * The Parquet files: a folder per UTC day, in it files `0.parquet`, `1.parquet` and so on, sorted by terminal and slot
 * across all of them. A day's folder is there whole or not at all.
 */
export class DayFiles {
  readonly #folder: string;
  readonly #rowGroup: number;

  constructor(folder: string, rowGroup: number) {
    this.#folder = folder;
    this.#rowGroup = rowGroup;
  }

  folder(day: Day): string {
    return join(this.#folder, dayName(day));
  }

  path({ day, number }: FilePlace): string {
    return join(this.folder(day), `${number}.parquet`);
  }

  /** Days with a folder, ascending; what a crash left half written goes. */
  async tidy(): Promise<Day[]> {
    const names = readdirSync(this.#folder);
    for (const name of names) {
      if (name.endsWith(".new")) await rm(join(this.#folder, name), { recursive: true, force: true });
    }
    return names
      .filter(name => /^\d{4}-\d{2}-\d{2}$/.test(name))
      .map(date => Date.parse(date) / DAY_MS)
      .sort((a, b) => a - b);
  }

  /** Files of a day, in their order. */
  list(day: Day): FilePlace[] {
    return readdirSync(this.folder(day))
      .map(name => /^(\d+)\.parquet$/.exec(name)?.[1])
      .filter(number => number !== undefined)
      .map(number => ({ day, number: Number(number) }))
      .sort((a, b) => a.number - b.number);
  }

  /** Writes a day's files from a table of packed rows, and gives the folder its name once all is on the disk. */
  async write(connection: DuckDBConnection, day: Day, table: string): Promise<void> {
    const fresh = `${this.folder(day)}.new`;
    await rm(fresh, { recursive: true, force: true });
    // Sorted by the place of the text, which is a number, and only then spelled out: texts are dear to move around.
    await connection.run(
      `COPY (
         SELECT ${plainSelect} FROM (FROM ${table} ORDER BY getvariable('ranks')[terminal::BIGINT + 1], slot)
       ) TO ${quoted(fresh)} (
         FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE ${this.#rowGroup},
         ROW_GROUPS_PER_FILE ${GROUPS_PER_FILE}, FILENAME_PATTERN '{i}'
       )`,
    );
    for (const name of readdirSync(fresh)) syncToDisk(join(fresh, name));
    syncToDisk(fresh);
    await rename(fresh, this.folder(day));
    syncToDisk(this.#folder);
  }

  /** Takes a day that cannot be read out of the way; it stays for whoever wants to look into it. */
  async setAside(day: Day): Promise<void> {
    const aside = `${this.folder(day)}.damaged`;
    await rename(this.folder(day), existsSync(aside) ? `${aside}-${Date.now()}` : aside);
  }

  async remove(day: Day): Promise<void> {
    // Under its name, a folder from which files are missing would pass for a day with fewer rows.
    const gone = `${this.folder(day)}.new`;
    await rename(this.folder(day), gone);
    await rm(gone, { recursive: true, force: true });
  }

  sizeOf(place: FilePlace): number {
    return statSync(this.path(place)).size;
  }

  /** Whether a file ends as Parquet does: one that was cut short does not. */
  endsWell(place: FilePlace): boolean {
    const file = openSync(this.path(place), "r");
    try {
      const size = this.sizeOf(place);
      const end = Buffer.alloc(4);
      return size >= 12 && readSync(file, end, 0, 4, size - 4) === 4 && end.toString("latin1") === "PAR1";
    } finally {
      closeSync(file);
    }
  }

  /** Hex SHA-256 of a file. */
  async digest(place: FilePlace): Promise<string> {
    const hash = createHash("sha256");
    for await (const part of createReadStream(this.path(place), { highWaterMark: 1 << 20 }))
      hash.update(part);
    return hash.digest("hex");
  }
}

/** A text as SQL writes it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function syncToDisk(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
