// SPDX-License-Identifier: MIT
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { Ring } from "./operator-area.ts";
import { isBetween, orientation } from "./orientation.ts";

/** How many lines and corners one area may have. */
export const ringBounds = { rings: 100, vertices: 10_000 } as const;

type RingsError = AuthorityError<"polygonInvalid">;

/** The edges of all rings on the flat map of longitude and latitude; one entry an edge. Degrees. */
export interface FlatEdges {
  readonly count: number;
  readonly lon1: Float64Array;
  readonly lat1: Float64Array;
  readonly lon2: Float64Array;
  readonly lat2: Float64Array;
  /** Ring of each edge, and the edge's place in it. */
  readonly ring: Int32Array;
  readonly place: Int32Array;
}

/**
 * Checks the rings of an area: each closed, of at least three corners, on the globe, touching neither itself nor another
 * ring; no ring inside another, for an area has no holes.
 *
 * Edges are straight on the map of longitude and latitude, as in GeoJSON (RFC 7946 §3.1.1). An edge over more than 180°
 * of longitude would cross the antimeridian; an area on both sides of it is cut there into rings (§3.1.9).
 *
 * @returns `polygonInvalid` with the place of the first fault, e.g. `rings[0][3]`
 */
export function checkRings(rings: readonly Ring[]): Result<null, RingsError> {
  if (rings.length === 0 || rings.length > ringBounds.rings) {
    return wrong("rings", `An area has 1 to ${ringBounds.rings} rings; found ${rings.length}.`);
  }
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (vertices > ringBounds.vertices) {
    return wrong("rings", `An area has at most ${ringBounds.vertices} corners; found ${vertices}.`);
  }
  for (const [r, ring] of rings.entries()) {
    const form = checkForm(ring, `rings[${r}]`);
    if (!form.ok) return form;
  }
  const edges = flatEdges(rings);
  const crossing = firstContact(edges);
  if (crossing !== null) {
    const [a, b] = crossing;
    return wrong(placeOf(edges, a), `The line from here meets the one from ${placeOf(edges, b)}.`);
  }
  return checkApart(rings);
}

/** Edges of all rings as arrays. */
export function flatEdges(rings: readonly Ring[]): FlatEdges {
  const count = rings.reduce((sum, ring) => sum + ring.length - 1, 0);
  const edges: FlatEdges = {
    count,
    lon1: new Float64Array(count),
    lat1: new Float64Array(count),
    lon2: new Float64Array(count),
    lat2: new Float64Array(count),
    ring: new Int32Array(count),
    place: new Int32Array(count),
  };
  let e = 0;
  for (const [r, ring] of rings.entries()) {
    for (let i = 0; i + 1 < ring.length; i++, e++) {
      [edges.lon1[e], edges.lat1[e]] = ring[i]!;
      [edges.lon2[e], edges.lat2[e]] = ring[i + 1]!;
      edges.ring[e] = r;
      edges.place[e] = i;
    }
  }
  return edges;
}

function checkForm(ring: Ring, place: string): Result<null, RingsError> {
  if (ring.length < 4)
    return wrong(place, "A ring has at least three corners, and the first again at its end.");
  for (const [i, [lonDeg, latDeg]] of ring.entries()) {
    if (!(lonDeg >= -180 && lonDeg <= 180) || !(latDeg >= -90 && latDeg <= 90)) {
      return wrong(`${place}[${i}]`, "Expected a longitude from -180 to 180 and a latitude from -90 to 90.");
    }
    if (i === 0) continue;
    const [lonBefore, latBefore] = ring[i - 1]!;
    if (lonBefore === lonDeg && latBefore === latDeg) {
      return wrong(`${place}[${i}]`, "The corner before is the same.");
    }
    if (Math.abs(lonDeg - lonBefore) > 180) {
      return wrong(
        `${place}[${i}]`,
        "A line over more than 180° crosses the antimeridian: cut the area there.",
      );
    }
  }
  const [first, last] = [ring[0]!, ring.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1]) {
    return wrong(`${place}[${ring.length - 1}]`, "A ring ends at its first corner.");
  }
  return succeed(null);
}

/** The first two edges that meet although they are no neighbours, or fold back upon each other. */
function firstContact(edges: FlatEdges): readonly [number, number] | null {
  const { count, lon1, lat1, lon2, lat2 } = edges;
  const west = Float64Array.from({ length: count }, (_, e) => Math.min(lon1[e]!, lon2[e]!));
  // From west to east; an edge is compared with those that have not ended before it begins.
  const order = Int32Array.from({ length: count }, (_, e) => e).sort((a, b) => west[a]! - west[b]! || a - b);
  let open: number[] = [];
  for (const e of order) {
    open = open.filter(other => Math.max(lon1[other]!, lon2[other]!) >= west[e]!);
    const south = Math.min(lat1[e]!, lat2[e]!);
    const north = Math.max(lat1[e]!, lat2[e]!);
    for (const other of open) {
      if (Math.max(lat1[other]!, lat2[other]!) < south || Math.min(lat1[other]!, lat2[other]!) > north)
        continue;
      if (areInContact(edges, e, other)) return e < other ? [e, other] : [other, e];
    }
    open.push(e);
  }
  return null;
}

function areInContact(edges: FlatEdges, e: number, f: number): boolean {
  const { lon1, lat1, lon2, lat2 } = edges;
  if (follows(edges, e, f)) return foldsBack(edges, e, f);
  if (follows(edges, f, e)) return foldsBack(edges, f, e);
  const [ax, ay, bx, by] = [lon1[e]!, lat1[e]!, lon2[e]!, lat2[e]!];
  const [cx, cy, dx, dy] = [lon1[f]!, lat1[f]!, lon2[f]!, lat2[f]!];
  const c = Math.sign(orientation(ax, ay, bx, by, cx, cy));
  const d = Math.sign(orientation(ax, ay, bx, by, dx, dy));
  const a = Math.sign(orientation(cx, cy, dx, dy, ax, ay));
  const b = Math.sign(orientation(cx, cy, dx, dy, bx, by));
  if (c * d < 0 && a * b < 0) return true;
  return (
    (c === 0 && isBetween(ax, ay, bx, by, cx, cy)) ||
    (d === 0 && isBetween(ax, ay, bx, by, dx, dy)) ||
    (a === 0 && isBetween(cx, cy, dx, dy, ax, ay)) ||
    (b === 0 && isBetween(cx, cy, dx, dy, bx, by))
  );
}

/** Whether edge f begins where edge e ends, in the same ring. */
function follows({ ring, place, count }: FlatEdges, e: number, f: number): boolean {
  if (ring[e] !== ring[f]) return false;
  if (place[f] === place[e]! + 1) return true;
  const isLast = e + 1 === count || ring[e + 1] !== ring[e];
  return isLast && place[f] === 0;
}

/** Whether f, which begins where e ends, runs back along e. */
function foldsBack({ lon1, lat1, lon2, lat2 }: FlatEdges, e: number, f: number): boolean {
  const [ax, ay, bx, by] = [lon1[e]!, lat1[e]!, lon2[e]!, lat2[e]!];
  const [cx, cy] = [lon2[f]!, lat2[f]!];
  if (orientation(ax, ay, bx, by, cx, cy) !== 0) return false;
  return Math.sign(ax - bx) === Math.sign(cx - bx) && Math.sign(ay - by) === Math.sign(cy - by);
}

/** Rings do not meet, so one lies inside another exactly when any corner of it does. */
function checkApart(rings: readonly Ring[]): Result<null, RingsError> {
  for (const [i, [corner]] of rings.entries()) {
    for (const [j, other] of rings.entries()) {
      if (i !== j && windingNumber(other, corner![0], corner![1]) !== 0) {
        return wrong(`rings[${i}]`, `It lies inside rings[${j}]; an area has no holes.`);
      }
    }
  }
  return succeed(null);
}

/**
 * How often a ring runs round a point that is not on it, counter-clockwise; 0 outside (D. Sunday, "Inclusion of a Point
 * in a Polygon", 2001).
 */
export function windingNumber(ring: Ring, lonDeg: number, latDeg: number): number {
  let winding = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[i + 1]!;
    if (ay <= latDeg === by <= latDeg) continue;
    const side = orientation(ax, ay, bx, by, lonDeg, latDeg);
    if (by > ay && side > 0) winding++;
    else if (by < ay && side < 0) winding--;
  }
  return winding;
}

function placeOf({ ring, place }: FlatEdges, e: number): string {
  return `rings[${ring[e]}][${place[e]}]`;
}

function wrong(place: string, message: string): { readonly ok: false; readonly error: RingsError } {
  return fail("polygonInvalid", place, message);
}
