// SPDX-License-Identifier: MIT
import { type Elements, epochMs } from "./elements.ts";

const DAY_MS = 86_400_000;

/**
 * How far satellites were from where elements of that age put them: old element sets of the largest low fleet,
 * propagated to the epoch of a newer set of the same satellite (May 2026, about 10,350 satellites; most of the error is
 * manoeuvres, so that it says little of fleets that do not steer).
 */
export const ELEMENTS_DRIFT: readonly {
  readonly days: number;
  /** Distance that half, and one in ten, of the satellites exceeded. */
  readonly medianKm: number;
  readonly p90Km: number;
}[] = [
  { days: 0.8, medianKm: 5.2, p90Km: 22 },
  { days: 9.4, medianKm: 162, p90Km: 1929 },
];

/**
 * What is said of elements from which age on, oldest first; distances by {@link ELEMENTS_DRIFT}. One day: the median
 * satellite is 7 km off, a second of its flight, and identity needs elements of the same day. Three: it is 33 km off and
 * one in ten 240 km, more than the cells of a beam are wide. Nine: one in ten is 1,800 km off, the distance between
 * neighbours of a plane with 22 satellites.
 */
export const ELEMENTS_AGE_WARNINGS: readonly { readonly fromDays: number; readonly effect: string }[] = [
  { fromDays: 9, effect: "Satellites stand in each other's places: use them for patterns, not for plans." },
  { fromDays: 3, effect: "Who serves whom is no longer right." },
  { fromDays: 1, effect: "Which satellite is where may be wrong; the picture as a whole is not." },
];

/** How old elements are at an instant, days; below 0 where their epoch lies ahead. */
export interface ElementsAge {
  readonly oldestDays: number;
  /** The element in the middle, the later one of two. */
  readonly medianDays: number;
  readonly newestDays: number;
  /** A sentence or two for a person; `null` where the elements are good enough for a plan. */
  readonly warning: string | null;
}

/** The age of a set of elements at `atMs` (UTC milliseconds). Throws a RangeError where there are none. */
export function elementsAge(
  elements: readonly Pick<Elements, "epochDayMs" | "epochMsOfDay">[],
  atMs: number,
): ElementsAge {
  const ages = Float64Array.from(elements, set => (atMs - epochMs(set)) / DAY_MS).sort();
  const [newestDays, medianDays, oldestDays] = [ages[0], ages[(ages.length - 1) >> 1], ages.at(-1)];
  if (newestDays === undefined || medianDays === undefined || oldestDays === undefined)
    throw new RangeError("No elements have no age.");
  return { oldestDays, medianDays, newestDays, warning: elementsAgeWarning(medianDays) };
}

/**
 * What to tell a person about elements whose median age is `medianDays`; `null` where nothing is wrong. An epoch ahead
 * is as far off as one behind.
 */
export function elementsAgeWarning(medianDays: number): string | null {
  const days = Math.abs(medianDays);
  const warning = ELEMENTS_AGE_WARNINGS.find(({ fromDays }) => days >= fromDays);
  if (warning === undefined) return null;
  const when = `${days.toFixed(days < 10 ? 1 : 0)} days ${medianDays < 0 ? "ahead" : "old"}`;
  const half = roundKm(driftKm(days, "medianKm"));
  const tenth = roundKm(driftKm(days, "p90Km"));
  return `The elements are ${when}: half the satellites are more than ${half} km from where they say, one in ten more than ${tenth} km. ${warning.effect}`;
}

/** The power law through the two measured ages; beyond the later one it is held, because no orbit runs away for ever. */
function driftKm(days: number, column: "medianKm" | "p90Km"): number {
  const [near, far] = ELEMENTS_DRIFT as [(typeof ELEMENTS_DRIFT)[number], (typeof ELEMENTS_DRIFT)[number]];
  const slope = Math.log(far[column] / near[column]) / Math.log(far.days / near.days);
  return near[column] * (Math.min(days, far.days) / near.days) ** slope;
}

function roundKm(km: number): string {
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(km)) - 1);
  return String(Math.round(km / digits) * digits);
}
