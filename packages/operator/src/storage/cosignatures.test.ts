// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import {
  checkCosignature,
  continueLog,
  cosign,
  formatSignature,
  generateLedgerKey,
  logNoteKey,
  noteKey,
  openCheckpoint,
  signHead,
  verifyBundle,
} from "@perigee/ledger";
import { addCosignature, newestCheckpoint, newestCosigned, witnessStates } from "./cosignatures.ts";
import type { Database } from "./database.ts";
import { logDecisions } from "./decisions.ts";
import { makeBundle } from "./ledger-bundle.ts";
import { appendEntries } from "./ledger-store.ts";
import { LedgerTiles } from "./ledger-tiles.ts";
import { testOnEach } from "./testing.ts";

const key = generateLedgerKey();
const logKey = logNoteKey(key.publicKey);
const own = generateLedgerKey();
const witness = noteKey("witness.example/one", "cosignature/v1", own.publicKey);
const AT_MS = 1_790_000_000_000;

async function append(db: Database, count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, i) => ({ i }));
  await db.transaction().execute(tx => appendEntries(tx, key, entries, AT_MS));
}

/** The checkpoint as a witness reads it. */
async function checkpoint(db: Database) {
  const note = await newestCheckpoint(db, key);
  const opened = openCheckpoint(note!, logKey);
  assert.ok(opened.ok);
  return { sent: note!, text: opened.value.note.text };
}

const lineOf = (text: string, atMs: number, name = witness.name): string =>
  formatSignature(cosign(text, name, own.privateKey, atMs));

testOnEach(
  "F21: a witness follows the stored log, and its cosignature comes back with the checkpoint",
  async engine => {
    await using made = await engine.open();
    const { db } = made;
    assert.equal(await newestCheckpoint(db, key), null);
    await append(db, 5);
    const first = await checkpoint(db);
    const add = (size: number, line: string, nowMs = AT_MS) =>
      addCosignature(db, key, { size, line }, [witness], nowMs);
    const taken = await add(5, lineOf(first.text, AT_MS));
    assert.deepEqual(taken, { ok: true, value: { witness: witness.name, size: 5, atMs: AT_MS } });
    const cosigned = await checkpoint(db);
    assert.deepEqual(checkCosignature(cosigned.text, lineIn(cosigned.sent), witness), {
      ok: true,
      value: AT_MS,
    });

    await append(db, 300);
    const second = await checkpoint(db);
    const proof = await new LedgerTiles(db).consistencyProof(5, 305);
    assert.ok(proof.ok && continueLog(first.sent, second.sent, proof.value, logKey).ok);
    assert.equal((await newestCosigned(db, key))?.size, 5, "the newest that a witness signed");

    const code = async (answer: ReturnType<typeof add>): Promise<string> => {
      const done = await answer;
      return done.ok ? "taken" : done.error.code;
    };
    assert.equal(
      await code(add(305, lineOf(first.text, AT_MS))),
      "COSIGNATURE_INVALID",
      "of another checkpoint",
    );
    assert.equal(await code(add(304, lineOf(second.text, AT_MS))), "OUTSIDE_THE_LOG");
    assert.equal(await code(add(305, lineOf(second.text, AT_MS, "stranger"))), "WITNESS_UNKNOWN");
    assert.equal(await code(add(305, "— nobody")), "COSIGNATURE_INVALID");
    assert.equal(
      await code(add(305, lineOf(second.text, AT_MS + 600_000))),
      "COSIGNATURE_INVALID",
      "the future",
    );
    assert.equal(await code(add(305, lineOf(second.text, AT_MS + 10_000))), "taken");
    assert.equal(await code(add(305, lineOf(second.text, AT_MS))), "taken", "an older answer is no harm");
    assert.deepEqual(await witnessStates(db), [{ witness: witness.name, size: 305, atMs: AT_MS + 10_000 }]);
  },
);

/** The one line of a witness in a checkpoint. */
function lineIn(note: string) {
  const opened = openCheckpoint(note, logKey);
  assert.ok(opened.ok);
  assert.equal(opened.value.note.signatures.length, 2);
  return opened.value.note.signatures[1]!;
}

testOnEach("F21: a checkpoint never vouches for a head that this log did not sign", async engine => {
  await using made = await engine.open();
  const { db } = made;
  await append(db, 3);
  await db
    .updateTable("ledger_head")
    .set({ root: "ab".repeat(32) })
    .execute();
  await assert.rejects(newestCheckpoint(db, key), /damaged/);
  const forged = signHead({ size: 3, root: "ab".repeat(32), atMs: 1 }, generateLedgerKey().privateKey);
  await db.updateTable("ledger_head").set({ signature: forged.signature, key_id: forged.keyId }).execute();
  await assert.rejects(newestCheckpoint(db, key), /signed by another key/);
});

testOnEach(
  "F21: what a bundle shows of a subject holds offline, with an earlier cosignature",
  async engine => {
    await using made = await engine.open();
    const { db } = made;
    const tiles = new LedgerTiles(db);
    assert.equal(await makeBundle(db, key, tiles, { index: 0 }), null, "an empty log");
    const decisions = (from: number) =>
      Array.from({ length: 290 }, (_, i) => ({
        id: `dec-${from + i}`,
        atMs: AT_MS,
        subject: `t${(from + i) % 100}`,
        action: "admission",
        outcome: "allow",
        reasons: [],
        text: `decision ${from + i}, "quoted" and naïve`,
        inputs: {},
      }));
    await db.transaction().execute(tx => logDecisions(tx, key, decisions(0)));
    const { text } = await checkpoint(db);
    assert.ok((await addCosignature(db, key, { size: 290, line: lineOf(text, AT_MS) }, [witness], AT_MS)).ok);
    await db.transaction().execute(tx => logDecisions(tx, key, decisions(290)));

    const bundle = await makeBundle(db, key, tiles, { subject: "t7" });
    const read: unknown = JSON.parse(JSON.stringify(bundle));
    const report = verifyBundle(read, { publicKey: key.publicKey, witnesses: [witness] });
    assert.deepEqual(report.findings, []);
    assert.deepEqual([report.entryCount, report.size], [6, 580]);
    assert.deepEqual(report.cosignatures, [{ witness: witness.name, size: 290, atMs: AT_MS }]);
    const one = await makeBundle(db, key, tiles, { index: 579 });
    assert.ok(verifyBundle(one, { publicKey: key.publicKey, witnesses: [] }).ok);
    assert.equal(await makeBundle(db, key, tiles, { subject: "nobody" }), null);
    assert.equal(await makeBundle(db, key, tiles, { index: 580 }), null);
  },
);
