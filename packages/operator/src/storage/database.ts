// SPDX-License-Identifier: MIT
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, sql, type Transaction } from "kysely";
import * as records from "./migrations/001-records.ts";
import * as linkRecords from "./migrations/002-link-records.ts";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
/** A database or a transaction in it: what query functions take. */
export type Queryable = Database | Transaction<Tables>;

/** In the order in which they apply. A released migration is never edited. */
const migrations = [records, linkRecords];

/**
 * Opens the records and brings the schema up to date.
 *
 * @param directory - The data directory; `null` keeps everything in memory (simulations and tests).
 * @param nowMs - UTC milliseconds, for the migration log.
 */
export async function openDatabase(directory: string | null, nowMs: number): Promise<Database> {
  // Instants are bigint columns; all of them are far inside the safe integers.
  const pglite = new PGlite({
    ...(directory === null ? {} : { dataDir: join(directory, "records") }),
    parsers: { 20: (text: string) => Number(text) },
  });
  await pglite.waitReady;
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  await migrate(db, nowMs);
  return db;
}

async function migrate(db: Database, nowMs: number): Promise<void> {
  await sql`create table if not exists schema_migration (id text primary key, at_ms bigint not null)`.execute(
    db,
  );
  const done = new Set((await db.selectFrom("schema_migration").select("id").execute()).map(row => row.id));
  const unknown = [...done].filter(id => !migrations.some(m => m.id === id));
  if (unknown.length > 0) {
    throw new Error(
      `The data directory was written by a newer Perigee (migration ${unknown.join(", ")}). Run that version.`,
    );
  }
  for (const migration of migrations.filter(m => !done.has(m.id))) {
    await db.transaction().execute(async tx => {
      await migration.up(tx as unknown as Kysely<never>);
      await tx.insertInto("schema_migration").values({ id: migration.id, at_ms: nowMs }).execute();
    });
  }
}
