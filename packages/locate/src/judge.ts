// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import type { Claim } from "./claim.ts";
import { chiSquareTail } from "./kernel/chi-square.ts";
import type { Ellipse } from "./kernel/ellipse.ts";
import { type Fitted, fitFrom, type Holds } from "./kernel/fit.ts";
import { fillRows, type Rows } from "./kernel/rows.ts";
import { worstSatelliteTail } from "./kernel/worst-satellite.ts";
import type { MeasurementWindow, RangingModel } from "./measurement.ts";
import { looksOf, type Solution, solutionsOf } from "./solutions.ts";
import { unconstrainedShare } from "./spread.ts";

/** Why a window's outcome is what it is, and what that means to a person. */
export const judgementReasons = {
  withinNoise: "The measurements agree with the claimed place.",
  elsewhere: "The measurements agree with another place and not with the claimed one.",
  noPlace:
    "The measurements contradict the claimed place and agree with no other: answers were delayed, or sent early.",
  severalPlaces: "More than one place explains the measurements.",
  tooFewSatellites:
    "The measurements contradict the claim, from too few satellites or too short a time to say so.",
  tooCoarse: "The measurements leave a wider area than a verdict may rest on.",
  noPlaceInBeam: "No place in the beams in which the terminal was heard explains the measurements.",
  claimElsewhen: "The claim is of another time than the measurements.",
} as const;

export type JudgementReason = keyof typeof judgementReasons;

/** What one window says of one claim. */
export interface Judgement {
  readonly fromMs: number;
  readonly toMs: number;
  readonly outcome: "agrees" | "contradicts" | "ambiguous" | "insufficient";
  readonly why: JudgementReason;
  /** How often an honest terminal at the claimed place would disagree at least so much; 1e-6 is one in a million. */
  readonly chance: number;
  readonly satellites: number;
  readonly measurements: number;
  /** The longest time over which one satellite was measured; seconds. */
  readonly longestTrackS: number;
  /** Places that may be the terminal's: 1 unless the geometry has a mirror. */
  readonly places: number;
  /** From the claim to the best of them, km, and its error ellipse (1 standard deviation); `null` where there is none. */
  readonly offsetKm: number | null;
  readonly ellipse: Ellipse | null;
  /** In what share of bearings a terminal that delays could have hidden 2 km: what "agrees" is worth. */
  readonly openShare: number;
  /** What Doppler says, which a terminal can set at will: a sign for people. It decides nothing. */
  readonly doppler: "agrees" | "contradicts" | "absent";
  /** The places themselves, best first. Not for keeping: evidence leaves them out. */
  readonly solutions: readonly Solution[];
}

/** What a verdict rests on at least. */
export interface JudgeOptions {
  /** How often an honest terminal may be contradicted by one window. */
  readonly falseAlarm?: number;
  readonly leastSatellites?: number;
  /** So long a track of one satellite counts as much, once its mirror is excluded; seconds. */
  readonly longTrackS?: number;
  /** The largest half axis of the 95 % ellipse from which something is concluded: the accuracy of 3GPP TS 38.300, 16.14.10. */
  readonly coarsestKm?: number;
  /** A claim may be so far from the window; ms. */
  readonly claimReachMs?: number;
}

export const defaultJudging: Required<JudgeOptions> = {
  falseAlarm: 1e-6,
  leastSatellites: 3,
  longTrackS: 120,
  coarsestKm: 10,
  claimReachMs: 60_000,
};

/** Half axis of the 95 % ellipse over that of one standard deviation: the root of chi-square's 0.95 quantile of 2. */
const TO_95 = Math.sqrt(-2 * Math.log(0.05));
/** What {@link Judgement.openShare} is asked with: 2 km, noticed at five standard deviations of 60 m. */
const OPEN_AT_KM = 2;
const NOTICED_KM = 0.3;

/**
 * Judges a claim by the ranges. Three tests share the false alarms. *Any*: held to the claim, as far as its own error lets it go,
 * do the ranges fit at all (chi-square, one degree per range)? *Move*: how much better do they fit at the best place anywhere
 * (two degrees)? *Worst*: is any one satellite's mean range too far off? The second is sharp for who is elsewhere, the
 * third for who delays answers so that all satellites but one or two fit, the first for whatever else.
 *
 * @param rows scratch; holds the ranges and then the Doppler shifts
 */
export function judgeRows(
  rows: Rows,
  window: MeasurementWindow,
  order: readonly number[],
  model: RangingModel,
  claim: Required<Claim>,
  holds: Holds,
  options: JudgeOptions,
): Judgement {
  const { falseAlarm, leastSatellites, longTrackS, coarsestKm, claimReachMs } = {
    ...defaultJudging,
    ...options,
  };
  const { satellites, longestTrackS, fromMs, toMs } = coverageOf(window, order);
  const atClaim: Holds = { ...holds, placeErrorKm: claim.errorKm };
  const fit = (how: Holds): Fitted | null => fitFrom(rows, claim.latDeg, claim.lonDeg, window.heightKm, how);

  fillRows(rows, window, order, model, claim.atMs, "ranges");
  const { ranges } = rows;
  const held = fit(atClaim);
  // The nearest fit joins those of the ring, so that no claim is contradicted for the sake of a worse place.
  const nearest = fit(holds);
  const solutions = solutionsOf(rows, window, holds, nearest === null ? [] : [nearest]);
  const possible = solutions.filter(({ standing }) => standing === "possible");
  const best = possible[0] ?? null;

  const misfit = held?.misfit ?? Number.POSITIVE_INFINITY;
  const any = chiSquareTail(misfit, ranges);
  const move = best === null ? 1 : chiSquareTail(misfit - best.misfit, 2);
  const { latDeg, lonDeg } = claim;
  const worst = worstSatelliteTail(rows, { latDeg, lonDeg, heightKm: window.heightKm, ...atClaim });
  const chance = Math.min(1, 3 * Math.min(any, move, worst));
  const isContradicted = chance <= falseAlarm;
  const isEnough = satellites >= leastSatellites || (longestTrackS >= longTrackS && possible.length === 1);
  const isCoarse = best !== null && best.ellipse.semiMajorKm * TO_95 > coarsestKm;
  const isElsewhen = claim.atMs < fromMs - claimReachMs || claim.atMs > toMs + claimReachMs;

  const [outcome, why] = ((): readonly [Judgement["outcome"], JudgementReason] => {
    if (isElsewhen) return ["insufficient", "claimElsewhen"];
    if (possible.length > 1) return ["ambiguous", "severalPlaces"];
    if (isContradicted && !isEnough) return ["insufficient", "tooFewSatellites"];
    if (isContradicted) {
      const fitsSomewhere = best !== null && chiSquareTail(best.misfit, Math.max(1, ranges - 2)) > falseAlarm;
      return ["contradicts", fitsSomewhere ? "elsewhere" : "noPlace"];
    }
    if (best === null) return ["insufficient", "noPlaceInBeam"];
    return isCoarse ? ["insufficient", "tooCoarse"] : ["agrees", "withinNoise"];
  })();

  fillRows(rows, window, order, model, claim.atMs, "shifts");
  const shifted = rows.count === 0 ? null : fit(atClaim);
  const doppler =
    shifted === null
      ? "absent"
      : chiSquareTail(shifted.misfit, rows.count) <= falseAlarm
        ? "contradicts"
        : "agrees";

  return {
    fromMs,
    toMs,
    outcome,
    why,
    chance,
    satellites,
    measurements: ranges,
    longestTrackS,
    places: possible.length,
    offsetKm: best === null ? null : distanceKm(claim, best),
    ellipse: best?.ellipse ?? null,
    openShare: unconstrainedShare(looksOf(window, claim), OPEN_AT_KM, NOTICED_KM),
    doppler,
    solutions,
  };
}

/** How many satellites, how long the longest track of one is, and from when to when. */
export function coverageOf(
  { measurements }: MeasurementWindow,
  order: readonly number[],
): {
  readonly satellites: number;
  readonly longestTrackS: number;
  readonly fromMs: number;
  readonly toMs: number;
} {
  let satellites = 0;
  let longestTrackS = 0;
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  let satellite = Number.NaN;
  let trackFromMs = 0;
  for (const index of order) {
    const { atMs, satellite: its } = measurements[index]!;
    if (its !== satellite) {
      satellite = its;
      trackFromMs = atMs;
      satellites++;
    }
    longestTrackS = Math.max(longestTrackS, (atMs - trackFromMs) / 1000);
    fromMs = Math.min(fromMs, atMs);
    toMs = Math.max(toMs, atMs);
  }
  return { satellites, longestTrackS, fromMs, toMs };
}
