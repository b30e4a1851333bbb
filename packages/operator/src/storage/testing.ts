// SPDX-License-Identifier: MIT
// Test support, not exported: the same test on the embedded database and on PostgreSQL.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { connectDatabase, type Database, migrate } from "./database.ts";

/** `postgres://` URL of a server whose databases may be made and dropped; without it those tests are skipped. */
const SCRATCH_URL = process.env["PERIGEE_TEST_DATABASE_URL"];

/** A place for one empty database. */
export interface TestPlace extends AsyncDisposable {
  /** What `openDatabase` takes: a URL or a directory. */
  readonly where: string;
}

/** An empty database without a schema, of its own. */
export interface TestDatabase extends AsyncDisposable {
  readonly db: Database;
  readonly where: string | null;
}

/** One of the two kinds of database. */
export interface TestEngine {
  readonly name: "embedded" | "PostgreSQL";
  /** A place that nothing has been made in. */
  place(): Promise<TestPlace>;
  /** A database without any table. */
  empty(): Promise<TestDatabase>;
  /** A database with the whole schema. */
  open(): Promise<TestDatabase>;
}

const engine = (name: TestEngine["name"], place: TestEngine["place"]): TestEngine => {
  const empty = async (): Promise<TestDatabase> => {
    const at = await place();
    const db = await connectDatabase(at.where);
    return {
      db,
      where: at.where,
      [Symbol.asyncDispose]: async () => {
        await db.destroy();
        await at[Symbol.asyncDispose]();
      },
    };
  };
  const open = async (): Promise<TestDatabase> => {
    const made = await empty();
    await migrate(made.db, 0);
    return made;
  };
  return { name, place, empty, open };
};

/** An embedded database takes a second of processor time to make: tests that need one at a time share it. */
const idle: Database[] = [];
let isOver = false;
after(() => {
  isOver = true;
  return Promise.all(idle.map(db => db.destroy()));
});

async function emptied(): Promise<Database> {
  const db = idle.pop() ?? (await connectDatabase(null));
  await migrate(db, 0);
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename <> 'schema_migration'`.execute(db);
  await sql`truncate ${sql.join(rows.map(row => sql.table(row.name)))} restart identity cascade`.execute(db);
  return db;
}

/** The embedded database. */
export const embedded: TestEngine = {
  ...engine("embedded", async () => {
    const where = mkdtempSync(join(tmpdir(), "perigee-records-"));
    return { where, [Symbol.asyncDispose]: async () => rmSync(where, { recursive: true, force: true }) };
  }),
  open: async () => {
    const db = await emptied();
    return {
      db,
      where: null,
      [Symbol.asyncDispose]: async () => {
        // Whoever gives it back from a hook of their own comes after the one above.
        if (isOver) await db.destroy();
        else idle.push(db);
      },
    };
  },
};

const server = (scratch: string): TestEngine =>
  engine("PostgreSQL", async () => {
    const name = `perigee_test_${randomBytes(8).toString("hex")}`;
    await administer(scratch, `create database ${name}`);
    const url = new URL(scratch);
    url.pathname = `/${name}`;
    return {
      where: url.href,
      [Symbol.asyncDispose]: () => administer(scratch, `drop database if exists ${name} with (force)`),
    };
  });

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Declares a test once for each kind of database; the one that is not there is skipped, and says so. */
export function testOnEach(name: string, body: (engine: TestEngine) => Promise<void>): void {
  test(`${name} (embedded)`, () => body(embedded));
  const skip = SCRATCH_URL === undefined ? "PERIGEE_TEST_DATABASE_URL names no PostgreSQL server" : false;
  test(`${name} (PostgreSQL)`, { skip }, () => body(server(SCRATCH_URL!)));
}

/** The URL of the scratch server, for tests of PostgreSQL alone. */
export const scratchServer = SCRATCH_URL === undefined ? null : server(SCRATCH_URL);
