// SPDX-License-Identifier: MIT
import { emptyRoot, HASH_BYTES, hashFromHex, nodeHash, toHex } from "./hash.ts";
import { fail, type Result, succeed } from "./ledger-error.ts";

/** A frontier as it is stored: the size and the peaks, largest subtree first, in hexadecimal. */
export interface FrontierJson {
  readonly size: number;
  readonly peaks: readonly string[];
}

/**
 * The right edge of a growing tree: all that is needed to append to it and to know its root.
 *
 * A tree of n leaves falls apart into perfect subtrees, one for each one-bit of n (the split of
 * RFC 9162 §2.1.1 takes the largest power of two first). Only their roots, the peaks, are kept:
 * O(log n) memory, amortised one hash per append, O(log n) hashes per root.
 */
export class Frontier {
  #size = 0;
  #peaks: Uint8Array[] = [];

  /** Number of leaves appended. */
  get size(): number {
    return this.#size;
  }

  /** Appends one leaf, given its {@link leafHash}; the new leaf's index is the size before the call. */
  append(leaf: Uint8Array): void {
    if (leaf.byteLength !== HASH_BYTES) throw new RangeError(`A leaf hash has ${HASH_BYTES} bytes.`);
    let carry: Uint8Array = Uint8Array.from(leaf);
    // Adding one to a binary number: each trailing one-bit merges two equal subtrees.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2)
      carry = nodeHash(this.#peaks.pop()!, carry);
    this.#peaks.push(carry);
    this.#size += 1;
  }

  /** The root over all leaves so far (RFC 9162 §2.1.1); the hash of nothing when there are none. */
  root(): Uint8Array {
    if (this.#peaks.length === 0) return emptyRoot();
    return Uint8Array.from(this.#peaks.reduceRight((right, left) => nodeHash(left, right)));
  }

  /** An independent copy: append to it inside a transaction, keep it on commit, drop it on rollback. */
  clone(): Frontier {
    const copy = new Frontier();
    copy.#size = this.#size;
    copy.#peaks = [...this.#peaks];
    return copy;
  }

  toJSON(): FrontierJson {
    return { size: this.#size, peaks: this.#peaks.map(toHex) };
  }

  /** Restores a frontier written by {@link Frontier.toJSON}. Only its shape can be checked, not its hashes. */
  static fromJSON(json: FrontierJson): Result<Frontier> {
    if (!Number.isSafeInteger(json.size) || json.size < 0) {
      return fail("bad-frontier", "/size", "A frontier's size is a whole number from 0.");
    }
    const expected = oneBits(json.size);
    if (json.peaks.length !== expected) {
      return fail("bad-frontier", "/peaks", `A frontier of size ${json.size} has ${expected} peaks.`);
    }
    const frontier = new Frontier();
    for (const [i, hex] of json.peaks.entries()) {
      const peak = hashFromHex(hex);
      if (!peak) return fail("bad-frontier", `/peaks/${i}`, "A peak is 64 lower-case hexadecimal digits.");
      frontier.#peaks.push(peak);
    }
    frontier.#size = json.size;
    return succeed(frontier);
  }
}

function oneBits(n: number): number {
  let count = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
