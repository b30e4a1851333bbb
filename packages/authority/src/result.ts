// SPDX-License-Identifier: MIT

/** A value, or the one reason there is none. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** What every error of this room has: a stable code, a sentence for people and the place of the offender. */
export interface AuthorityError<Code extends string> {
  readonly code: Code;
  readonly message: string;
  /** Path of the offending field, e.g. `statements[3].value`. */
  readonly place: string;
}

export function succeed<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<Code extends string>(
  code: Code,
  place: string,
  message: string,
): { readonly ok: false; readonly error: AuthorityError<Code> } {
  return { ok: false, error: { code, message, place } };
}
