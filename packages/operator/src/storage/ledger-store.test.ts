// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newKey } from "../testing.ts";
import { type Database, openDatabase } from "./database.ts";
import { appendEntry, newestHead, readEntries, verifyStoredLog } from "./ledger-store.ts";

const key = newKey();
let db: Database;

before(async () => {
  db = await openDatabase(null, 0);
  for (let i = 0; i < 20; i++) {
    await db.transaction().execute(tx => appendEntry(tx, key, { kind: "test", number: i }, 1000 + i));
  }
});
after(() => db.destroy());

test("an append belongs to its transaction: rolled back, it never was", async () => {
  await assert.rejects(
    db.transaction().execute(async tx => {
      await appendEntry(tx, key, { kind: "doomed" }, 2000);
      throw new Error("the change failed");
    }),
    /the change failed/,
  );
  assert.equal((await newestHead(db))?.size, 20);
  assert.ok((await verifyStoredLog(db, key)).ok);
});

for (const [how, tamper] of [
  ["bytes", `update ledger_entry set body = replace(body, '"number":7', '"number":8') where index = 7`],
  ["bytes and hash", `update ledger_entry set body = '{}', leaf_hash = repeat('ab', 32) where index = 7`],
  ["removal", "delete from ledger_entry where index = 7"],
] as const) {
  test(`tampering by ${how} is found, and names the entry`, async () => {
    const { sql } = await import("kysely");
    await db
      .transaction()
      .execute(async tx => {
        await sql.raw(tamper).execute(tx);
        const report = await verifyStoredLog(tx as unknown as Database, key);
        assert.ok(!report.ok);
        assert.equal(report.firstTampered?.firstIndex, 7, JSON.stringify(report.findings));
        throw new RollBack();
      })
      .catch(error => {
        if (!(error instanceof RollBack)) throw error;
      });
  });
}

test("entries cut off the end are found by the heads that still speak of them", async () => {
  const { sql } = await import("kysely");
  await db
    .transaction()
    .execute(async tx => {
      await sql`delete from ledger_entry where index >= 15`.execute(tx);
      const report = await verifyStoredLog(tx as unknown as Database, key);
      assert.ok(!report.ok, "the heads still speak of what is missing");
      throw new RollBack();
    })
    .catch(error => {
      if (!(error instanceof RollBack)) throw error;
    });
  assert.equal((await readEntries(db, 0, 100)).length, 20);
});

class RollBack extends Error {}
