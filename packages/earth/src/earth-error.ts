// SPDX-License-Identifier: MIT

/** What can be wrong with input from outside. `code` is stable; `place` is the argument or the JSON pointer. */
export interface EarthError {
  readonly code: /** Latitude or longitude is no number, or outside its range. */
    | "bad-position"
    /** A boundary view with a field that is missing, of the wrong form or too long. */
    | "bad-view"
    /** Weather with a cell whose field is missing, of the wrong form or out of range; or too many cells. */
    | "bad-weather"
    /** A boundary view that assigns a territory the border data does not hold. */
    | "unknown-territory"
    /** A text that is no service cell. */
    | "bad-cell"
    /** Bytes that are no cell table, or one cut short or changed. */
    | "bad-cell-table";
  readonly message: string;
  readonly place: string;
}

/** A value, or the one reason there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: EarthError };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  code: EarthError["code"],
  place: string,
  message: string,
): { ok: false; error: EarthError } {
  return { ok: false, error: { code, message, place } };
}
