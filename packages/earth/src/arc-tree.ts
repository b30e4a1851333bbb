// SPDX-License-Identifier: MIT
import { EARTH_RADIUS_KM } from "./geodesy.ts";

/** The nearest point of a set of arcs. */
export interface NearestArc {
  /** What the arc was added with. */
  readonly label: number;
  readonly distanceKm: number;
  /** The nearest point itself. */
  readonly latDeg: number;
  readonly lonDeg: number;
}

const RADIANS = Math.PI / 180;
/** Arcs per leaf and children per node: a node's children share a few cache lines. */
const WIDTH = 8;
/** Edges longer than this are cut, so that a great-circle arc stays within 50 m of the straight line on the map. */
const LONGEST_ARC_DEG = 0.5;
/** An arc of half a degree rises 9.5e-6 radii above its chord; boxes are widened by a little more. */
const SAG = 1e-5;

/**
 * Finds the nearest of many short arcs on the sphere: a bounding-box hierarchy over unit vectors, so that poles and the
 * antimeridian are places like any other. Structure of arrays; a query allocates only its answer.
 */
export class ArcTree {
  /** Both ends of each arc as unit vectors, six numbers an arc, in tree order. */
  readonly #ends: Float64Array;
  readonly #labels: Int32Array;
  /** Level 0 holds the boxes of the leaves; the last level one box. Six numbers a box: minima, maxima. */
  readonly #levels: readonly Float64Array[];
  readonly #scratch: readonly { readonly order: Int32Array; readonly bound: Float64Array }[];

  // One query's state: the point, the best squared chord so far, where it was found and on which arc.
  #x = 0;
  #y = 0;
  #z = 0;
  #best = 0;
  #bestX = 0;
  #bestY = 0;
  #bestZ = 0;
  #bestArc = -1;

  constructor(edges: ArcEdges) {
    const count = edges.labels.length;
    const ends = unitVectors(edges);
    const order = mortonOrder(ends, count);
    this.#ends = new Float64Array(count * 6);
    this.#labels = new Int32Array(count);
    order.forEach((from, to) => {
      this.#ends.set(ends.subarray(from * 6, from * 6 + 6), to * 6);
      this.#labels[to] = edges.labels[from]!;
    });
    this.#levels = boxLevels(this.#ends, count);
    this.#scratch = this.#levels.map(() => ({
      order: new Int32Array(WIDTH),
      bound: new Float64Array(WIDTH),
    }));
  }

  /** The nearest arc no further than `withinKm`, or `null`. */
  nearest(latDeg: number, lonDeg: number, withinKm = Number.POSITIVE_INFINITY): NearestArc | null {
    if (this.#labels.length === 0) return null;
    const cosLat = Math.cos(latDeg * RADIANS);
    this.#x = cosLat * Math.cos(lonDeg * RADIANS);
    this.#y = cosLat * Math.sin(lonDeg * RADIANS);
    this.#z = Math.sin(latDeg * RADIANS);
    // The squared chord of the limit; a chord never exceeds 2.
    const half = Math.sin(Math.min(withinKm / EARTH_RADIUS_KM, Math.PI) / 2);
    this.#best = 4 * half * half * (1 + 1e-12);
    this.#bestArc = -1;
    this.#visit(this.#levels.length - 1, 0);
    if (this.#bestArc < 0) return null;
    return {
      label: this.#labels[this.#bestArc]!,
      distanceKm: 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(this.#best) / 2)),
      latDeg: Math.atan2(this.#bestZ, Math.hypot(this.#bestX, this.#bestY)) / RADIANS,
      lonDeg: Math.atan2(this.#bestY, this.#bestX) / RADIANS,
    };
  }

  #visit(level: number, node: number): void {
    const first = node * WIDTH;
    if (level === 0) {
      const end = Math.min(first + WIDTH, this.#labels.length);
      for (let arc = first; arc < end; arc++) this.#measure(arc);
      return;
    }
    const boxes = this.#levels[level - 1]!;
    const { order, bound } = this.#scratch[level]!;
    const children = Math.min(WIDTH, boxes.length / 6 - first);
    let kept = 0;
    for (let i = 0; i < children; i++) {
      const nearest = this.#boxBound(boxes, (first + i) * 6);
      if (nearest > this.#best) continue;
      let at = kept++;
      for (; at > 0 && bound[at - 1]! > nearest; at--) {
        bound[at] = bound[at - 1]!;
        order[at] = order[at - 1]!;
      }
      bound[at] = nearest;
      order[at] = first + i;
    }
    for (let i = 0; i < kept && bound[i]! <= this.#best; i++) this.#visit(level - 1, order[i]!);
  }

  /** Least squared chord from the query point to anything in a box. */
  #boxBound(boxes: Float64Array, at: number): number {
    const dx = Math.max(boxes[at]! - this.#x, 0, this.#x - boxes[at + 3]!);
    const dy = Math.max(boxes[at + 1]! - this.#y, 0, this.#y - boxes[at + 4]!);
    const dz = Math.max(boxes[at + 2]! - this.#z, 0, this.#z - boxes[at + 5]!);
    return dx * dx + dy * dy + dz * dz;
  }

  /**
   * Distance from p to the arc a–b: to its great circle when p's foot lies between a and b, else to the nearer end.
   * With n = a × b the sine of the angle to the great circle is p·n / |n|.
   */
  #measure(arc: number): void {
    const e = this.#ends;
    const at = arc * 6;
    const ax = e[at]!;
    const ay = e[at + 1]!;
    const az = e[at + 2]!;
    const bx = e[at + 3]!;
    const by = e[at + 4]!;
    const bz = e[at + 5]!;
    const px = this.#x;
    const py = this.#y;
    const pz = this.#z;
    const nx = ay * bz - az * by;
    const ny = az * bx - ax * bz;
    const nz = ax * by - ay * bx;
    const nn = nx * nx + ny * ny + nz * nz;
    const afterA = px * (ny * az - nz * ay) + py * (nz * ax - nx * az) + pz * (nx * ay - ny * ax);
    const beforeB = px * (by * nz - bz * ny) + py * (bz * nx - bx * nz) + pz * (bx * ny - by * nx);
    if (afterA > 0 && beforeB > 0) {
      const pn = px * nx + py * ny + pz * nz;
      const sine2 = (pn * pn) / nn;
      const cosine = Math.sqrt(Math.max(0, 1 - sine2));
      const chord2 = (2 * sine2) / (1 + cosine);
      if (chord2 < this.#best) {
        const k = pn / nn;
        this.#keep(chord2, arc, px - k * nx, py - k * ny, pz - k * nz);
      }
      return;
    }
    this.#measureEnd(arc, ax, ay, az);
    this.#measureEnd(arc, bx, by, bz);
  }

  #measureEnd(arc: number, x: number, y: number, z: number): void {
    const chord2 = (x - this.#x) ** 2 + (y - this.#y) ** 2 + (z - this.#z) ** 2;
    if (chord2 < this.#best) this.#keep(chord2, arc, x, y, z);
  }

  #keep(chord2: number, arc: number, x: number, y: number, z: number): void {
    this.#best = chord2;
    this.#bestArc = arc;
    this.#bestX = x;
    this.#bestY = y;
    this.#bestZ = z;
  }
}

/** Edges to be put into an {@link ArcTree}: collected one by one, cut where they are long. */
export class ArcEdges {
  /** Four numbers an edge: longitude and latitude of both ends, degrees. */
  readonly degrees: number[] = [];
  readonly labels: number[] = [];

  /** Adds the edge that is straight on a plate carrée map (RFC 7946 §3.1.1), the short way round. */
  add(lon1: number, lat1: number, lon2: number, lat2: number, label: number): void {
    const dLon = lon2 - lon1 - 360 * Math.round((lon2 - lon1) / 360);
    const dLat = lat2 - lat1;
    const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(dLon), Math.abs(dLat)) / LONGEST_ARC_DEG));
    for (let i = 0; i < pieces; i++) {
      const from = i / pieces;
      const to = (i + 1) / pieces;
      this.degrees.push(lon1 + dLon * from, lat1 + dLat * from, lon1 + dLon * to, lat1 + dLat * to);
      this.labels.push(label);
    }
  }
}

function unitVectors(edges: ArcEdges): Float64Array {
  const { degrees } = edges;
  const vectors = new Float64Array((degrees.length / 2) * 3);
  for (let i = 0, at = 0; i < degrees.length; i += 2, at += 3) {
    const lon = degrees[i]! * RADIANS;
    const lat = degrees[i + 1]! * RADIANS;
    vectors[at] = Math.cos(lat) * Math.cos(lon);
    vectors[at + 1] = Math.cos(lat) * Math.sin(lon);
    vectors[at + 2] = Math.sin(lat);
  }
  return vectors;
}

/** Arcs along a space-filling curve (G. M. Morton, 1966), so that neighbours in the array are neighbours in space. */
function mortonOrder(ends: Float64Array, count: number): Uint32Array {
  // Key and index in one double: 30 bits of key, 22 of index. Sorting numbers natively is the fast path.
  const INDEX = 2 ** 22;
  if (count >= INDEX) throw new RangeError(`An arc tree holds fewer than ${INDEX} arcs.`);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * 6;
    const x = spread((ends[at]! + ends[at + 3]!) / 2);
    const y = spread((ends[at + 1]! + ends[at + 4]!) / 2);
    const z = spread((ends[at + 2]! + ends[at + 5]!) / 2);
    keys[i] = (x | (y << 1) | (z << 2)) * INDEX + i;
  }
  keys.sort();
  return Uint32Array.from(keys, key => key % INDEX);
}

/** Ten bits of a coordinate in [-1, 1], each followed by two zero bits. */
function spread(coordinate: number): number {
  const scaled = Math.max(0, Math.min(1023, Math.floor((coordinate + 1) * 512)));
  let bits = 0;
  for (let bit = 0; bit < 10; bit++) bits |= ((scaled >> bit) & 1) << (3 * bit);
  return bits;
}

function boxLevels(ends: Float64Array, count: number): Float64Array[] {
  const levels = [boxesOver(ends, count * 2, WIDTH * 2, 3, 0, SAG)];
  while (levels.at(-1)!.length > 6) {
    const below = levels.at(-1)!;
    levels.push(boxesOver(below, below.length / 6, WIDTH, 6, 3, 0));
  }
  return levels;
}

/** Boxes over groups of `per` items; an item's minima are at its start, its maxima `maxAt` numbers further. */
function boxesOver(
  items: Float64Array,
  count: number,
  per: number,
  stride: number,
  maxAt: number,
  pad: number,
): Float64Array {
  const groups = Math.ceil(count / per);
  const boxes = new Float64Array(groups * 6);
  for (let group = 0; group < groups; group++) {
    for (let axis = 0; axis < 3; axis++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let item = group * per; item < Math.min(count, (group + 1) * per); item++) {
        low = Math.min(low, items[item * stride + axis]!);
        high = Math.max(high, items[item * stride + maxAt + axis]!);
      }
      boxes[group * 6 + axis] = low - pad;
      boxes[group * 6 + 3 + axis] = high + pad;
    }
  }
  return boxes;
}
