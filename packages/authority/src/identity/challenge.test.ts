// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { answerChallenge, challengeFor, challengeText, verifyAnswer } from "./challenge.ts";
import { readDeviceKey, writeDeviceKey } from "./device-key.ts";

const noonMs = Date.UTC(2024, 2, 10, 12);
/** Key pair of RFC 8032 §7.1 test 1. */
const privateKey = createPrivateKey({
  key: Buffer.from(
    "302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "hex",
  ),
  format: "der",
  type: "pkcs8",
});
const publicKey = createPublicKey(privateKey);
const channel = { terminalId: "ut-1", cell: "8511aa6bfffffff", slot: 1_234_567 };
const randomness = Buffer.from("00112233445566778899aabbccddeeff".repeat(2), "hex");
const challenge = challengeFor(channel, randomness, noonMs);

test("the exchange is what its description says: signed by OpenSSL's command line over the same lines", () => {
  assert.equal(
    answerChallenge(privateKey, challenge).signature,
    "Bdu9xiwoR6PIDOmHxOMA1Qqpd1pZYIjmfxDZpqPI3qI9akdCwLgyIJR4ihEQFck1w2OBHkyHo8aKMDGpm8lUBA==",
  );
  assert.equal(challengeText(challenge).split("\n").length, 8);
  assert.equal(challenge.expiresAtMs - challenge.issuedAtMs, 15_000);
});

test("an answer counts from the issue to the expiry, the last instant excluded", () => {
  const answer = answerChallenge(privateKey, challenge);
  const codes = [-1, 0, 14_999, 15_000].map(afterMs => {
    const verified = verifyAnswer(publicKey, challenge, answer, noonMs + afterMs);
    return verified.ok ? "ok" : verified.error.code;
  });
  assert.deepEqual(codes, ["notYetIssued", "ok", "ok", "expired"]);
});

test("a signature over anything else than this terminal, cell, slot, nonce and time is no answer", () => {
  const change = fc.oneof(
    fc.constantFrom<object>({ terminalId: "ut-2" }, { cell: "8511aa63fffffff" }, { terminalId: "ut-" }),
    fc.integer().map(slot => ({ slot })),
    fc.integer({ min: 1, max: 10_000 }).map(ms => ({ issuedAtMs: noonMs - ms })),
    fc.integer({ min: 1, max: 10_000 }).map(ms => ({ expiresAtMs: noonMs + 15_000 + ms })),
    fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map(bytes => ({ nonce: Buffer.from(bytes).toString("hex") })),
  );
  fc.assert(
    fc.property(change, part => {
      const other = { ...challenge, ...part };
      fc.pre(challengeText(other) !== challengeText(challenge));
      const { signature } = answerChallenge(privateKey, other);
      const verified = verifyAnswer(publicKey, challenge, { nonce: challenge.nonce, signature }, noonMs);
      assert.equal(!verified.ok && verified.error.code, "wrongKey");
    }),
    { numRuns: Math.min(cases(500), 5_000) },
  );
});

test("wrong key, another challenge's answer and garbage each have a code of their own", () => {
  const codeOf = (answer: { nonce: string; signature: string }): string => {
    const verified = verifyAnswer(publicKey, challenge, answer, noonMs);
    return verified.ok ? "ok" : verified.error.code;
  };
  const answer = answerChallenge(privateKey, challenge);
  const stranger = generateKeyPairSync("ed25519").privateKey;
  assert.equal(codeOf(answerChallenge(stranger, challenge)), "wrongKey");
  assert.equal(codeOf({ ...answer, nonce: "ff".repeat(32) }), "unknownChallenge");
  for (const wrong of ["", "x".repeat(1_000_000), answer.signature.slice(1), `${answer.signature}A`]) {
    assert.equal(codeOf({ ...answer, signature: wrong }), "malformed");
  }
  assert.equal(codeOf({ ...answer, nonce: answer.nonce.toUpperCase() }), "malformed");
});

test("no id can pass for two lines, and no challenge lives longer than a slot", () => {
  for (const wrong of [
    { terminalId: "ut-1\n8511" },
    { cell: "" },
    { slot: 0.5 },
    { terminalId: "a".repeat(65) },
  ]) {
    assert.throws(() => challengeFor({ ...channel, ...wrong }, randomness, noonMs), RangeError);
  }
  assert.throws(() => challengeFor(channel, randomness.subarray(1), noonMs), RangeError);
  for (const lifeMs of [0, -1, 15_001, Number.NaN]) {
    assert.throws(() => challengeFor(channel, randomness, noonMs, lifeMs), RangeError);
  }
});

test("a device key is an Ed25519 public key and nothing else", () => {
  const text = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  const read = readDeviceKey(text);
  assert.ok(read.ok);
  assert.equal(writeDeviceKey(read.value), text);
  const x25519 = writeDeviceKey(generateKeyPairSync("x25519").publicKey);
  for (const wrong of ["", "AAAA", x25519, text.slice(4), "A".repeat(100_000)]) {
    const refused = readDeviceKey(wrong);
    assert.equal(!refused.ok && refused.error.code, "deviceKeyInvalid");
  }
});
