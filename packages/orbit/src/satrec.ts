// SPDX-License-Identifier: MIT
import { json2satrec, type SatRec, twoline2satrec } from "satellite.js";
import type { Elements } from "./elements.ts";
import { tleLines } from "./format.ts";

/** Minutes from the set's epoch to `atMs`; the large numbers cancel before the fraction enters. */
export function minutesSinceEpoch(set: Elements, atMs: number): number {
  return (atMs - set.epochDayMs - set.epochMsOfDay) / 60_000;
}

/**
 * The initialised SGP4 record of satellite.js. Propagation counts from the split epoch; the record's own epoch is
 * read only by the sun, moon and resonance terms of deep space (periods of 225 minutes and more). There the OMM
 * reader's rounding to a millisecond would cost up to 3.5 cm (set 23333 of AIAA 2006-6753), so that a set which
 * two lines hold exactly goes through those.
 */
export function satrecOf(set: Elements): SatRec {
  let record = initialised.get(set);
  if (record === undefined) {
    record = initialise(set);
    initialised.set(set, record);
  }
  return record;
}

/**
 * Initialisation costs as much as forty propagations, and one set of elements is prepared for several purposes. All
 * share the record: a propagation writes into it, but reads nothing there that it has not itself written before.
 */
const initialised = new WeakMap<Elements, SatRec>();

function initialise(set: Elements): SatRec {
  const record = json2satrec({
    OBJECT_NAME: set.name,
    OBJECT_ID: set.internationalDesignator,
    EPOCH: new Date(Math.round(set.epochDayMs + set.epochMsOfDay)).toISOString(),
    MEAN_MOTION: set.meanMotionRevPerDay,
    ECCENTRICITY: set.eccentricity,
    INCLINATION: set.inclinationDeg,
    RA_OF_ASC_NODE: set.raanDeg,
    ARG_OF_PERICENTER: set.argumentOfPerigeeDeg,
    MEAN_ANOMALY: set.meanAnomalyDeg,
    NORAD_CAT_ID: set.catalogNumber,
    BSTAR: set.bstar,
    MEAN_MOTION_DOT: set.nDot,
    MEAN_MOTION_DDOT: set.nDDot,
    CLASSIFICATION_TYPE: "U",
    EPHEMERIS_TYPE: 0,
    ELEMENT_SET_NO: set.elementSetNumber,
    REV_AT_EPOCH: set.revolutionNumber,
  });
  if (record.method === "n") return record;
  // The number does not matter to the model, and may not fit.
  const exact = twoline2satrec(...tleLines({ ...set, catalogNumber: 1 }));
  return sameElements(record, exact) ? exact : record;
}

const ELEMENT_FIELDS = ["inclo", "nodeo", "ecco", "argpo", "mo", "no", "bstar"] as const;
/** One millisecond as days: what the OMM reader may have rounded away. */
const ONE_MS = 1 / 86_400_000;

function sameElements(a: SatRec, b: SatRec): boolean {
  return (
    Math.abs(a.jdsatepoch - b.jdsatepoch) <= ONE_MS && ELEMENT_FIELDS.every(field => a[field] === b[field])
  );
}
