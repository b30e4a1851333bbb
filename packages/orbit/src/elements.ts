// SPDX-License-Identifier: MIT

/** A value or the one error that prevented it. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/**
 * Mean elements of one satellite, as SGP4 takes them: TEME of epoch, UTC, the quantities and units of an OMM
 * (CCSDS 502.0-B-3, annex for SGP/SGP4) or a two-line element set.
 */
export interface Elements {
  /** NORAD_CAT_ID: 1 to 999,999,999. */
  readonly catalogNumber: number;
  /** OBJECT_NAME; the empty string where the source gave none. */
  readonly name: string;
  /** OBJECT_ID, `2019-074B`; the empty string where the source gave none. */
  readonly internationalDesignator: string;
  /** The epoch's UTC midnight, integer milliseconds since 1970. */
  readonly epochDayMs: number;
  /**
   * Milliseconds from that midnight to the epoch, with fraction. Kept apart because one double of milliseconds
   * since 1970 resolves 0.2 us, one Julian date only 40 us (0.3 m along a low orbit); this resolves 15 ps.
   */
  readonly epochMsOfDay: number;
  /** INCLINATION, 0 to 180. */
  readonly inclinationDeg: number;
  /** RA_OF_ASC_NODE, 0 to 360. */
  readonly raanDeg: number;
  /** ECCENTRICITY, 0 to below 1. */
  readonly eccentricity: number;
  /** ARG_OF_PERICENTER, 0 to 360. */
  readonly argumentOfPerigeeDeg: number;
  /** MEAN_ANOMALY, 0 to 360. */
  readonly meanAnomalyDeg: number;
  /** MEAN_MOTION, Kozai's, revolutions per day. */
  readonly meanMotionRevPerDay: number;
  /** BSTAR, inverse Earth radii. */
  readonly bstar: number;
  /** MEAN_MOTION_DOT: half the first derivative, rev/day^2. SGP4 does not use it. */
  readonly nDot: number;
  /** MEAN_MOTION_DDOT: a sixth of the second derivative, rev/day^3. SGP4 does not use it. */
  readonly nDDot: number;
  /** ELEMENT_SET_NO. */
  readonly elementSetNumber: number;
  /** REV_AT_EPOCH. */
  readonly revolutionNumber: number;
}

/** The epoch as one number, UTC milliseconds since 1970; resolves 0.2 us. For labels and sorting, not for propagation. */
export function epochMs(elements: Pick<Elements, "epochDayMs" | "epochMsOfDay">): number {
  return elements.epochDayMs + elements.epochMsOfDay;
}

/** What a file of elements may be at most. */
export const ELEMENTS_BOUNDS = {
  /** Characters of one text: 64 Mi. */
  textLength: 64 * 1024 * 1024,
  /** Element sets in one text. */
  sets: 200_000,
  /** Characters of a satellite's name. */
  nameLength: 80,
} as const;

/**
 * Why elements were refused. A code, once published, keeps its meaning.
 *
 * - `empty`: no element set in the text.
 * - `tooLarge`, `tooMany`: over {@link ELEMENTS_BOUNDS}.
 * - `unknownFormat`: neither TLE nor OMM JSON, OMM CSV or constellation code.
 * - `lineLength`, `lineOrder`, `truncated`, `checksum`, `columns`, `mismatch`: the frame of a TLE is broken.
 * - `jsonSyntax`, `shape`: the frame of an OMM JSON text is broken.
 * - `csvSyntax`: the frame of an OMM CSV text is broken.
 * - `codeSyntax`: a constellation code is not written as its grammar asks.
 * - `missing`: a value that is needed is not there.
 * - `format`: a field cannot be read.
 * - `range`: a field can be read, and its value is not possible.
 * - `unsupported`: the elements are not for SGP4 in TEME and UTC.
 * - `duplicate`: the same catalogue number and epoch twice.
 */
export type ElementsErrorCode =
  | "empty"
  | "tooLarge"
  | "tooMany"
  | "unknownFormat"
  | "lineLength"
  | "lineOrder"
  | "truncated"
  | "checksum"
  | "columns"
  | "mismatch"
  | "jsonSyntax"
  | "shape"
  | "csvSyntax"
  | "codeSyntax"
  | "missing"
  | "format"
  | "range"
  | "unsupported"
  | "duplicate";

/** The first thing wrong with a text of elements. */
export interface ElementsError {
  readonly code: ElementsErrorCode;
  /** One sentence for a person, place included. */
  readonly message: string;
  /** `line 7, columns 19-32`, `[12].ECCENTRICITY`, `line 13, ECCENTRICITY`, `character 9`, `.planes` or `text`. */
  readonly place: string;
  /** The rule that was broken, as a sentence. */
  readonly rule: string;
}

/** Builds the failed {@link Result}: `found` says what stands at `place`, `rule` what should. */
export function refuse(
  code: ElementsErrorCode,
  place: string,
  found: string,
  rule: string,
): { readonly ok: false; readonly error: ElementsError } {
  return { ok: false, error: { code, place, rule, message: `${place}: ${found}. ${rule}` } };
}
