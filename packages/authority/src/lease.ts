// SPDX-License-Identifier: MIT
import { type KeyObject, sign, verify } from "node:crypto";
import {
  canonicalise,
  hashFromHex,
  keyIdOf,
  type LedgerKey,
  leafHash,
  nodeHash,
  toHex,
  verifyInclusion,
} from "@perigee/ledger";
import type { Admission } from "./admission.ts";
import { type AuthorityError, fail, type Result, succeed } from "./result.ts";

/** What a terminal under a lease may reach. */
export type Reach = "all" | "accountAndEmergency";

/** What a lease says; its canonical JSON is the Merkle leaf that the batch signature covers. */
export interface LeaseClaims {
  readonly terminalId: string;
  /** H3 resolution 5 cells in which the lease holds. */
  readonly cells: readonly string[];
  readonly reach: Reach;
  readonly policyVersion: string;
  readonly issuedAtMs: number;
  /** Of a lease signed beforehand: it opens nothing before this instant. Absent: it holds from its issue. */
  readonly notBeforeMs?: number;
  /**
   * When the leases were signed beforehand that the authority still stands by. A lease that does not say so ends all
   * that were signed before it.
   */
  readonly standsByMs?: number;
  /** The lease is dead at this instant, whatever else happens. */
  readonly expiresAtMs: number;
}

/** One Ed25519 signature over the Merkle root of all leases issued together. */
export interface LeaseBatch {
  /** Root of the RFC 9162 tree over the batch's leases; hex. */
  readonly root: string;
  readonly size: number;
  readonly issuedAtMs: number;
  /** Hex SHA-256 of the authority's public key (SPKI DER). */
  readonly keyId: string;
  /** Over the canonical JSON of {root, size, issuedAtMs, keyId}; base64. */
  readonly signature: string;
}

/** A lease as it travels: its claims, its place in the batch and the proof that it belongs there. */
export interface Lease {
  readonly claims: LeaseClaims;
  readonly index: number;
  /** Inclusion proof, leaf to root; hex. */
  readonly proof: readonly string[];
  readonly batch: LeaseBatch;
}

/** Lifetime of an ordinary lease. */
export const defaultLeaseMs = 60_000;
/** Lifetime of a lease in a special zone, on a location that is not current, or without one: one slot. */
export const shortLeaseMs = 15_000;
/**
 * No lease lives longer, so that a terminal cut off from its authority falls silent within this time; where policy has
 * leases signed beforehand, each of them lives no longer than this either, and the last one ends within
 * {@link longestPresignedMs}.
 */
export const longestLeaseMs = 60_000;
/** How far beyond its signing a lease signed beforehand may end, whatever policy asks for. */
export const longestPresignedMs = 6 * 3_600_000;
/** How far the verifier's clock may lag the authority's. There is no such grace at a lease's end. */
export const leaseSkewMs = 2_000;
/** Most cells one lease may name. */
export const maxLeaseCells = 64;
/** Most leases under one signature. */
export const maxLeaseBatch = 1_000_000;

/** Height of the largest tree: log2 of {@link maxLeaseBatch}, rounded up. */
const longestProof = 20;

export type LeaseErrorCode =
  | "malformed"
  | "wrongKey"
  | "badSignature"
  | "badProof"
  | "tooLong"
  | "notYetValid"
  | "expired";
export type LeaseError = AuthorityError<LeaseErrorCode>;

/**
 * What a lease for this admission says, or `null` when the admission supports none (`deny`, `txOff`).
 *
 * @param cells H3 resolution 5 cells in which the lease shall hold; order and repetition do not matter
 * @throws RangeError without cells (such a lease would permit nothing) or with more than {@link maxLeaseCells}
 */
export function leaseClaims(admission: Admission, cells: readonly string[]): LeaseClaims | null {
  const { reach, leaseMs } = admission;
  if (reach === "nothing" || leaseMs === null) return null;
  const named = [...new Set(cells)].sort();
  if (named.length === 0 || named.length > maxLeaseCells) {
    throw new RangeError(`A lease names 1 to ${maxLeaseCells} cells, not ${named.length}.`);
  }
  return {
    terminalId: admission.terminalId,
    cells: named,
    reach,
    policyVersion: admission.inputs.policyVersion,
    issuedAtMs: admission.atMs,
    expiresAtMs: admission.atMs + leaseMs,
  };
}

/**
 * Issues leases under one Ed25519 signature (RFC 8032): each lease is a leaf of an RFC 9162 tree whose root is
 * signed. Returned in the order of `claims`; no claims, no leases.
 *
 * @param atMs time of issue, UTC ms; the leases still end when their claims say
 * @throws RangeError for a claim that has ended at `atMs`, that lasts longer than {@link longestLeaseMs}, or for
 *   more than {@link maxLeaseBatch} of them: such claims were not made by {@link leaseClaims}
 */
export function issueLeases(
  claims: readonly LeaseClaims[],
  key: Pick<LedgerKey, "privateKey" | "keyId">,
  atMs: number,
): readonly Lease[] {
  if (claims.length === 0) return [];
  if (claims.length > maxLeaseBatch) throw new RangeError(`A batch holds at most ${maxLeaseBatch} leases.`);
  for (const claim of claims) {
    const { terminalId, issuedAtMs, expiresAtMs } = claim;
    if (!(expiresAtMs > atMs && expiresAtMs > issuedAtMs && isShortEnough(claim)))
      throw new RangeError(`The claims for ${terminalId} are not those of a live lease at ${atMs}.`);
  }
  const levels = treeLevels(claims.map(leafOf));
  const statement = {
    root: toHex(levels.at(-1)![0]!),
    size: claims.length,
    issuedAtMs: atMs,
    keyId: key.keyId,
  };
  const batch = {
    ...statement,
    signature: sign(null, bytesOf(statement), key.privateKey).toString("base64"),
  };
  return claims.map((claim, index) => ({ claims: claim, index, proof: proofOf(levels, index), batch }));
}

/**
 * Whether a lease is genuine and not over, answered with its claims. Authenticity is tested before time, so that
 * `expired` is only ever said of a lease that was real. A lease signed beforehand passes from its signing on; whoever
 * holds it opens nothing before its `notBeforeMs`.
 *
 * @param atMs the verifier's time; UTC ms
 * @returns `malformed`, `wrongKey`, `badSignature`, `badProof`, `tooLong`, `notYetValid` or `expired`
 */
export function verifyLease(
  lease: Lease,
  publicKey: KeyObject,
  atMs: number,
): Result<LeaseClaims, LeaseError> {
  const batch = verifyBatch(lease.batch, publicKey);
  if (!batch.ok) return batch;
  return verifyInBatch(lease, batch.value, atMs);
}

/** A batch whose signature was found good: its root. */
export interface GoodBatch {
  readonly root: Uint8Array;
  readonly size: number;
}

/** The part of {@link verifyLease} that all leases of a batch share. */
export function verifyBatch(batch: LeaseBatch, publicKey: KeyObject): Result<GoodBatch, LeaseError> {
  const { root, size, issuedAtMs, keyId, signature } = batch;
  const statement = canonicalise({ root, size, issuedAtMs, keyId });
  const rootHash = hashFromHex(root);
  if (!statement.ok || rootHash === undefined)
    return fail("malformed", "batch", "The batch is not well formed.");
  if (keyId !== keyIdOf(publicKey))
    return fail("wrongKey", "batch.keyId", "Another authority signed this lease.");
  if (!verify(null, Buffer.from(statement.value), publicKey, Buffer.from(signature, "base64"))) {
    return fail("badSignature", "batch.signature", "The signature does not belong to this batch.");
  }
  return succeed({ root: rootHash, size });
}

/** The part of {@link verifyLease} that is each lease's own. */
export function verifyInBatch(
  { claims, index, proof }: Lease,
  { root, size }: GoodBatch,
  atMs: number,
): Result<LeaseClaims, LeaseError> {
  const text = canonicalise(claims);
  const hashes = proof.slice(0, longestProof + 1).map(hashFromHex);
  if (!text.ok) return fail("malformed", "claims", "The claims are not JSON.");
  if (hashes.length > longestProof || !isWhole(hashes))
    return fail("malformed", "proof", `The proof is no list of at most ${longestProof} hashes.`);
  const leaf = leafHash(Buffer.from(text.value));
  if (!verifyInclusion({ leafHash: leaf, index, size, proof: hashes, root })) {
    return fail("badProof", "proof", "The proof does not lead from these claims to the signed root.");
  }
  if (!isNamed(claims))
    return fail("malformed", "claims", "A lease names its terminal, its cells and its policy version.");
  if (!isShortEnough(claims))
    return fail("tooLong", "claims.expiresAtMs", "The lease would outlive its authority's word.");
  if (atMs < claims.issuedAtMs - leaseSkewMs) {
    return fail("notYetValid", "claims.issuedAtMs", "The lease begins later than now.");
  }
  if (atMs >= claims.expiresAtMs) return fail("expired", "claims.expiresAtMs", "The lease has ended.");
  return succeed(claims);
}

function isNamed({ terminalId, cells, policyVersion }: LeaseClaims): boolean {
  return (
    terminalId.length > 0 && policyVersion.length > 0 && cells.length > 0 && cells.length <= maxLeaseCells
  );
}

/** Within the limits that no policy and no signature can widen. */
function isShortEnough({ issuedAtMs, notBeforeMs = issuedAtMs, expiresAtMs }: LeaseClaims): boolean {
  return (
    notBeforeMs >= issuedAtMs &&
    expiresAtMs - notBeforeMs <= longestLeaseMs &&
    expiresAtMs - issuedAtMs <= longestPresignedMs
  );
}

function isWhole(hashes: readonly (Uint8Array | undefined)[]): hashes is readonly Uint8Array[] {
  return !hashes.includes(undefined);
}

function leafOf(claims: LeaseClaims): Uint8Array {
  return leafHash(bytesOf(claims));
}

function bytesOf(value: unknown): Uint8Array {
  const text = canonicalise(value);
  if (!text.ok) throw new TypeError(text.error.message);
  return Buffer.from(text.value);
}

/**
 * All levels of the RFC 9162 tree, leaves first. Pairing from the left and carrying an odd last node up unhashed
 * gives the standard's tree, and keeping the levels makes all n proofs cost n log n instead of n².
 */
function treeLevels(leaves: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1];
      above.push(right === undefined ? level[i]! : nodeHash(level[i]!, right));
    }
    level = above;
  }
  return levels;
}

function proofOf(levels: readonly (readonly Uint8Array[])[], index: number): readonly string[] {
  const proof: string[] = [];
  let position = index;
  for (const level of levels.slice(0, -1)) {
    const sibling = level[position % 2 === 0 ? position + 1 : position - 1];
    if (sibling !== undefined) proof.push(toHex(sibling));
    position = Math.floor(position / 2);
  }
  return proof;
}
