// SPDX-License-Identifier: MIT

/** A point in the Earth-fixed frame: x to 0 N 0 E, z to the north pole, kilometres. */
export interface Ecef {
  readonly xKm: number;
  readonly yKm: number;
  readonly zKm: number;
}

/** A point and its velocity relative to the turning Earth, km/s. */
export interface EcefState extends Ecef {
  readonly vxKmS: number;
  readonly vyKmS: number;
  readonly vzKmS: number;
}

const TWO_PI = 2 * Math.PI;
/** 2000-01-01 12:00, the origin of the IAU-82 polynomial, UTC taken for UT1. */
const J2000_MS = 946_728_000_000;
const MS_PER_CENTURY = 36_525 * 86_400_000;

/** Earth's rotation rate, rad/s (WGS-84, NIMA TR8350.2, table 3.1, as used with TEME by Vallado 2013, section 3.7). */
export const EARTH_RATE_RAD_S = 7.292115e-5;

/**
 * Greenwich mean sidereal time, radians in [0, 2 pi): the IAU-1982 polynomial (Aoki et al. 1982; Vallado et al.,
 * AIAA 2006-6753, appendix C). UTC stands for UT1: at most 0.9 s, 66 microradians, 0.46 km at low-orbit height.
 */
export function gmstRad(atMs: number): number {
  const t = (atMs - J2000_MS) / MS_PER_CENTURY;
  const seconds = 67_310.54841 + t * (876_600 * 3600 + 8_640_184.812866 + t * (0.093104 - t * 6.2e-6));
  const rad = ((seconds % 86_400) / 86_400) * TWO_PI;
  return rad < 0 ? rad + TWO_PI : rad;
}

/**
 * Turns a TEME state (km, km/s) into the Earth-fixed frame by the angle of {@link gmstRad}. Polar motion
 * (under 0.6 arc seconds, 20 m) is ignored. Velocity becomes relative to the ground: v - omega x r.
 */
export function temeToEcef(
  x: number,
  y: number,
  z: number,
  vx: number,
  vy: number,
  vz: number,
  gmst: number,
): EcefState {
  const c = Math.cos(gmst);
  const s = Math.sin(gmst);
  const xKm = c * x + s * y;
  const yKm = c * y - s * x;
  return {
    xKm,
    yKm,
    zKm: z,
    vxKmS: c * vx + s * vy + EARTH_RATE_RAD_S * yKm,
    vyKmS: c * vy - s * vx - EARTH_RATE_RAD_S * xKm,
    vzKmS: vz,
  };
}
