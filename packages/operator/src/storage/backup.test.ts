// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportPublicPem, generateLedgerKey } from "@perigee/ledger";
import { sql } from "kysely";
import { type BackupSummary, restoreBackup, writeBackup } from "./backup.ts";
import type { Database } from "./database.ts";
import { logDecisions } from "./decisions.ts";
import { verifyStoredLog } from "./ledger-audit.ts";
import { addRecords, changeRecord, readRecords } from "./records.ts";
import { testOnEach } from "./testing.ts";

const key = generateLedgerKey();

async function fill(db: Database): Promise<void> {
  await addRecords(
    db,
    "terminal",
    Array.from({ length: 2_500 }, (_, i) => ({
      id: `t${i}`,
      document: { name: `naïve "${i}"\n\\`, nested: [null, 1.25] },
      validFromMs: i,
      knownFromMs: i,
    })),
  );
  await changeRecord(db, "terminal", { id: "t7", document: { name: "new" }, atMs: 50, knownAtMs: 60 });
  const decisions = Array.from({ length: 600 }, (_, i) => ({
    id: `dec-${i}`,
    atMs: i,
    subject: `t${i}`,
    action: "admission",
    outcome: "allow",
    reasons: [],
    text: `${i}`,
    inputs: {},
  }));
  await db.transaction().execute(tx => logDecisions(tx, key, decisions));
  await db.insertInto("setting").values({ key: "origin", value: "{}" }).execute();
}

async function saved(db: Database): Promise<{ lines: string[]; summary: BackupSummary }> {
  const lines: string[] = [];
  const about = { atMs: 77, ledgerPublicKey: exportPublicPem(key.publicKey) };
  const summary = await writeBackup(db, about, async line => {
    lines.push(line);
  });
  return { lines, summary };
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

testOnEach("a backup restores byte for byte, and numbering goes on behind it", async engine => {
  await using source = await engine.open();
  await using target = await engine.open();
  await fill(source.db);
  const { lines, summary } = await saved(source.db);
  assert.equal(summary.rows["record"], 2_502);
  const restored = await restoreBackup(target.db, each(lines), 0);
  assert.ok(restored.ok, JSON.stringify(restored));
  assert.deepEqual((await saved(target.db)).lines, lines);
  const report = await verifyStoredLog(target.db, key);
  assert.ok(report.ok && report.entryCount === 600, JSON.stringify(report.findings));
  await addRecords(target.db, "party", [{ id: "p", document: {}, validFromMs: 0, knownFromMs: 0 }]);
  assert.equal((await readRecords(target.db, "party")).length, 1);
  const again = await restoreBackup(target.db, each(lines), 0);
  assert.equal(!again.ok && again.error.code, "RESTORE_TARGET_NOT_EMPTY");
});

testOnEach("a damaged backup restores nothing and says where", async engine => {
  await using source = await engine.open();
  await using target = await engine.open();
  await fill(source.db);
  const { lines } = await saved(source.db);
  const middle = lines.findIndex(line => line.includes('"t1200"'));
  const damaged: [string, string[], RegExp][] = [
    ["a row edited", lines.with(middle, lines[middle]!.replace("t1200", "t1201")), /checksum/],
    ["a row removed", lines.toSpliced(middle, 1), /missing/],
    ["a row doubled", lines.toSpliced(middle, 0, lines[middle]!), /refused|too many/],
    ["no row of a table", lines.with(middle, '["pg_authid",{}]'), /no row/],
    ["cut short", lines.slice(0, -1), /ends before/],
    ["goes on", [...lines, lines[middle]!], /goes on/],
    ["no last line", lines.with(-1, "{}"), /missing/],
    ["another file", ["{}"], /does not begin/],
    ["an empty file", [], /does not begin/],
  ];
  for (const [how, broken, why] of damaged) {
    const refused = await restoreBackup(target.db, each(broken), 0);
    assert.ok(!refused.ok, how);
    assert.match(refused.error.message, why, how);
    const { rows } = await sql<{ n: number }>`select count(*) as n from record`.execute(target.db);
    assert.equal(rows[0]!.n, 0, how);
  }
  const header = JSON.parse(lines[0]!);
  const newer = { ...header, migrations: [...header.migrations, "999-later"] };
  const refused = await restoreBackup(target.db, each([JSON.stringify(newer)]), 0);
  assert.equal(!refused.ok && refused.error.code, "BACKUP_TOO_NEW");
});

test("what one kind of database wrote, the other restores", async t => {
  const { embedded, scratchServer } = await import("./testing.ts");
  if (scratchServer === null) return t.skip("PERIGEE_TEST_DATABASE_URL names no PostgreSQL server");
  await using here = await embedded.open();
  await using there = await scratchServer.open();
  await using back = await embedded.open();
  await fill(here.db);
  const { lines } = await saved(here.db);
  assert.ok((await restoreBackup(there.db, each(lines), 0)).ok);
  const second = (await saved(there.db)).lines;
  assert.deepEqual(second, lines);
  assert.ok((await restoreBackup(back.db, each(second), 0)).ok);
  assert.ok((await verifyStoredLog(back.db, key)).ok);
});
