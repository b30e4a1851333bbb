// SPDX-License-Identifier: MIT
import type { ObserverFrame } from "@perigee/orbit";

const RAD = 180 / Math.PI;
/** Radius of the geostationary orbit, km (ITU-R S.1503, table of constants: 42,164.2). */
const GSO_KM = 42_164.2;
/** Longitude between stored points of the arc; seen from the ground at most 42,164 / 35,786 of it. */
const STEP_DEG = 2;
/** No point of the arc is farther than this from a stored one: half a step, seen from below. */
const HALF_GAP_DEG = ((STEP_DEG / 2) * GSO_KM) / (GSO_KM - 6378.137);

/**
 * The part of the geostationary arc above a place's horizon, as directions (Earth-fixed unit vectors x, y, z in a row),
 * empty beyond some 81 degrees of latitude. Belongs to one place; compute it once.
 */
export interface GsoArc {
  readonly frame: ObserverFrame;
  readonly directions: Float64Array;
  /** Geocentric longitudes of the ends, radians; `toRad` may exceed pi. Empty arc: both NaN. */
  readonly fromRad: number;
  readonly toRad: number;
}

/** The visible geostationary arc of a place. */
export function gsoArc(frame: ObserverFrame): GsoArc {
  const [ux, uy, uz] = frame.up;
  const equatorial = Math.hypot(ux, uy);
  const horizon = ux * frame.xKm + uy * frame.yKm + uz * frame.zKm;
  // A point of the arc is above the horizon where up . point >= up . site, that is cos(lon - meridian) >= limit.
  const limit = horizon / (GSO_KM * equatorial);
  if (!(limit <= 1))
    return { frame, directions: new Float64Array(0), fromRad: Number.NaN, toRad: Number.NaN };
  const meridian = Math.atan2(uy, ux);
  const half = Math.acos(limit);
  const steps = Math.max(2, Math.ceil((2 * half * RAD) / STEP_DEG));
  const directions = new Float64Array(3 * (steps + 1));
  const fromRad = meridian - half;
  for (let k = 0; k <= steps; k++) {
    const lon = fromRad + (2 * half * k) / steps;
    const dx = GSO_KM * Math.cos(lon) - frame.xKm;
    const dy = GSO_KM * Math.sin(lon) - frame.yKm;
    const dz = -frame.zKm;
    const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
    directions[3 * k] = dx / length;
    directions[3 * k + 1] = dy / length;
    directions[3 * k + 2] = dz / length;
  }
  return { frame, directions, fromRad, toRad: meridian + half };
}

/**
 * Angle at the ground between a satellite (Earth-fixed, km) and the nearest point of the visible geostationary arc,
 * degrees, to better than 0.001; 180 where the arc is below the horizon.
 */
export function gsoSeparationDeg(arc: GsoArc, xKm: number, yKm: number, zKm: number): number {
  const steps = arc.directions.length / 3 - 1;
  if (steps < 1) return 180;
  const nearest = nearestSample(arc, xKm, yKm, zKm);
  // Between the neighbours of the nearest stored point the cosine has one maximum: golden-section search.
  const width = (arc.toRad - arc.fromRad) / steps;
  let low = arc.fromRad + width * Math.max(0, nearest.index - 1);
  let high = arc.fromRad + width * Math.min(steps, nearest.index + 1);
  const ratio = (Math.sqrt(5) - 1) / 2;
  const at = (lon: number) => cosineTo(arc.frame, lon, xKm, yKm, zKm);
  let a = high - ratio * (high - low);
  let b = low + ratio * (high - low);
  let fa = at(a);
  let fb = at(b);
  while (high - low > 1e-6) {
    if (fa > fb) {
      high = b;
      b = a;
      fb = fa;
      a = high - ratio * (high - low);
      fa = at(a);
    } else {
      low = a;
      a = b;
      fa = fb;
      b = low + ratio * (high - low);
      fb = at(b);
    }
  }
  return Math.acos(Math.min(1, Math.max(fa, fb, nearest.cosine))) * RAD;
}

/**
 * Whether a satellite is nearer than `minSeparationDeg` to the visible geostationary arc, seen from the ground. The
 * same answer as {@link gsoSeparationDeg} `< minSeparationDeg`, searched exactly only in doubtful cases.
 */
export function tooNearGso(
  arc: GsoArc,
  xKm: number,
  yKm: number,
  zKm: number,
  minSeparationDeg: number,
): boolean {
  if (arc.directions.length === 0) return false;
  const sampleDeg = Math.acos(Math.min(1, nearestSample(arc, xKm, yKm, zKm).cosine)) * RAD;
  if (sampleDeg < minSeparationDeg) return true;
  if (sampleDeg - HALF_GAP_DEG > minSeparationDeg) return false;
  return gsoSeparationDeg(arc, xKm, yKm, zKm) < minSeparationDeg;
}

function nearestSample(
  arc: GsoArc,
  xKm: number,
  yKm: number,
  zKm: number,
): { index: number; cosine: number } {
  const dx = xKm - arc.frame.xKm;
  const dy = yKm - arc.frame.yKm;
  const dz = zKm - arc.frame.zKm;
  const { directions } = arc;
  let best = Number.NEGATIVE_INFINITY;
  let index = 0;
  for (let k = 0; k < directions.length; k += 3) {
    const dot = dx * directions[k]! + dy * directions[k + 1]! + dz * directions[k + 2]!;
    if (dot > best) {
      best = dot;
      index = k;
    }
  }
  return { index: index / 3, cosine: best / Math.sqrt(dx * dx + dy * dy + dz * dz) };
}

/** Cosine of the angle, at the place, between a satellite and the point of the arc at a longitude. */
function cosineTo(frame: ObserverFrame, lonRad: number, xKm: number, yKm: number, zKm: number): number {
  const gx = GSO_KM * Math.cos(lonRad) - frame.xKm;
  const gy = GSO_KM * Math.sin(lonRad) - frame.yKm;
  const gz = -frame.zKm;
  const dx = xKm - frame.xKm;
  const dy = yKm - frame.yKm;
  const dz = zKm - frame.zKm;
  const dot = gx * dx + gy * dy + gz * dz;
  return dot / Math.sqrt((gx * gx + gy * gy + gz * gz) * (dx * dx + dy * dy + dz * dz));
}
