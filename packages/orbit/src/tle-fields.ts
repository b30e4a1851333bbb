// SPDX-License-Identifier: MIT
import { readAlpha5 } from "./alpha5.ts";
import type { Elements } from "./elements.ts";

const DAY_MS = 86_400_000;

/** Columns of a TLE line, counted from 1, both ends included, and what they must look like. */
export interface TleField {
  /** The field of {@link Elements} that these columns give; several may share a field's place. */
  readonly field: keyof Elements | "classification" | "ephemerisType";
  readonly from: number;
  readonly to: number;
  readonly pattern: RegExp;
  readonly rule: string;
}

const ANGLE = /^ *\d+\.\d{4}$/;
const POWER = /^[ +-]\d{5}[+-]\d$/;
const COUNT_5 = /^ *\d*$/;

/** Line 1 and line 2, field by field (CelesTrak, "NORAD Two-Line Element Set Format"). */
export const LINE_1: readonly TleField[] = [
  {
    field: "catalogNumber",
    from: 3,
    to: 7,
    pattern: /^( *\d+|[A-HJ-NP-Z]\d{4})$/,
    rule: "The catalogue number is five digits or Alpha-5 (a letter other than I and O, four digits).",
  },
  { field: "classification", from: 8, to: 8, pattern: /^[UCS ]$/, rule: "The classification is U, C or S." },
  {
    field: "internationalDesignator",
    from: 10,
    to: 17,
    pattern: /^(\d{5}[A-Z]{1,3} *| {8})$/,
    rule: "The designator is launch year, launch number and piece (98067A), or blank.",
  },
  {
    field: "epochDayMs",
    from: 19,
    to: 32,
    pattern: /^\d\d( {2}| \d|\d\d)\d\.\d{8}$/,
    rule: "The epoch is two digits of year, the day of the year and eight decimals (YYDDD.DDDDDDDD).",
  },
  {
    field: "nDot",
    from: 34,
    to: 43,
    pattern: /^[ +-]\.\d{8}$/,
    rule: "The first derivative is a sign, a point and eight digits.",
  },
  {
    field: "nDDot",
    from: 45,
    to: 52,
    pattern: POWER,
    rule: "The second derivative is a sign, five digits and a signed power of ten.",
  },
  {
    field: "bstar",
    from: 54,
    to: 61,
    pattern: POWER,
    rule: "BSTAR is a sign, five digits and a signed power of ten.",
  },
  {
    field: "ephemerisType",
    from: 63,
    to: 63,
    pattern: /^[ 0-3]$/,
    rule: "The ephemeris type is 0 (SGP4 and SDP4); 4 (SGP4-XP) is another theory.",
  },
  {
    field: "elementSetNumber",
    from: 65,
    to: 68,
    pattern: COUNT_5,
    rule: "The element set number is digits.",
  },
];

export const LINE_2: readonly TleField[] = [
  LINE_1[0]!,
  {
    field: "inclinationDeg",
    from: 9,
    to: 16,
    pattern: ANGLE,
    rule: "Inclination is degrees with four decimals.",
  },
  {
    field: "raanDeg",
    from: 18,
    to: 25,
    pattern: ANGLE,
    rule: "Right ascension of the node is degrees with four decimals.",
  },
  {
    field: "eccentricity",
    from: 27,
    to: 33,
    pattern: /^\d{7}$/,
    rule: "Eccentricity is seven digits after an assumed point.",
  },
  {
    field: "argumentOfPerigeeDeg",
    from: 35,
    to: 42,
    pattern: ANGLE,
    rule: "Argument of perigee is degrees with four decimals.",
  },
  {
    field: "meanAnomalyDeg",
    from: 44,
    to: 51,
    pattern: ANGLE,
    rule: "Mean anomaly is degrees with four decimals.",
  },
  {
    field: "meanMotionRevPerDay",
    from: 53,
    to: 63,
    pattern: /^ *\d+\.\d{8}$/,
    rule: "Mean motion is revolutions per day with eight decimals.",
  },
  { field: "revolutionNumber", from: 64, to: 68, pattern: COUNT_5, rule: "The revolution number is digits." },
];

/** Columns that hold nothing. */
export const BLANKS_1: readonly number[] = [2, 9, 18, 33, 44, 53, 62, 64];
export const BLANKS_2: readonly number[] = [2, 8, 17, 26, 34, 43, 52];

/** The text of a field. */
export function columnsOf(line: string, { from, to }: Pick<TleField, "from" | "to">): string {
  return line.slice(from - 1, to);
}

/** Modulo 10 sum over columns 1 to 68: digits count themselves, a minus sign 1, anything else 0. */
export function checksumOf(line: string): number {
  let sum = 0;
  for (let k = 0; k < 68; k++) {
    const code = line.charCodeAt(k);
    if (code >= 48 && code <= 57) sum += code - 48;
    else if (code === 45) sum += 1;
  }
  return sum % 10;
}

/** Turns two lines whose columns match their patterns into elements. Values are not range-checked. */
export function readPair(name: string, line1: string, line2: string): Elements {
  const epoch = line1.slice(18, 32);
  const year = fullYear(Number(epoch.slice(0, 2)));
  return {
    catalogNumber: readAlpha5(line1.slice(2, 7)),
    name,
    internationalDesignator: readDesignator(line1.slice(9, 17).trim()),
    epochDayMs: Date.UTC(year, 0, 1) + (Number(epoch.slice(2, 5)) - 1) * DAY_MS,
    // Eight decimals of a day are units of 0.864 ms: whole numbers until the one division.
    epochMsOfDay: (Number(epoch.slice(6)) * 864) / 1000,
    inclinationDeg: Number(line2.slice(8, 16)),
    raanDeg: Number(line2.slice(17, 25)),
    eccentricity: Number(`0.${line2.slice(26, 33)}`),
    argumentOfPerigeeDeg: Number(line2.slice(34, 42)),
    meanAnomalyDeg: Number(line2.slice(43, 51)),
    meanMotionRevPerDay: Number(line2.slice(52, 63)),
    bstar: readPower(line1.slice(53, 61)),
    nDot: unsignZero(Number(line1.slice(33, 43).replace(" ", "").replace(".", "0."))),
    nDDot: readPower(line1.slice(44, 52)),
    elementSetNumber: Number(line1.slice(64, 68)),
    revolutionNumber: Number(line2.slice(63, 68)),
  };
}

/** Whether the epoch's year has its day of the year. */
export function epochDayExists(line1: string): boolean {
  const year = fullYear(Number(line1.slice(18, 20)));
  const day = Number(line1.slice(20, 23));
  return day >= 1 && day <= (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY_MS;
}

/** Two digits of year: 57 to 99 are of the twentieth century, 00 to 56 of the twenty-first. */
function fullYear(twoDigits: number): number {
  return twoDigits < 57 ? 2000 + twoDigits : 1900 + twoDigits;
}

function readDesignator(short: string): string {
  return short === "" ? "" : `${fullYear(Number(short.slice(0, 2)))}-${short.slice(2)}`;
}

/** `-11606-4` is -0.11606e-4. */
function readPower(columns: string): number {
  return unsignZero(Number(`${columns[0] === "-" ? "-" : ""}0.${columns.slice(1, 6)}e${columns.slice(6)}`));
}

function unsignZero(value: number): number {
  return value === 0 ? 0 : value;
}
