// SPDX-License-Identifier: MIT
import { emptyRoot, HASH_BYTES, nodeHash, sameHash } from "./hash.ts";

/** What a verifier holds to check that one entry is in a log. */
export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  /** Index of the leaf, from 0. */
  readonly index: number;
  /** Number of leaves under `root`. */
  readonly size: number;
  /** Audit path, lowest node first. */
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** What a verifier holds to check that a log only grew. */
export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the proof shows the leaf at `index` under `root` (RFC 9162 §2.1.3.2).
 * Anything malformed (a wrong length, an index outside the tree) is simply not a proof: `false`.
 */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size, proof } = claim;
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([claim.leafHash, ...proof]))
    return false;
  let node = index;
  let lastNode = size - 1;
  let hash = claim.leafHash;
  for (const sibling of proof) {
    if (lastNode === 0) return false;
    if (node % 2 === 1 || node === lastNode) {
      hash = nodeHash(sibling, hash);
      // A right edge without a right neighbour is carried up unhashed until it is a right child again.
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        lastNode = half(lastNode);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    lastNode = half(lastNode);
  }
  return lastNode === 0 && sameHash(hash, claim.root);
}

/**
 * Whether the proof shows the new tree to be the old one with leaves appended (RFC 9162 §2.1.4.2).
 *
 * Two cases the standard leaves outside: equal sizes hold with an empty proof and equal roots; an empty old
 * tree holds with an empty proof and the empty root.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false;
  if (!areHashes([oldRoot, newRoot, ...proof])) return false;
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0 && sameHash(oldRoot, emptyRoot());

  // A power of two is a node of the new tree, so the prover left it out of the path.
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  let node = oldSize - 1;
  let lastNode = newSize - 1;
  while (node % 2 === 1) {
    node = half(node);
    lastNode = half(lastNode);
  }
  const [first, ...rest] = path;
  if (!first) return false;
  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    if (lastNode === 0) return false;
    if (node % 2 === 1 || node === lastNode) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        lastNode = half(lastNode);
      }
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    node = half(node);
    lastNode = half(lastNode);
  }
  return lastNode === 0 && sameHash(oldHash, oldRoot) && sameHash(newHash, newRoot);
}

function half(n: number): number {
  // Division instead of a shift: sizes may exceed 32 bits.
  return Math.floor(n / 2);
}

function isPowerOfTwo(n: number): boolean {
  let rest = n;
  while (rest > 1 && rest % 2 === 0) rest /= 2;
  return rest === 1;
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every(hash => hash.byteLength === HASH_BYTES);
}
