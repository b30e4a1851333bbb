// SPDX-License-Identifier: MIT
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import { emptyCluster, layEmptyCluster } from "./empty-cluster.ts";
import * as records from "./migrations/001-records.ts";
import * as linkRecords from "./migrations/002-link-records.ts";
import * as authority from "./migrations/003-authority.ts";
import * as signIn from "./migrations/004-sign-in.ts";
import * as book from "./migrations/005-book.ts";
import * as customers from "./migrations/006-customers.ts";
import * as evidence from "./migrations/007-evidence.ts";
import * as fleet from "./migrations/008-fleet.ts";
import * as fleetUse from "./migrations/009-fleet-use.ts";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
/** A database or a transaction in it: what query functions take. */
export type Queryable = Database | Transaction<Tables>;

/** A step from one schema to the next. */
export interface Migration {
  readonly id: string;
  up(db: Kysely<never>): Promise<void>;
}

/** In the order in which they apply. A released migration is never edited. */
export const migrations: readonly Migration[] = [
  records,
  linkRecords,
  authority,
  signIn,
  book,
  customers,
  evidence,
  fleet,
  fleetUse,
];

/** Connections to a PostgreSQL server: the writer, and readers beside it. */
const MOST_CONNECTIONS = 8;

/** PostgreSQL's type number of `bigint`. */
const BIGINT = 20;

/** Whether a text names a PostgreSQL server rather than a directory. */
export const isPostgresUrl = (where: string): boolean => /^postgres(ql)?:\/\//.test(where);

/**
 * Opens the records and brings the schema up to date.
 *
 * @param where - A `postgres://` URL, or the data directory of an embedded database; `null` keeps everything in memory
 *   (simulations and tests).
 * @param nowMs - UTC milliseconds, for the migration log.
 */
export async function openDatabase(where: string | null, nowMs: number): Promise<Database> {
  const db = await connectDatabase(where);
  try {
    await migrate(db, nowMs);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** {@link openDatabase} without touching the schema. Instants are bigint columns, far inside the safe integers. */
export async function connectDatabase(where: string | null): Promise<Database> {
  if (where !== null && isPostgresUrl(where)) {
    const pool = new pg.Pool({
      connectionString: where,
      max: MOST_CONNECTIONS,
      types: {
        getTypeParser: (type: number, format?: "text" | "binary") =>
          type === BIGINT && format !== "binary" ? Number : pg.types.getTypeParser(type, format as "text"),
      },
    });
    // A connection that breaks while idle is replaced by the next query; without a listener it would end the process.
    pool.on("error", () => undefined);
    return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  }
  const dataDir = where === null ? undefined : join(where, "records");
  if (dataDir !== undefined) await layEmptyCluster(dataDir);
  const loadDataDir = dataDir === undefined ? emptyCluster() : undefined;
  const pglite = new PGlite({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(loadDataDir === undefined ? {} : { loadDataDir }),
    parsers: { [BIGINT]: Number },
  });
  await pglite.waitReady;
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
}

/**
 * Applies what is missing of the migrations.
 *
 * @param upTo - How many of {@link migrations} there are to be; all of them unless an older schema is wanted.
 */
export async function migrate(
  db: Database,
  nowMs: number,
  upTo: readonly Migration[] = migrations,
): Promise<void> {
  await sql`create table if not exists schema_migration (id text primary key, at_ms bigint not null)`.execute(
    db,
  );
  const done = new Set(await appliedMigrations(db));
  const unknown = [...done].filter(id => !migrations.some(m => m.id === id));
  if (unknown.length > 0) {
    throw new Error(
      `The records were written by a newer Perigee (migration ${unknown.join(", ")}). Run that version.`,
    );
  }
  for (const migration of upTo.filter(m => !done.has(m.id))) {
    await db.transaction().execute(async tx => {
      await migration.up(tx as unknown as Kysely<never>);
      await tx.insertInto("schema_migration").values({ id: migration.id, at_ms: nowMs }).execute();
    });
  }
}

/** Names of the migrations that a database has had, in their order. */
export async function appliedMigrations(db: Queryable): Promise<string[]> {
  return (await db.selectFrom("schema_migration").select("id").orderBy("id").execute()).map(row => row.id);
}
