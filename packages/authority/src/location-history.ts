// SPDX-License-Identifier: MIT
import { distanceKm, type Place, type Position } from "@perigee/earth";
import { roamDays } from "./admission/roam-days.ts";
import { type AuthorityError, fail, type Result, succeed } from "./result.ts";

/** Where a terminal says it is. WGS84 degrees, UTC ms. */
export interface LocationReport extends Position {
  readonly atMs: number;
}

/** A report with the cell and the place it falls in. */
export interface Fix extends LocationReport {
  /** H3 resolution 5 cell. */
  readonly cell: string;
  readonly place: Place;
}

/** Speed over one measurement window: great-circle displacement divided by time. */
export interface SpeedWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly speedKmh: number;
}

/** The countries in which a terminal was seen on one UTC day. */
export interface DayStay {
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  /** Country codes, or territory ids where the boundary view names no country; never the high seas. */
  readonly countries: readonly string[];
}

/** What is remembered of a terminal's reports: enough for every rule of admission, and no track. */
export interface LocationHistory {
  readonly last: Fix | null;
  /** Where and when the open measurement window began. */
  readonly windowStart: LocationReport | null;
  /** The last closed windows, oldest first; at most {@link speedMemoryWindows}, adjoining. */
  readonly windows: readonly SpeedWindow[];
  /** The days of the calendar year of the last report on which it was in some country. */
  readonly stays: readonly DayStay[];
}

/** The history of a terminal that has never reported. */
export const emptyHistory: LocationHistory = { last: null, windowStart: null, windows: [], stays: [] };

/**
 * Shortest measurement window: four slots. With a position error of 60 m (1 σ), the speed over one slot of 15 s
 * is uncertain by ±20 km/h and over 60 s by ±5 km/h, so one slot cannot tell 74 from 94 km/h. Displacement, not
 * path length, because noise only ever lengthens a path.
 */
export const speedWindowMs = 60_000;

/**
 * How many windows are remembered. Two decide that a limit is exceeded and two that it no longer is; between them
 * the last clear word counts, and after this many windows without one it is forgotten in the terminal's favour.
 */
export const speedMemoryWindows = 6;

/** A window that stays open longer has lost the terminal in between: nothing is concluded and a new one begins. */
export const longestSpeedWindowMs = 120_000;

/** A terminal's clock may lead the authority's by this much; later reports would outlive their truth. */
export const clockLeadMs = 2_000;

export type ReportErrorCode =
  | "latitudeOutOfRange"
  | "longitudeOutOfRange"
  | "timeInvalid"
  | "timeInFuture"
  | "timeNotAfterLast";

const dayMs = 86_400_000;

/**
 * Adds one report. The old history is left as it is; a refused report changes nothing.
 *
 * @param nowMs the authority's time on receipt: a report from the future would block all that follow
 * @param locate the cell and the place of a position, e.g. from `cellAt` and `placeOf`; called with valid values
 */
export function observe(
  history: LocationHistory,
  report: LocationReport,
  nowMs: number,
  locate: (latDeg: number, lonDeg: number) => { readonly cell: string; readonly place: Place },
): Result<LocationHistory, AuthorityError<ReportErrorCode>> {
  const { atMs, latDeg, lonDeg } = report;
  if (!(latDeg >= -90 && latDeg <= 90)) {
    return fail("latitudeOutOfRange", "latDeg", `Latitude ${latDeg} is not between -90 and 90 degrees.`);
  }
  if (!(lonDeg >= -180 && lonDeg <= 180)) {
    return fail("longitudeOutOfRange", "lonDeg", `Longitude ${lonDeg} is not between -180 and 180 degrees.`);
  }
  if (!Number.isSafeInteger(atMs) || atMs < 0) {
    return fail("timeInvalid", "atMs", `Time ${atMs} is not a whole number of milliseconds since 1970.`);
  }
  if (atMs > nowMs + clockLeadMs) {
    return fail(
      "timeInFuture",
      "atMs",
      `The report is ${atMs - nowMs} ms ahead; at most ${clockLeadMs} is accepted.`,
    );
  }
  if (history.last !== null && atMs <= history.last.atMs) {
    return fail("timeNotAfterLast", "atMs", "The report is not newer than the one before it.");
  }
  const last: Fix = { atMs, latDeg, lonDeg, ...locate(latDeg, lonDeg) };
  return succeed({ last, ...measure(history, last), stays: stay(history.stays, last) });
}

function measure(history: LocationHistory, fix: Fix): Pick<LocationHistory, "windowStart" | "windows"> {
  const here = { atMs: fix.atMs, latDeg: fix.latDeg, lonDeg: fix.lonDeg };
  const start = history.windowStart;
  if (start === null) return { windowStart: here, windows: [] };
  const lengthMs = here.atMs - start.atMs;
  if (lengthMs < speedWindowMs) return { windowStart: start, windows: history.windows };
  if (lengthMs > longestSpeedWindowMs) return { windowStart: here, windows: [] };
  const km = distanceKm(start, here);
  const closed = { fromMs: start.atMs, toMs: here.atMs, speedKmh: (km * 3_600_000) / lengthMs };
  return { windowStart: here, windows: [...history.windows.slice(1 - speedMemoryWindows), closed] };
}

function stay(stays: readonly DayStay[], fix: Fix): readonly DayStay[] {
  const day = Math.floor(fix.atMs / dayMs);
  const isNewYear = stays.length > 0 && yearOf(stays[0]!.day) !== yearOf(day);
  const kept = isNewYear ? stays.filter(earlier => yearOf(earlier.day) === yearOf(day)) : stays;
  const country = countryOf(fix.place);
  if (country === null) return kept;
  const today = kept.at(-1);
  if (today?.day !== day) return [...kept, { day, countries: [country] }];
  if (today.countries.includes(country)) return kept;
  return [...kept.slice(0, -1), { day, countries: [...today.countries, country] }];
}

function yearOf(day: number): number {
  return new Date(day * dayMs).getUTCFullYear();
}

/** The country a place counts for: its country, else its territory; `null` on the high seas. */
export function countryOf(place: Pick<Place, "territory" | "country" | "zone">): string | null {
  return place.zone === "highSea" ? null : (place.country ?? place.territory);
}

/**
 * Days of the calendar year (UTC) of `atMs` on which the terminal was seen abroad and not at home.
 * A day with reports from both counts as a day at home, so that living near a border costs nothing. Days without
 * a report, or only on the high seas, count for no country.
 */
export function daysAbroad(stays: readonly DayStay[], homeCountry: string, atMs: number): number {
  return roamDays(stays, homeCountry, null, atMs).abroad;
}

/** The last measured speed in km/h; `null` before the first window has closed. */
export function speedNowKmh(history: LocationHistory): number | null {
  return history.windows.at(-1)?.speedKmh ?? null;
}
