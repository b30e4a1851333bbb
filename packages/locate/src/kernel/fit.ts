// SPDX-License-Identifier: MIT
import { WGS84 } from "@perigee/orbit";
import { accumulate, createSums, PARAMETERS, type Sums, type Trial } from "./accumulate.ts";
import type { Rows } from "./rows.ts";
import { solve } from "./solve.ts";

/** What holds a fit to where it starts: standard deviations in km, 0 for what is known, infinity for what is free. */
export interface Holds {
  readonly placeErrorKm: number;
  readonly heightErrorKm: number;
  /** The ranges' common part may be anything up to this, to either side, at no cost; km. */
  readonly slackKm: number;
  /** Of what all range rates share; km/s. */
  readonly rateErrorKmS: number;
}

/** A place that fits the rows no worse than any near it. */
export interface Fitted extends Trial {
  /** Sum of weighted squares, holds included: chi-square where the model holds. */
  misfit: number;
  /** Inverse covariance of the five parameters, holds included, of the slack as if it were drawn evenly. */
  readonly normal: Float64Array;
  /** Which parameters were not known beforehand. */
  readonly free: Uint8Array;
}

const DEG = Math.PI / 180;
const MOST_ROUNDS = 40;
/** A fit ends when a step is shorter: 1 cm, a three-thousandth of the noise. */
const CLOSE_KM = 1e-5;
/** One step goes no farther: beyond, the linear picture of the ranges is no picture. */
const LONGEST_STEP_KM = 300;

interface Attempt extends Trial {
  eastKm: number;
  northKm: number;
  upKm: number;
}

const createAttempt = (): Attempt => ({
  latRad: 0,
  lonRad: 0,
  heightKm: 0,
  rangeOffsetKm: 0,
  rateOffsetKmS: 0,
  eastKm: 0,
  northKm: 0,
  upKm: 0,
});

/** Scratch of the fits: they run one after the other, and leave nothing behind but what they return. */
let here = createAttempt();
let there = createAttempt();
let hereSums = createSums();
let thereSums = createSums();
const step = new Float64Array(PARAMETERS);
const right = new Float64Array(PARAMETERS);
const loose = new Uint8Array(PARAMETERS);

/**
 * Levenberg and Marquardt's descent (SIAM J. Appl. Math. 11, 1963) from a place to the nearest that fits best. Around a place that is
 * far from any, ranges bend; the damping grows until a step makes the fit better.
 *
 * The slack is a box, not a bell: the common part is free inside and stands at the wall where it would leave. One
 * bounded variable makes that exact.
 *
 * @returns `null` where nothing holds the place at all
 */
export function fitFrom(
  rows: Rows,
  latDeg: number,
  lonDeg: number,
  heightKm: number,
  holds: Holds,
): Fitted | null {
  Object.assign(here, createAttempt(), { latRad: latDeg * DEG, lonRad: lonDeg * DEG, heightKm });
  const free = freeUnder(rows, holds);
  const precisions = precisionsOf(holds);
  look(rows, here, precisions, hereSums);
  let damping = 1e-4;
  let isWithin = false;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!stepInBox(hereSums, damping, free, holds.slackKm, here.rangeOffsetKm)) {
      damping = Math.max(damping * 10, 1e-6);
      if (damping > 1e9) break;
      continue;
    }
    const lengthKm = Math.hypot(step[0]!, step[1]!, step[2]!);
    const part = lengthKm > LONGEST_STEP_KM ? LONGEST_STEP_KM / lengthKm : 1;
    move(here, part, there);
    look(rows, there, precisions, thereSums);
    // Rounding makes the last step to a minimum look uphill by some parts in 10^12.
    if (thereSums.misfit <= hereSums.misfit * (1 + 1e-11) + 1e-12) {
      [here, there] = [there, here];
      [hereSums, thereSums] = [thereSums, hereSums];
      damping = damping < 1e-9 ? 0 : damping / 10;
      if (lengthKm < CLOSE_KM) {
        isWithin = true;
        break;
      }
    } else {
      if (lengthKm < CLOSE_KM) {
        isWithin = true;
        break;
      }
      damping = Math.max(damping * 10, 1e-6);
    }
  }
  if (!isWithin && !Number.isFinite(hereSums.misfit)) return null;
  const { latRad, lonRad, rangeOffsetKm, rateOffsetKmS } = here;
  const normal = hereSums.normal.slice();
  if (holds.slackKm > 0) normal[18] = normal[18]! + 3 / (holds.slackKm * holds.slackKm);
  return {
    latRad,
    lonRad,
    heightKm: here.heightKm,
    rangeOffsetKm,
    rateOffsetKmS,
    misfit: hereSums.misfit,
    normal,
    free,
  };
}

function freeUnder(rows: Rows, { placeErrorKm, heightErrorKm, slackKm, rateErrorKmS }: Holds): Uint8Array {
  const isPlaceFree = placeErrorKm > 0 ? 1 : 0;
  return Uint8Array.of(
    isPlaceFree,
    isPlaceFree,
    heightErrorKm > 0 ? 1 : 0,
    slackKm > 0 && rows.ranges > 0 ? 1 : 0,
    rateErrorKmS > 0 && rows.count > rows.ranges ? 1 : 0,
  );
}

type Precisions = readonly [place: number, height: number, rate: number];

function precisionsOf({ placeErrorKm, heightErrorKm, rateErrorKmS }: Holds): Precisions {
  const precision = (error: number): number => (error > 0 ? 1 / (error * error) : 0);
  return [precision(placeErrorKm), precision(heightErrorKm), precision(rateErrorKmS)];
}

/** The rows' sums with the holds added. */
function look(rows: Rows, at: Attempt, [place, height, rate]: Precisions, sums: Sums): void {
  accumulate(rows, at, sums);
  const { right, normal } = sums;
  sums.misfit +=
    place * (at.eastKm * at.eastKm + at.northKm * at.northKm) +
    height * at.upKm * at.upKm +
    rate * at.rateOffsetKmS * at.rateOffsetKmS;
  right[0] = right[0]! - place * at.eastKm;
  right[1] = right[1]! - place * at.northKm;
  right[2] = right[2]! - height * at.upKm;
  right[4] = right[4]! - rate * at.rateOffsetKmS;
  normal[0] = normal[0]! + place;
  normal[6] = normal[6]! + place;
  normal[12] = normal[12]! + height;
  normal[24] = normal[24]! + rate;
}

/** The next step; where it would carry the common part out of its box, the best step with that part at the wall. */
function stepInBox(
  sums: Sums,
  damping: number,
  free: Uint8Array,
  slackKm: number,
  offsetKm: number,
): boolean {
  if (!solve(sums.normal, damping, free, sums.right, step)) return false;
  const aimKm = offsetKm + step[3]!;
  if (free[3] === 0 || Math.abs(aimKm) <= slackKm) return true;
  const toWallKm = Math.sign(aimKm) * slackKm - offsetKm;
  loose.set(free);
  loose[3] = 0;
  for (let i = 0; i < PARAMETERS; i++) {
    const coupling = i < 3 ? sums.normal[15 + i]! : sums.normal[5 * i + 3]!;
    right[i] = sums.right[i]! - coupling * toWallKm;
  }
  if (!solve(sums.normal, damping, loose, right, step)) return false;
  step[3] = toWallKm;
  return true;
}

/** Along the ellipsoid by the step, by its radii of curvature (Vallado 2013, 3.2). */
function move(from: Attempt, part: number, to: Attempt): void {
  const east = part * step[0]!;
  const north = part * step[1]!;
  const up = part * step[2]!;
  const sinLat = Math.sin(from.latRad);
  const root = Math.sqrt(1 - WGS84.e2 * sinLat * sinLat);
  const n = WGS84.aKm / root;
  const m = (n * (1 - WGS84.e2)) / (root * root);
  const latRad = from.latRad + north / (m + from.heightKm);
  // A step may cross a pole: down the meridian opposite.
  const overPole = Math.abs(latRad) > Math.PI / 2;
  const cosLat = Math.max(1e-9, Math.cos(from.latRad));
  const lonRad = from.lonRad + east / ((n + from.heightKm) * cosLat) + (overPole ? Math.PI : 0);
  to.latRad = overPole ? Math.sign(latRad) * Math.PI - latRad : latRad;
  to.lonRad = lonRad - 2 * Math.PI * Math.round(lonRad / (2 * Math.PI));
  to.heightKm = from.heightKm + up;
  to.eastKm = from.eastKm + east;
  to.northKm = from.northKm + north;
  to.upKm = from.upKm + up;
  to.rangeOffsetKm = from.rangeOffsetKm + part * step[3]!;
  to.rateOffsetKmS = from.rateOffsetKmS + part * step[4]!;
}
