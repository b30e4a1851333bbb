// SPDX-License-Identifier: MIT
import type { Elements } from "./elements.ts";
import { WGS84 } from "./geodetic.ts";
import { altitudeFromMeanMotionKm } from "./mean-motion.ts";

/** A field whose value is not possible, and the rule it breaks. */
export interface Breach {
  readonly field: keyof Elements;
  readonly rule: string;
}

interface Limit {
  readonly field: keyof Elements;
  readonly min: number;
  readonly max: number;
  readonly whole?: true;
  readonly rule: string;
}

const FIRST_EPOCH_MS = Date.UTC(1957, 0, 1);
const LAST_EPOCH_MS = Date.UTC(2157, 0, 1) - 1;

const LIMITS: readonly Limit[] = [
  {
    field: "catalogNumber",
    min: 1,
    max: 999_999_999,
    whole: true,
    rule: "Catalogue numbers are 1 to 999,999,999.",
  },
  {
    field: "epochDayMs",
    min: FIRST_EPOCH_MS,
    max: LAST_EPOCH_MS,
    whole: true,
    rule: "The epoch lies in the years 1957 to 2156.",
  },
  { field: "inclinationDeg", min: 0, max: 180, rule: "Inclination is 0 to 180 degrees." },
  { field: "raanDeg", min: 0, max: 360, rule: "Right ascension of the node is 0 to 360 degrees." },
  { field: "eccentricity", min: 0, max: 1 - 2 ** -53, rule: "Eccentricity is 0 to below 1." },
  { field: "argumentOfPerigeeDeg", min: 0, max: 360, rule: "Argument of perigee is 0 to 360 degrees." },
  { field: "meanAnomalyDeg", min: 0, max: 360, rule: "Mean anomaly is 0 to 360 degrees." },
  {
    field: "meanMotionRevPerDay",
    min: 1e-6,
    max: 18,
    rule: "Mean motion is above 0 and at most 18 revolutions per day.",
  },
  { field: "bstar", min: -100, max: 100, rule: "BSTAR is -100 to 100 per Earth radius." },
  { field: "nDot", min: -100, max: 100, rule: "The first derivative of mean motion is -100 to 100." },
  { field: "nDDot", min: -100, max: 100, rule: "The second derivative of mean motion is -100 to 100." },
  {
    field: "elementSetNumber",
    min: 0,
    max: 999_999_999,
    whole: true,
    rule: "Element set numbers are whole, from 0.",
  },
  {
    field: "revolutionNumber",
    min: 0,
    max: 999_999_999,
    whole: true,
    rule: "Revolution numbers are whole, from 0.",
  },
];

/** A perigee this deep is no satellite's, however near its end: published sets of decaying objects stay above. */
const DEEPEST_PERIGEE_KM = -100;
const PERIGEE_RULE = "The perigee may lie at most 100 km below the Earth's surface.";

/** The first value of a set that cannot be: one field after the other, then the height of the perigee. */
export function firstBreach(set: Elements): Breach | undefined {
  for (const { field, min, max, whole, rule } of LIMITS) {
    const value = set[field] as number;
    // NaN fails both comparisons of the accepting form.
    if (!(value >= min && value <= max) || (whole === true && !Number.isInteger(value)))
      return { field, rule };
  }
  const altitudeKm = altitudeFromMeanMotionKm(set.meanMotionRevPerDay);
  if (altitudeKm < DEEPEST_PERIGEE_KM) return { field: "meanMotionRevPerDay", rule: PERIGEE_RULE };
  const perigeeKm = altitudeKm - (altitudeKm + WGS84.aKm) * set.eccentricity;
  return perigeeKm < DEEPEST_PERIGEE_KM ? { field: "eccentricity", rule: PERIGEE_RULE } : undefined;
}
