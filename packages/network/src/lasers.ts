// SPDX-License-Identifier: MIT
import type { PlaneMap } from "@perigee/orbit";
import type { FleetState } from "./fleet-motion.ts";
import type { RoutePolicy } from "./policy.ts";

/** Who may hold a laser link with whom: compressed rows; the neighbours of `i` are `neighbour[offset[i] … offset[i + 1] - 1]`. */
export interface LaserGrid {
  readonly offset: Int32Array;
  readonly neighbour: Int32Array;
}

/** Sphere for clearance over the Earth, km. */
const EARTH_KM = 6371;
/** Satellites of neighbouring planes that are farther apart than this in phase make no pair. */
const MAX_PHASE_DEG = 30;
/** Planes with a wider step of RAAN are no neighbours. */
const MAX_PLANE_STEP_DEG = 90;

/**
 * The +Grid: each satellite holds up to four lasers, to the next ahead and the next behind in its plane and to one
 * satellite of each neighbouring plane of its shell. Across planes satellites are paired one to one, nearest in phase
 * first, where phase is the argument of latitude plus RAAN times the cosine of inclination: what is near in this
 * measure stays near all around the orbit. Satellites of one shell keep their order for days, so the grid is built
 * once per set of elements; whether a link is up is asked slot by slot, see {@link laserLengthKm}.
 *
 * @param map Shells and planes, from `planesOf`; satellites in no plane get no link.
 * @param serving Per satellite: 0 for those that take no part.
 */
export function laserGrid(map: PlaneMap, serving: Uint8Array): LaserGrid {
  const satellites = serving.length;
  const rows: number[][] = Array.from({ length: satellites }, () => []);
  const join = (a: number, b: number) => {
    if (a === b || rows[a]!.includes(b)) return;
    rows[a]!.push(b);
    rows[b]!.push(a);
  };
  for (const shell of map.shells) {
    const planes = map.planes
      .slice(shell.firstPlane, shell.firstPlane + shell.planeCount)
      .map(({ raanDeg, satellites: all }) => ({ raanDeg, members: [...all].filter(i => serving[i] !== 0) }))
      .filter(plane => plane.members.length > 0)
      .sort((a, b) => a.raanDeg - b.raanDeg);
    planes.forEach((plane, k) => {
      plane.members.forEach((i, m) => {
        join(i, plane.members[(m + 1) % plane.members.length]!);
      });
      // Two planes are neighbours once, not twice.
      if (planes.length < 2 || (planes.length === 2 && k === 1)) return;
      const east = planes[(k + 1) % planes.length]!;
      const raanStep = (((east.raanDeg - plane.raanDeg) % 360) + 360) % 360;
      // A wider step is a gap in the pattern, or the seam of a star where planes fly against each other.
      if (raanStep > MAX_PLANE_STEP_DEG) return;
      const shiftDeg = raanStep * Math.cos((shell.inclinationDeg * Math.PI) / 180);
      pair(plane.members, east.members, map.argumentOfLatitudeDeg, shiftDeg, join);
    });
  }
  const offset = new Int32Array(satellites + 1);
  rows.forEach((row, i) => {
    offset[i + 1] = offset[i]! + row.length;
  });
  return { offset, neighbour: Int32Array.from(rows.flatMap(row => row.sort((a, b) => a - b))) };
}

/** Joins the satellites of two planes one to one, those nearest in phase first. */
function pair(
  west: readonly number[],
  east: readonly number[],
  argumentOfLatitudeDeg: Float64Array,
  shiftDeg: number,
  join: (a: number, b: number) => void,
): void {
  const candidates: { a: number; b: number; apart: number }[] = [];
  for (const a of west) {
    for (const b of east) {
      const turn = argumentOfLatitudeDeg[b]! - argumentOfLatitudeDeg[a]! + shiftDeg;
      const apart = Math.abs(turn - 360 * Math.round(turn / 360));
      if (apart <= MAX_PHASE_DEG) candidates.push({ a, b, apart });
    }
  }
  candidates.sort((p, q) => p.apart - q.apart || p.a - q.a || p.b - q.b);
  const taken = new Set<number>();
  for (const { a, b } of candidates) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a);
    taken.add(b);
    join(a, b);
  }
}

/**
 * Length of the laser link between two satellites, km, or -1 where there can be none: too long, or passing the Earth
 * lower than the policy allows (6,371 km + `laserClearanceKm`; Hypatia uses 80 km).
 */
export function laserLengthKm(
  fleet: FleetState,
  a: number,
  b: number,
  policy: Pick<RoutePolicy, "laserRangeKm" | "laserClearanceKm">,
): number {
  const ax = fleet.xKm[a]!;
  const ay = fleet.yKm[a]!;
  const az = fleet.zKm[a]!;
  const dx = fleet.xKm[b]! - ax;
  const dy = fleet.yKm[b]! - ay;
  const dz = fleet.zKm[b]! - az;
  const length2 = dx * dx + dy * dy + dz * dz;
  if (!(length2 <= policy.laserRangeKm * policy.laserRangeKm)) return -1;
  const least = EARTH_KM + policy.laserClearanceKm;
  const along = -(ax * dx + ay * dy + az * dz);
  // Beyond the ends the nearest point is an end, and satellites fly higher than any clearance.
  if (along > 0 && along < length2) {
    const nearest2 = ax * ax + ay * ay + az * az - (along * along) / length2;
    if (nearest2 < least * least) return -1;
  }
  return Math.sqrt(length2);
}

/** The laser links that are up, each once, as index pairs in a row (a, b, a, b, …), a below b: for drawing. */
export function laserPairs(
  grid: LaserGrid,
  fleet: FleetState,
  policy: Pick<RoutePolicy, "laserRangeKm" | "laserClearanceKm">,
): Int32Array {
  const pairs = new Int32Array(grid.neighbour.length);
  let size = 0;
  for (let a = 0; a + 1 < grid.offset.length; a++) {
    for (let e = grid.offset[a]!; e < grid.offset[a + 1]!; e++) {
      const b = grid.neighbour[e]!;
      if (a >= b || laserLengthKm(fleet, a, b, policy) < 0) continue;
      pairs[size++] = a;
      pairs[size++] = b;
    }
  }
  return pairs.slice(0, size);
}
