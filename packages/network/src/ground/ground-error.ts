// SPDX-License-Identifier: MIT

/**
 * Why a file about the ground was refused. A code, once published, keeps its meaning.
 *
 * - `tooLarge`, `tooMany`: over {@link GROUND_BOUNDS}.
 * - `syntax`: neither JSON nor CSV can be read from the text.
 * - `shape`: a field is missing, unknown or of the wrong kind.
 * - `range`: a value is not possible.
 * - `duplicate`: the same id, code, cell or country twice.
 * - `empty`: no gateway, no PoP, or no row.
 * - `unknown`: a PoP that the ground segment does not have.
 */
export interface GroundError {
  readonly code: "tooLarge" | "tooMany" | "syntax" | "shape" | "range" | "duplicate" | "empty" | "unknown";
  /** One sentence for a person, place included. */
  readonly message: string;
  /** `.gateways[3].latDeg`, `line 4, latDeg` or `text`. */
  readonly place: string;
}

/** A value, or the first thing wrong. */
export type GroundResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: GroundError };

/** What a file about the ground may be at most. */
export const GROUND_BOUNDS = {
  /** Characters of one text: 32 Mi. */
  textLength: 32 * 1024 * 1024,
  /** Fields of one CSV line. */
  fields: 64,
  gateways: 5_000,
  pops: 1_000,
  /** Antennas of one site in one band. */
  antennas: 1_000,
  /** Lines of assigned homes: more than there are cells on land. */
  assignments: 650_000,
  /** Characters of an id, a code or a name. */
  nameLength: 80,
} as const;

/** Carries a {@link GroundError} out of nested readers; caught at the face of the reader. */
export class GroundRefusal extends Error {
  readonly code: GroundError["code"];
  readonly place: string;

  constructor(code: GroundError["code"], place: string, found: string) {
    super(`${place}: ${found}.`);
    this.code = code;
    this.place = place;
  }
}

/** Runs a reader; its refusal becomes a value, anything else stays an exception. */
export function reading<T>(read: () => T): GroundResult<T> {
  try {
    return { ok: true, value: read() };
  } catch (thrown) {
    if (!(thrown instanceof GroundRefusal)) throw thrown;
    const { code, message, place } = thrown;
    return { ok: false, error: { code, message, place } };
  }
}
