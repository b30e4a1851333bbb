// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { test } from "node:test";
import { hashFromHex, inclusionProof, keyIdOf, leafHash, toHex, treeRoot } from "@perigee/ledger";
import fc from "fast-check";
import { admit, locatedIn, noonMs } from "./fixture.ts";
import {
  issueLeases,
  type Lease,
  type LeaseClaims,
  leaseClaims,
  maxLeaseCells,
  verifyLease,
} from "./lease.ts";

/** Key pair of RFC 8032 §7.1 test 1 (and 2), wrapped in the fixed PKCS #8 header of RFC 8410. */
function keyOf(seedHex: string) {
  const der = Buffer.from(`302e020100300506032b657004220420${seedHex}`, "hex");
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
}
const key = keyOf("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const otherKey = keyOf("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

const claims = leaseClaims(admit(), ["8511aa6bfffffff", "8511aa63fffffff"])!;

function batchOf(size: number): readonly Lease[] {
  const all = Array.from({ length: size }, (_, i) => ({ ...claims, terminalId: `ut-${i}` }));
  return issueLeases(all, key, noonMs);
}

function codeOf(lease: Lease, atMs = noonMs): string {
  const result = verifyLease(lease, key.publicKey, atMs);
  return result.ok ? "ok" : result.error.code;
}

test("claims come from the admission", () => {
  assert.deepEqual(claims, {
    terminalId: "ut-1",
    cells: ["8511aa63fffffff", "8511aa6bfffffff"],
    reach: "all",
    policyVersion: admit().inputs.policyVersion,
    issuedAtMs: noonMs,
    expiresAtMs: noonMs + 60_000,
  });
  assert.equal(leaseClaims(admit({ location: locatedIn("CC") }), ["c"]), null);
  assert.equal(leaseClaims(admit({ location: locatedIn("AA-1") }), ["c"])?.reach, "accountAndEmergency");
  assert.throws(() => leaseClaims(admit(), []), RangeError);
  const tooMany = Array.from({ length: maxLeaseCells + 1 }, (_, i) => `c${i}`);
  assert.throws(() => leaseClaims(admit(), tooMany), RangeError);
});

test("every lease of a batch of any size verifies, with the ledger's own root and proofs", () => {
  for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 31, 33]) {
    const leases = batchOf(size);
    const leaves = leases.map(lease => leafHash(Buffer.from(sortedJson(lease.claims))));
    assert.equal(leases[0]!.batch.root, toHex(treeRoot(leaves)));
    for (const [index, lease] of leases.entries()) {
      const proof = inclusionProof(leaves, index);
      assert.deepEqual(lease.proof, proof.ok ? proof.value.map(toHex) : null);
      assert.equal(codeOf(lease), "ok");
    }
  }
  assert.deepEqual(issueLeases([], key, noonMs), []);
});

/** Canonical JSON of a flat object, written a second time. */
function sortedJson(value: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}

test("a lease lives from its issue to its expiry, the last instant excluded", () => {
  const [lease] = batchOf(3);
  assert.equal(codeOf(lease!, noonMs - 2_001), "notYetValid");
  assert.equal(codeOf(lease!, noonMs - 2_000), "ok");
  assert.equal(codeOf(lease!, noonMs + 59_999), "ok");
  assert.equal(codeOf(lease!, noonMs + 60_000), "expired");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), late => {
      assert.equal(codeOf(lease!, noonMs + 60_000 + late), "expired");
    }),
  );
});

test("a changed claim, index, size or proof breaks the proof", () => {
  const leases = batchOf(13);
  const change: fc.Arbitrary<(lease: Lease) => Lease> = fc.oneof(
    fc
      .constantFrom<Partial<LeaseClaims>>(
        { terminalId: "ut-x" },
        { cells: [...claims.cells, "85000000fffffff"] },
        { reach: "accountAndEmergency" },
        { policyVersion: "other" },
        { issuedAtMs: noonMs - 1 },
        { expiresAtMs: claims.expiresAtMs + 1 },
      )
      .map(part => (lease: Lease) => ({ ...lease, claims: { ...lease.claims, ...part } })),
    fc
      .integer({ min: 1, max: 12 })
      .map(by => (lease: Lease) => ({ ...lease, index: (lease.index + by) % 13 })),
    fc.constantFrom(-1, 13, 0.5, Number.NaN).map(index => (lease: Lease) => ({ ...lease, index })),
    fc
      .nat()
      .map(n => (lease: Lease) => ({ ...lease, proof: lease.proof.toSpliced(n % lease.proof.length, 1) })),
    fc.constant((lease: Lease) => ({ ...lease, proof: [...lease.proof, "00".repeat(32)] })),
    fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([n, bit]) => (lease: Lease) => {
      const at = n % lease.proof.length;
      const bytes = hashFromHex(lease.proof[at]!)!;
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      return { ...lease, proof: lease.proof.with(at, toHex(bytes)) };
    }),
  );
  fc.assert(
    fc.property(fc.nat({ max: 12 }), change, (index, apply) => {
      assert.equal(codeOf(apply(leases[index]!)), "badProof");
    }),
  );
});

test("a changed batch breaks the signature", () => {
  const [lease] = batchOf(4);
  const { batch } = lease!;
  const signature = Buffer.from(batch.signature, "base64");
  signature[5]! ^= 1;
  for (const part of [
    { root: "00".repeat(32) },
    { size: 5 },
    { issuedAtMs: noonMs + 1 },
    { signature: signature.toString("base64") },
    { signature: "" },
    { signature: batchOf(5)[0]!.batch.signature },
  ]) {
    assert.equal(codeOf({ ...lease!, batch: { ...batch, ...part } }), "badSignature");
  }
});

test("a lease of one batch does not pass in another", () => {
  const [lease] = batchOf(4);
  const [other] = issueLeases([{ ...claims, terminalId: "ut-z" }], key, noonMs);
  assert.equal(codeOf({ ...lease!, batch: other!.batch }), "badProof");
});

test("another authority's lease is refused, also when it borrows our name", () => {
  const [foreign] = issueLeases([claims], otherKey, noonMs);
  assert.equal(codeOf(foreign!), "wrongKey");
  assert.equal(codeOf({ ...foreign!, batch: { ...foreign!.batch, keyId: key.keyId } }), "badSignature");
  const [borrowed] = issueLeases([claims], { privateKey: otherKey.privateKey, keyId: key.keyId }, noonMs);
  assert.equal(codeOf(borrowed!), "badSignature");
});

test("what cannot be a lease is malformed", () => {
  const [lease] = batchOf(2);
  assert.equal(codeOf({ ...lease!, proof: ["zz"] }), "malformed");
  assert.equal(codeOf({ ...lease!, proof: new Array(1000).fill("00".repeat(32)) }), "malformed");
  assert.equal(codeOf({ ...lease!, batch: { ...lease!.batch, root: "abc" } }), "malformed");
  assert.equal(
    codeOf({ ...lease!, claims: { ...claims, expiresAtMs: Number.POSITIVE_INFINITY } }),
    "malformed",
  );
});

test("an expired or overlong claim is never signed", () => {
  for (const part of [
    { expiresAtMs: noonMs },
    { expiresAtMs: noonMs + 60_001 },
    { issuedAtMs: noonMs + 60_000 },
    { issuedAtMs: noonMs - 1 },
  ]) {
    assert.throws(() => issueLeases([{ ...claims, ...part }], key, noonMs), RangeError);
  }
});
