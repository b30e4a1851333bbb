// SPDX-License-Identifier: MIT
import { ALPHA5_MAX, writeAlpha5 } from "./alpha5.ts";
import { csvField } from "./csv.ts";
import { type Elements, type ElementsError, type Result, refuse } from "./elements.ts";
import { firstBreach } from "./limits.ts";
import { checksumOf } from "./tle-fields.ts";

const DAY_MS = 86_400_000;

/**
 * Writes one element set as TLE: a name line where there is a name, lines 1 and 2, each ended by LF. Values are
 * rounded to the columns; reading back what was read from a TLE gives the same elements. Refuses (`range`) what the
 * columns cannot hold: catalogue numbers over 339,999, epochs outside 1957 to 2056, |nDot| of 1 and more.
 */
export function formatTle(set: Elements): Result<string, ElementsError> {
  const breach = firstBreach(set);
  if (breach !== undefined)
    return refuse("range", `.${breach.field}`, `found ${set[breach.field]}`, breach.rule);
  if (set.catalogNumber > ALPHA5_MAX) {
    return refuse(
      "range",
      ".catalogNumber",
      `found ${set.catalogNumber}`,
      `A TLE holds numbers up to ${ALPHA5_MAX}.`,
    );
  }
  const { year } = roundedEpoch(set);
  if (year < 1957 || year > 2056) {
    return refuse(
      "range",
      ".epochDayMs",
      `found year ${year}`,
      "A TLE holds epochs of the years 1957 to 2056.",
    );
  }
  if (Math.abs(set.nDot) >= 1 - 0.5e-8)
    return refuse("range", ".nDot", `found ${set.nDot}`, "A TLE holds |nDot| below 1.");
  if (set.eccentricity >= 1 - 0.5e-7) {
    return refuse(
      "range",
      ".eccentricity",
      `found ${set.eccentricity}`,
      "A TLE holds eccentricity with seven digits.",
    );
  }
  const name = set.name === "" ? "" : `${set.name}\n`;
  return { ok: true, value: `${name}${tleLines(set).join("\n")}\n` };
}

/** Lines 1 and 2 of a set that the columns can hold; of another set, lines that mean nothing. */
export function tleLines(set: Elements): readonly [line1: string, line2: string] {
  const { year, dayOfYear, units } = roundedEpoch(set);
  const number = writeAlpha5(set.catalogNumber);
  const line1 = [
    `1 ${number}U`,
    shortDesignator(set.internationalDesignator),
    `${pad(year % 100, 2)}${pad(dayOfYear, 3)}.${pad(units, 8)}`,
    `${set.nDot < 0 ? "-" : " "}${Math.abs(set.nDot).toFixed(8).slice(1)}`,
    power(set.nDDot),
    power(set.bstar),
    "0",
    String(set.elementSetNumber % 10_000).padStart(4),
  ].join(" ");
  const line2 = [
    `2 ${number}`,
    angle(set.inclinationDeg),
    angle(set.raanDeg),
    set.eccentricity.toFixed(7).slice(2),
    angle(set.argumentOfPerigeeDeg),
    angle(set.meanAnomalyDeg),
    `${set.meanMotionRevPerDay.toFixed(8).padStart(11)}${String(set.revolutionNumber % 100_000).padStart(5)}`,
  ].join(" ");
  return [line1 + checksumOf(line1), line2 + checksumOf(line2)];
}

/** The epoch in a TLE's terms. Rounded before it is split: 23:59:59.9999 is the next day's 0, not a 24th hour. */
function roundedEpoch(set: Elements): {
  readonly year: number;
  readonly dayOfYear: number;
  readonly units: number;
} {
  const units = Math.round((set.epochMsOfDay * 1000) / 864);
  const dayMs = set.epochDayMs + Math.floor(units / 1e8) * DAY_MS;
  const year = new Date(dayMs).getUTCFullYear();
  return { year, dayOfYear: (dayMs - Date.UTC(year, 0, 1)) / DAY_MS + 1, units: units % 1e8 };
}

/**
 * Writes element sets as OMM JSON, one object per line, in the shape of CelesTrak's GP data. Numbers are written in
 * full; the epoch to the nanosecond, without trailing zeros beyond the microsecond.
 */
export function formatOmmJson(sets: readonly Elements[]): string {
  return `[\n${sets.map(set => JSON.stringify(ommOf(set))).join(",\n")}\n]\n`;
}

/**
 * Writes element sets as OMM CSV: CelesTrak's header names in its order, CRLF after each line, quotes only where
 * RFC 4180 needs them. Values as {@link formatOmmJson} writes them.
 */
export function formatOmmCsv(sets: readonly Elements[]): string {
  const lines = sets.map(set => Object.values(ommOf(set)).map(csvField).join(","));
  return `${[OMM_KEYWORDS.join(","), ...lines].join("\r\n")}\r\n`;
}

/** The columns of CelesTrak's `gp.php?FORMAT=csv`, in its order; also the order of its JSON. */
export const OMM_KEYWORDS = [
  "OBJECT_NAME",
  "OBJECT_ID",
  "EPOCH",
  "MEAN_MOTION",
  "ECCENTRICITY",
  "INCLINATION",
  "RA_OF_ASC_NODE",
  "ARG_OF_PERICENTER",
  "MEAN_ANOMALY",
  "EPHEMERIS_TYPE",
  "CLASSIFICATION_TYPE",
  "NORAD_CAT_ID",
  "ELEMENT_SET_NO",
  "REV_AT_EPOCH",
  "BSTAR",
  "MEAN_MOTION_DOT",
  "MEAN_MOTION_DDOT",
] as const;

/** Key order is column order: {@link OMM_KEYWORDS}. */
function ommOf(set: Elements): Readonly<Record<(typeof OMM_KEYWORDS)[number], string | number>> {
  return {
    OBJECT_NAME: set.name,
    OBJECT_ID: set.internationalDesignator,
    EPOCH: isoEpoch(set),
    MEAN_MOTION: set.meanMotionRevPerDay,
    ECCENTRICITY: set.eccentricity,
    INCLINATION: set.inclinationDeg,
    RA_OF_ASC_NODE: set.raanDeg,
    ARG_OF_PERICENTER: set.argumentOfPerigeeDeg,
    MEAN_ANOMALY: set.meanAnomalyDeg,
    EPHEMERIS_TYPE: 0,
    CLASSIFICATION_TYPE: "U",
    NORAD_CAT_ID: set.catalogNumber,
    ELEMENT_SET_NO: set.elementSetNumber,
    REV_AT_EPOCH: set.revolutionNumber,
    BSTAR: set.bstar,
    MEAN_MOTION_DOT: set.nDot,
    MEAN_MOTION_DDOT: set.nDDot,
  };
}

function isoEpoch(set: Elements): string {
  let nanos = Math.round((set.epochMsOfDay % 1000) * 1e6);
  let second = set.epochDayMs + Math.floor(set.epochMsOfDay / 1000) * 1000;
  if (nanos === 1e9) {
    nanos = 0;
    second += 1000;
  }
  return `${new Date(second).toISOString().slice(0, 19)}.${pad(nanos, 9).replace(/0{1,3}$/, "")}`;
}

function shortDesignator(designator: string): string {
  const match = /^\d\d(\d\d)-(\d{3}[A-Z]{1,3})$/.exec(designator);
  return (match === null ? "" : `${match[1]}${match[2]}`).padEnd(8);
}

function angle(deg: number): string {
  return deg.toFixed(4).padStart(8);
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}

/** Five digits after an assumed point and a one-digit power of ten; what is too small becomes zero. */
function power(value: number): string {
  if (value === 0) return " 00000+0";
  let exponent = Math.max(-9, Math.floor(Math.log10(Math.abs(value))) + 1);
  let digits = Math.round((Math.abs(value) / 10 ** exponent) * 1e5);
  if (digits === 100_000) {
    digits = 10_000;
    exponent += 1;
  }
  if (digits === 0) return " 00000+0";
  const sign = exponent < 0 ? "-" : "+";
  return `${value < 0 ? "-" : " "}${pad(digits, 5)}${sign}${Math.abs(exponent)}`;
}
