// SPDX-License-Identifier: MIT
import { EARTH_RADIUS_KM } from "@perigee/earth";
import type { FlatEdges } from "./rings.ts";

const RADIANS = Math.PI / 180;
/** Children of a node. */
const WIDTH = 16;
/** How far a piece, a great-circle arc, may lie from the straight line on the map that it stands for. */
const GAP_KM = 0.002;
/** Longest piece; the great circle through two opposite points is not one. */
const LONGEST_DEG = 30;

/**
 * Greatest distance between the straight line on the map of longitude and latitude and the great circle through its ends.
 *
 * Along the straight line, at constant rates λ' and φ' over its whole length, the acceleration on the sphere is
 * (sin φ cos φ λ'², −2 sin φ φ' λ') towards north and east; a curve of acceleration at most a, from end to end in unit
 * time, stays within a/8 of the geodesic.
 */
export function lineGapKm(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const dLon = Math.abs(lon2 - lon1) * RADIANS;
  const dLat = Math.abs(lat2 - lat1) * RADIANS;
  const highest = Math.max(Math.abs(lat1), Math.abs(lat2)) * RADIANS;
  const sine = Math.sin(highest);
  const bend = highest >= Math.PI / 4 ? 0.5 : sine * Math.cos(highest);
  return (EARTH_RADIUS_KM / 8) * dLon * Math.hypot(bend * dLon, 2 * sine * dLat);
}

/** Into how many pieces an edge is cut: the gap falls with the square of their number, and an arc has one great circle. */
export function piecesOf(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const forGap = Math.ceil(Math.sqrt(lineGapKm(lon1, lat1, lon2, lat2) / GAP_KM));
  return Math.max(1, forGap, Math.ceil(Math.max(Math.abs(lon2 - lon1), Math.abs(lat2 - lat1)) / LONGEST_DEG));
}

/**
 * The nearest point of an area's edge: pieces of its lines as great-circle arcs under a hierarchy of boxes over unit
 * vectors. Distances are on the sphere of mean radius, up to 0.56 % off the ellipsoid's; the arcs lie within 2 m of
 * the lines.
 */
export class EdgeTree {
  /** Both ends of each piece as unit vectors, six numbers a piece, in the order in which the edges run. */
  readonly #ends: Float64Array;
  /** Boxes of {@link WIDTH} pieces each, then of so many of those, up to one. Six numbers a box: minima, maxima. */
  readonly #levels: readonly Float64Array[];
  #best = 0;

  constructor({ count, lon1, lat1, lon2, lat2 }: FlatEdges) {
    const ends: number[] = [];
    for (let e = 0; e < count; e++) {
      const [x1, y1, x2, y2] = [lon1[e]!, lat1[e]!, lon2[e]!, lat2[e]!];
      const pieces = piecesOf(x1, y1, x2, y2);
      for (let i = 0; i < pieces; i++) {
        addUnitVector(ends, x1 + ((x2 - x1) * i) / pieces, y1 + ((y2 - y1) * i) / pieces);
        const last = i + 1 === pieces;
        addUnitVector(
          ends,
          last ? x2 : x1 + ((x2 - x1) * (i + 1)) / pieces,
          last ? y2 : y1 + ((y2 - y1) * (i + 1)) / pieces,
        );
      }
    }
    this.#ends = Float64Array.from(ends);
    this.#levels = boxLevels(this.#ends);
  }

  get pieces(): number {
    return this.#ends.length / 6;
  }

  /** Distance to the nearest point of the edge, km; infinite where there is no edge or it is farther than `withinKm`. */
  distanceKm(latDeg: number, lonDeg: number, withinKm = Number.POSITIVE_INFINITY): number {
    if (this.pieces === 0) return Number.POSITIVE_INFINITY;
    const [x, y, z] = unitVector(lonDeg, latDeg);
    const limit = chord2Of(withinKm) * (1 + 1e-12);
    this.#best = limit;
    this.#visit(this.#levels.length - 1, 0, x, y, z);
    if (this.#best >= limit) return Number.POSITIVE_INFINITY;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(this.#best) / 2));
  }

  /** Calls back with the ends of every piece in a box that comes within `km` of the point. */
  near(
    latDeg: number,
    lonDeg: number,
    km: number,
    found: (ends: Float64Array, at: number) => boolean,
  ): boolean {
    if (this.pieces === 0) return false;
    const [x, y, z] = unitVector(lonDeg, latDeg);
    return this.#search(this.#levels.length - 1, 0, x, y, z, chord2Of(km), found);
  }

  #search(
    level: number,
    node: number,
    x: number,
    y: number,
    z: number,
    limit: number,
    found: (ends: Float64Array, at: number) => boolean,
  ): boolean {
    const first = node * WIDTH;
    if (level === 0) {
      const end = Math.min(first + WIDTH, this.pieces);
      for (let piece = first; piece < end; piece++) {
        if (found(this.#ends, piece * 6)) return true;
      }
      return false;
    }
    const boxes = this.#levels[level - 1]!;
    const end = Math.min(first + WIDTH, boxes.length / 6);
    for (let child = first; child < end; child++) {
      if (boxChord2(boxes, child * 6, x, y, z) > limit) continue;
      if (this.#search(level - 1, child, x, y, z, limit, found)) return true;
    }
    return false;
  }

  #visit(level: number, node: number, x: number, y: number, z: number): void {
    const first = node * WIDTH;
    if (level === 0) {
      const end = Math.min(first + WIDTH, this.pieces);
      for (let piece = first; piece < end; piece++) {
        this.#best = Math.min(this.#best, arcChord2(this.#ends, piece * 6, x, y, z));
      }
      return;
    }
    const boxes = this.#levels[level - 1]!;
    const end = Math.min(first + WIDTH, boxes.length / 6);
    // The child nearest by its box first: what it finds spares the others.
    let nearest = -1;
    let bound = this.#best;
    for (let child = first; child < end; child++) {
      const least = boxChord2(boxes, child * 6, x, y, z);
      if (least < bound) [nearest, bound] = [child, least];
    }
    if (nearest < 0) return;
    this.#visit(level - 1, nearest, x, y, z);
    for (let child = first; child < end; child++) {
      if (child === nearest || boxChord2(boxes, child * 6, x, y, z) >= this.#best) continue;
      this.#visit(level - 1, child, x, y, z);
    }
  }
}

/** A point on the unit sphere. */
export function unitVector(lonDeg: number, latDeg: number): readonly [number, number, number] {
  const cosine = Math.cos(latDeg * RADIANS);
  return [
    cosine * Math.cos(lonDeg * RADIANS),
    cosine * Math.sin(lonDeg * RADIANS),
    Math.sin(latDeg * RADIANS),
  ];
}

function addUnitVector(to: number[], lonDeg: number, latDeg: number): void {
  const [x, y, z] = unitVector(lonDeg, latDeg);
  to.push(x, y, z);
}

/** Squared chord of a great-circle distance. */
export function chord2Of(km: number): number {
  const half = Math.sin(Math.min(km / EARTH_RADIUS_KM, Math.PI) / 2);
  return 4 * half * half;
}

/**
 * Squared chord from p to the nearest point of the arc a-b: with n = a × b, its foot on the great circle lies between a
 * and b exactly when p is left of n × a and of b × n; the sine of its angle to the great circle is p·n / |n|.
 */
export function arcChord2(ends: Float64Array, at: number, x: number, y: number, z: number): number {
  const [ax, ay, az] = [ends[at]!, ends[at + 1]!, ends[at + 2]!];
  const [bx, by, bz] = [ends[at + 3]!, ends[at + 4]!, ends[at + 5]!];
  const nx = ay * bz - az * by;
  const ny = az * bx - ax * bz;
  const nz = ax * by - ay * bx;
  const pastA = x * (ny * az - nz * ay) + y * (nz * ax - nx * az) + z * (nx * ay - ny * ax);
  const beforeB = x * (by * nz - bz * ny) + y * (bz * nx - bx * nz) + z * (bx * ny - by * nx);
  if (pastA > 0 && beforeB > 0) {
    const pn = x * nx + y * ny + z * nz;
    const sine2 = (pn * pn) / (nx * nx + ny * ny + nz * nz);
    // 2 - 2 cos, written so that a small angle keeps its digits.
    return (2 * sine2) / (1 + Math.sqrt(Math.max(0, 1 - sine2)));
  }
  const toA = (x - ax) ** 2 + (y - ay) ** 2 + (z - az) ** 2;
  const toB = (x - bx) ** 2 + (y - by) ** 2 + (z - bz) ** 2;
  return Math.min(toA, toB);
}

function boxChord2(boxes: Float64Array, at: number, x: number, y: number, z: number): number {
  const dx = Math.max(boxes[at]! - x, 0, x - boxes[at + 3]!);
  const dy = Math.max(boxes[at + 1]! - y, 0, y - boxes[at + 4]!);
  const dz = Math.max(boxes[at + 2]! - z, 0, z - boxes[at + 5]!);
  return dx * dx + dy * dy + dz * dz;
}

function boxLevels(ends: Float64Array): Float64Array[] {
  const levels: Float64Array[] = [];
  let below = ends.length / 6;
  let boxes = ends;
  let isPieces = true;
  do {
    const count = Math.ceil(below / WIDTH);
    const level = new Float64Array(count * 6);
    for (let node = 0; node < count; node++) {
      const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
      for (let child = node * WIDTH; child < Math.min((node + 1) * WIDTH, below); child++) {
        // An arc rises above its chord by less than an eighth of the chord's square.
        const sag = isPieces ? sagOf(boxes, child * 6) : 0;
        for (let axis = 0; axis < 3; axis++) {
          const one = boxes[child * 6 + axis]!;
          const two = boxes[child * 6 + 3 + axis]!;
          box[axis] = Math.min(box[axis]!, Math.min(one, two) - sag);
          box[axis + 3] = Math.max(box[axis + 3]!, Math.max(one, two) + sag);
        }
      }
      level.set(box, node * 6);
    }
    levels.push(level);
    boxes = level;
    below = count;
    isPieces = false;
  } while (below > 1);
  return levels;
}

function sagOf(ends: Float64Array, at: number): number {
  let chord2 = 0;
  for (let axis = 0; axis < 3; axis++) chord2 += (ends[at + 3 + axis]! - ends[at + axis]!) ** 2;
  // Exactly 1 - sqrt(1 - chord²/4).
  return 1 - Math.sqrt(Math.max(0, 1 - chord2 / 4)) + 1e-15;
}
