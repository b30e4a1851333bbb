// SPDX-License-Identifier: MIT
import type { KeyObject } from "node:crypto";
import {
  type GoodBatch,
  type Lease,
  type LeaseClaims,
  type LeaseError,
  verifyBatch,
  verifyInBatch,
} from "./lease.ts";
import type { Result } from "./result.ts";

/** Batches remembered: those of the last renewals, and of the chains signed beforehand. */
const rememberedBatches = 256;

/**
 * `verifyLease` for many: gives the same answer, and verifies each batch's signature once. One Ed25519 verification
 * costs as much as some hundred hashes, and a lease's proof needs at most twenty.
 *
 * @param publicKey of the authority whose leases count
 */
export function leaseVerifier(
  publicKey: KeyObject,
): (lease: Lease, atMs: number) => Result<LeaseClaims, LeaseError> {
  // Keyed by all that the signature covers and the signature: a batch that differs anywhere is another one.
  const good = new Map<string, GoodBatch>();
  return (lease, atMs) => {
    const { root, size, issuedAtMs, keyId, signature } = lease.batch;
    const name = JSON.stringify([root, size, issuedAtMs, keyId, signature]);
    let batch = good.get(name);
    if (batch === undefined) {
      const verified = verifyBatch(lease.batch, publicKey);
      if (!verified.ok) return verified;
      batch = verified.value;
      if (good.size >= rememberedBatches) good.delete(good.keys().next().value!);
      good.set(name, batch);
    }
    return verifyInBatch(lease, batch, atMs);
  };
}
