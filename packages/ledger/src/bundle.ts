// SPDX-License-Identifier: MIT
import type { SignedHead } from "./head.ts";

/** First member of every bundle: what a reader looks for before anything else. */
export const BUNDLE_FORMAT = "perigee-ledger-bundle/1";
/** Largest bundle file that is read, in bytes. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;
/** Most entries of one bundle. */
export const MAX_BUNDLE_ENTRIES = 200_000;
/** A path in a tree of 2^53 entries has 53 hashes; a consistency proof at most one more. */
export const MAX_PROOF_HASHES = 54;

/** An entry as it leaves the log. */
export interface BundleEntry {
  readonly index: number;
  /** Canonical JSON; its UTF-8 bytes are the leaf. */
  readonly body: string;
  /** 64 hexadecimal digits. */
  readonly leafHash: string;
}

/** An entry and its way up to the checkpoint's root, lowest hash first, in hexadecimal. */
export interface ProvenEntry extends BundleEntry {
  readonly proof: readonly string[];
}

interface BundleBase {
  readonly format: typeof BUNDLE_FORMAT;
  /** SubjectPublicKeyInfo in base64: whose log the maker says this is. Trust the one that you were given, not this. */
  readonly publicKey: string;
  /** Signed note (C2SP tlog-checkpoint), with cosignatures where there are any. */
  readonly checkpoint: string;
  /** An earlier checkpoint that witnesses signed, and the proof that it grew into the other. */
  readonly cosigned: { readonly checkpoint: string; readonly consistency: readonly string[] } | null;
}

/** Some entries. They are in the log; what else is in it the bundle does not say. */
export interface EntriesBundle extends BundleBase {
  readonly kind: "entries";
  readonly entries: readonly ProvenEntry[];
}

/** Every entry and every signed head: nothing can be missing. */
export interface LogBundle extends BundleBase {
  readonly kind: "log";
  readonly entries: readonly BundleEntry[];
  readonly heads: readonly SignedHead[];
}

/** What of a log is carried to somebody who trusts nobody: read without a network, verified with a public key. */
export type LedgerBundle = EntriesBundle | LogBundle;

/** One thing wrong with a bundle. */
export interface BundleFinding {
  /** A code of the audit or of a checkpoint, or one of `bundle-malformed`, `entry-out-of-order`, `entry-bytes-altered`, `entry-hash-altered`, `proof-invalid`, `consistency-invalid`, `checkpoint-mismatch`, `cosignature-missing`. */
  readonly code: string;
  readonly message: string;
  /** JSON pointer into the bundle. */
  readonly place: string;
  /** The entry's index in the log, where one is accused. */
  readonly index?: number;
}

/** What a verification found. */
export interface BundleReport {
  readonly ok: boolean;
  readonly kind: LedgerBundle["kind"];
  readonly origin: string;
  /** Entries of the log at the checkpoint. */
  readonly size: number;
  readonly root: string;
  /** Entries in the bundle. */
  readonly entryCount: number;
  /** Witnesses whose cosignature holds, and over how many entries. */
  readonly cosignatures: readonly {
    readonly witness: string;
    readonly size: number;
    readonly atMs: number;
  }[];
  readonly findings: readonly BundleFinding[];
}
