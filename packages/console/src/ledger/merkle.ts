// SPDX-License-Identifier: MIT
import { canonicalJson, type Json } from "./canonical-json.ts";

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** Hash of a leaf: SHA-256(0x00 ‖ canonical JSON), RFC 9162 §2.1.1. */
export function leafHash(entry: Json): Promise<Uint8Array> {
  return sha256(Uint8Array.of(0), new TextEncoder().encode(canonicalJson(entry)));
}

/**
 * The root of a growing tree with log₂ n hashes in memory: the perfect subtrees on the right edge, largest first. The
 * same hash as the recursive definition of RFC 9162 §2.1.1, whose split is always at the largest power of two.
 */
export class TreeHasher {
  readonly #subtrees: { size: number; hash: Uint8Array }[] = [];

  /** Adds the next leaf. */
  async add(leaf: Uint8Array): Promise<void> {
    let subtree = { size: 1, hash: leaf };
    for (let left = this.#subtrees.at(-1); left?.size === subtree.size; left = this.#subtrees.at(-1)) {
      this.#subtrees.pop();
      subtree = { size: 2 * subtree.size, hash: await sha256(Uint8Array.of(1), left.hash, subtree.hash) };
    }
    this.#subtrees.push(subtree);
  }

  /** The root over all leaves so far; of an empty tree, the hash of nothing. */
  async root(): Promise<Uint8Array> {
    const [last, ...rest] = this.#subtrees.toReversed();
    if (!last) return sha256();
    let hash = last.hash;
    for (const left of rest) hash = await sha256(Uint8Array.of(1), left.hash, hash);
    return hash;
  }
}
