// SPDX-License-Identifier: MIT
import { bearingDeg, distanceKm } from "@perigee/earth";
import type { PositionFix } from "./locator.ts";
import type { Solution } from "./solutions.ts";

/** A speed over ground from two measured places. */
export interface MeasuredSpeed {
  readonly fromMs: number;
  readonly toMs: number;
  readonly speedKmh: number;
  /** One standard deviation. */
  readonly errorKmh: number;
}

/**
 * Speed between two fixes, displacement by time. Two places good to 60 m give it to 20 km/h over 15 s and to 5 km/h over 60 s: one
 * slot cannot tell 74 km/h from 94.
 *
 * @returns `null` where either has more than one possible place, or none, or the second is not later
 */
export function speedBetween(first: PositionFix, second: PositionFix): MeasuredSpeed | null {
  const [a, b] = [onlyPlace(first), onlyPlace(second)];
  const hours = (second.atMs - first.atMs) / 3_600_000;
  if (a === null || b === null || !(hours > 0)) return null;
  const km = distanceKm(a, b);
  const along = bearingDeg(a, b);
  const errorKm = Math.sqrt(varianceAlong(a, along) + varianceAlong(b, along));
  return { fromMs: first.atMs, toMs: second.atMs, speedKmh: km / hours, errorKmh: errorKm / hours };
}

/** Whether a speed is above a limit beyond doubt: by three standard deviations, one in 740. */
export function isFasterThan({ speedKmh, errorKmh }: MeasuredSpeed, limitKmh: number): boolean {
  return speedKmh - 3 * errorKmh > limitKmh;
}

/** What two fixes under one name say about each other. */
export interface Encounter {
  readonly distanceKm: number;
  /** What one device would have needed; infinite at one instant. */
  readonly speedKmh: number;
  /** Whether no device could have been at both. */
  readonly impossible: boolean;
}

/** One device does not move faster: an airliner's speed over ground with the wind behind it, as clone alarms elsewhere have it. */
const FASTEST_KMH = 1000;
/** Nearer places are one place: beams and fixes blur. */
const SAME_KM = 50;

/**
 * Whether one identity was in two places: farther apart than 50 km and faster than 1,000 km/h, even with five standard
 * deviations granted to both places. Radios under one name pass every other test, each where it is.
 *
 * @returns `null` where either has more than one possible place, or none
 */
export function encounterOf(first: PositionFix, second: PositionFix): Encounter | null {
  const [a, b] = [onlyPlace(first), onlyPlace(second)];
  if (a === null || b === null) return null;
  const km = distanceKm(a, b);
  const grantedKm = Math.max(0, km - 5 * (a.ellipse.semiMajorKm + b.ellipse.semiMajorKm));
  const speedKmh = grantedKm === 0 ? 0 : (grantedKm * 3_600_000) / Math.abs(second.atMs - first.atMs);
  return { distanceKm: km, speedKmh, impossible: grantedKm > SAME_KM && speedKmh > FASTEST_KMH };
}

function onlyPlace({ solutions }: PositionFix): Solution | null {
  const possible = solutions.filter(({ standing }) => standing === "possible");
  return possible.length === 1 ? possible[0]! : null;
}

function varianceAlong({ covariance }: Solution, directionDeg: number): number {
  const { eastKm2, northKm2, eastNorthKm2 } = covariance;
  const sine = Math.sin((directionDeg * Math.PI) / 180);
  const cosine = Math.cos((directionDeg * Math.PI) / 180);
  return eastKm2 * sine * sine + northKm2 * cosine * cosine + 2 * eastNorthKm2 * sine * cosine;
}
