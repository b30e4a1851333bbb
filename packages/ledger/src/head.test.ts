// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createHash, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import {
  checkHead,
  exportPrivatePem,
  exportPublicPem,
  generateLedgerKey,
  importPrivatePem,
  importPublicPem,
  keyIdOf,
  type SignedHead,
  signHead,
  toHex,
  treeRoot,
  verifyHead,
} from "./index.ts";

const key = generateLedgerKey();
const head = { size: 3, root: toHex(treeRoot([])), atMs: 1_750_000_000_000 };
const signed = signHead(head, key.privateKey);
const codeOf = (candidate: SignedHead, publicKey = key.publicKey) => {
  const result = checkHead(candidate, publicKey);
  return result.ok ? "ok" : result.error.code;
};

test("a head is signed over its canonical JSON, exactly", () => {
  const text = `{"atMs":1750000000000,"keyId":"${key.keyId}","root":"${head.root}","size":3}`;
  assert.equal(signed.signature, sign(null, Buffer.from(text), key.privateKey).toString("base64"));
  assert.ok(verifyHead(signed, key.publicKey));
  assert.deepEqual(checkHead(signed, key.publicKey), { ok: true, value: head });
});

test("RFC 8032 §7.1 TEST 1: the published secret key gives the published public key, and its id", () => {
  const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const pair = importPrivatePem(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  assert.ok(pair.ok);
  const spki = Buffer.concat([
    Buffer.from("302a300506032b6570032100", "hex"),
    Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex"),
  ]);
  assert.equal(keyIdOf(pair.value.publicKey), createHash("sha256").update(spki).digest("hex"));
});

test("any changed field, another key or a bent signature is told apart", () => {
  assert.equal(codeOf({ ...signed, size: 4 }), "head-signature-invalid");
  assert.equal(codeOf({ ...signed, atMs: head.atMs + 1 }), "head-signature-invalid");
  assert.equal(codeOf({ ...signed, root: "0".repeat(64) }), "head-signature-invalid");
  assert.equal(codeOf({ ...signed, keyId: "0".repeat(64) }), "head-key-unknown");
  assert.equal(codeOf(signed, generateLedgerKey().publicKey), "head-key-unknown");
  assert.equal(codeOf({ ...signed, size: -1 }), "head-malformed");
  assert.equal(codeOf({ ...signed, root: head.root.toUpperCase() }), "head-malformed");
  assert.equal(codeOf({ ...signed, atMs: 0.5 }), "head-malformed");
  assert.equal(codeOf({ ...signed, signature: "" }), "head-signature-invalid");
  assert.equal(codeOf({ ...signed, signature: `${signed.signature}\n` }), "head-signature-invalid");
  const bytes = Buffer.from(signed.signature, "base64");
  for (let bit = 0; bit < 512; bit += 7) {
    const bent = Buffer.from(bytes);
    bent[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(codeOf({ ...signed, signature: bent.toString("base64") }), "head-signature-invalid");
  }
});

test("signing what is no head is a bug and throws", () => {
  assert.throws(() => signHead({ ...head, size: 0.5 }, key.privateKey), RangeError);
});

test("keys go through PEM and come back the same", () => {
  const back = importPrivatePem(exportPrivatePem(key));
  assert.ok(back.ok);
  assert.equal(back.value.keyId, key.keyId);
  assert.deepEqual(signHead(head, back.value.privateKey), signed);
  const publicBack = importPublicPem(exportPublicPem(key.publicKey));
  assert.ok(publicBack.ok && verifyHead(signed, publicBack.value));
});

test("a PEM that is no Ed25519 key of the right kind is refused and never repeated", () => {
  const secret = exportPrivatePem(key);
  const rsa = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const refused = [
    importPrivatePem("nonsense"),
    importPrivatePem(exportPublicPem(key.publicKey)),
    importPrivatePem(rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
    importPublicPem(secret),
    importPublicPem(rsa.publicKey.export({ type: "spki", format: "pem" }).toString()),
    importPublicPem(`${exportPublicPem(key.publicKey)}${" ".repeat(5000)}`),
  ];
  for (const result of refused) {
    assert.ok(!result.ok && result.error.code === "bad-key");
    assert.ok(!result.error.message.includes(secret.slice(30, 60)));
  }
});
