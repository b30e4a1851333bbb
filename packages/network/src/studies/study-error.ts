// SPDX-License-Identifier: MIT

/**
 * Why a study's input was refused. A code, once published, keeps its meaning.
 *
 * - `tooLarge`: more text or entries than are read.
 * - `format`: it cannot be read.
 * - `unknown`: it names something that is not there.
 * - `range`: it can be read, and the value is not possible.
 */
export interface StudyError {
  readonly code: "tooLarge" | "format" | "unknown" | "range";
  /** One sentence for a person, place included. */
  readonly message: string;
  /** The entry, `shell:54-550`, or the member, `scheduler.minElevationDeg`. */
  readonly place: string;
}

export type StudyResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: StudyError };

export function refuseStudy(
  code: StudyError["code"],
  place: string,
  sentence: string,
): { readonly ok: false; readonly error: StudyError } {
  return { ok: false, error: { code, place, message: `${place}: ${sentence}` } };
}
