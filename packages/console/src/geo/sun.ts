// SPDX-License-Identifier: MIT

/** Where the sun stands overhead. */
export interface SubsolarPoint {
  readonly latDeg: number;
  readonly lonDeg: number;
}

const RAD = Math.PI / 180;

/**
 * The subsolar point by the low-precision formulas of the Astronomical Almanac (section C, "Low precision formulas for
 * the Sun"): good to 0.01° in the ecliptic between 1950 and 2050; for drawing day and night, nothing more.
 * @param utcMs UTC milliseconds (UT1 and UTC differ by less than 0.9 s, which is 0.004° of longitude)
 */
export function subsolarPoint(utcMs: number): SubsolarPoint {
  const days = utcMs / 86_400_000 - 10_957.5; // since J2000.0, 2000-01-01T12:00
  const meanLongitude = 280.46 + 0.9856474 * days;
  const meanAnomaly = (357.528 + 0.9856003 * days) * RAD;
  const eclipticLongitude =
    (meanLongitude + 1.915 * Math.sin(meanAnomaly) + 0.02 * Math.sin(2 * meanAnomaly)) * RAD;
  const obliquity = (23.439 - 0.0000004 * days) * RAD;
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(eclipticLongitude));
  const rightAscension = Math.atan2(
    Math.cos(obliquity) * Math.sin(eclipticLongitude),
    Math.cos(eclipticLongitude),
  );
  const siderealDeg = 280.46061837 + 360.98564736629 * days; // Meeus, Astronomical Algorithms, eq. 12.4
  return { latDeg: declination / RAD, lonDeg: wrapDeg(rightAscension / RAD - siderealDeg) };
}

/** Brings an angle into [-180, 180). */
export function wrapDeg(deg: number): number {
  return ((((deg + 180) % 360) + 360) % 360) - 180;
}
