// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { keyIdOf } from "@perigee/ledger";
import fc from "fast-check";
import type { Admission } from "./admission.ts";
import { cases } from "./cases.ts";
import { admit, noonMs } from "./fixture.ts";
import { Misread } from "./json-reader.ts";
import { issueLeases, leaseClaims, longestLeaseMs, longestPresignedMs, verifyLease } from "./lease.ts";
import {
  leaseChain,
  maxPresignedWindows,
  presignedRuleOf,
  readPresignedRule,
  stayingPut,
} from "./lease-chain.ts";
import { leaseVerifier } from "./lease-verifier.ts";
import type { Outcome } from "./reasons.ts";

const cells = ["8511aa63fffffff"];
const hourMs = 3_600_000;
const now = admit();

/** An admission of a later instant under rules that change at given offsets, each to another answer. */
function answersOf(changes: readonly { readonly afterMs: number; readonly outcome: Outcome }[]) {
  return (atMs: number): Admission => {
    const past = changes.filter(change => noonMs + change.afterMs <= atMs);
    const next = changes.find(change => noonMs + change.afterMs > atMs);
    const outcome = past.at(-1)?.outcome ?? "allow";
    const reach =
      outcome === "deny"
        ? ("nothing" as const)
        : outcome === "restricted"
          ? ("accountAndEmergency" as const)
          : "all";
    return {
      ...now,
      ...{ atMs, reach, outcome, leaseMs: reach === "nothing" ? null : 60_000 },
      nextChangeMs: next === undefined ? Number.POSITIVE_INFINITY : noonMs + next.afterMs,
    };
  };
}

test("a chain is unbroken, bounded by policy, short link by link, and never goes past an answer that gives no lease", () => {
  const rule = fc.record({
    aheadMs: fc.integer({ min: 60_000, max: 30 * 60_000 }),
    windowMs: fc.integer({ min: 15_000, max: 60_000 }),
  });
  const changes = fc.uniqueArray(
    fc.record({
      afterMs: fc.integer({ min: 60_001, max: 40 * 60_000 }),
      outcome: fc.constantFrom<Outcome>("allow", "restricted", "deny", "provisional"),
    }),
    { maxLength: 4, selector: change => change.afterMs },
  );
  fc.assert(
    fc.property(rule, changes, (asked, unordered) => {
      const inOrder = unordered.toSorted((a, b) => a.afterMs - b.afterMs);
      const admissionAt = answersOf(inOrder);
      const [first, ...chain] = leaseChain(now, admissionAt, cells, asked);
      assert.deepEqual(first, leaseClaims(now, cells));
      let endMs = first!.expiresAtMs;
      for (const claims of chain) {
        const { issuedAtMs, notBeforeMs, expiresAtMs, policyVersion, reach } = claims;
        assert.equal(notBeforeMs, endMs);
        assert.ok(expiresAtMs > endMs && expiresAtMs - endMs <= Math.min(asked.windowMs, longestLeaseMs));
        assert.ok(expiresAtMs <= noonMs + asked.aheadMs);
        assert.deepEqual([issuedAtMs, policyVersion], [noonMs, now.inputs.policyVersion]);
        // Not one millisecond of it lies where the answer is another.
        for (const atMs of [endMs, expiresAtMs - 1]) assert.equal(reach, admissionAt(atMs).reach);
        endMs = expiresAtMs;
      }
      // It ends for a reason: policy's bound, or an answer that supports no lease signed beforehand.
      const atEnd = admissionAt(endMs).outcome;
      assert.ok(endMs >= noonMs + asked.aheadMs || atEnd === "deny" || atEnd === "provisional");
    }),
    { numRuns: cases(10_000) },
  );
});

test("no chain for who is served on trust, or not at all", () => {
  const rule = { aheadMs: hourMs, windowMs: 60_000 };
  assert.equal(leaseChain({ ...now, outcome: "provisional" }, () => now, cells, rule).length, 1);
  assert.equal(leaseChain({ ...now, reach: "nothing", leaseMs: null }, () => now, cells, rule).length, 0);
  // An admission that never changes again gives the longest chain that there is.
  const forever = answersOf([]);
  const chain = leaseChain(now, forever, cells, { aheadMs: longestPresignedMs, windowMs: 60_000 });
  assert.equal(chain.length, maxPresignedWindows);
  assert.equal(chain.at(-1)!.expiresAtMs, noonMs + longestPresignedMs);
});

test("how far ahead is the zone's to say: all zones must agree and the strictest counts", () => {
  const a = { presigned: { aheadMs: 6 * hourMs, windowMs: 60_000 } };
  const b = { presigned: { aheadMs: hourMs, windowMs: 30_000 } };
  assert.deepEqual(presignedRuleOf([a, b]), { aheadMs: hourMs, windowMs: 30_000 });
  assert.equal(presignedRuleOf([a, {}]), null);
  assert.equal(presignedRuleOf([]), null);
  const read = (value: unknown) => readPresignedRule({ value, place: "presigned" });
  assert.deepEqual(read({ aheadMs: hourMs }), { aheadMs: hourMs, windowMs: 60_000 });
  for (const wrong of [
    {},
    { aheadMs: longestPresignedMs + 1 },
    { aheadMs: 59_999 },
    { aheadMs: hourMs, windowMs: 60_001 },
    { aheadMs: hourMs, windowMs: 14_999 },
    { aheadMs: longestPresignedMs, windowMs: 15_000 },
    { aheadMs: hourMs, more: 1 },
  ]) {
    assert.throws(() => read(wrong), Misread);
  }
});

test("staying put is being seen again at the same place", () => {
  const last = { ...{ latDeg: 1, lonDeg: 2, atMs: 5, cell: "c" }, place: { territory: null } as never };
  const history = { last, windowStart: null, windows: [], stays: [] };
  assert.deepEqual(stayingPut(history, 9).last, { ...last, atMs: 9 });
  assert.equal(stayingPut({ ...history, last: null }, 9).last, null);
});

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const key = { privateKey, keyId: keyIdOf(publicKey) };

test("leases signed beforehand verify from their signing to their end, and no signature makes one longer", () => {
  const chain = leaseChain(now, answersOf([]), cells, { aheadMs: 300_000, windowMs: 60_000 });
  const leases = issueLeases(chain, key, noonMs);
  const codeAt = (i: number, atMs: number): string => {
    const verified = verifyLease(leases[i]!, publicKey, atMs);
    return verified.ok ? "ok" : verified.error.code;
  };
  for (const i of leases.keys()) {
    assert.deepEqual(
      [noonMs, chain[i]!.expiresAtMs - 1, chain[i]!.expiresAtMs].map(atMs => codeAt(i, atMs)),
      ["ok", "ok", "expired"],
    );
  }
  const base = { ...leaseClaims(now, cells)!, notBeforeMs: noonMs + 60_000 };
  for (const wrong of [
    { ...base, expiresAtMs: noonMs + 120_001 },
    { ...base, notBeforeMs: noonMs + longestPresignedMs, expiresAtMs: noonMs + longestPresignedMs + 1 },
    { ...base, notBeforeMs: noonMs - 1, expiresAtMs: noonMs + 1_000 },
  ]) {
    assert.throws(() => issueLeases([wrong], key, noonMs), RangeError);
  }
});

test("verifying many at once gives the answers of verifying one by one", () => {
  const many = Array.from({ length: 9 }, (_, i) => ({ ...leaseClaims(now, cells)!, terminalId: `ut-${i}` }));
  const batches = [0, 1, 2].map(ms => issueLeases(many, key, noonMs + ms));
  const other = generateKeyPairSync("ed25519");
  const foreign = issueLeases(
    many,
    { privateKey: other.privateKey, keyId: keyIdOf(other.publicKey) },
    noonMs,
  );
  const borrowed = issueLeases(many, { privateKey: other.privateKey, keyId: key.keyId }, noonMs);
  const leases = [...batches.flat(), ...foreign, ...borrowed];
  const verify = leaseVerifier(publicKey);
  const pick = fc.constantFrom(...leases);
  fc.assert(
    fc.property(
      pick,
      pick,
      fc.constantFrom("none", "claims", "batch", "signature", "index", "unnamed"),
      fc.integer({ min: -3_000, max: 61_000 }),
      (lease, donor, change, afterMs) => {
        const made = {
          none: lease,
          claims: { ...lease, claims: donor.claims },
          batch: { ...lease, batch: donor.batch },
          signature: { ...lease, batch: { ...lease.batch, signature: donor.batch.signature } },
          index: { ...lease, index: donor.index },
          unnamed: { ...lease, claims: { ...lease.claims, cells: [] } },
        }[change];
        const atMs = noonMs + afterMs;
        assert.deepEqual(verify(made, atMs), verifyLease(made, publicKey, atMs));
      },
    ),
    { numRuns: 2_000 },
  );
});
