// SPDX-License-Identifier: MIT

/** What can be wrong with what comes in. */
export type LocateErrorCode =
  | "windowEmpty"
  | "windowTooLarge"
  | "measurementInvalid"
  | "heightInvalid"
  | "claimInvalid"
  | "polygonInvalid";

/** Why there is no answer. */
export interface LocateError {
  readonly code: LocateErrorCode;
  /** A sentence for people. */
  readonly message: string;
  /** Path of the offending field, e.g. `measurements[3].roundTripUs`. */
  readonly place: string;
}

/** A value, or the one reason why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: LocateError };

export function refuse(
  code: LocateErrorCode,
  place: string,
  message: string,
): { readonly ok: false; readonly error: LocateError } {
  return { ok: false, error: { code, message, place } };
}
