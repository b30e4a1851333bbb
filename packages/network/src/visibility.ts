// SPDX-License-Identifier: MIT
import type { ObserverFrame } from "@perigee/orbit";
import type { FleetState } from "./fleet-motion.ts";

const RAD = 180 / Math.PI;

/** Satellites seen from one place at one instant: structure of arrays, entries 0 to `count - 1`, by rising index. */
export interface Sky {
  count: number;
  /** Satellite indices. */
  readonly satellite: Int32Array;
  readonly elevationDeg: Float64Array;
  /** Clockwise from north, 0 to 360. */
  readonly azimuthDeg: Float64Array;
  readonly rangeKm: Float64Array;
}

/** An empty sky with room for `capacity` satellites, to be filled again and again. */
export function createSky(capacity: number): Sky {
  return {
    count: 0,
    satellite: new Int32Array(capacity),
    elevationDeg: new Float64Array(capacity),
    azimuthDeg: new Float64Array(capacity),
    rangeKm: new Float64Array(capacity),
  };
}

/**
 * Indices of the satellites at or above an elevation (degrees over the plane tangent to the ellipsoid). Most of the
 * fleet is below the horizon: one dot product rejects it.
 *
 * @param usable 0 for satellites not to be considered (service, errors).
 * @param out Room for as many indices as satellites.
 * @returns How many were written, by rising index.
 */
export function satellitesAbove(
  frame: ObserverFrame,
  fleet: FleetState,
  usable: Uint8Array,
  minElevationDeg: number,
  out: Int32Array,
): number {
  const { xKm, yKm, zKm } = fleet;
  const [ux, uy, uz] = frame.up;
  const sx = frame.xKm;
  const sy = frame.yKm;
  const sz = frame.zKm;
  const horizon = ux * sx + uy * sy + uz * sz;
  const sine = Math.sin(minElevationDeg / RAD);
  const sine2 = sine * sine;
  let count = 0;
  for (let i = 0; i < usable.length; i++) {
    const above = ux * xKm[i]! + uy * yKm[i]! + uz * zKm[i]! - horizon;
    if (!(above > 0) || usable[i] === 0) continue;
    const dx = xKm[i]! - sx;
    const dy = yKm[i]! - sy;
    const dz = zKm[i]! - sz;
    if (above * above >= sine2 * (dx * dx + dy * dy + dz * dz)) out[count++] = i;
  }
  return count;
}

/** Whether one satellite is at or above an elevation: {@link satellitesAbove} for one. */
export function isAbove(
  frame: ObserverFrame,
  fleet: FleetState,
  i: number,
  minElevationDeg: number,
): boolean {
  const dx = fleet.xKm[i]! - frame.xKm;
  const dy = fleet.yKm[i]! - frame.yKm;
  const dz = fleet.zKm[i]! - frame.zKm;
  const above = frame.up[0] * dx + frame.up[1] * dy + frame.up[2] * dz;
  const sine = Math.sin(minElevationDeg / RAD);
  return above > 0 && above * above >= sine * sine * (dx * dx + dy * dy + dz * dz);
}

/** The sky of one place: every usable satellite at or above `minElevationDeg` (0 to 90), with where it stands. */
export function skyOf(
  frame: ObserverFrame,
  fleet: FleetState,
  usable: Uint8Array,
  minElevationDeg: number,
  sky: Sky,
): Sky {
  sky.count = satellitesAbove(frame, fleet, usable, minElevationDeg, sky.satellite);
  for (let k = 0; k < sky.count; k++) {
    const i = sky.satellite[k]!;
    const dx = fleet.xKm[i]! - frame.xKm;
    const dy = fleet.yKm[i]! - frame.yKm;
    const dz = fleet.zKm[i]! - frame.zKm;
    const east = dx * frame.east[0] + dy * frame.east[1];
    const north = dx * frame.north[0] + dy * frame.north[1] + dz * frame.north[2];
    const up = dx * frame.up[0] + dy * frame.up[1] + dz * frame.up[2];
    const azimuthDeg = Math.atan2(east, north) * RAD;
    sky.elevationDeg[k] = Math.atan2(up, Math.hypot(east, north)) * RAD;
    sky.azimuthDeg[k] = azimuthDeg < 0 ? azimuthDeg + 360 : azimuthDeg;
    sky.rangeKm[k] = Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
  return sky;
}

/** Mean Earth radius for spherical rules of thumb, km; the elevation rules themselves use the ellipsoid. */
const EARTH_KM = 6371;

/** Where a satellite at `altitudeKm` is, seen at an elevation: central angle to the site, distance, angle off nadir. */
export interface CapGeometry {
  readonly centralAngleDeg: number;
  readonly groundKm: number;
  readonly slantKm: number;
  /** How far from straight down the satellite must steer. */
  readonly nadirAngleDeg: number;
}

/**
 * Coverage geometry over a sphere of 6,371 km: psi = acos(R / (R + h) cos e) - e (any textbook; e.g. Maral and
 * Bousquet, section 2.2). Altitude in km, elevation in degrees.
 */
export function capGeometry(altitudeKm: number, elevationDeg: number): CapGeometry {
  const e = elevationDeg / RAD;
  const radius = EARTH_KM + altitudeKm;
  const psi = Math.acos((EARTH_KM / radius) * Math.cos(e)) - e;
  return {
    centralAngleDeg: psi * RAD,
    groundKm: psi * EARTH_KM,
    slantKm: Math.sqrt(radius ** 2 - (EARTH_KM * Math.cos(e)) ** 2) - EARTH_KM * Math.sin(e),
    nadirAngleDeg: 90 - elevationDeg - psi * RAD,
  };
}

/**
 * Seconds until a satellite sinks below `minElevationDeg` at a place, along the great circle of its present motion
 * over a sphere: a forecast for ranking, within a few per cent of the ephemeris. 0 when it is not above.
 */
export function remainingSeconds(
  frame: ObserverFrame,
  fleet: FleetState,
  i: number,
  minElevationDeg: number,
): number {
  const x = fleet.xKm[i]!;
  const y = fleet.yKm[i]!;
  const z = fleet.zKm[i]!;
  const vx = fleet.vxKmS[i]!;
  const vy = fleet.vyKmS[i]!;
  const vz = fleet.vzKmS[i]!;
  const radius = Math.sqrt(x * x + y * y + z * z);
  const radial = (x * vx + y * vy + z * vz) / radius;
  // Velocity across the radius: what turns the satellite around the Earth.
  const tx = vx - (radial * x) / radius;
  const ty = vy - (radial * y) / radius;
  const tz = vz - (radial * z) / radius;
  const speed = Math.sqrt(tx * tx + ty * ty + tz * tz);
  const site = Math.hypot(frame.xKm, frame.yKm, frame.zKm);
  const now = (frame.xKm * x + frame.yKm * y + frame.zKm * z) / (site * radius);
  const ahead = (frame.xKm * tx + frame.yKm * ty + frame.zKm * tz) / (site * speed);
  const e = minElevationDeg / RAD;
  const reach = Math.cos(Math.acos((site / radius) * Math.cos(e)) - e);
  const amplitude = Math.hypot(now, ahead);
  if (!(now >= reach) || amplitude < reach) return 0;
  const angle = Math.acos(Math.min(1, reach / amplitude)) + Math.atan2(ahead, now);
  return (angle * radius) / speed;
}
