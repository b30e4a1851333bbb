// SPDX-License-Identifier: MIT
import { WGS84 } from "@perigee/orbit";
import { type Result, refuse } from "./locate-error.ts";
import type { Solution } from "./solutions.ts";

/** Closed rings of longitude and latitude, as in GeoJSON (RFC 7946): the outer one first, then holes; several outer ones may overlap nowhere. */
export type AreaRings = readonly (readonly (readonly [lonDeg: number, latDeg: number])[])[];

const MOST_CORNERS = 100_000;
const DEG = Math.PI / 180;

/** Nodes and weights of Gauss and Legendre's rule of order 8 on (-1, 1) (Abramowitz and Stegun, table 25.4). */
const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/**
 * How likely it is that a terminal stands inside an area: the normal distributions of the places that are possible,
 * integrated over the area, each weighted by how well it explains the measurements. Near a border this, and not
 * the point, says on which side somebody is.
 *
 * The plane of a place is turned and stretched until its distribution is round. Then the mass seen from the middle between two angles
 * is (1 - exp(-r² / 2)) / 2 pi, integrated along the edges: exact for any polygon, with holes or not, but for the quadrature
 * (1e-9) and the plane (edges are straight in latitude and longitude, as RFC 7946 has it).
 *
 * @returns 0 to 1; 0 where no place is possible
 */
export function massInside(solutions: readonly Solution[], rings: AreaRings): Result<number> {
  const corners = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (corners === 0 || corners > MOST_CORNERS)
    return refuse("polygonInvalid", "rings", `An area has 3 to ${MOST_CORNERS} corners, not ${corners}.`);
  for (const [r, ring] of rings.entries())
    for (const [c, [lonDeg, latDeg]] of ring.entries())
      if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180))
        return refuse(
          "polygonInvalid",
          `rings[${r}][${c}]`,
          "A corner is a longitude and a latitude in degrees.",
        );
  const possible = solutions.filter(({ standing }) => standing === "possible");
  if (possible.length === 0) return { ok: true, value: 0 };
  const least = Math.min(...possible.map(({ misfit }) => misfit));
  const weights = possible.map(
    ({ misfit, ellipse }) =>
      // Laplace's approximation: a place counts by its likelihood and by how much room it has.
      Math.exp((least - misfit) / 2) * Math.max(1e-12, ellipse.semiMajorKm * ellipse.semiMinorKm),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mass = possible.reduce(
    (sum, solution, i) => sum + (weights[i]! / total) * massOfOne(solution, rings),
    0,
  );
  return { ok: true, value: Math.min(1, Math.max(0, mass)) };
}

function massOfOne({ latDeg, lonDeg, ellipse }: Solution, rings: AreaRings): number {
  const sinLat = Math.sin(latDeg * DEG);
  const root = Math.sqrt(1 - WGS84.e2 * sinLat * sinLat);
  const eastKmPerDeg = (WGS84.aKm / root) * Math.cos(latDeg * DEG) * DEG;
  const northKmPerDeg = ((WGS84.aKm * (1 - WGS84.e2)) / root ** 3) * DEG;
  const sine = Math.sin(ellipse.bearingDeg * DEG);
  const cosine = Math.cos(ellipse.bearingDeg * DEG);
  // A metre is less than any map knows; it keeps a perfect fix from dividing by nothing.
  const major = Math.max(1e-3, ellipse.semiMajorKm);
  const minor = Math.max(1e-3, ellipse.semiMinorKm);
  let mass = 0;
  for (const [r, ring] of rings.entries()) {
    let sum = 0;
    const along: number[] = [];
    const across: number[] = [];
    for (const [lon, lat] of ring) {
      const turnDeg = ((((lon - lonDeg + 180) % 360) + 360) % 360) - 180;
      const east = turnDeg * eastKmPerDeg;
      const north = (lat - latDeg) * northKmPerDeg;
      along.push((east * sine + north * cosine) / major);
      across.push((east * cosine - north * sine) / minor);
    }
    for (let i = 0; i < ring.length; i++) {
      const next = (i + 1) % ring.length;
      sum += edgeMass(along[i]!, across[i]!, along[next]!, across[next]!);
    }
    // Rings may turn either way; only which is a hole counts.
    mass += (r === 0 ? 1 : isHole(ring, rings) ? -1 : 1) * Math.abs(sum);
  }
  return mass;
}

/** A ring that turns against the first one is a hole of it. */
function isHole(ring: AreaRings[number], rings: AreaRings): boolean {
  return Math.sign(signedArea(ring)) !== Math.sign(signedArea(rings[0]!));
}

function signedArea(ring: AreaRings[number]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
}

/** Mass of the round normal distribution in the triangle of the middle and an edge, counter-clockwise positive. */
function edgeMass(x1: number, y1: number, x2: number, y2: number): number {
  const cross = x1 * y2 - x2 * y1;
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length === 0 || cross === 0) return 0;
  const height = Math.abs(cross) / length;
  // Angles from the foot of the perpendicular.
  const from = Math.atan2((x1 * (x2 - x1) + y1 * (y2 - y1)) / length, height);
  const until = Math.atan2((x2 * (x2 - x1) + y2 * (y2 - y1)) / length, height);
  // The integrand is steep where the edge is near: more pieces.
  const pieces = 1 + Math.ceil(Math.abs(until - from) / 0.2);
  const half = (until - from) / pieces / 2;
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const middle = from + (2 * piece + 1) * half;
    for (let node = 0; node < 4; node++) {
      const step = half * NODES[node]!;
      sum += WEIGHTS[node]! * (seenMass(height, middle - step) + seenMass(height, middle + step));
    }
  }
  return (Math.sign(cross) * sum * half) / (2 * Math.PI);
}

function seenMass(height: number, angle: number): number {
  const reach = height / Math.cos(angle);
  return -Math.expm1((-reach * reach) / 2);
}

/** What makes an edge uncertain. */
export interface EdgeDoubt {
  /** Of the measured place across the edge, one standard deviation; km. */
  readonly placeErrorKm: number;
  /** How far the map may be off; km. */
  readonly mapErrorKm: number;
  /** How long ago the edge was drawn, and how fast it may move. */
  readonly ageDays: number;
  readonly driftKmPerDay: number;
}

/** How wide a band along an edge belongs to neither side: five standard deviations, the map's error, or the edge's drift. */
export function guardBandKm({ placeErrorKm, mapErrorKm, ageDays, driftKmPerDay }: EdgeDoubt): number {
  return Math.max(5 * placeErrorKm, mapErrorKm, ageDays * driftKmPerDay);
}
