// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { connectDatabase } from "./database.ts";
import { buildEmptyCluster, layEmptyCluster } from "./empty-cluster.ts";

/** What a database says of itself. */
const facts = `select version(), current_setting('server_encoding') as encoding, current_setting('data_checksums') as sums,
  (select count(*)::int from pg_class) as relations, (select string_agg(datname || datcollate, ' ') from pg_database) as all`;

test("a database laid from the image is what initdb makes, and what an interrupted attempt left is in nobody's way", async () => {
  await buildEmptyCluster();
  assert.equal(await buildEmptyCluster(), false, "made once");
  const folder = mkdtempSync(join(tmpdir(), "perigee-empty-"));
  try {
    const where = join(folder, "records");
    mkdirSync(`${where}.new`);
    writeFileSync(join(`${where}.new`, "PG_VERSION"), "torn");
    await layEmptyCluster(where);
    assert.deepEqual(readdirSync(folder), ["records"]);
    const laid = await connectDatabase(folder);
    const made = new PGlite();
    const [own] = (await sql.raw(facts).execute(laid)).rows;
    assert.deepEqual(own, (await made.query(facts)).rows[0]);
    await sql`create table kept (n int)`.execute(laid);
    await laid.destroy();
    await made.close();
    await layEmptyCluster(where);
    const again = await connectDatabase(folder);
    await sql`select n from kept`.execute(again);
    await again.destroy();
    assert.ok(!existsSync(`${where}.new`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
