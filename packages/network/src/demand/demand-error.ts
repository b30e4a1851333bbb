// SPDX-License-Identifier: MIT

/**
 * Why a demand was refused. A code, once published, keeps its meaning.
 *
 * - `tooLarge`: more text or rows than allowed.
 * - `format`: a header or row of another form.
 * - `range`: a number out of its bounds, or an unknown class.
 * - `repeated`: a cell and class that an earlier row has.
 * - `unknownCell`: a cell that is not in the table of cells.
 */
export type DemandErrorCode = "tooLarge" | "format" | "range" | "repeated" | "unknownCell";

export interface DemandError {
  readonly code: DemandErrorCode;
  /** One sentence for a person. */
  readonly message: string;
  /** `line 7`, `site t-12` or `text`. */
  readonly place: string;
}

/** A value, or the one reason there is none. */
export type DemandResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DemandError };

export function refuse(
  code: DemandErrorCode,
  place: string,
  message: string,
): { ok: false; error: DemandError } {
  return { ok: false, error: { code, message, place } };
}
