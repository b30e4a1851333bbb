// SPDX-License-Identifier: MIT
import type { PlaneMap } from "@perigee/orbit";
import { type LaserTopology, topologyOf } from "./laser-topology.ts";

/**
 * Who holds a laser link with whom in a shell.
 *
 * - `rings`: two lasers, to the next ahead and the next behind in the plane; planes are islands.
 * - `threeLasers`: these and one across, turns about east and west: a honeycomb. Three terminals are what the number of
 *   lasers in orbit gives per satellite (9,000 on some 3,000 satellites, January 2024).
 * - `plusGrid`: these and one in each neighbouring plane.
 */
export type LaserLayout = "rings" | "threeLasers" | "plusGrid";

/** Satellites of neighbouring planes that are farther apart than this in phase make no pair. */
const MAX_PHASE_DEG = 30;
/** Planes with a wider step of RAAN are no neighbours: a gap in the pattern, or the seam of a star. */
const MAX_PLANE_STEP_DEG = 90;

interface Plane {
  readonly raanDeg: number;
  readonly members: readonly number[];
}

/**
 * The links of a layout, from shells and planes as they fly. Across planes satellites are paired one to one, nearest
 * in phase first, where phase is the argument of latitude plus RAAN times the cosine of inclination: what is near in
 * this measure stays near all around the orbit. The seam of a star, where planes fly against each other, is left open.
 * Satellites of one shell keep their order for days, so that a layout is made once per set of elements; whether a link
 * is up is asked slot by slot, see `lasersInSlot`.
 *
 * @param map From `planesOf`; satellites in no plane get no link.
 * @param serving Per satellite: 0 for those that take no part.
 */
export function laserLayout(map: PlaneMap, serving: Uint8Array, layout: LaserLayout): LaserTopology {
  const pairs: [number, number][] = [];
  for (const shell of map.shells) {
    const planes = map.planes
      .slice(shell.firstPlane, shell.firstPlane + shell.planeCount)
      .map(({ raanDeg, satellites }) => ({ raanDeg, members: [...satellites].filter(i => serving[i] !== 0) }))
      .filter(plane => plane.members.length > 0)
      .sort((a, b) => a.raanDeg - b.raanDeg);
    for (const { members } of planes) {
      members.forEach((i, m) => {
        const next = members[(m + 1) % members.length]!;
        if (next !== i) pairs.push([i, next]);
      });
    }
    if (layout === "rings") continue;
    const cosine = Math.cos((shell.inclinationDeg * Math.PI) / 180);
    const across = (west: Plane, east: Plane, from: readonly number[], to: readonly number[]) =>
      pair(from, to, map.argumentOfLatitudeDeg, eastwardsDeg(west, east) * cosine);
    pairs.push(...(layout === "plusGrid" ? grid(planes, across) : honeycomb(planes, across)));
  }
  return topologyOf(serving.length, pairs);
}

type Across = (
  west: Plane,
  east: Plane,
  from: readonly number[],
  to: readonly number[],
) => [number, number][];

/** Every plane with the next one east of it. */
function grid(planes: readonly Plane[], across: Across): [number, number][] {
  return steps(planes).flatMap(([west, east]) => across(west, east, west.members, east.members));
}

/** Eastwards from the first plane, whose every second satellite begins: who was not reached from the west goes on. */
function honeycomb(planes: readonly Plane[], across: Across): [number, number][] {
  const taken = new Set<number>();
  const found: [number, number][] = [];
  const todo = steps(planes);
  const first = todo[0]?.[0];
  for (const [west, east] of todo) {
    const from = west.members.filter((i, m) => (west === first ? m % 2 === 0 : !taken.has(i)));
    const to = east.members.filter((i, m) => (east === first ? m % 2 === 1 : true) && !taken.has(i));
    for (const [a, b] of across(west, east, from, to)) {
      taken.add(a).add(b);
      found.push([a, b]);
    }
  }
  return found;
}

/** Neighbouring planes, west and east, in a row from behind the widest gap if there is one. */
function steps(planes: readonly Plane[]): (readonly [west: Plane, east: Plane])[] {
  const count = planes.length;
  if (count < 2) return [];
  const after = (k: number) => planes[(k + 1) % count]!;
  const gap = planes.findIndex((plane, k) => eastwardsDeg(plane, after(k)) > MAX_PLANE_STEP_DEG);
  const start = gap + 1;
  const all: (readonly [Plane, Plane])[] = [];
  // Two planes are neighbours once, not twice.
  for (let k = 0; k < (count === 2 ? 1 : count); k++) {
    const west = planes[(start + k) % count]!;
    const east = after((start + k) % count);
    if (eastwardsDeg(west, east) <= MAX_PLANE_STEP_DEG) all.push([west, east]);
  }
  return all;
}

function eastwardsDeg(west: Plane, east: Plane): number {
  return (((east.raanDeg - west.raanDeg) % 360) + 360) % 360;
}

/** Pairs satellites of two planes one to one, those nearest in phase first. */
function pair(
  west: readonly number[],
  east: readonly number[],
  argumentOfLatitudeDeg: Float64Array,
  shiftDeg: number,
): [number, number][] {
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
  const found: [number, number][] = [];
  for (const { a, b } of candidates) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    found.push([a, b]);
  }
  return found;
}
