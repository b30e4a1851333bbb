// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import type { LedgerEntry, LedgerHead } from "@perigee/operator/contract";
import fc from "fast-check";
import { decodeBytes, toHex } from "./bytes.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";
import { leafHash, TreeHasher } from "./merkle.ts";
import { verifyLedger } from "./verify.ts";

const sha = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

/** RFC 9162 §2.1.1 word for word, with Node's own hash. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return sha();
  if (leaves.length === 1) return only;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return sha(Uint8Array.of(1), rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)));
}

test("canonical JSON: the sorting example of RFC 8785 §3.2.3", () => {
  const value = JSON.parse(
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
  ) as Json;
  assert.deepEqual(
    [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(match => match[1]),
    [
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ],
  );
});

test("canonical JSON: the example of RFC 8785 §3.2.2 and §3.2.4", () => {
  const text =
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
  assert.equal(
    canonicalJson(JSON.parse(text) as Json),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("the empty tree is the hash of nothing", async () => {
  assert.equal(
    toHex(await new TreeHasher().root()),
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
});

test("the growing tree has the root of the definition for every size", async () => {
  const tree = new TreeHasher();
  const leaves: Uint8Array[] = [];
  for (let i = 0; i < 70; i++) {
    const leaf = await leafHash({ i });
    assert.deepEqual(Buffer.from(leaf), sha(Uint8Array.of(0), Buffer.from(`{"i":${i}}`)));
    leaves.push(leaf);
    await tree.add(leaf);
    assert.equal(toHex(await tree.root()), toHex(rootByDefinition(leaves)));
  }
});

test("bytes survive hexadecimal, base64 and base64url", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), bytes => {
      for (const text of ["hex", "base64", "base64url"] as const)
        assert.deepEqual(decodeBytes(Buffer.from(bytes).toString(text), 32), bytes);
    }),
  );
});

function ledger(entries: readonly Json[]): {
  head: LedgerHead;
  page: (from: number, limit: number) => LedgerEntry[];
} {
  const leaves = entries.map(entry => sha(Uint8Array.of(0), Buffer.from(canonicalJson(entry))));
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const at = "2026-11-21T00:00:00.000Z";
  const signed = {
    size: entries.length,
    root: toHex(rootByDefinition(leaves)),
    atMs: Date.parse(at),
    keyId: "k1",
  };
  const text = `{"atMs":${signed.atMs},"keyId":"k1","root":"${signed.root}","size":${signed.size}}`;
  const head = {
    size: signed.size,
    root: signed.root,
    at,
    keyId: "k1",
    signature: sign(null, Buffer.from(text), privateKey).toString("base64"),
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
  };
  const all = entries.map(
    (entry, index) => ({ index, leafHash: toHex(leaves[index] ?? sha()), entry }) as LedgerEntry,
  );
  return { head, page: (from, limit) => all.slice(from, from + limit) };
}

const ENTRIES = Array.from({ length: 21 }, (_, i) => ({ action: "admission", subject: `ut-${i}`, n: i / 4 }));

async function states(
  head: LedgerHead,
  page: (from: number, limit: number) => LedgerEntry[],
): Promise<string[]> {
  const result = await verifyLedger(
    head,
    async (from, limit) => ({ ok: true, value: page(from, Math.min(8, limit)) }),
    () => {},
  );
  assert.ok(result.ok);
  return result.value.map(({ state }) => state);
}

test("a true ledger verifies, in pages smaller than asked for", async () => {
  const { head, page } = ledger(ENTRIES);
  assert.deepEqual(await states(head, page), ["right", "right", "right"]);
});

test("every kind of lie is seen by the check that is there for it", async () => {
  const { head, page } = ledger(ENTRIES);
  const changed = (from: number, limit: number) =>
    page(from, limit).map(of => (of.index === 9 ? { ...of, entry: { action: "nothing" } } : of));
  assert.deepEqual(await states(head, changed), ["wrong", "wrong", "right"]);
  assert.deepEqual(await states(head, (from, limit) => page(from, limit).filter(({ index }) => index < 20)), [
    "wrong",
    "wrong",
    "right",
  ]);
  assert.deepEqual(await states({ ...head, at: "2026-11-21T00:00:01.000Z" }, page), [
    "right",
    "right",
    "wrong",
  ]);
  assert.deepEqual(await states({ ...head, signature: "" }, page), ["right", "right", "unchecked"]);
});
