// SPDX-License-Identifier: MIT

/** Everything that can be wrong with what is handed to this room. `code` is stable; `place` names the offender. */
export type LedgerError =
  /** A value that JSON cannot carry (undefined, NaN, a function, a lone surrogate, …); `place` is a JSON pointer. */
  | { readonly code: "not-json"; readonly message: string; readonly place: string }
  /** Nested deeper than {@link MAX_JSON_DEPTH}; also what a cycle ends in. */
  | { readonly code: "json-too-deep"; readonly message: string; readonly place: string }
  /** An index or size that is no whole number or lies outside the tree. */
  | { readonly code: "out-of-range"; readonly message: string; readonly place: string }
  /** A stored frontier that cannot be one. */
  | { readonly code: "bad-frontier"; readonly message: string; readonly place: string }
  /** A head whose fields cannot be a head's. */
  | { readonly code: "head-malformed"; readonly message: string; readonly place: string }
  /** A head signed by a key other than the one given. */
  | { readonly code: "head-key-unknown"; readonly message: string; readonly place: string }
  /** A head whose signature does not hold. */
  | { readonly code: "head-signature-invalid"; readonly message: string; readonly place: string }
  /** Bytes that are no tile of the width asked for. */
  | { readonly code: "bad-tile"; readonly message: string; readonly place: string }
  /** Bytes that are no bundle of entries. */
  | { readonly code: "bad-bundle"; readonly message: string; readonly place: string }
  /** Text that is no signed note, checkpoint, cosignature or verifier key. */
  | { readonly code: "bad-note"; readonly message: string; readonly place: string }
  /** A note without a signature of the key asked for. */
  | { readonly code: "note-unsigned"; readonly message: string; readonly place: string }
  /** A note with a signature of the key asked for that does not hold. */
  | { readonly code: "note-signature-invalid"; readonly message: string; readonly place: string }
  /** A log that is no continuation of what a witness saw: smaller, forked, or rewritten. */
  | {
      readonly code: "log-shrank" | "log-forked" | "log-rewritten" | "log-renamed";
      readonly message: string;
      readonly place: string;
    }
  /** Text that is no PEM of an Ed25519 key. */
  | { readonly code: "bad-key"; readonly message: string; readonly place: string };

/** A value, or the one reason there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: LedgerError };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  code: LedgerError["code"],
  place: string,
  message: string,
): { ok: false; error: LedgerError } {
  return { ok: false, error: { code, message, place } };
}
