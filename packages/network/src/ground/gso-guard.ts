// SPDX-License-Identifier: MIT

import type { ObserverFrame } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";
import { type GsoArc, gsoArc, gsoSeparationDeg } from "../gso.ts";

const RAD = 180 / Math.PI;

/** Earth-fixed places of satellites at one instant, km. */
type Places = Pick<FleetState, "xKm" | "yKm" | "zKm">;
/** Radius of the geostationary orbit, km (ITU-R S.1503). */
const GSO_KM = 42_164.2;
/** From the ground to a visible point of the arc: at the horizon sqrt(42,164^2 - 6,378^2), at least 35,786. */
const FARTHEST_KM = 41_680;
const NEAREST_KM = 35_780;
/**
 * Bound of the second derivative of the direction a to a point of the arc by its longitude: with R the arc's radius, d the
 * distance and r the Earth's radius, |a'| <= R / d <= 1.179, |d'| / d <= r R / d^2 <= 0.211, and
 * |a''| <= R / d + 2 |d'| / d |a'| + |a'|^2.
 */
const MOST_BEND = 3.1;

/** Whether satellites (Earth-fixed, km) above the horizon of one place are too near its geostationary arc. */
export type GsoGuard = (xKm: number, yKm: number, zKm: number) => boolean;

/** Whether satellite `i` of the fleet is too near at any of several instants. */
export type GsoSpanGuard = (instants: readonly Places[], i: number) => boolean;

/**
 * The same answers as `tooNearGso` for one place and one separation, several times faster: for whoever asks about
 * thousands of satellites.
 *
 * The ray through the satellite meets the sphere of the geostationary orbit at Q. With u and v the distances of Q and of
 * a point A of the arc, 4 u v sin^2(separation / 2) = |QA|^2 - (u - v)^2, and |QA| is at least Q's distance from the
 * equatorial plane: most satellites are dismissed by that alone. For the rest the search starts at Q's longitude.
 */
export function createGsoGuard(frame: ObserverFrame, minSeparationDeg: number): GsoGuard {
  const arc: GsoArc = gsoArc(frame);
  const { directions, fromRad, toRad } = arc;
  const last = directions.length / 3 - 1;
  if (last < 1) return () => false;
  const { xKm: px, yKm: py, zKm: pz } = frame;
  const c = px * px + py * py + pz * pz - GSO_KM * GSO_KM;
  const clear2 = squaredBelt(minSeparationDeg);
  const surely = Math.cos(minSeparationDeg / RAD);
  const perRad = last / (toRad - fromRad);
  // The cosine's maximum along the arc lies within half a gap of a stored direction: it is at most so much more there.
  const hardly = surely - (MOST_BEND / 2) * (1 / perRad / 2) ** 2;

  return (xKm, yKm, zKm) => {
    const dx = xKm - px;
    const dy = yKm - py;
    const dz = zKm - pz;
    const a = dx * dx + dy * dy + dz * dz;
    const b = px * dx + py * dy + pz * dz;
    const t = (Math.sqrt(b * b - a * c) - b) / a;
    const qz = pz + t * dz;
    if (qz * qz >= clear2) return false;
    let turn = Math.atan2(py + t * dy, px + t * dx) - fromRad;
    if (turn < 0) turn += 2 * Math.PI;
    else if (turn > 2 * Math.PI) turn -= 2 * Math.PI;
    let k = Math.min(last, Math.round(turn * perRad));
    let best = dx * directions[3 * k]! + dy * directions[3 * k + 1]! + dz * directions[3 * k + 2]!;
    for (let step = k > 0 ? -1 : 1, turned = false; ; ) {
      const next = k + step;
      const dot =
        next < 0 || next > last
          ? Number.NEGATIVE_INFINITY
          : dx * directions[3 * next]! + dy * directions[3 * next + 1]! + dz * directions[3 * next + 2]!;
      if (dot > best) {
        best = dot;
        k = next;
      } else if (turned) {
        break;
      } else {
        step = -step;
        turned = true;
      }
    }
    const cosine = best / Math.sqrt(a);
    if (cosine > surely) return true;
    if (cosine < hardly) return false;
    return gsoSeparationDeg(arc, xKm, yKm, zKm) < minSeparationDeg;
  };
}

/**
 * {@link createGsoGuard} for whoever asks about the same satellites at one instant after the other: it reads their places
 * itself, and dismisses most of them without a further call.
 */
export function createGsoSpanGuard(frame: ObserverFrame, minSeparationDeg: number): GsoSpanGuard {
  const tooNear = createGsoGuard(frame, minSeparationDeg);
  const { xKm: px, yKm: py, zKm: pz } = frame;
  const c = px * px + py * py + pz * pz - GSO_KM * GSO_KM;
  const clear2 = squaredBelt(minSeparationDeg);
  return (instants, i) => {
    for (let k = 0; k < instants.length; k++) {
      const { xKm, yKm, zKm } = instants[k]!;
      const x = xKm[i]!;
      const y = yKm[i]!;
      const z = zKm[i]!;
      const dx = x - px;
      const dy = y - py;
      const dz = z - pz;
      const a = dx * dx + dy * dy + dz * dz;
      const b = px * dx + py * dy + pz * dz;
      const qz = pz + ((Math.sqrt(b * b - a * c) - b) / a) * dz;
      if (qz * qz < clear2 && tooNear(x, y, z)) return true;
    }
    return false;
  };
}

/** Square of the distance from the equatorial plane, km, beyond which Q is surely far enough from the arc. */
function squaredBelt(minSeparationDeg: number): number {
  const spread = FARTHEST_KM - NEAREST_KM;
  return 4 * FARTHEST_KM ** 2 * Math.sin(minSeparationDeg / 2 / RAD) ** 2 + spread * spread;
}
