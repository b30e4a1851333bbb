// SPDX-License-Identifier: MIT
import { Frontier } from "./frontier.ts";
import { nodeHash } from "./hash.ts";
import { fail, type Result, succeed } from "./ledger-error.ts";

/** The root over leaf hashes in order (RFC 9162 §2.1.1). */
export function treeRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  return rootOf(leafHashes, 0, leafHashes.length);
}

/**
 * The audit path of leaf `index` in the tree of the first `size` leaves (RFC 9162 §2.1.3.1), lowest node first.
 *
 * @param size defaults to all leaves given.
 * @returns `out-of-range` unless 0 ≤ index < size ≤ leafHashes.length.
 */
export function inclusionProof(
  leafHashes: readonly Uint8Array[],
  index: number,
  size: number = leafHashes.length,
): Result<Uint8Array[]> {
  const badSize = checkSize(size, leafHashes.length, "size");
  if (badSize) return badSize;
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    return fail("out-of-range", "index", `Index ${index} is not a leaf of a tree of size ${size}.`);
  }
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      proof.push(rootOf(leafHashes, middle, end));
      end = middle;
    } else {
      proof.push(rootOf(leafHashes, start, middle));
      start = middle;
    }
  }
  return succeed(proof.reverse());
}

/**
 * The proof that the tree of the first `oldSize` leaves is a prefix of the tree of the first `newSize`
 * (RFC 9162 §2.1.4.1). It is empty when the sizes are equal or when the old tree was empty: any tree
 * grows out of the empty one.
 *
 * @returns `out-of-range` unless 0 ≤ oldSize ≤ newSize ≤ leafHashes.length.
 */
export function consistencyProof(
  leafHashes: readonly Uint8Array[],
  oldSize: number,
  newSize: number,
): Result<Uint8Array[]> {
  const bad = checkSize(newSize, leafHashes.length, "newSize") ?? checkSize(oldSize, newSize, "oldSize");
  if (bad) return bad;
  const proof: Uint8Array[] = [];
  if (oldSize === 0 || oldSize === newSize) return succeed(proof);
  let start = 0;
  let end = newSize;
  let prefixIsKnown = true;
  while (oldSize < end) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      proof.push(rootOf(leafHashes, middle, end));
      end = middle;
    } else {
      proof.push(rootOf(leafHashes, start, middle));
      start = middle;
      prefixIsKnown = false;
    }
  }
  // When the old tree is itself a node of the new one, the verifier already has that hash as the old root.
  if (!prefixIsKnown) proof.push(rootOf(leafHashes, start, end));
  return succeed(proof.reverse());
}

/** The largest power of two strictly smaller than `width` (width ≥ 2). */
function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}

/** Root over [start, end) by bottom-up merging: no recursion, O(log n) memory. */
function rootOf(leafHashes: readonly Uint8Array[], start: number, end: number): Uint8Array {
  if (end - start === 1) return Uint8Array.from(leafHashes[start]!);
  if (end - start === 2) return nodeHash(leafHashes[start]!, leafHashes[start + 1]!);
  const frontier = new Frontier();
  for (let i = start; i < end; i++) frontier.append(leafHashes[i]!);
  return frontier.root();
}

function checkSize(size: number, most: number, place: string): ReturnType<typeof fail> | undefined {
  if (Number.isSafeInteger(size) && size >= 0 && size <= most) return undefined;
  return fail("out-of-range", place, `${place} is ${size}; it must be a whole number from 0 to ${most}.`);
}
