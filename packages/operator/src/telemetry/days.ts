// SPDX-License-Identifier: MIT
import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Day, DayFiles, dayName, type FilePlace, quoted, slotsOf } from "./day-files.ts";
import { type FileRange, type Sources, tableOf } from "./sources.ts";
import { selectVisits } from "./visits.ts";

/** Sums per day stay longer than rows: an invoice is asked about for more than a year. */
const USAGE_DAYS = 400;

/** A file of a day that is over: the rows of some terminals. */
export interface DayFile {
  readonly day: string;
  /** Path in the store's folder. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** Hex SHA-256, as it was when the file was written. */
  readonly digest: string;
}

/** What the database knows of a file. */
interface FiledFile extends DayFile, FileRange {
  readonly place: FilePlace;
}

/** What days need of the store around them. */
export interface DaysOptions {
  readonly folder: string;
  readonly retentionDays: number;
  /** Rows per row group of files that are written. */
  readonly rowGroup: number;
  /** A connection of its own: a day is rolled while slots are written and questions answered. */
  readonly connection: DuckDBConnection;
  readonly onTrouble: (message: string) => void;
  /** Resolves when every slot that was taken is in its table. */
  readonly allWritten: () => Promise<void>;
}

/**
 * Where each day is: in a table while it runs, in files once it is over, and nowhere when its time is up. A day moves by
 * a folder of files that appears whole, then a transaction that puts them on record, then the end of its table; whatever
 * ends the process between two of them, the next start goes on from there. A day of which a file is damaged is set aside
 * as a whole: answers have all of a day, or say that they have none of it.
 */
export class Days {
  readonly files: DayFiles;
  /** Rows by day of the tables. */
  readonly tables = new Map<Day, number>();
  readonly #connection: DuckDBConnection;
  readonly #retentionDays: number;
  readonly #trouble: (message: string) => void;
  readonly #allWritten: () => Promise<void>;
  #filed: Map<Day, readonly FiledFile[]> = new Map();
  readonly #damaged = new Set<Day>();
  readonly #reads = new Set<Promise<unknown>>();
  #rolling: Promise<void> = Promise.resolve();
  #closing = false;

  constructor({ folder, retentionDays, rowGroup, connection, onTrouble, allWritten }: DaysOptions) {
    this.files = new DayFiles(folder, rowGroup);
    this.#retentionDays = retentionDays;
    this.#connection = connection;
    this.#trouble = onTrouble;
    this.#allWritten = allWritten;
  }

  /** Files, by day and terminals. */
  filed(): DayFile[] {
    return [...this.#filed.values()]
      .flat()
      .map(({ day, file, rows, bytes, digest }) => ({ day, file, rows, bytes, digest }));
  }

  /** Days of which a file was found damaged, ascending. */
  damaged(): string[] {
    return [...this.#damaged].sort((a, b) => a - b).map(dayName);
  }

  /** Reads every file; days of which one is not what was written are set aside. */
  async verify(): Promise<void> {
    for (const [day, files] of [...this.#filed]) {
      for (const { place, digest } of files) {
        const same = await this.files.digest(place).then(
          found => found === digest,
          () => false,
        );
        if (same) continue;
        await this.#giveUp(day, "is not what was written");
        break;
      }
    }
  }

  /** Resolves when every day that is over is in its files. */
  async rolled(): Promise<void> {
    await this.#rolling;
  }

  /** Stops rolling, without waiting for a day to be done: the next start does it. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#connection.interrupt();
    await this.#rolling;
    await Promise.allSettled([...this.#reads]);
  }

  /** Reads with the sources of this moment: none of them goes away before the work is done. */
  async reading<T>(work: (sources: Sources) => Promise<T>): Promise<T> {
    const reading = work(this.sources());
    this.#reads.add(reading);
    try {
      return await reading;
    } finally {
      this.#reads.delete(reading);
    }
  }

  /** A day that is in files is read from there, though its table may still be about to go. */
  sources(): Sources {
    return {
      files: new Map(this.#filed),
      tables: [...this.tables.keys()].filter(day => !this.#filed.has(day)).sort((a, b) => a - b),
    };
  }

  /** Rolls days that are over, one after the other, while slots go on coming in. */
  roll(): void {
    this.#rolling = this.#rolling.then(async () => {
      if (this.#closing) return;
      const newest = Math.max(...this.tables.keys());
      for (const day of [...this.tables.keys()].sort((a, b) => a - b)) {
        if (day === newest) continue;
        try {
          await this.#rollDay(day);
        } catch (error) {
          if (this.#closing) return;
          this.#trouble(`telemetry of ${dayName(day)} is not in a file yet: ${(error as Error).message}`);
        }
      }
      await this.#retire(newest).catch((error: Error) => {
        if (!this.#closing) this.#trouble(`telemetry that is past its time is still there: ${error.message}`);
      });
    });
  }

  async #rollDay(day: Day): Promise<void> {
    // The last slot of the day may still be on its way to the table.
    await this.#allWritten();
    // A crash between a table and its first slot: there is nothing to put into files.
    if (this.tables.get(day) === 0) {
      await this.#drop(day);
      return;
    }
    await tellWords(this.#connection);
    await this.#connection.run(
      `SET VARIABLE ranks = (
         SELECT list(rank ORDER BY code)
         FROM (SELECT code, row_number() OVER (ORDER BY text NULLS FIRST) AS rank FROM (${allWords}))
       )`,
    );
    // A folder that has its name is whole: then it was the record that failed the last time.
    if (!existsSync(this.files.folder(day))) await this.files.write(this.#connection, day, tableOf(day));
    await this.#adopt(day);
    await this.#drop(day);
  }

  /** Puts a day's files on record: what is in each, who was where, and what each terminal moved. */
  async #adopt(day: Day): Promise<void> {
    const connection = this.#connection;
    const places = this.files.list(day);
    const digests: string[] = [];
    for (const place of places) digests.push(await this.files.digest(place));
    const paths = places.map(place => quoted(this.files.path(place)));
    const rows = `SELECT * FROM read_parquet([${paths.join(", ")}])`;
    await connection.run("BEGIN");
    try {
      for (const table of ["parquet_file", "visit", "usage_day"])
        await connection.run(`DELETE FROM ${table} WHERE day = ${day}`);
      await connection.run(
        `INSERT INTO visit SELECT ${day}, * FROM (${selectVisits(rows)}) ORDER BY cell, from_slot`,
      );
      await connection.run(
        `INSERT INTO usage_day SELECT ${day}, terminal, sum(down_bytes), sum(up_bytes) FROM (${rows}) GROUP BY terminal`,
      );
      for (const [i, place] of places.entries()) {
        await connection.run(
          `INSERT INTO parquet_file
           SELECT ${day}, ${place.number}, min(terminal), max(terminal), count(*), ${this.files.sizeOf(place)}, ${quoted(digests[i]!)}
           FROM read_parquet(${paths[i]!})`,
        );
      }
      await connection.run("COMMIT");
    } catch (error) {
      await connection.run("ROLLBACK");
      throw error;
    }
    this.#damaged.delete(day);
    await this.#readCatalogue();
  }

  /** Lets go of a day's table, once those who still read it are done. */
  async #drop(day: Day): Promise<void> {
    await Promise.allSettled([...this.#reads]);
    await this.#connection.run(`DROP TABLE IF EXISTS ${tableOf(day)}`);
    this.tables.delete(day);
  }

  /** What is older than it may be goes: files and visits, and after them the sums. */
  async #retire(today: Day): Promise<void> {
    const eldest = today - this.#retentionDays;
    const gone = [...this.#filed.keys()].filter(day => day < eldest);
    for (const day of gone) this.#filed.delete(day);
    await Promise.allSettled([...this.#reads]);
    for (const day of gone) await this.files.remove(day);
    await this.#connection.run(`DELETE FROM parquet_file WHERE day < ${eldest}`);
    await this.#connection.run(`DELETE FROM visit WHERE day < ${eldest}`);
    await this.#connection.run(`DELETE FROM usage_day WHERE day < ${today - USAGE_DAYS}`);
  }

  async #giveUp(day: Day, why: string): Promise<void> {
    this.#damaged.add(day);
    this.#filed.delete(day);
    await Promise.allSettled([...this.#reads]);
    if (existsSync(this.files.folder(day))) await this.files.setAside(day);
    await this.#connection.run(`DELETE FROM parquet_file WHERE day = ${day}`);
    this.#trouble(
      `a telemetry file of ${dayName(day)} ${why}; the rows of that day are missing from answers`,
    );
  }

  async #readCatalogue(): Promise<void> {
    const found = await this.#connection.runAndReadAll(
      `SELECT day, number, first_terminal, last_terminal, row_count, bytes, digest
       FROM parquet_file ORDER BY day, number`,
    );
    type Found = readonly [number, number, string, string, bigint, bigint, string];
    const files = (found.getRows() as unknown as Found[])
      .filter(([day]) => !this.#damaged.has(day))
      .map(([day, number, firstTerminal, lastTerminal, rows, bytes, digest]): FiledFile => {
        const place = { day, number };
        const path = this.files.path(place);
        return {
          place,
          path,
          firstTerminal,
          lastTerminal,
          day: dayName(day),
          file: `${dayName(day)}/${number}.parquet`,
          rows: Number(rows),
          bytes: Number(bytes),
          digest,
        };
      });
    this.#filed = Map.groupBy(files, ({ place }) => place.day);
  }

  /**
   * Makes database and folder agree after whatever ended the process before.
   *
   * @returns the newest slot on record; -1: none.
   */
  async recover(): Promise<number> {
    const present = await this.files.tidy();
    await this.#readCatalogue();
    let lastSlot = -1;
    const named = await this.#connection.runAndReadAll(
      "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'rows\\_%' ESCAPE '\\'",
    );
    for (const [name] of named.getRows()) {
      const counted = await this.#connection.runAndReadAll(`SELECT count(*), max(slot) FROM ${name}`);
      const [[rows, last]] = counted.getRows() as unknown as [[bigint, number | null]];
      this.tables.set(Number(String(name).slice("rows_".length)), Number(rows));
      lastSlot = Math.max(lastSlot, last ?? -1);
    }
    for (const [day, files] of [...this.#filed]) {
      const there = present.includes(day) ? this.files.list(day) : [];
      const isThere = ({ place }: FiledFile): boolean => there.some(({ number }) => number === place.number);
      if (!files.every(isThere)) await this.#giveUp(day, "is gone");
      else if (
        !files.every(({ place, bytes }) => this.files.endsWell(place) && this.files.sizeOf(place) === bytes)
      )
        await this.#giveUp(day, "was cut short");
    }
    for (const day of present) {
      if (this.#filed.has(day) || this.#damaged.has(day)) continue;
      const places = this.files.list(day);
      if (places.length === 0 || !places.every(({ number }, i) => number === i))
        await this.#giveUp(day, "is gone");
      else if (!places.every(place => this.files.endsWell(place))) await this.#giveUp(day, "was cut short");
      else await this.#adopt(day);
    }
    for (const day of this.#filed.keys()) {
      lastSlot = Math.max(lastSlot, slotsOf(day)[1]);
      if (this.tables.has(day)) await this.#drop(day);
    }
    return lastSlot;
  }
}

/** Words by number, number 0 with them. */
const allWords = "SELECT 0 AS code, NULL AS text UNION ALL SELECT code, text FROM word";

/** Tells a connection the words, for the selects of plain rows. */
export async function tellWords(connection: DuckDBConnection): Promise<void> {
  await connection.run(`SET VARIABLE words = (SELECT list(text ORDER BY code) FROM (${allWords}))`);
}
