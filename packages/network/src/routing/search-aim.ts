// SPDX-License-Identifier: MIT
import { LIGHT_KM_PER_MS, type Positions } from "./laser-geometry.ts";

/** Where the nodes wanted of a search lie: a ball around them. No link is faster than light. */
export interface SearchAim {
  /** By the names of nodes, km. */
  readonly places: Positions;
  readonly centreKm: readonly [x: number, y: number, z: number];
  readonly radiusKm: number;
  readonly kmPerMs: number;
}

/** Light's way in a millisecond, and a little more for what rounding may take off a sum of delays. */
const KM_PER_MS = (1 + 1e-9) * LIGHT_KM_PER_MS;
/** For rounding of distances, km. */
const SPARE_KM = 1e-3;

/** A ball around satellites, about the mean of their places: nearly the smallest where they are neighbours. */
export function aimAround(wanted: Int32Array, places: Positions): SearchAim {
  const { xKm, yKm, zKm } = places;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let k = 0; k < wanted.length; k++) {
    x += xKm[wanted[k]!]!;
    y += yKm[wanted[k]!]!;
    z += zKm[wanted[k]!]!;
  }
  x /= wanted.length;
  y /= wanted.length;
  z /= wanted.length;
  let most2 = 0;
  for (let k = 0; k < wanted.length; k++) {
    const dx = xKm[wanted[k]!]! - x;
    const dy = yKm[wanted[k]!]! - y;
    const dz = zKm[wanted[k]!]! - z;
    most2 = Math.max(most2, dx * dx + dy * dy + dz * dz);
  }
  return { places, centreKm: [x, y, z], radiusKm: Math.sqrt(most2) + SPARE_KM, kmPerMs: KM_PER_MS };
}
