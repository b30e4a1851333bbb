// SPDX-License-Identifier: MIT
import type { Position } from "./position.ts";

/**
 * Mean radius R1 of the GRS 80 ellipsoid, kilometres (Moritz, "Geodetic Reference System 1980", J. Geodesy 74, 2000).
 *
 * Distances here are on this sphere: up to 0.56 % off the geodesic on the ellipsoid, usually under 0.3 %.
 */
export const EARTH_RADIUS_KM = 6371.0088;

const RADIANS = Math.PI / 180;

/**
 * Great-circle distance in kilometres, by the haversine formula (R. W. Sinnott, "Virtues of the Haversine",
 * Sky and Telescope 68, 1984): no loss of digits at short range, nor at the antipode within 1 m.
 */
export function distanceKm(from: Position, to: Position): number {
  const sinHalfLat = Math.sin(((to.latDeg - from.latDeg) * RADIANS) / 2);
  const sinHalfLon = Math.sin(((to.lonDeg - from.lonDeg) * RADIANS) / 2);
  const cosines = Math.cos(from.latDeg * RADIANS) * Math.cos(to.latDeg * RADIANS);
  const h = sinHalfLat * sinHalfLat + cosines * sinHalfLon * sinHalfLon;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
}

/** Initial bearing of the great circle, degrees clockwise from north, 0 ≤ bearing < 360. 0 between equal points. */
export function bearingDeg(from: Position, to: Position): number {
  const lat1 = from.latDeg * RADIANS;
  const lat2 = to.latDeg * RADIANS;
  const dLon = (to.lonDeg - from.lonDeg) * RADIANS;
  const east = Math.sin(dLon) * Math.cos(lat2);
  const north = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLon);
  const bearing = Math.atan2(east, north) / RADIANS;
  return bearing < 0 ? (bearing + 360) % 360 : bearing;
}

/** The point reached from `from` along the great circle with this initial bearing after `km` kilometres. */
export function destination(from: Position, initialBearingDeg: number, km: number): Position {
  const lat1 = from.latDeg * RADIANS;
  const bearing = initialBearingDeg * RADIANS;
  const arc = km / EARTH_RADIUS_KM;
  const sinLat = Math.sin(lat1) * Math.cos(arc) + Math.cos(lat1) * Math.sin(arc) * Math.cos(bearing);
  const east = Math.sin(bearing) * Math.sin(arc) * Math.cos(lat1);
  const towards = Math.cos(arc) - Math.sin(lat1) * sinLat;
  return {
    latDeg: Math.asin(Math.max(-1, Math.min(1, sinLat))) / RADIANS,
    lonDeg: wrapLongitudeDeg(from.lonDeg + Math.atan2(east, towards) / RADIANS),
  };
}

/**
 * The point a `fraction` (0 to 1) of the way along the great circle between two points.
 * Between antipodes every great circle is shortest; one of them is taken.
 */
export function interpolateGreatCircle(from: Position, to: Position, fraction: number): Position {
  if (fraction === 1) return to;
  return destination(from, bearingDeg(from, to), distanceKm(from, to) * fraction);
}

/** The same longitude written as -180 ≤ longitude < 180. */
export function wrapLongitudeDeg(lonDeg: number): number {
  if (lonDeg >= -180 && lonDeg < 180) return lonDeg;
  return lonDeg - 360 * Math.floor((lonDeg + 180) / 360);
}
