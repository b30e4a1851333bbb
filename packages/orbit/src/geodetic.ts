// SPDX-License-Identifier: MIT
import type { Ecef } from "./frames.ts";

const DEG = Math.PI / 180;

/** A place over the WGS-84 ellipsoid: geodetic degrees, north and east positive, kilometres above the ellipsoid. */
export interface Geodetic {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeKm: number;
}

/** The WGS-84 ellipsoid (NIMA TR8350.2, table 3.1): semi-axes in kilometres and first eccentricity squared. */
export const WGS84 = { aKm: 6378.137, bKm: 6356.752314245179, e2: 6.694379990141317e-3 } as const;

/** Second eccentricity squared. */
const EP2 = WGS84.e2 / (1 - WGS84.e2);

/** Geodetic to Earth-fixed; exact (Vallado 2013, eq. 3-14). */
export function geodeticToEcef({ latDeg, lonDeg, altitudeKm }: Geodetic): Ecef {
  const sinLat = Math.sin(latDeg * DEG);
  const cosLat = Math.cos(latDeg * DEG);
  const n = WGS84.aKm / Math.sqrt(1 - WGS84.e2 * sinLat * sinLat);
  const rho = (n + altitudeKm) * cosLat;
  return {
    xKm: rho * Math.cos(lonDeg * DEG),
    yKm: rho * Math.sin(lonDeg * DEG),
    zKm: (n * (1 - WGS84.e2) + altitudeKm) * sinLat,
  };
}

/**
 * Earth-fixed to geodetic: Bowring's iteration on the parametric latitude (Survey Review 23, 1976), three rounds,
 * better than 1 um from the sea floor to geostationary height. Longitude in (-180, 180].
 * Within 50 km of the Earth's centre the latitude is not defined and the answer has no meaning.
 */
export function ecefToGeodetic({ xKm, yKm, zKm }: Ecef): Geodetic {
  const { aKm, bKm, e2 } = WGS84;
  const rho = Math.hypot(xKm, yKm);
  let beta = Math.atan2(zKm * aKm, rho * bKm);
  let lat = 0;
  for (let round = 0; round < 3; round++) {
    const sinB = Math.sin(beta);
    const cosB = Math.cos(beta);
    lat = Math.atan2(zKm + EP2 * bKm * sinB ** 3, rho - e2 * aKm * cosB ** 3);
    beta = Math.atan2(bKm * Math.sin(lat), aKm * Math.cos(lat));
  }
  const sinLat = Math.sin(lat);
  // This form of the height has no division by cos(lat) and holds at the poles.
  const altitudeKm = rho * Math.cos(lat) + zKm * sinLat - aKm * Math.sqrt(1 - e2 * sinLat * sinLat);
  return { latDeg: lat / DEG, lonDeg: Math.atan2(yKm, xKm) / DEG, altitudeKm };
}
