// SPDX-License-Identifier: MIT
import type { FleetState } from "../fleet-motion.ts";
import type { LaserTopology } from "./laser-topology.ts";

/** Speed of light in vacuum, km per millisecond (exact by definition of the metre). */
export const LIGHT_KM_PER_MS = 299.792458;

/** Sphere for clearance over the Earth, km. */
const EARTH_KM = 6371;
/** Earth's rotation rate, rad/s (WGS-84, NIMA TR8350.2, table 3.1). */
const EARTH_RATE_RAD_S = 7.292115e-5;

/** What a laser can do. The first two fields are those of `RoutePolicy`. */
export interface LaserRules {
  /** Longest link, km. */
  readonly laserRangeKm: number;
  /** A beam may not pass lower than this over the sphere of 6,371 km. */
  readonly laserClearanceKm: number;
  /** Fastest turn of a terminal in the frame of its satellite; default: no limit. */
  readonly maxTrackingDegPerS?: number;
}

/** Positions, Earth-fixed, km; velocities are needed only for a limit on the tracking rate. */
export type Positions = Pick<FleetState, "xKm" | "yKm" | "zKm">;

/** Length of the link between two satellites, km; -1 where there can be none: too long, or too low over the Earth. */
export function laserKm(at: Positions, a: number, b: number, rules: LaserRules): number {
  const ax = at.xKm[a]!;
  const ay = at.yKm[a]!;
  const az = at.zKm[a]!;
  const dx = at.xKm[b]! - ax;
  const dy = at.yKm[b]! - ay;
  const dz = at.zKm[b]! - az;
  const length2 = dx * dx + dy * dy + dz * dz;
  // NaN, a satellite without a position, fails too.
  if (!(length2 <= rules.laserRangeKm * rules.laserRangeKm)) return -1;
  const least = EARTH_KM + rules.laserClearanceKm;
  const along = -(ax * dx + ay * dy + az * dz);
  // Beyond the ends the nearest point is an end, and satellites fly higher than any clearance.
  if (along > 0 && along < length2) {
    const nearest2 = ax * ax + ay * ay + az * az - (along * along) / length2;
    if (nearest2 < least * least) return -1;
  }
  return Math.sqrt(length2);
}

/**
 * Whether a link of `lengthKm` can be wherever its ends move by up to `movedKm` each: it grows by at most twice that, and
 * none of its points sinks by more than that. A chord's lowest point h over ends at radii p and q is bounded by
 * h^2 >= min(p, q)^2 - length^2 / 4, with equality where both ends are level.
 *
 * @returns false where it may break a rule, or may not: ask {@link laserKm}.
 */
export function outlastsMoves(
  at: Positions,
  a: number,
  b: number,
  rules: LaserRules,
  lengthKm: number,
  movedKm: number,
): boolean {
  const ax = at.xKm[a]!;
  const ay = at.yKm[a]!;
  const az = at.zKm[a]!;
  const bx = at.xKm[b]!;
  const by = at.yKm[b]!;
  const bz = at.zKm[b]!;
  const lower2 = Math.min(ax * ax + ay * ay + az * az, bx * bx + by * by + bz * bz);
  const least = EARTH_KM + rules.laserClearanceKm + movedKm;
  return lengthKm + 2 * movedKm <= rules.laserRangeKm && lower2 - (lengthKm * lengthKm) / 4 >= least * least;
}

/** Lengths of all links of a topology into `km`, one per link; -1 where a link cannot be. */
export function laserLengths(
  { a, b }: LaserTopology,
  at: Positions,
  rules: LaserRules,
  km: Float64Array,
): Float64Array {
  for (let k = 0; k < a.length; k++) km[k] = laserKm(at, a[k]!, b[k]!, rules);
  return km;
}

/**
 * How fast the faster of two terminals that point at each other must turn, degrees per second, in the frame of its own
 * satellite, which turns with the orbit (radial, along, across: r x v / r^2). 0 for two satellites that fly one behind
 * the other; largest where the orbits of neighbouring planes cross.
 */
export function trackingDegPerS(fleet: FleetState, a: number, b: number): number {
  return Math.max(turnOf(fleet, a, b), turnOf(fleet, b, a));
}

function turnOf({ xKm, yKm, zKm, vxKmS, vyKmS, vzKmS }: FleetState, from: number, to: number): number {
  const x = xKm[from]!;
  const y = yKm[from]!;
  const z = zKm[from]!;
  const dx = xKm[to]! - x;
  const dy = yKm[to]! - y;
  const dz = zKm[to]! - z;
  // Inertial velocities along Earth-fixed axes: v + omega x r.
  const vx = vxKmS[from]! - EARTH_RATE_RAD_S * y;
  const vy = vyKmS[from]! + EARTH_RATE_RAD_S * x;
  const vz = vzKmS[from]!;
  const ux = vxKmS[to]! - vxKmS[from]! - EARTH_RATE_RAD_S * dy;
  const uy = vyKmS[to]! - vyKmS[from]! + EARTH_RATE_RAD_S * dx;
  const uz = vzKmS[to]! - vzKmS[from]!;
  const length2 = dx * dx + dy * dy + dz * dz;
  const radius2 = x * x + y * y + z * z;
  // Turn of the line of sight (d x u / d^2) less that of the satellite; what lies along the line turns nothing.
  const wx = (dy * uz - dz * uy) / length2 - (y * vz - z * vy) / radius2;
  const wy = (dz * ux - dx * uz) / length2 - (z * vx - x * vz) / radius2;
  const wz = (dx * uy - dy * ux) / length2 - (x * vy - y * vx) / radius2;
  const along = (wx * dx + wy * dy + wz * dz) / length2;
  return (Math.hypot(wx - along * dx, wy - along * dy, wz - along * dz) * 180) / Math.PI;
}
