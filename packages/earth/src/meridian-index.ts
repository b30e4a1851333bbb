// SPDX-License-Identifier: MIT
import { wrapLongitudeDeg } from "./geodesy.ts";

const BANDS_PER_DEGREE = 16;
const BANDS = 360 * BANDS_PER_DEGREE;

/**
 * Answers "inside what?" by walking from a point along its meridian to the North Pole and combining the
 * marks of the edges met, by exclusive or. Nothing indexed here contains the pole, so the marks of areas entered and
 * left again cancel and what remains is the mark of the area the walk began in.
 *
 * The walk makes the South Pole and the antimeridian ordinary: rings may cross ±180° or go round a pole.
 * Edges are half-open to the east, so a vertex on the meridian counts once. They are sorted into bands of 1/16° longitude.
 */
export class MeridianIndex {
  readonly #west: Float64Array;
  readonly #east: Float64Array;
  readonly #westLat: Float64Array;
  readonly #eastLat: Float64Array;
  readonly #marks: Int32Array;
  /** Edges of band b: #edges[#starts[b]] to #edges[#starts[b + 1] - 1]. */
  readonly #starts: Uint32Array;
  readonly #edges: Uint32Array;

  constructor(edges: MarkedEdges) {
    this.#west = Float64Array.from(edges.west);
    this.#east = Float64Array.from(edges.east);
    this.#westLat = Float64Array.from(edges.westLat);
    this.#eastLat = Float64Array.from(edges.eastLat);
    this.#marks = Int32Array.from(edges.marks);
    const starts = new Uint32Array(BANDS + 1);
    this.#eachBand(band => {
      starts[band + 1]! += 1;
    });
    for (let band = 0; band < BANDS; band++) starts[band + 1]! += starts[band]!;
    const sorted = new Uint32Array(starts[BANDS]!);
    const next = starts.slice();
    this.#eachBand((band, edge) => {
      sorted[next[band]!++] = edge;
    });
    this.#starts = starts;
    this.#edges = sorted;
  }

  /** The combined mark at a point; 0 outside everything. */
  markAt(latDeg: number, lonDeg: number): number {
    const lon = wrapLongitudeDeg(lonDeg);
    const band = bandOf(lon);
    const end = this.#starts[band + 1]!;
    let mark = 0;
    for (let i = this.#starts[band]!; i < end; i++) {
      const edge = this.#edges[i]!;
      const west = this.#west[edge]!;
      const east = this.#east[edge]!;
      if (lon < west || lon >= east) continue;
      const westLat = this.#westLat[edge]!;
      const lat = westLat + ((this.#eastLat[edge]! - westLat) * (lon - west)) / (east - west);
      if (lat > latDeg) mark ^= this.#marks[edge]!;
    }
    return mark;
  }

  #eachBand(visit: (band: number, edge: number) => void): void {
    for (let edge = 0; edge < this.#marks.length; edge++) {
      const last = Math.min(BANDS - 1, bandOf(this.#east[edge]!));
      for (let band = bandOf(this.#west[edge]!); band <= last; band++) visit(band, edge);
    }
  }
}

/** Edges to be put into a {@link MeridianIndex}. */
export class MarkedEdges {
  readonly west: number[] = [];
  readonly east: number[] = [];
  readonly westLat: number[] = [];
  readonly eastLat: number[] = [];
  readonly marks: number[] = [];

  /** Adds an edge, the short way round; one that crosses the antimeridian is cut there, one along a meridian dropped. */
  add(lon1: number, lat1: number, lon2: number, lat2: number, mark: number): void {
    const turns = Math.round((lon2 - lon1) / 360);
    if (turns === 0) {
      this.#push(lon1, lat1, lon2, lat2, mark);
      return;
    }
    const unwrapped = lon2 - 360 * turns;
    if (unwrapped === lon1) return;
    const seam = unwrapped > lon1 ? 180 : -180;
    const seamLat = lat1 + ((lat2 - lat1) * (seam - lon1)) / (unwrapped - lon1);
    this.#push(lon1, lat1, seam, seamLat, mark);
    this.#push(-seam, seamLat, lon2, lat2, mark);
  }

  #push(lon1: number, lat1: number, lon2: number, lat2: number, mark: number): void {
    if (lon1 === lon2) return;
    const eastward = lon1 < lon2;
    this.west.push(eastward ? lon1 : lon2);
    this.east.push(eastward ? lon2 : lon1);
    this.westLat.push(eastward ? lat1 : lat2);
    this.eastLat.push(eastward ? lat2 : lat1);
    this.marks.push(mark);
  }
}

function bandOf(lonDeg: number): number {
  return Math.floor((lonDeg + 180) * BANDS_PER_DEGREE);
}
