// SPDX-License-Identifier: MIT
import { cellAt, cellBoundary, cellCentre, distanceKm } from "@perigee/earth";
import { arcChord2, chord2Of, EdgeTree, lineGapKm, unitVector } from "./edge-tree.ts";
import type { OperatorArea } from "./operator-area.ts";
import { isBetween, orientation } from "./orientation.ts";
import { type FlatEdges, flatEdges } from "./rings.ts";
import { trueEdges } from "./true-edges.ts";

/** Where a cell lies with respect to an area. A cell that the line cuts, or touches within 5 m, is split. */
export type CellRelation = "inside" | "outside" | "split";

/** H3's own sides and the pieces of an area's lines are both great-circle arcs, each a little beside what it stands for. */
const TOUCH_KM = 0.005;
const dayMs = 86_400_000;
const RADIANS = Math.PI / 180;

/**
 * An operator area made ready for questions. What is inside is exact: lines are straight between their corners on the
 * map of WGS84 longitude and latitude, whatever the ellipsoid, and no rounding decides about a side. The line itself
 * belongs to the area.
 *
 * Somebody who drew the line as a geodesic on the globe meant another one, at most {@link AreaShape.lineGapKm} away:
 * that is part of the area's uncertainty. It is a metre for lines of 15 km at 50° latitude and grows with the square
 * of the length: long lines want corners in between.
 */
export class AreaShape {
  readonly area: OperatorArea;
  /** Id by which the policy speaks of it. */
  readonly id: string;
  /** Greatest distance between a line drawn straight on the map and the geodesic between its ends, km. */
  readonly lineGapKm: number;
  readonly #edges: FlatEdges;
  readonly #tree: EdgeTree;
  readonly #south: number;
  readonly #bandsPerDeg: number;
  /** Edges of each band of latitude: from `#bandStarts[b]` to `#bandStarts[b + 1]` in `#bandEdges`. */
  readonly #bandStarts: Int32Array;
  readonly #bandEdges: Int32Array;

  /** @param area with rings that `checkRings` found in order */
  constructor(area: OperatorArea) {
    this.area = area;
    this.id = area.drawingOf ?? area.id;
    this.#edges = flatEdges(area.rings);
    const real = trueEdges(this.#edges);
    this.#tree = new EdgeTree(real);
    let gap = 0;
    for (let e = 0; e < real.count; e++) {
      gap = Math.max(gap, lineGapKm(real.lon1[e]!, real.lat1[e]!, real.lon2[e]!, real.lat2[e]!));
    }
    this.lineGapKm = gap;
    const { count, lat1, lat2 } = this.#edges;
    let [south, north] = [90, -90];
    for (let e = 0; e < count; e++) {
      south = Math.min(south, lat1[e]!, lat2[e]!);
      north = Math.max(north, lat1[e]!, lat2[e]!);
    }
    this.#south = south;
    const bands = Math.min(1024, count);
    this.#bandsPerDeg = bands / Math.max(north - south, 1e-9);
    const band = (latDeg: number): number =>
      Math.max(0, Math.min(bands - 1, Math.floor((latDeg - south) * this.#bandsPerDeg)));
    const counts = new Int32Array(bands + 1);
    const each = (visit: (e: number, b: number) => void): void => {
      for (let e = 0; e < count; e++) {
        const last = band(Math.max(lat1[e]!, lat2[e]!));
        for (let b = band(Math.min(lat1[e]!, lat2[e]!)); b <= last; b++) visit(e, b);
      }
    };
    each((_, b) => {
      counts[b + 1]!++;
    });
    for (let b = 0; b < bands; b++) counts[b + 1]! += counts[b]!;
    this.#bandStarts = counts;
    this.#bandEdges = new Int32Array(counts[bands]!);
    const next = counts.slice();
    each((e, b) => {
      this.#bandEdges[next[b]!++] = e;
    });
  }

  /** Arcs that distances are measured to; bounded by whoever accepts areas. */
  get pieces(): number {
    return this.#tree.pieces;
  }

  isValidAt(atMs: number): boolean {
    const { validFromMs, validToMs } = this.area;
    return validFromMs <= atMs && (validToMs === null || atMs < validToMs);
  }

  /** How far the drawn line may be from the true one: map error, drift since it was drawn, and how lines are read; km. */
  uncertaintyKm(atMs: number): number {
    const { mapErrorKm, driftKmPerDay, asOfMs } = this.area;
    return mapErrorKm + (driftKmPerDay * Math.max(0, atMs - asOfMs)) / dayMs + this.lineGapKm;
  }

  /** Whether a point lies in the area or on its line. */
  contains(latDeg: number, lonDeg: number): boolean {
    if (Math.abs(latDeg) === 90) return this.#reachesPole(latDeg);
    if (this.#holds(latDeg, lonDeg)) return true;
    // Both ends of the map are one meridian.
    return Math.abs(lonDeg) === 180 && this.#holds(latDeg, -lonDeg);
  }

  /** Distance to the line, from either side; infinite beyond `withinKm`, and for an area that is the whole globe. */
  distanceKm(latDeg: number, lonDeg: number, withinKm?: number): number {
    return this.#tree.distanceKm(latDeg, lonDeg, withinKm);
  }

  /** Where an H3 cell lies. */
  relationTo(cell: string): CellRelation {
    const centre = cellCentre(cell);
    const corners = cellBoundary(cell);
    const reachKm = Math.max(...corners.map(corner => distanceKm(centre, corner))) + TOUCH_KM;
    if (this.#tree.distanceKm(centre.latDeg, centre.lonDeg, reachKm) <= reachKm) {
      const sides = sidesOf(corners.map(({ lonDeg, latDeg }) => unitVector(lonDeg, latDeg)));
      const cuts = (ends: Float64Array, at: number): boolean => {
        if (startsIn(cell, ends, at)) return true;
        for (let side = 0; side < sides.length; side += 6) if (areClose(sides, side, ends, at)) return true;
        return false;
      };
      if (this.#tree.near(centre.latDeg, centre.lonDeg, reachKm, cuts)) return "split";
    }
    return this.contains(centre.latDeg, centre.lonDeg) ? "inside" : "outside";
  }

  /** Even-odd rule over the edges of one band of latitude; rings lie apart, so it is each ring's own. */
  #holds(latDeg: number, lonDeg: number): boolean {
    const { lon1, lat1, lon2, lat2 } = this.#edges;
    const band = Math.floor((latDeg - this.#south) * this.#bandsPerDeg);
    const bands = this.#bandStarts.length - 1;
    // The northern edge of the last band falls, by rounding or exactly, into the one after it.
    if (band < 0 || band > bands) return false;
    const b = Math.min(band, bands - 1);
    let isInside = false;
    for (let i = this.#bandStarts[b]!; i < this.#bandStarts[b + 1]!; i++) {
      const e = this.#bandEdges[i]!;
      const [ax, ay, bx, by] = [lon1[e]!, lat1[e]!, lon2[e]!, lat2[e]!];
      if ((ay > latDeg && by > latDeg) || (ay < latDeg && by < latDeg)) continue;
      const side = orientation(ax, ay, bx, by, lonDeg, latDeg);
      if (side === 0 && isBetween(ax, ay, bx, by, lonDeg, latDeg)) return true;
      if (ay > latDeg !== by > latDeg && by > ay === side > 0) isInside = !isInside;
    }
    return isInside;
  }

  #reachesPole(latDeg: number): boolean {
    const { count, lat1 } = this.#edges;
    for (let e = 0; e < count; e++) if (lat1[e] === latDeg) return true;
    return false;
  }
}

function sidesOf(corners: readonly (readonly [number, number, number])[]): Float64Array {
  return Float64Array.from(
    corners.flatMap((corner, i) => [...corner, ...corners[(i + 1) % corners.length]!]),
  );
}

function startsIn(cell: string, ends: Float64Array, at: number): boolean {
  const [x, y, z] = [ends[at]!, ends[at + 1]!, ends[at + 2]!];
  const latDeg = Math.asin(Math.max(-1, Math.min(1, z))) / RADIANS;
  return cellAt(latDeg, Math.atan2(y, x) / RADIANS) === cell;
}

const touchChord2 = chord2Of(TOUCH_KM);

/** Whether two short arcs cross, or come within 5 m of each other. */
function areClose(a: Float64Array, i: number, b: Float64Array, j: number): boolean {
  return (
    doCross(a, i, b, j) ||
    arcChord2(a, i, b[j]!, b[j + 1]!, b[j + 2]!) <= touchChord2 ||
    arcChord2(a, i, b[j + 3]!, b[j + 4]!, b[j + 5]!) <= touchChord2 ||
    arcChord2(b, j, a[i]!, a[i + 1]!, a[i + 2]!) <= touchChord2 ||
    arcChord2(b, j, a[i + 3]!, a[i + 4]!, a[i + 5]!) <= touchChord2
  );
}

/** Arcs cross where each one's ends lie on different sides of the other's great circle, on the same half of the globe. */
function doCross(a: Float64Array, i: number, b: Float64Array, j: number): boolean {
  const n = normal(a, i);
  const m = normal(b, j);
  const [b1, b2] = [dot(n, b, j), dot(n, b, j + 3)];
  const [a1, a2] = [dot(m, a, i), dot(m, a, i + 3)];
  if (b1 > 0 === b2 > 0 || a1 > 0 === a2 > 0) return false;
  // Of the two points where the circles meet, the same one lies on both arcs.
  return a1 > 0 !== b1 > 0;
}

function normal(ends: Float64Array, at: number): readonly [number, number, number] {
  const [ax, ay, az] = [ends[at]!, ends[at + 1]!, ends[at + 2]!];
  const [bx, by, bz] = [ends[at + 3]!, ends[at + 4]!, ends[at + 5]!];
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

function dot(n: readonly [number, number, number], ends: Float64Array, at: number): number {
  return n[0] * ends[at]! + n[1] * ends[at + 1]! + n[2] * ends[at + 2]!;
}
