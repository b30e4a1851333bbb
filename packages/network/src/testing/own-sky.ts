// SPDX-License-Identifier: MIT
// For tests only: where things are, worked out a second time. SGP4 states come from the verified propagator as they
// leave the model (TEME); the turn to the Earth, the ellipsoid, its normal and the geostationary ring are this file's.
import type { CellTable } from "@perigee/earth";
import { createPropagator, type Elements, epochMs } from "@perigee/orbit";

export const RAD = Math.PI / 180;
/** WGS 84 semi-axes, km. */
const A_KM = 6378.137;
const B_KM = 6356.752314245179;
const RING_KM = 42_164.2;

/** Points, Earth-fixed, km: structure of arrays. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/** Points on the ellipsoid with its outward unit normals. */
export interface Ground extends Points {
  readonly nx: Float64Array;
  readonly ny: Float64Array;
  readonly nz: Float64Array;
}

/** Greenwich mean sidereal time, radians: Meeus, Astronomical Algorithms, eq. 12.4, UTC for UT1. */
function siderealRad(atMs: number): number {
  const days = (atMs - 946_728_000_000) / 86_400_000;
  const t = days / 36_525;
  const deg = 280.46061837 + 360.98564736629 * days + t * t * (0.000387933 - t / 38_710_000);
  return (deg % 360) * RAD;
}

/** Every satellite at each instant, straight from SGP4; NaN where it gives an error. */
export function skyAt(elements: readonly Elements[], instantsMs: readonly number[]): Points[] {
  const propagator = createPropagator(elements);
  const state = new Float64Array(6);
  const epochs = elements.map(set => epochMs(set));
  return instantsMs.map(atMs => {
    const angle = siderealRad(atMs);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const points = pointsOf(elements.length);
    for (let i = 0; i < elements.length; i++) {
      const error = propagator.temeState(i, (atMs - epochs[i]!) / 60_000, state);
      const [x, y, z] = error === 0 ? state : [Number.NaN, Number.NaN, Number.NaN];
      points.x[i] = cos * x! + sin * y!;
      points.y[i] = cos * y! - sin * x!;
      points.z[i] = z!;
    }
    return points;
  });
}

/** Places at height 0, by the reduced latitude; the normal is the gradient of x²/a² + y²/a² + z²/b². */
export function groundOf(places: Pick<CellTable, "latDeg" | "lonDeg">): Ground {
  const count = places.latDeg.length;
  const ground = { ...pointsOf(count), ...normalsOf(count) };
  for (let k = 0; k < count; k++) {
    const reduced = Math.atan2(
      B_KM * Math.sin(places.latDeg[k]! * RAD),
      A_KM * Math.cos(places.latDeg[k]! * RAD),
    );
    const lon = places.lonDeg[k]! * RAD;
    const x = A_KM * Math.cos(reduced) * Math.cos(lon);
    const y = A_KM * Math.cos(reduced) * Math.sin(lon);
    const z = B_KM * Math.sin(reduced);
    const [gx, gy, gz] = [x / A_KM ** 2, y / A_KM ** 2, z / B_KM ** 2];
    const length = Math.sqrt(gx * gx + gy * gy + gz * gz);
    ground.x[k] = x;
    ground.y[k] = y;
    ground.z[k] = z;
    ground.nx[k] = gx / length;
    ground.ny[k] = gy / length;
    ground.nz[k] = gz / length;
  }
  return ground;
}

/** Places given one by one. */
export function groundAt(places: readonly { readonly latDeg: number; readonly lonDeg: number }[]): Ground {
  return groundOf({
    latDeg: Float64Array.from(places, place => place.latDeg),
    lonDeg: Float64Array.from(places, place => place.lonDeg),
  });
}

/** Distance of two points, km. */
export function distance(a: Points, i: number, b: Points, j: number): number {
  const [x, y, z] = [b.x[j]! - a.x[i]!, b.y[j]! - a.y[i]!, b.z[j]! - a.z[i]!];
  return Math.sqrt(x * x + y * y + z * z);
}

/** Elevation of satellite i over the horizon of place k, degrees; NaN without a position. */
export function elevationDeg(ground: Ground, k: number, sky: Points, i: number): number {
  const [x, y, z] = [sky.x[i]! - ground.x[k]!, sky.y[i]! - ground.y[k]!, sky.z[i]! - ground.z[k]!];
  const up = x * ground.nx[k]! + y * ground.ny[k]! + z * ground.nz[k]!;
  return Math.asin(up / Math.sqrt(x * x + y * y + z * z)) / RAD;
}

/** Angle at satellite i between the Earth's centre and place k, degrees. */
export function steerDeg(ground: Points, k: number, sky: Points, i: number): number {
  const [sx, sy, sz] = [sky.x[i]!, sky.y[i]!, sky.z[i]!];
  const [x, y, z] = [ground.x[k]! - sx, ground.y[k]! - sy, ground.z[k]! - sz];
  const cos =
    -(x * sx + y * sy + z * sz) / Math.sqrt((x * x + y * y + z * z) * (sx * sx + sy * sy + sz * sz));
  return Math.acos(Math.min(1, cos)) / RAD;
}

/** The ring is looked at every 2 degrees of longitude first, then, where it matters, every 0.02. */
const COARSE_DEG = 2;
const FINE_DEG = 0.02;
const FINE_PER_COARSE = Math.round(COARSE_DEG / FINE_DEG);
const TURN = Math.round(360 / FINE_DEG);
/** How far from the nearest coarse sample any point of the ring can look, from a place as near to it as can be. */
const REACH_DEG = ((COARSE_DEG / 2) * RING_KM) / (RING_KM - A_KM);
const REACH_SIN = Math.sin(REACH_DEG * RAD);
/** Even from the equator the ring is more than 1.2 degrees below the horizon farther east and west than acos(a/r) + 2. */
const HALF_VIEW = Math.ceil(84 / COARSE_DEG) * FINE_PER_COARSE;
/** Twice around, so that any stretch lies in a row. */
const ringX = Float64Array.from({ length: 2 * TURN }, (_, k) => RING_KM * Math.cos(k * FINE_DEG * RAD));
const ringY = Float64Array.from({ length: 2 * TURN }, (_, k) => RING_KM * Math.sin(k * FINE_DEG * RAD));

/**
 * Least angle, seen from place k, between satellite i and the part of the geostationary ring above the horizon, degrees;
 * Infinity where none is above it. Told exactly only where it decides: above `least` a lower bound that is itself above
 * `least`, more than 2 degrees below an upper bound that is itself as far below. By samples 0.02 degrees apart: never
 * below the truth, and above it by no more than that.
 */
export function ringAngleDeg(ground: Ground, k: number, sky: Points, i: number, least: number): number {
  const px = ground.x[k]!;
  const py = ground.y[k]!;
  const pz = ground.z[k]!;
  const nx = ground.nx[k]!;
  const ny = ground.ny[k]!;
  const nz = ground.nz[k]!;
  let dx = sky.x[i]! - px;
  let dy = sky.y[i]! - py;
  let dz = sky.z[i]! - pz;
  const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
  dx /= length;
  dy /= length;
  dz /= length;
  const east = Math.round(Math.atan2(py, px) / RAD / COARSE_DEG) * FINE_PER_COARSE;
  const first = (east - HALF_VIEW + TURN) % TURN;
  const last = first + 2 * HALF_VIEW;
  // Nearest of all coarse samples, those just below the horizon included, and of those above it.
  let nearest = -2;
  let nearestAbove = -2;
  for (let j = first; j <= last; j += FINE_PER_COARSE) {
    const x = ringX[j]! - px;
    const y = ringY[j]! - py;
    const inverse = 1 / Math.sqrt(x * x + y * y + pz * pz);
    const up = (x * nx + y * ny - pz * nz) * inverse;
    if (up < -REACH_SIN) continue;
    const cos = (x * dx + y * dy - pz * dz) * inverse;
    if (cos > nearest) nearest = cos;
    if (up >= 0 && cos > nearestAbove) nearestAbove = cos;
  }
  if (nearest === -2) return Number.POSITIVE_INFINITY;
  const nearestDeg = Math.acos(Math.min(1, nearest)) / RAD;
  if (nearestDeg - REACH_DEG > least) return nearestDeg - REACH_DEG;
  const aboveDeg = nearestAbove === -2 ? 180 : Math.acos(Math.min(1, nearestAbove)) / RAD;
  if (aboveDeg < least - 2) return aboveDeg;
  // Only around samples that may have something nearer beside them.
  const worth = Math.cos((Math.min(aboveDeg, least) + REACH_DEG) * RAD);
  let closest = -2;
  for (let j = first; j <= last; j += FINE_PER_COARSE) {
    const cx = ringX[j]! - px;
    const cy = ringY[j]! - py;
    if (cx * dx + cy * dy - pz * dz < worth * Math.sqrt(cx * cx + cy * cy + pz * pz)) continue;
    const from = Math.max(0, j - FINE_PER_COARSE / 2);
    for (let f = from; f <= from + FINE_PER_COARSE; f++) {
      const x = ringX[f]! - px;
      const y = ringY[f]! - py;
      if (x * nx + y * ny - pz * nz < 0) continue;
      const cos = (x * dx + y * dy - pz * dz) / Math.sqrt(x * x + y * y + pz * pz);
      if (cos > closest) closest = cos;
    }
  }
  return closest === -2 ? Number.POSITIVE_INFINITY : Math.acos(Math.min(1, closest)) / RAD;
}

/** Great circle on the sphere of 6,371.0088 km, by the vector form. */
export function greatCircleKm(
  a: { readonly latDeg: number; readonly lonDeg: number },
  b: { readonly latDeg: number; readonly lonDeg: number },
): number {
  const unit = ({ latDeg, lonDeg }: { readonly latDeg: number; readonly lonDeg: number }) => {
    const [lat, lon] = [latDeg * RAD, lonDeg * RAD];
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)] as const;
  };
  const [[ux, uy, uz], [vx, vy, vz]] = [unit(a), unit(b)];
  const cross = Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
  return 6371.0088 * Math.atan2(cross, ux * vx + uy * vy + uz * vz);
}

function pointsOf(count: number): Points {
  return { x: new Float64Array(count), y: new Float64Array(count), z: new Float64Array(count) };
}

function normalsOf(count: number) {
  return { nx: new Float64Array(count), ny: new Float64Array(count), nz: new Float64Array(count) };
}
