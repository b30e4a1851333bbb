// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { appliedMigrations, type Database, migrate, migrations, type Queryable } from "./database.ts";

/** First member of a backup's first line. */
export const BACKUP_FORMAT = "perigee-backup/1";

/** Rows fetched, or inserted, by one statement. */
const ROWS_AT_ONCE = 1_000;
/** Characters of one line: a row with elements of a whole constellation is the longest by far. */
const MAX_LINE_LENGTH = 64 * 1024 * 1024;

/** The first line of a backup. */
export interface BackupHeader {
  readonly format: typeof BACKUP_FORMAT;
  /** When it was made, UTC milliseconds. */
  readonly atMs: number;
  /** The schema that the rows have. */
  readonly migrations: readonly string[];
  /** In the order in which rows may be inserted. */
  readonly tables: readonly string[];
  /** PEM of the key that signs the ledger's heads, where it was at hand. */
  readonly ledgerPublicKey: string | null;
  /** Private keys as PEM by name: whoever holds them can sign in this operator's name. */
  readonly keys?: Readonly<Record<string, string>>;
}

/** What a backup holds. */
export interface BackupSummary {
  readonly header: BackupHeader;
  readonly rows: Readonly<Record<string, number>>;
}

/** Why a backup was not restored; nothing was. */
export interface RestoreError {
  readonly code: "BACKUP_MALFORMED" | "BACKUP_TOO_NEW" | "RESTORE_TARGET_NOT_EMPTY";
  readonly message: string;
  /** Line of the file, from 1, or a table. */
  readonly place: string;
}

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: RestoreError };

/**
 * Writes all records as lines of text, as they are at one moment: a header, a line per row, and a last line with counts
 * and a checksum. The rows are JSON made by the database, so that either kind of database reads what the other wrote.
 *
 * @param write - Takes one line without its newline.
 */
export async function writeBackup(
  db: Database,
  about: Pick<BackupHeader, "atMs" | "ledgerPublicKey" | "keys">,
  write: (line: string) => Promise<void>,
): Promise<BackupSummary> {
  return await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async tx => {
      const header: BackupHeader = {
        format: BACKUP_FORMAT,
        ...about,
        migrations: await appliedMigrations(tx),
        tables: await tablesOf(tx),
      };
      const digest = createHash("sha256");
      const put = async (line: string): Promise<void> => {
        digest.update(line).update("\n");
        await write(line);
      };
      await put(JSON.stringify(header));
      const rows: Record<string, number> = {};
      for (const table of header.tables) rows[table] = await writeTable(tx, table, put);
      await write(JSON.stringify({ rows, sha256: digest.digest("hex") }));
      return { header, rows };
    });
}

async function writeTable(
  tx: Queryable,
  table: string,
  put: (line: string) => Promise<void>,
): Promise<number> {
  const name = JSON.stringify(table);
  // As jsonb a row is one line whatever is in it, and numbers keep all their digits.
  await sql`
    declare backup_rows no scroll cursor for
    select to_jsonb(t)::text as line from ${sql.table(table)} t ${await primaryKeyOrder(tx, table)}`.execute(
    tx,
  );
  let count = 0;
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from backup_rows`.execute(tx);
    for (const { line } of rows) await put(`[${name},${line}]`);
    count += rows.length;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close backup_rows`.execute(tx);
  return count;
}

/**
 * Fills an empty database from a backup, in one transaction, and brings it to the schema of today. A backup of an older
 * version is loaded into the schema of that version and then migrated like any other data.
 *
 * @param db - Without a schema, or with an empty one of the backup's version.
 * @param lines - Lines that {@link writeBackup} wrote. They are not trusted: counts and checksum must agree.
 * @param nowMs - UTC milliseconds, for the migration log.
 */
export async function restoreBackup(
  db: Database,
  lines: AsyncIterable<string>,
  nowMs: number,
): Promise<Result<BackupSummary>> {
  const reader = lines[Symbol.asyncIterator]();
  try {
    const first = await reader.next();
    const header = first.done ? null : readHeader(first.value);
    if (header === null) return malformed("1", `The file does not begin as ${BACKUP_FORMAT}.`);
    const older = migrations.slice(0, header.migrations.length);
    if (older.some((m, i) => m.id !== header.migrations[i]) || older.length < header.migrations.length) {
      const message = `The backup's schema (${header.migrations.at(-1)}) is none of this version's.`;
      return { ok: false, error: { code: "BACKUP_TOO_NEW", message, place: "1" } };
    }
    await migrate(db, nowMs, older);
    const load = new Load(header, first.value as string);
    try {
      await db.transaction().execute(tx => load.run(tx, reader));
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.error };
      throw error;
    }
    await migrate(db, nowMs);
    return { ok: true, value: { header, rows: load.rows } };
  } finally {
    await reader.return?.();
  }
}

/** Leaves the transaction with nothing done. */
class Refusal extends Error {
  readonly error: RestoreError;

  constructor(code: RestoreError["code"], place: string, message: string) {
    super(message);
    this.error = { code, message, place };
  }
}

/** The loading of one backup. */
class Load {
  readonly rows: Record<string, number> = {};
  readonly #header: BackupHeader;
  readonly #digest = createHash("sha256");
  #line = 1;
  #schema = "";
  #table = "";
  #pending: string[] = [];
  #pendingLength = 0;

  constructor(header: BackupHeader, firstLine: string) {
    this.#header = header;
    this.#digest.update(firstLine).update("\n");
  }

  async run(tx: Queryable, lines: AsyncIterator<string>): Promise<void> {
    const { rows: place } = await sql<{ schema: string }>`select current_schema() as schema`.execute(tx);
    this.#schema = place[0]!.schema;
    const present = new Set(await tablesOf(tx));
    for (const table of this.#header.tables) {
      if (!present.has(table)) throw new Refusal("BACKUP_MALFORMED", "1", `There is no table ${table}.`);
      this.rows[table] = 0;
    }
    for (const table of present) {
      const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(tx);
      if (rows.length === 0) continue;
      const message = "The database holds records already. Restore into an empty one.";
      throw new Refusal("RESTORE_TARGET_NOT_EMPTY", table, message);
    }
    for (;;) {
      const next = await lines.next();
      this.#line += 1;
      if (next.done) throw this.#malformed("The file ends before its last line.");
      if (next.value.length > MAX_LINE_LENGTH) throw this.#malformed("The line is too long.");
      if (!next.value.startsWith("[")) {
        await this.#flush(tx);
        this.#finish(next.value);
        if (!(await lines.next()).done) throw this.#malformed("The file goes on behind its last line.");
        break;
      }
      await this.#row(tx, next.value);
    }
    await continueIdentities(tx);
  }

  async #row(tx: Queryable, line: string): Promise<void> {
    this.#digest.update(line).update("\n");
    const match = /^\["([a-z_][A-Za-z0-9_]{0,62})",(\{.*\})\]$/s.exec(line);
    const [, table, row] = match ?? [];
    if (table === undefined || row === undefined || !(table in this.rows)) {
      throw this.#malformed("The line is no row of one of the backup's tables.");
    }
    if (table !== this.#table || this.#pending.length >= ROWS_AT_ONCE || this.#pendingLength > 1 << 22) {
      await this.#flush(tx);
    }
    this.#table = table;
    this.#pending.push(row);
    this.#pendingLength += row.length;
    this.rows[table]! += 1;
  }

  async #flush(tx: Queryable): Promise<void> {
    if (this.#pending.length === 0) return;
    // With its schema: a bare "record" would be PostgreSQL's type of any row.
    const table = sql.id(this.#schema, this.#table);
    const rows = `[${this.#pending.join(",")}]`;
    this.#pending = [];
    this.#pendingLength = 0;
    try {
      await sql`
        insert into ${table} overriding system value
        select * from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)`.execute(tx);
    } catch (error) {
      throw this.#malformed(`Rows of ${this.#table} up to here are refused: ${(error as Error).message}.`);
    }
  }

  #finish(line: string): void {
    const { rows, sha256 } = parsed(line) as { rows?: unknown; sha256?: unknown };
    const counted = Object.entries(this.rows).every(
      ([table, count]) => (rows as Record<string, unknown> | undefined)?.[table] === count,
    );
    if (!counted) throw this.#malformed("Rows are missing, or there are too many.");
    if (sha256 !== this.#digest.digest("hex"))
      throw this.#malformed("The checksum is another: the file was damaged.");
  }

  #malformed(message: string): Refusal {
    return new Refusal("BACKUP_MALFORMED", String(this.#line), message);
  }
}

function readHeader(line: string): BackupHeader | null {
  if (line.length > MAX_LINE_LENGTH) return null;
  const header = parsed(line) as Partial<BackupHeader>;
  const texts = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every(v => typeof v === "string");
  const wellFormed =
    header.format === BACKUP_FORMAT &&
    Number.isSafeInteger(header.atMs) &&
    texts(header.migrations) &&
    texts(header.tables) &&
    (header.ledgerPublicKey === null || typeof header.ledgerPublicKey === "string") &&
    (header.keys === undefined ||
      (typeof header.keys === "object" && header.keys !== null && texts(Object.values(header.keys))));
  return wellFormed ? (header as BackupHeader) : null;
}

function parsed(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

const malformed = (place: string, message: string): { ok: false; error: RestoreError } => ({
  ok: false,
  error: { code: "BACKUP_MALFORMED", message, place },
});

/** Every table but the migration log, those that others refer to first. */
async function tablesOf(db: Queryable): Promise<string[]> {
  const { rows } = await sql<{ name: string; needs: string[] | null }>`
    select c.relname as name,
      (select json_agg(distinct f.relname) from pg_constraint k join pg_class f on f.oid = k.confrelid
       where k.contype = 'f' and k.conrelid = c.oid and f.oid <> c.oid) as needs
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
      and c.relname <> 'schema_migration'
    order by c.relname`.execute(db);
  const ordered: string[] = [];
  let waiting = rows;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => (needs ?? []).every(table => ordered.includes(table)));
    if (ready.length === 0)
      throw new Error(`tables refer to each other: ${waiting.map(t => t.name).join(", ")}`);
    ordered.push(...ready.map(({ name }) => name));
    waiting = waiting.filter(table => !ready.includes(table));
  }
  return ordered;
}

async function primaryKeyOrder(tx: Queryable, table: string) {
  const { rows } = await sql<{ name: string }>`
    select a.attname as name
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
    where i.indrelid = ${JSON.stringify(table)}::regclass and i.indisprimary
    order by array_position(i.indkey::int2[], a.attnum)`.execute(tx);
  return rows.length === 0 ? sql`` : sql`order by ${sql.join(rows.map(({ name }) => sql.ref(name)))}`;
}

/** Numbers that the database gives out go on behind the restored ones. */
async function continueIdentities(tx: Queryable): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(tx);
  for (const { table, column } of rows) {
    await sql`
      select setval(pg_get_serial_sequence(${JSON.stringify(table)}, ${column}),
        coalesce((select max(${sql.ref(column)}) from ${sql.table(table)}), 0) + 1, false)`.execute(
      tx as unknown as Kysely<never>,
    );
  }
}
