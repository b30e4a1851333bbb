// SPDX-License-Identifier: MIT
import { WGS84 } from "./geodetic.ts";

/** WGS-72 gravitational parameter, km^3/s^2, as SGP4 has it (AIAA 2006-6753, `wgs72`). */
const MU_WGS72 = 398_600.8;

/**
 * Mean motion, rev/day, of a satellite whose semi-major axis is `altitudeKm` over the equatorial radius:
 * n = sqrt(mu / a^3), mu of WGS-72. The result is used as the *Kozai* mean motion of the element set, the inverse of
 * how shell altitudes are read from published sets. SGP4 turns it into Brouwer's, which moves the mean semi-major
 * axis: +6 km at the equator, 0 at 54.7 degrees, -3 km over the poles (at 500 km); along the orbit the geocentric
 * radius swings up to 8 km to either side.
 */
export function meanMotionFromAltitude(altitudeKm: number): number {
  const a = WGS84.aKm + altitudeKm;
  return (Math.sqrt(MU_WGS72 / a ** 3) * 86_400) / (2 * Math.PI);
}

/** The inverse of {@link meanMotionFromAltitude}: kilometres above 6378.137 km. */
export function altitudeFromMeanMotionKm(meanMotionRevPerDay: number): number {
  return Math.cbrt(MU_WGS72 / ((meanMotionRevPerDay * 2 * Math.PI) / 86_400) ** 2) - WGS84.aKm;
}
