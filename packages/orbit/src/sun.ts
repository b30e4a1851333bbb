// SPDX-License-Identifier: MIT
import { type Ecef, gmstRad } from "./frames.ts";
import { WGS84 } from "./geodetic.ts";

const DEG = Math.PI / 180;
const J2000_MS = 946_728_000_000;
/** IAU 2012 resolution B2. */
const AU_KM = 149_597_870.7;

/**
 * The sun's geocentric place, Earth-fixed kilometres: the low-precision formulae of the Astronomical Almanac
 * (page C5), good to 0.01 degrees from 1950 to 2050. UTC is taken for UT1 and TT (70 s: 0.001 degrees of the path),
 * and mean sidereal time for apparent (0.005 degrees at most).
 */
export function sunEcef(atMs: number): Ecef {
  const days = (atMs - J2000_MS) / 86_400_000;
  const meanLongitude = 280.46 + 0.9856474 * days;
  const anomaly = (357.528 + 0.9856003 * days) * DEG;
  const longitude = (meanLongitude + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * DEG;
  const obliquity = (23.439 - 4e-7 * days) * DEG;
  const distanceKm = (1.00014 - 0.01671 * Math.cos(anomaly) - 0.00014 * Math.cos(2 * anomaly)) * AU_KM;
  const x = distanceKm * Math.cos(longitude);
  const y = distanceKm * Math.cos(obliquity) * Math.sin(longitude);
  const gmst = gmstRad(atMs);
  const c = Math.cos(gmst);
  const s = Math.sin(gmst);
  return {
    xKm: c * x + s * y,
    yKm: c * y - s * x,
    zKm: distanceKm * Math.sin(obliquity) * Math.sin(longitude),
  };
}

/**
 * Whether a satellite is in sunlight: outside the cylinder of the Earth's equatorial radius that points away from
 * the sun. The cylinder cuts the penumbra, some 8 s wide on a low orbit, near its middle.
 */
export function isSunlit(satellite: Ecef, sun: Ecef): boolean {
  const length = Math.hypot(sun.xKm, sun.yKm, sun.zKm);
  const along = (satellite.xKm * sun.xKm + satellite.yKm * sun.yKm + satellite.zKm * sun.zKm) / length;
  if (along >= 0) return true;
  const squared = satellite.xKm ** 2 + satellite.yKm ** 2 + satellite.zKm ** 2;
  return squared - along * along > WGS84.aKm ** 2;
}
