// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Terminal } from "@perigee/authority";
import { generateLedgerKey, inclusionProof, leafHash, verifyInclusion } from "@perigee/ledger";
import { sql } from "kysely";
import { connectDatabase, type Database, migrate, migrations, openDatabase } from "./database.ts";
import { lockDatabase, withoutPassword } from "./database-lock.ts";
import { verifyStoredLog } from "./ledger-audit.ts";
import { appendEntry, newestHead, readEntries } from "./ledger-store.ts";
import { LedgerTiles } from "./ledger-tiles.ts";
import { type RecordKind, readRecords } from "./records.ts";
import { scratchServer, testOnEach } from "./testing.ts";

/** Old table, and the kind that its records are now. */
const kinds: readonly (readonly [string, RecordKind])[] = [
  ["party", "party"],
  ["account", "account"],
  ["terminal", "terminal"],
  ["statement", "statement"],
  ["policy", "policy"],
  ["order_record", "order"],
  ["country_stay", "stay"],
];

/** A data directory as the previous version left it: a fact, its correction, and a fact that ended. */
async function writeOldRecords(db: Database): Promise<void> {
  await migrate(db, 1, migrations.slice(0, 2));
  for (const [table] of kinds) {
    const rows: [string, number, number | null, number, number | null][] = [
      ["was believed", 10, null, 10, 30],
      ["is believed", 10, 20, 30, null],
      ["holds now", 20, null, 30, null],
    ];
    for (const [what, from, to, known, knownTo] of rows) {
      await sql`
        insert into ${sql.table(table)}
          (id, document, valid_from_ms, valid_to_ms, known_from_ms, known_to_ms)
        values (${`${table}-1`}, ${JSON.stringify({ what })}::jsonb, ${from}, ${to}, ${known}, ${knownTo})
      `.execute(db);
    }
  }
}

testOnEach("data of the previous schema are all there again, in both times", async engine => {
  await using place = await engine.place();
  const key = generateLedgerKey();
  const old = await connectDatabase(place.where);
  await writeOldRecords(old);
  // The previous version signed a head per entry and kept no tiles; the entries and heads are the same.
  await sql`create table ledger_tile (level int, index bigint, nodes bytea, root bytea)`.execute(old);
  for (let i = 0; i < 300; i++) await old.transaction().execute(tx => appendEntry(tx, key, { i }, i));
  await sql`drop table ledger_tile`.execute(old);
  await sql`insert into link_record values ('t1', 5, 'ALLOW', null)`.execute(old);
  await old.destroy();

  const db = await openDatabase(place.where, 99);
  for (const [table, kind] of kinds) {
    const at = async (validAtMs: number, knownAtMs?: number) =>
      (
        await readRecords<{ what: string; document: { what: string } }>(db, kind, {
          validAtMs,
          ...(knownAtMs === undefined ? {} : { knownAtMs }),
        })
      ).map(r => [r.id, (kind === "policy" ? r.document.document : r.document).what]);
    const expected = (what: string) => [[`${table}-1`, what]];
    assert.deepEqual(await at(25, 29), expected("was believed"));
    assert.deepEqual(await at(25, 30), expected("holds now"));
    assert.deepEqual(await at(15), expected("is believed"));
    assert.deepEqual(await at(9), []);
    assert.equal((await readRecords(db, kind)).length, 2);
  }
  const [terminal] = await readRecords<Terminal>(db, "terminal");
  assert.deepEqual(terminal!.document.flags, {}, "a terminal has what terminals have since");
  const { rows } = await sql`select * from link_record`.execute(db);
  assert.equal(rows.length, 1);

  const report = await verifyStoredLog(db, key);
  assert.ok(report.ok && report.entryCount === 300, JSON.stringify(report.findings));
  const index = await db.transaction().execute(tx => appendEntry(tx, key, { after: "the upgrade" }, 400));
  assert.equal(index, 300);
  const leaves = (await readEntries(db, 0, 1000)).map(e => leafHash(Buffer.from(e.body)));
  const proof = await new LedgerTiles(db).inclusionProof(17, 301);
  assert.deepEqual(proof, inclusionProof(leaves, 17, 301));
  const root = Buffer.from((await newestHead(db))!.root, "hex");
  assert.ok(
    proof.ok && verifyInclusion({ leafHash: leaves[17]!, index: 17, size: 301, proof: proof.value, root }),
  );
  assert.ok((await verifyStoredLog(db, key)).ok);
  await db.destroy();

  const again = await openDatabase(place.where, 100);
  assert.equal((await readRecords(again, "party")).length, 2);
  await again.destroy();
});

testOnEach("records of a newer version are not touched", async engine => {
  await using made = await engine.open();
  await made.db.insertInto("schema_migration").values({ id: "999-later", at_ms: 0 }).execute();
  await assert.rejects(migrate(made.db, 0), /newer Perigee \(migration 999-later\)/);
  await made.db.deleteFrom("schema_migration").where("id", "=", "999-later").execute();
});

test("one process owns the records on a server, for as long as its session lives", async t => {
  if (scratchServer === null) return t.skip("PERIGEE_TEST_DATABASE_URL names no PostgreSQL server");
  await using made = await scratchServer.open();
  await using other = await scratchServer.open();
  const lost: string[] = [];
  const note = (error: Error): void => {
    lost.push(error.message);
  };
  const first = await lockDatabase(made.where!, note);
  assert.ok(first.ok);
  const second = await lockDatabase(made.where!, note);
  assert.equal(!second.ok && second.error.code, "DATABASE_IN_USE");
  const elsewhere = await lockDatabase(other.where!, note);
  assert.ok(elsewhere.ok, "another database has another owner");
  await elsewhere.value[Symbol.asyncDispose]();

  await sql`select pg_terminate_backend(${first.value.backend})`.execute(made.db);
  while (lost.length === 0) await new Promise(resolve => setTimeout(resolve, 10));
  const third = await lockDatabase(made.where!, note);
  assert.ok(third.ok, "the session is gone, and its lock with it");
  await third.value[Symbol.asyncDispose]();
  await first.value[Symbol.asyncDispose]();
  assert.equal(lost.length, 1);
});

test("a database's address is shown without its password", () => {
  assert.equal(withoutPassword("postgres://me:s3cret@db/x"), "postgres://me:…@db/x");
  assert.equal(withoutPassword("postgres://me@db/x?sslmode=require"), "postgres://me@db/x?sslmode=require");
  assert.equal(withoutPassword("postgres://db:5432/x"), "postgres://db:5432/x");
});
