// SPDX-License-Identifier: MIT
import type { LedgerError } from "./ledger-error.ts";

interface Said {
  /** The finding as a sentence. */
  readonly message: string;
}

/** Entries `firstIndex` to `lastIndex`, both included. */
export interface EntryRange {
  readonly firstIndex: number;
  readonly lastIndex: number;
}

/** Something about one entry. */
export type EntryFinding = Said & { readonly index: number } & (
    | {
        /**
         * `entry-bytes-altered`: a signed head confirms the stored hash, and the bytes do not hash to it.
         * `entry-hash-altered`: a signed head confirms the bytes, and the stored hash is another.
         * `entry-hash-mismatch`: bytes and hash disagree, and no signed head tells which is right.
         */
        readonly code: "entry-bytes-altered" | "entry-hash-altered" | "entry-hash-mismatch";
      }
    | {
        /** An entry that repeats or goes back behind its predecessor. */
        readonly code: "entry-out-of-order";
        readonly expectedIndex: number;
      }
  );

/** Something about a run of entries. */
export type RangeFinding = Said &
  EntryRange &
  (
    | {
        /**
         * The last head that holds ends before `firstIndex`, the first that does not covers `lastIndex`:
         * at least one entry in between was rewritten together with its hash. A head per entry makes the range one entry.
         */
        readonly code: "entries-altered";
        readonly headIndex: number;
      }
    /** A hole. Heads beyond it cannot be recomputed. */
    | { readonly code: "entries-missing" }
    /** The log ends before the newest signed head does. */
    | { readonly code: "log-truncated" }
    /** The log goes on behind the newest signed head. */
    | { readonly code: "entries-unsigned" }
  );

/** Something about a head; `headIndex` is its place among the heads given. */
export type HeadFinding = Said & {
  readonly headIndex: number;
  /**
   * `head-contradicted`: signed, yet a head that holds shows the log without it: two histories were signed.
   * Heads with any of the other codes were left out of the comparison.
   */
  readonly code:
    | "head-malformed"
    | "head-key-unknown"
    | "head-signature-invalid"
    | "head-out-of-order"
    | "head-contradicted";
};

/** Something about a stored tile of the tree: derived from the entries, so that none of them is accused. */
export type TileFinding = Said & {
  readonly code: "tile-missing" | "tile-altered";
  readonly level: number;
  readonly tileIndex: number;
};

/** One thing an audit found wrong. */
export type LogFinding = EntryFinding | RangeFinding | HeadFinding | TileFinding;

/** The range a finding accuses of tampering, if it accuses entries at all. */
export function accusedRange(finding: LogFinding): EntryRange | null {
  if ("index" in finding) return { firstIndex: finding.index, lastIndex: finding.index };
  if ("headIndex" in finding && finding.code !== "entries-altered") return null;
  if ("tileIndex" in finding || finding.code === "entries-unsigned") return null;
  return { firstIndex: finding.firstIndex, lastIndex: finding.lastIndex };
}

/** The accused range that begins first; the narrowest of those. */
export function firstAccused(findings: readonly LogFinding[]): EntryRange | null {
  let first: EntryRange | null = null;
  for (const finding of findings) {
    const range = accusedRange(finding);
    if (!range) continue;
    const isEarlier = !first || range.firstIndex < first.firstIndex;
    if (isEarlier || (range.firstIndex === first!.firstIndex && range.lastIndex < first!.lastIndex))
      first = range;
  }
  return first;
}

/** The finding a head that failed its check gives. */
export function headFindingCode(code: LedgerError["code"]): HeadFinding["code"] {
  return code === "head-key-unknown" || code === "head-signature-invalid" ? code : "head-malformed";
}

/** "entry 4" or "entries 4 to 7". */
export function spell({ firstIndex, lastIndex }: EntryRange): string {
  return firstIndex === lastIndex ? `entry ${firstIndex}` : `entries ${firstIndex} to ${lastIndex}`;
}
