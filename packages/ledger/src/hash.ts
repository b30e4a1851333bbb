// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";

/** Length in bytes of every hash in the tree (SHA-256, FIPS 180-4). */
export const HASH_BYTES = 32;

const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);

/** The root of a tree without leaves: the SHA-256 of nothing (RFC 9162 §2.1.1). A fresh copy per call. */
export function emptyRoot(): Uint8Array {
  return sha256();
}

/**
 * The hash of one entry as a leaf: `SHA-256(0x00 || data)`.
 *
 * The prefix keeps leaves and nodes apart, so that no entry can pose as an inner node
 * (RFC 9162 §2.1.1).
 */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(LEAF_PREFIX, data);
}

/** The hash of an inner node over its two children: `SHA-256(0x01 || left || right)` (RFC 9162 §2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE_PREFIX, left, right);
}

/** Lower-case hexadecimal form of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** The hash written as 64 lower-case hexadecimal digits, or `undefined` when `hex` is anything else. */
export function hashFromHex(hex: string): Uint8Array | undefined {
  return /^[0-9a-f]{64}$/.test(hex) ? new Uint8Array(Buffer.from(hex, "hex")) : undefined;
}

/** Whether two hashes are equal. Hashes are public, so the time taken is not hidden. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && Buffer.compare(a, b) === 0;
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
