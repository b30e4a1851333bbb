// SPDX-License-Identifier: MIT
import type { KeyObject } from "node:crypto";
import { Frontier } from "./frontier.ts";
import { leafHash, sameHash, toHex } from "./hash.ts";
import { checkHead, type SignedHead, type TreeHead } from "./head.ts";
import { type EntryRange, firstAccused, headFindingCode, type LogFinding, spell } from "./log-finding.ts";

/** One stored entry: the bytes that were logged and the leaf hash stored beside them. */
export interface LogEntry {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly leafHash: Uint8Array;
}

/** What an audit found. `ok` means: every entry is there, unchanged, and covered by a signed head. */
export interface LogReport {
  readonly ok: boolean;
  /** Entries read. */
  readonly entryCount: number;
  /** Heads read. */
  readonly headCount: number;
  /** Entries [0, verifiedSize) are confirmed by a signed head. */
  readonly verifiedSize: number;
  /** The first entry, or range of entries, found altered, missing or out of place; `null` when there is none. */
  readonly firstTampered: EntryRange | null;
  /** In the order found; at most {@link MAX_FINDINGS}. */
  readonly findings: readonly LogFinding[];
  /** Findings beyond that bound. */
  readonly findingsOmitted: number;
}

/** Findings kept in one report. A log altered throughout would otherwise fill the memory. */
export const MAX_FINDINGS = 1000;

interface TrustedHead extends TreeHead {
  readonly headIndex: number;
}

/**
 * Recomputes a log entry by entry against its signed heads.
 *
 * Give it all heads in the order they were signed, then every entry in order, then ask for the
 * report. It holds the heads and O(log n) hashes, never the entries, so a log larger than memory can be paged
 * through {@link LogAudit.add}.
 */
export class LogAudit {
  readonly #heads: readonly TrustedHead[];
  readonly #headCount: number;
  readonly #findings: LogFinding[] = [];
  #findingsOmitted = 0;
  #nextHead = 0;
  #nextIndex = 0;
  #entryCount = 0;
  #verifiedSize = 0;
  /** Set at the first hole: the tree cannot be rebuilt beyond it. */
  #isBroken = false;
  /** The tree of the leaf hashes as stored. */
  #stored = new Frontier();
  /** The tree of the leaf hashes recomputed from the bytes; kept apart only while the two differ. */
  #recomputed: Frontier | null = null;
  /** Entries since the last good head whose bytes and stored hash disagree. */
  #mismatches: number[] = [];
  /** Heads since the last good one that no candidate tree matched. */
  #unmatched: TrustedHead[] = [];

  constructor(heads: Iterable<SignedHead>, publicKey: KeyObject) {
    const trusted: TrustedHead[] = [];
    let headIndex = 0;
    for (const head of heads) {
      const checked = checkHead(head, publicKey);
      const previous = trusted.at(-1);
      if (!checked.ok) {
        this.#report({
          code: headFindingCode(checked.error.code),
          headIndex,
          message: checked.error.message,
        });
      } else if (previous && (head.size < previous.size || head.atMs < previous.atMs)) {
        this.#report({
          code: "head-out-of-order",
          headIndex,
          message: `Head ${headIndex} (size ${head.size}) goes back in size or time behind head ${previous.headIndex}.`,
        });
      } else {
        trusted.push({ ...checked.value, headIndex });
      }
      headIndex += 1;
    }
    this.#heads = trusted;
    this.#headCount = headIndex;
    this.#compareHeads();
  }

  /** Takes the next entry. */
  add(entry: LogEntry): void {
    this.#entryCount += 1;
    const { index } = entry;
    if (index !== this.#nextIndex) this.#outOfStep(index);
    const computed = leafHash(entry.bytes);
    const agrees = sameHash(computed, entry.leafHash);
    if (this.#isBroken) {
      if (index >= this.#nextIndex) this.#nextIndex = index + 1;
      if (!agrees) this.#reportMismatch(index);
      return;
    }
    if (!agrees) {
      this.#recomputed ??= this.#stored.clone();
      this.#mismatches.push(index);
    }
    this.#recomputed?.append(computed);
    // A stored hash of the wrong length can only be a mismatch; it must not stop the audit.
    this.#stored.append(entry.leafHash.byteLength === computed.byteLength ? entry.leafHash : computed);
    this.#nextIndex = index + 1;
    this.#compareHeads();
  }

  /** Closes the audit. Call it once, after the last entry. */
  report(): LogReport {
    this.#settleUnmatched();
    const size = this.#nextIndex;
    const signedSize = this.#heads.at(-1)?.size ?? 0;
    if (size < signedSize) {
      const message = `The newest signed head covers ${signedSize} entries, but the log ends after ${size}.`;
      this.#report({ code: "log-truncated", firstIndex: size, lastIndex: signedSize - 1, message });
    } else if (size > signedSize) {
      const range = { firstIndex: signedSize, lastIndex: size - 1 };
      this.#report({ code: "entries-unsigned", ...range, message: `No signed head covers ${spell(range)}.` });
    }
    return {
      ok: this.#findings.length === 0,
      entryCount: this.#entryCount,
      headCount: this.#headCount,
      verifiedSize: this.#verifiedSize,
      firstTampered: firstAccused(this.#findings),
      findings: this.#findings,
      findingsOmitted: this.#findingsOmitted,
    };
  }

  /** An entry that is not the next one: the tree cannot be rebuilt from here on, hashes still can be checked. */
  #outOfStep(index: number): void {
    const expected = this.#nextIndex;
    if (!this.#isBroken) this.#settleUnmatched();
    this.#isBroken = true;
    if (index > expected) {
      const range = { firstIndex: expected, lastIndex: index - 1 };
      this.#report({ code: "entries-missing", ...range, message: `The log lacks ${spell(range)}.` });
    } else {
      const message = `Entry ${index} stands where entry ${expected} belongs.`;
      this.#report({ code: "entry-out-of-order", index, expectedIndex: expected, message });
    }
  }

  #compareHeads(): void {
    for (; this.#nextHead < this.#heads.length; this.#nextHead += 1) {
      const head = this.#heads[this.#nextHead]!;
      if (head.size > this.#stored.size) return;
      const storedHolds = toHex(this.#stored.root()) === head.root;
      if (storedHolds || (this.#recomputed && toHex(this.#recomputed.root()) === head.root)) {
        this.#settleMatched(head, storedHolds);
      } else {
        this.#unmatched.push(head);
      }
    }
  }

  /** A head holds: everything up to it is decided, in favour of the tree that matched it. */
  #settleMatched(head: TrustedHead, storedHolds: boolean): void {
    for (const unmatched of this.#unmatched) this.#reportContradicted(unmatched);
    for (const index of this.#mismatches) {
      this.#report(
        storedHolds
          ? {
              code: "entry-bytes-altered",
              index,
              message: `The bytes of entry ${index} are not those signed.`,
            }
          : {
              code: "entry-hash-altered",
              index,
              message: `The stored hash of entry ${index} is not the one signed.`,
            },
      );
    }
    if (!storedHolds && this.#recomputed) this.#stored = this.#recomputed;
    this.#recomputed = null;
    this.#mismatches = [];
    this.#unmatched = [];
    this.#verifiedSize = head.size;
  }

  /** No later head can come to the rescue: name what the first unmatched one covers. */
  #settleUnmatched(): void {
    for (const index of this.#mismatches) this.#reportMismatch(index);
    for (const head of this.#unmatched) {
      // A head over no more than what another one confirmed accuses no entry, but itself.
      if (head.size <= this.#verifiedSize) {
        this.#reportContradicted(head);
        continue;
      }
      const range = { firstIndex: this.#verifiedSize, lastIndex: head.size - 1 };
      const message = `The signed head of size ${head.size} does not hold: ${spell(range)} altered.`;
      this.#report({ code: "entries-altered", ...range, headIndex: head.headIndex, message });
      break;
    }
    this.#mismatches = [];
    this.#unmatched = [];
  }

  #reportContradicted({ headIndex, size }: TrustedHead): void {
    const message = `Head ${headIndex} (size ${size}) is signed, but another signed head holds where it does not.`;
    this.#report({ code: "head-contradicted", headIndex, message });
  }

  #reportMismatch(index: number): void {
    const message = `The bytes of entry ${index} do not hash to its stored hash; no signed head says which is right.`;
    this.#report({ code: "entry-hash-mismatch", index, message });
  }

  #report(finding: LogFinding): void {
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
    else this.#findingsOmitted += 1;
  }
}

/** Audits a whole log at once: {@link LogAudit} over every entry. Never stops at the first finding. */
export function verifyLog(
  entries: Iterable<LogEntry>,
  heads: Iterable<SignedHead>,
  publicKey: KeyObject,
): LogReport {
  const audit = new LogAudit(heads, publicKey);
  for (const entry of entries) audit.add(entry);
  return audit.report();
}
