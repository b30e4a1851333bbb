// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  consistencyProof,
  continueLog,
  generateLedgerKey,
  leafHash,
  logNoteKey,
  signCheckpoint,
  treeRoot,
} from "./index.ts";

const key = generateLedgerKey();
const logKey = logNoteKey(key.publicKey);
const leaves = Array.from({ length: 64 }, (_, i) => leafHash(Buffer.of(i)));
const forked = leaves.map((leaf, i) => (i === 5 ? leafHash(Buffer.from("another")) : leaf));

const checkpoint = (of: readonly Uint8Array[], size: number): string =>
  signCheckpoint({ origin: logKey.name, size, root: treeRoot(of.slice(0, size)) }, key.privateKey);

function look(seen: string | null, newest: string, proof: readonly Uint8Array[] = []): string {
  const result = continueLog(seen, newest, proof, logKey);
  return result.ok ? "continues" : result.error.code;
}

function proofOf(of: readonly Uint8Array[], from: number, to: number): Uint8Array[] {
  const proof = consistencyProof(of, from, to);
  assert.ok(proof.ok);
  return proof.value;
}

test("F21: a witness follows a log that grows, and no other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }), (from, to) => {
      const [small, large] = from <= to ? [from, to] : [to, from];
      const seen = checkpoint(leaves, small);
      const grown = proofOf(leaves, small, large);
      assert.equal(look(seen, checkpoint(leaves, large), grown), "continues");
      if (small < large) assert.equal(look(checkpoint(leaves, large), seen), "log-shrank");
      // Entry 5 was rewritten after it was seen: no proof of either history shows otherwise.
      if (small > 5) {
        const code = small === large ? "log-forked" : "log-rewritten";
        assert.equal(look(seen, checkpoint(forked, large), proofOf(forked, small, large)), code);
        assert.equal(look(seen, checkpoint(forked, large), grown), code);
      }
      for (let i = 0; i < grown.length; i++) {
        const altered = grown.with(i, leafHash(grown[i]!));
        assert.equal(look(seen, checkpoint(leaves, large), altered), "log-rewritten");
        assert.equal(look(seen, checkpoint(leaves, large), grown.toSpliced(i, 1)), "log-rewritten");
      }
    }),
    { numRuns: 100 },
  );
});

test("the first look believes the signature; every look needs it", () => {
  const stranger = generateLedgerKey();
  const text = { origin: logKey.name, size: 3, root: treeRoot(leaves.slice(0, 3)) };
  assert.equal(look(null, checkpoint(leaves, 3)), "continues");
  assert.equal(look(null, signCheckpoint(text, stranger.privateKey)), "note-unsigned");
  assert.equal(look(null, signCheckpoint({ ...text, origin: "elsewhere" }, key.privateKey)), "log-renamed");
  assert.equal(look("no checkpoint", checkpoint(leaves, 3)), "bad-note");
  assert.equal(look(null, checkpoint(leaves, 3).replace("\n3\n", "\n4\n")), "note-signature-invalid");
});
