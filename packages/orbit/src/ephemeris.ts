// SPDX-License-Identifier: MIT
import type { EcefState } from "./frames.ts";

/**
 * States of many satellites at one instant: structure of arrays, index = satellite. Earth-fixed (ECEF) kilometres,
 * km/s relative to the turning Earth. Where `error[i]` is not 0 the six coordinates are NaN.
 */
export interface Ephemeris {
  /** The instant, UTC milliseconds. */
  atMs: number;
  /** Greenwich mean sidereal time used for all of them. */
  gmstRad: number;
  readonly count: number;
  readonly xKm: Float64Array;
  readonly yKm: Float64Array;
  readonly zKm: Float64Array;
  readonly vxKmS: Float64Array;
  readonly vyKmS: Float64Array;
  readonly vzKmS: Float64Array;
  /** 0, or the SGP4 error code; see {@link SGP4_ERRORS}. */
  readonly error: Uint8Array;
}

/** What the SGP4 error codes mean (Vallado et al., AIAA 2006-6753, source comments). */
export const SGP4_ERRORS: Readonly<Record<number, string>> = {
  0: "no error",
  1: "mean eccentricity outside 0 to 1, or semi-major axis too small",
  2: "mean motion fell below zero",
  3: "perturbed eccentricity outside 0 to 1",
  4: "semi-latus rectum fell below zero",
  6: "decayed: the computed position is inside the Earth",
};

/** An ephemeris of `count` satellites, all zero, to pass as `out` again and again. */
export function createEphemeris(count: number): Ephemeris {
  const axis = () => new Float64Array(count);
  return {
    atMs: 0,
    gmstRad: 0,
    count,
    xKm: axis(),
    yKm: axis(),
    zKm: axis(),
    vxKmS: axis(),
    vyKmS: axis(),
    vzKmS: axis(),
    error: new Uint8Array(count),
  };
}

/** One satellite's state out of the arrays; NaN where it has an error. `index` must be below `count`. */
export function stateAt(ephemeris: Ephemeris, index: number): EcefState {
  if (!(index >= 0 && index < ephemeris.count))
    throw new RangeError(`no satellite ${index} in this ephemeris`);
  return {
    xKm: ephemeris.xKm[index]!,
    yKm: ephemeris.yKm[index]!,
    zKm: ephemeris.zKm[index]!,
    vxKmS: ephemeris.vxKmS[index]!,
    vyKmS: ephemeris.vyKmS[index]!,
    vzKmS: ephemeris.vzKmS[index]!,
  };
}
