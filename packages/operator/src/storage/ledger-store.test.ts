// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import {
  consistencyProof,
  generateLedgerKey,
  inclusionProof,
  leafHash,
  TILE_WIDTH,
  tilesOf,
  treeRoot,
  unpackEntries,
} from "@perigee/ledger";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { verifyStoredLog } from "./ledger-audit.ts";
import {
  appendEntries,
  appendEntry,
  headOfSize,
  newestHead,
  readEntries,
  readHeads,
} from "./ledger-store.ts";
import { LedgerTiles } from "./ledger-tiles.ts";
import { testOnEach } from "./testing.ts";

const key = generateLedgerKey();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Runs `body` in a transaction that is rolled back. */
async function inVain(db: Database, body: (tx: Database) => Promise<void>): Promise<void> {
  class RollBack extends Error {}
  await assert.rejects(
    db.transaction().execute(async tx => {
      await body(tx as unknown as Database);
      throw new RollBack();
    }),
    RollBack,
  );
}

async function append(db: Database, from: number, to: number, batch: number): Promise<void> {
  for (let i = from; i < to; i += batch) {
    const entries = Array.from({ length: Math.min(batch, to - i) }, (_, k) => ({ number: i + k }));
    await db.transaction().execute(tx => appendEntries(tx, key, entries, 1000 + i));
  }
}

testOnEach("an append belongs to its transaction: rolled back, it never was", async engine => {
  await using made = await engine.open();
  const { db } = made;
  await append(db, 0, 20, 1);
  await inVain(db, async tx => {
    assert.equal(await appendEntry(tx, key, { kind: "doomed" }, 2000), 20);
    assert.equal(await appendEntries(tx, key, [{ kind: "doomed" }, { kind: "too" }], 2000), 21);
  });
  assert.equal((await newestHead(db))?.size, 20);
  assert.equal(await db.transaction().execute(tx => appendEntry(tx, key, { kind: "kept" }, 2001)), 20);
  assert.ok((await verifyStoredLog(db, key)).ok);
});

testOnEach("F21: a batch is one head; every edited or removed entry is named", async engine => {
  await using made = await engine.open();
  const { db } = made;
  await append(db, 0, 20, 1);
  await append(db, 20, 620, 300);
  assert.equal((await readHeads(db)).length, 22);
  assert.equal((await readHeads(db, 20, 1))[0]?.size, 320);
  const cases: [string, number, string][] = [
    ["bytes", 7, `update ledger_entry set body = replace(body, ':7', ':8') where index = 7`],
    [
      "bytes and hash",
      7,
      "update ledger_entry set body = '{}', leaf_hash = repeat('ab', 32) where index = 7",
    ],
    ["bytes inside a batch", 400, "update ledger_entry set body = '{}' where index = 400"],
    ["removal", 7, "delete from ledger_entry where index = 7"],
    ["no hash at all", 7, "update ledger_entry set leaf_hash = 'none' where index = 7"],
  ];
  for (const [how, index, tamper] of cases) {
    await inVain(db, async tx => {
      await sql.raw(tamper).execute(tx);
      const report = await verifyStoredLog(tx, key);
      assert.ok(!report.ok, how);
      assert.equal(report.firstTampered?.firstIndex, index, how);
    });
  }
  const others: [string, string, string][] = [
    ["entries cut off", "delete from ledger_entry where index >= 615", "log-truncated"],
    ["heads cut off", "delete from ledger_head where size > 320", "entries-unsigned"],
    [
      "a tile altered",
      "update ledger_tile set nodes = nodes || '\\x00'::bytea where index = 1",
      "tile-altered",
    ],
    ["a tile's root altered", "update ledger_tile set root = sha256('x') where index = 1", "tile-altered"],
    ["a tile removed", "delete from ledger_tile where index = 1", "tile-missing"],
  ];
  for (const [how, tamper, code] of others) {
    await inVain(db, async tx => {
      await sql.raw(tamper).execute(tx);
      const codes = (await verifyStoredLog(tx, key)).findings.map(f => f.code);
      assert.ok(codes.includes(code as never), `${how}: ${codes}`);
    });
  }
  // The whole run with an entry and its hash changed: the batch is as near as heads can come.
  await inVain(db, async tx => {
    await sql`update ledger_entry set leaf_hash = repeat('ab', 32) where index = 400`.execute(tx);
    const report = await verifyStoredLog(tx, key);
    assert.deepEqual(report.firstTampered, { firstIndex: 400, lastIndex: 400 });
  });
  assert.ok((await verifyStoredLog(db, key)).ok);
});

testOnEach("tiles, bundles and proofs are those of the plain tree, at every head", async engine => {
  await using made = await engine.open();
  const { db } = made;
  await append(db, 0, 600, 173);
  const entries = await readEntries(db, 0, 1000);
  const leaves = entries.map(e => leafHash(Buffer.from(e.body)));
  const tiles = new LedgerTiles(db);
  for (const size of [173, 346, 519, 600]) {
    assert.equal((await headOfSize(db, size))?.root, hex(treeRoot(leaves.slice(0, size))));
    for (const index of [0, 100, 255, 256, 300, 511, 512, 599].filter(i => i < size)) {
      assert.deepEqual(await tiles.inclusionProof(index, size), inclusionProof(leaves, index, size));
      assert.deepEqual(
        await tiles.consistencyProof(index + 1, size),
        consistencyProof(leaves, index + 1, size),
      );
    }
    for (const tile of tilesOf(size)) {
      const bytes = await tiles.tile(tile, size);
      const span = TILE_WIDTH ** tile.level;
      const first = tile.index * TILE_WIDTH * span;
      const expected = Array.from({ length: tile.width }, (_, i) =>
        hex(treeRoot(leaves.slice(first + i * span, first + (i + 1) * span))),
      );
      assert.equal(hex(bytes!), expected.join(""), JSON.stringify(tile));
      if (tile.level > 0) continue;
      const bundle = unpackEntries((await tiles.entries(tile.index, tile.width, size))!, tile.width);
      assert.ok(bundle.ok);
      assert.deepEqual(
        bundle.value.map(bytes => Buffer.from(bytes).toString()),
        entries.slice(first, first + tile.width).map(e => e.body),
      );
    }
    assert.equal(await tiles.tile({ level: 0, index: Math.ceil(size / 256), width: 1 }, size), null);
    assert.equal(await tiles.entries(0, 256, 255), null);
  }
});

testOnEach("an append on damaged entries is refused, a head never goes back in time", async engine => {
  await using made = await engine.open();
  const { db } = made;
  const other = generateLedgerKey();
  await db.transaction().execute(tx => appendEntry(tx, other, { own: "log", at: made.where ?? "" }, 50));
  await db.transaction().execute(tx => appendEntry(tx, other, { second: true }, 40));
  assert.deepEqual(
    (await readHeads(db)).map(h => h.atMs),
    [50, 50],
  );
  await inVain(db, async tx => {
    await sql`update ledger_head set root = repeat('ab', 32) where size = 2`.execute(tx);
    await assert.rejects(appendEntry(tx, other, {}, 60), /not those of its newest head/);
  });
  // Enough appends to forget the edge of the stored head: it is read again, and the entries with it.
  await inVain(db, async tx => {
    for (let i = 0; i < 10; i++) await appendEntry(tx, other, { i }, 60);
  });
  await inVain(db, async tx => {
    await sql`update ledger_entry set leaf_hash = repeat('ab', 32) where index = 0`.execute(tx);
    await assert.rejects(appendEntry(tx, other, {}, 60), /not those of its newest head/);
  });
  await inVain(db, async tx => {
    await assert.rejects(appendEntry(tx, other, { long: "x".repeat(65_536) }, 60), RangeError);
  });
  await inVain(db, async tx => {
    await assert.rejects(appendEntries(tx, other, [], 60), RangeError);
  });
});

testOnEach("appends at the same time stand one behind the other", async engine => {
  await using made = await engine.open();
  const { db } = made;
  const batches = Array.from({ length: 12 }, (_, i) => Array.from({ length: 40 }, (_, k) => ({ i, k })));
  const indices = await Promise.all(
    batches.map(entries => db.transaction().execute(tx => appendEntries(tx, key, entries, 1))),
  );
  assert.deepEqual(
    indices.toSorted((a, b) => a - b),
    batches.map((_, i) => i * 40),
  );
  assert.ok((await verifyStoredLog(db, key)).ok);
});
