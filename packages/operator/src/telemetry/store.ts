// SPDX-License-Identifier: MIT
import { existsSync, mkdirSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { SLOT_MS, slotStartMs } from "@perigee/network";
import { ColumnAppender } from "./appending.ts";
import { inCells } from "./cell-prefix.ts";
import { noRows, packedTable } from "./columns.ts";
import { DAY_MS, type Day, quoted, ROW_GROUP, slotFrom } from "./day-files.ts";
import { type DayFile, Days, tellWords } from "./days.ts";
import { RecentWindow } from "./recent-window.ts";
import type { CellVisit, RecentRows, Telemetry, TelemetryRow, TerminalUsage } from "./row.ts";
import { packedColumns, readColumns, readPacked, readRows } from "./row-reader.ts";
import { packRows, type SlotBatch } from "./slot-batch.ts";
import { allRows, filedRows, openRows, type RowFilter, tableOf } from "./sources.ts";
import { joinVisits, selectVisits } from "./visits.ts";
import { Words } from "./words.ts";

/** What the real one keeps for its stream. */
const RECENT_SLOTS = (8 * 3_600_000) / SLOT_MS;
const RECENT_BYTES = 256 * 1024 * 1024;
/** Rows after which the database's log is folded into its file. */
const CHECKPOINT_ROWS = 500_000;
/** Slots that are read from disk at once for those who come back after a restart. */
const PAGE_SLOTS = 40;
const MOST_PAGE_ROWS = 65_000;

export interface TelemetryOptions {
  /** A folder of its own; made where it is missing. */
  readonly folder: string;
  /** Days that rows are kept, the running one not counted. */
  readonly retentionDays: number;
  /** Memory that DuckDB may use, as it says it: `512MB`. */
  readonly memoryLimit?: string;
  /** Rows per row group of the files, 16 of which make a file; 122,880 if left out. Smaller ones are for tests. */
  readonly rowGroup?: number;
  /** Most memory for {@link TelemetryStore.recent}; what is older comes from disk. */
  readonly recentBytes?: number;
  /** Called with a sentence about a file that was found damaged, or a day that could not be rolled. */
  readonly onTrouble?: (message: string) => void;
}

export interface TelemetryStatus {
  /** The newest slot on record; `null`: none yet. */
  readonly lastSlot: number | null;
  /** Rows not yet rolled. */
  readonly openRows: number;
  readonly files: readonly DayFile[];
  /** Days of which a file was found damaged: answers about them lack rows. */
  readonly damaged: readonly string[];
}

/**
 * A row per terminal per slot: the running day in a DuckDB database, each day that is over in Parquet files sorted by
 * terminal, and beside them who was in which cell, and each terminal's bytes per day.
 *
 * A slot is on disk when {@link TelemetryStore.take} resolves; a process that is killed loses at most the slot that it
 * was writing. A day's folder appears under its name when all its files are whole and on disk, and only then does the
 * database let go of the day. The database can be made again from the files.
 */
export class TelemetryStore implements Telemetry, AsyncDisposable {
  readonly #instance: DuckDBInstance;
  readonly #writer: DuckDBConnection;
  readonly #reader: DuckDBConnection;
  readonly #roller: DuckDBConnection;
  readonly #days: Days;
  /** Days that rows are kept. */
  readonly retentionDays: number;
  readonly #words: Words;
  readonly #window: RecentWindow;
  readonly #appender = new ColumnAppender();
  /** Words that the database knows. */
  #storedWords = 1;
  #lastSlot = -1;
  #sinceCheckpoint = 0;
  #writes: Promise<void> = Promise.resolve();

  private constructor(
    options: TelemetryOptions,
    instance: DuckDBInstance,
    connections: readonly [DuckDBConnection, DuckDBConnection, DuckDBConnection],
    words: Words,
  ) {
    this.#instance = instance;
    [this.#writer, this.#reader, this.#roller] = connections;
    this.retentionDays = options.retentionDays;
    this.#days = new Days({
      folder: options.folder,
      retentionDays: options.retentionDays,
      rowGroup: options.rowGroup ?? ROW_GROUP,
      connection: this.#roller,
      onTrouble: options.onTrouble ?? (message => process.emitWarning(message)),
      allWritten: () => this.#writes,
    });
    this.#words = words;
    this.#storedWords = words.size;
    this.#window = new RecentWindow(words, RECENT_SLOTS, options.recentBytes ?? RECENT_BYTES);
  }

  /**
   * Opens the store. What a crash left half done is finished or thrown away; a database that cannot be opened is set
   * aside and made again from the files, a file that was cut short is set aside: both are said.
   */
  static async open(options: TelemetryOptions): Promise<TelemetryStore> {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    const instance = await openDatabase(options);
    const connections = [
      await instance.connect(),
      await instance.connect(),
      await instance.connect(),
    ] as const;
    const [writer] = connections;
    await writer.run("LOAD parquet");
    // Tables of contents are read once, not with every question.
    await writer.run("SET GLOBAL parquet_metadata_cache = true");
    await writer.run("CREATE TABLE IF NOT EXISTS word (code UINTEGER, text VARCHAR)");
    await writer.run(
      `CREATE TABLE IF NOT EXISTS parquet_file (
         day INTEGER, number INTEGER, first_terminal VARCHAR, last_terminal VARCHAR,
         row_count UBIGINT, bytes UBIGINT, digest VARCHAR
       )`,
    );
    await writer.run(
      `CREATE TABLE IF NOT EXISTS visit (
         day INTEGER, terminal VARCHAR, account VARCHAR, cell UBIGINT, from_slot UINTEGER, until_slot UINTEGER
       )`,
    );
    await writer.run(
      "CREATE TABLE IF NOT EXISTS usage_day (day INTEGER, terminal VARCHAR, down_bytes UBIGINT, up_bytes UBIGINT)",
    );
    const stored = await writer.runAndReadAll("SELECT text FROM word ORDER BY code");
    const words = new Words(stored.getRows().map(([text]) => String(text)));
    const store = new TelemetryStore(options, instance, connections, words);
    store.#lastSlot = await store.#days.recover();
    store.#window.restore(await store.#newestOfAll());
    if (store.#days.tables.size > 0) store.#days.roll();
    return store;
  }

  async take(rows: readonly TelemetryRow[]): Promise<void> {
    const slot = rows[0]?.slot;
    if (slot === undefined || slot <= this.#lastSlot) return;
    const batch = packRows(rows, this.#words);
    this.#lastSlot = slot;
    this.#window.add(batch);
    const written = this.#writes.then(() => this.#write(batch));
    this.#writes = written.catch(() => undefined);
    await written;
  }

  async recent(query: {
    readonly fromSlot: number;
    readonly accounts?: ReadonlySet<string>;
    readonly maxRows?: number;
  }): Promise<RecentRows> {
    const { accounts, maxRows = MOST_PAGE_ROWS } = query;
    const firstSlot = Math.max(0, this.#lastSlot + 1 - RECENT_SLOTS);
    const rows: TelemetryRow[] = [];
    let next = Math.max(query.fromSlot, firstSlot);
    const inMemory = this.#window.firstSlot ?? this.#lastSlot + 1;
    while (next < inMemory && rows.length < maxRows) {
      const before = Math.min(next + PAGE_SLOTS, inMemory);
      const found = await this.#rows({ fromSlot: next, beforeSlot: before });
      for (const row of found) {
        if (rows.length >= maxRows && row.slot > rows.at(-1)!.slot) {
          return { rows, nextSlot: rows.at(-1)!.slot + 1, firstSlot };
        }
        if (accounts === undefined || (row.account !== null && accounts.has(row.account))) rows.push(row);
      }
      next = before;
    }
    const nextSlot = rows.length >= maxRows ? next : this.#window.collect(next, accounts, maxRows, rows);
    return { rows, nextSlot, firstSlot };
  }

  newest(terminal: string): TelemetryRow | null {
    return this.#window.newest(terminal);
  }

  async history(terminal: string, fromMs: number, untilMs: number): Promise<readonly TelemetryRow[]> {
    return await this.#rows({ fromSlot: slotFrom(fromMs), beforeSlot: slotFrom(untilMs), terminal });
  }

  async usage(terminal: string, fromMs: number, untilMs: number): Promise<TerminalUsage> {
    return await this.#days.reading(async ({ files, tables }) => {
      const [firstDay, lastDay] = [Math.ceil(fromMs / DAY_MS), Math.floor(untilMs / DAY_MS)];
      const begun = (day: Day): boolean => day * DAY_MS >= fromMs && day * DAY_MS < untilMs;
      // Whole days come from their sums; so do days whose rows are gone. Rows say the rest.
      const isWhole = (day: Day): boolean => day >= firstDay && day < lastDay;
      const isSummed = (day: Day): boolean => isWhole(day) || !files.has(day);
      const sums = await this.#reader.runAndReadAll(
        `SELECT day, down_bytes, up_bytes FROM usage_day
         WHERE terminal = ${quoted(terminal)} AND day BETWEEN ${Math.floor(fromMs / DAY_MS)} AND ${Math.floor(untilMs / DAY_MS)}`,
      );
      let [downBytes, upBytes] = [0, 0];
      for (const [day, down, up] of sums.getRows() as unknown as [number, bigint, bigint][]) {
        if (tables.includes(day) || !begun(day) || !isSummed(day)) continue;
        downBytes += Number(down);
        upBytes += Number(up);
      }
      const filter = { fromSlot: slotFrom(fromMs), beforeSlot: slotFrom(untilMs), terminal };
      const edges = new Map([...files].filter(([day]) => !isWhole(day)));
      const list = "down_bytes, up_bytes";
      const parts = [filedRows(edges, filter, list), openRows(tables, filter, this.#words, list)].filter(
        part => part !== null,
      );
      if (parts.length > 0) {
        const found = await this.#reader.runAndReadAll(
          `SELECT coalesce(sum(down_bytes), 0)::UBIGINT, coalesce(sum(up_bytes), 0)::UBIGINT FROM (${parts.join(" UNION ALL ")})`,
        );
        const [[down, up]] = found.getRows() as unknown as [[bigint, bigint]];
        downBytes += Number(down);
        upBytes += Number(up);
      }
      return { downBytes, upBytes };
    });
  }

  async whoWas(cells: readonly bigint[], fromMs: number, untilMs: number): Promise<readonly CellVisit[]> {
    const [fromSlot, beforeSlot] = [slotFrom(fromMs), slotFrom(untilMs)];
    const where = inCells("cell", cells);
    return await this.#days.reading(async ({ files, tables }) => {
      type Found = readonly [string | number, string | number | null, bigint, number, number];
      const found: Found[] = [];
      const ask = async (select: string): Promise<void> => {
        found.push(...((await this.#reader.runAndReadAll(select)).getRows() as unknown as Found[]));
      };
      if (files.size > 0) {
        await ask(
          `SELECT terminal, account, cell, from_slot, until_slot FROM visit
           WHERE day IN (${[...files.keys()].join(", ")}) AND from_slot < ${beforeSlot} AND until_slot >= ${fromSlot} AND ${where}`,
        );
      }
      const list = "terminal, account, cell, slot";
      const open = openRows(tables, { fromSlot, beforeSlot, cells }, this.#words, list);
      if (open !== null) await ask(selectVisits(open));
      const text = (word: string | number | null): string | null =>
        typeof word === "number" ? this.#words.textOf(word) : word;
      return joinVisits(
        found.map(([terminal, account, cell, first, last]) => ({
          terminal: text(terminal)!,
          account: text(account),
          cell,
          fromSlot: Math.max(first, fromSlot),
          untilSlot: Math.min(last, beforeSlot - 1),
        })),
      );
    });
  }

  /**
   * Writes rows into a file of their own, by slot and terminal.
   *
   * @returns how many they are.
   */
  async export(filter: RowFilter, path: string, form: "csv" | "parquet"): Promise<number> {
    return await this.#days.reading(async sources => {
      await tellWords(this.#reader);
      const rows = allRows(sources, filter, this.#words) ?? noRows;
      const how = form === "csv" ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd";
      const written = await this.#reader.run(
        `COPY (FROM (${rows}) ORDER BY slot, terminal) TO ${quoted(path)} (${how})`,
      );
      return written.rowsChanged;
    });
  }

  status(): TelemetryStatus {
    return {
      lastSlot: this.#lastSlot < 0 ? null : this.#lastSlot,
      openRows: [...this.#days.tables.values()].reduce((sum, rows) => sum + rows, 0),
      files: this.#days.filed(),
      damaged: this.#days.damaged(),
    };
  }

  /** Reads every file and compares its digest. Days with one that differs are set aside, and are among the damaged from then on. */
  async verify(): Promise<TelemetryStatus> {
    await this.#days.verify();
    return this.status();
  }

  /** Resolves when every day that is over is in its files. */
  async settled(): Promise<void> {
    await this.#writes;
    await this.#days.rolled();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writes;
    await this.#days.close();
    for (const connection of [this.#writer, this.#reader, this.#roller]) connection.closeSync();
    this.#instance.closeSync();
  }

  async #write(batch: SlotBatch): Promise<void> {
    const day = Math.floor(slotStartMs(batch.slot) / DAY_MS);
    await this.#writeWords();
    if (!this.#days.tables.has(day)) {
      await this.#writer.run(`CREATE TABLE ${tableOf(day)} (${packedTable})`);
      this.#days.tables.set(day, 0);
      this.#days.roll();
    }
    await this.#appender.append(this.#writer, tableOf(day), batch);
    this.#days.tables.set(day, this.#days.tables.get(day)! + batch.count);
    this.#sinceCheckpoint += batch.count;
    if (this.#sinceCheckpoint < CHECKPOINT_ROWS) return;
    // Refused while another transaction writes; then the next slot asks again.
    await this.#writer.run("CHECKPOINT").then(
      () => {
        this.#sinceCheckpoint = 0;
      },
      () => undefined,
    );
  }

  /** New words reach the disk before the rows that use them. */
  async #writeWords(): Promise<void> {
    if (this.#words.size === this.#storedWords) return;
    const fresh = this.#words.since(this.#storedWords);
    const appender = await this.#writer.createAppender("word");
    try {
      for (const [i, text] of fresh.entries()) {
        appender.appendUInteger(this.#storedWords + i);
        appender.appendVarchar(text);
        appender.endRow();
      }
      appender.flushSync();
    } finally {
      appender.closeSync();
    }
    this.#storedWords += fresh.length;
  }

  /** Rows by slot. They are sorted here: files and tables are in order already, and sorted texts would be copies. */
  async #rows(filter: RowFilter): Promise<TelemetryRow[]> {
    const rows: TelemetryRow[] = [];
    await this.#days.reading(async ({ files, tables }) => {
      const filed = filedRows(files, filter, readColumns);
      if (filed !== null) await readRows(await this.#reader.run(filed), rows);
      const open = openRows(tables, filter, this.#words, packedColumns);
      if (open !== null) await readPacked(await this.#reader.run(open), this.#words, rows);
    });
    return rows.sort((a, b) => a.slot - b.slot);
  }

  /** The newest row of every terminal of the last eight hours. */
  async #newestOfAll(): Promise<TelemetryRow[]> {
    const filter = {
      fromSlot: Math.max(0, this.#lastSlot + 1 - RECENT_SLOTS),
      beforeSlot: this.#lastSlot + 1,
    };
    const newest = (select: string): string =>
      `FROM (${select}) SEMI JOIN (SELECT terminal, max(slot) AS slot FROM (${select}) GROUP BY terminal)
       USING (terminal, slot)`;
    const rows: TelemetryRow[] = [];
    const { files, tables } = this.#days.sources();
    const filed = filedRows(files, filter, readColumns);
    if (filed !== null) await readRows(await this.#reader.run(newest(filed)), rows);
    const open = openRows(tables, filter, this.#words, packedColumns);
    if (open !== null) await readPacked(await this.#reader.run(newest(open)), this.#words, rows);
    return rows;
  }
}

async function openDatabase(options: TelemetryOptions): Promise<DuckDBInstance> {
  const path = join(options.folder, "telemetry.duckdb");
  const settings = {
    memory_limit: options.memoryLimit ?? "512MB",
    // A day's files are in order because one thread writes them.
    threads: "1",
    temp_directory: join(options.folder, "spill"),
    // The store folds the log in itself, off the main thread; see CHECKPOINT_ROWS.
    wal_autocheckpoint: "16GB",
  };
  try {
    return await DuckDBInstance.create(path, settings);
  } catch (error) {
    if (!existsSync(path) || /lock/i.test((error as Error).message)) throw error;
    for (const name of [path, `${path}.wal`]) {
      if (existsSync(name)) await rename(name, `${name}.damaged-${Date.now()}`);
    }
    const trouble = options.onTrouble ?? ((message: string) => process.emitWarning(message));
    trouble(
      `the telemetry database could not be opened and is set aside (${(error as Error).message}); days in files are kept`,
    );
    return await DuckDBInstance.create(path, settings);
  }
}
