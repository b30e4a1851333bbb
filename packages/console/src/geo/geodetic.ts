// SPDX-License-Identifier: MIT
// WGS 84 (NGA.STND.0036): the ellipsoid that latitudes in this system refer to.
const EQUATOR_KM = 6378.137;
const FLATTENING = 1 / 298.257223563;
/** First eccentricity squared. */
export const E2 = FLATTENING * (2 - FLATTENING);

/** Geodetic degrees and kilometres above the ellipsoid. */
export interface Geodetic {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeKm: number;
}

/** Earth-fixed kilometres of a geodetic place. */
export function toEcefKm({ latDeg, lonDeg, altitudeKm }: Geodetic): [number, number, number] {
  const lat = (latDeg * Math.PI) / 180;
  const lon = (lonDeg * Math.PI) / 180;
  const normalKm = EQUATOR_KM / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);
  const equatorialKm = (normalKm + altitudeKm) * Math.cos(lat);
  return [
    equatorialKm * Math.cos(lon),
    equatorialKm * Math.sin(lon),
    (normalKm * (1 - E2) + altitudeKm) * Math.sin(lat),
  ];
}

/**
 * The place under an Earth-fixed point, by three rounds of the fixed-point iteration tan φ = z / (p (1 − e² N/(N+h))):
 * below 1e-4° and 10 m for points from the ground to 2,000 km, which is far below a pixel. The shader does the same.
 */
export function toGeodetic(xKm: number, yKm: number, zKm: number): Geodetic {
  const p = Math.hypot(xKm, yKm);
  let lat = Math.atan2(zKm, p * (1 - E2));
  let altitudeKm = 0;
  for (let round = 0; round < 3; round++) {
    const normalKm = EQUATOR_KM / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);
    altitudeKm = p * Math.cos(lat) + zKm * Math.sin(lat) - normalKm * (1 - E2 * Math.sin(lat) ** 2);
    lat = Math.atan2(zKm, p * (1 - (E2 * normalKm) / (normalKm + altitudeKm)));
  }
  return { latDeg: (lat * 180) / Math.PI, lonDeg: (Math.atan2(yKm, xKm) * 180) / Math.PI, altitudeKm };
}
