// SPDX-License-Identifier: MIT
import { CELL_RESOLUTION } from "./cell.ts";
import { ordinalsOfIds } from "./cell-ordinal.ts";
import type { CellTable } from "./cell-table.ts";
import { EARTH_RADIUS_KM } from "./geodesy.ts";

/** The cells of a table, grouped by their parents at a coarser resolution; index = parent. */
export interface ParentRuns {
  /** H3 resolution of the parents. */
  readonly resolution: number;
  /** Parents that have a cell in the table. */
  readonly count: number;
  /** Cells of parent p: rows `offset[p]` to `offset[p + 1] - 1` of the table; one longer than `count`. */
  readonly offset: Int32Array;
  /** The middle of the cells given (not of the parent: a coast's few cells lie close together), degrees. */
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
  /** From that middle to the centre of the furthest cell, great circle, km. */
  readonly radiusKm: Float64Array;
}

const RADIANS = Math.PI / 180;

/**
 * Groups the cells of a table by parent, for work that can be decided, or at least narrowed down, for many cells at
 * once. Resolution 0 has 122 parents, 3 has some fifty cells each (14 thousand parents on land).
 *
 * @throws RangeError when the resolution is not a whole number from 0 to 5.
 */
export function parentRuns(cells: CellTable, resolution: number): ParentRuns {
  if (!Number.isInteger(resolution) || resolution < 0 || resolution > CELL_RESOLUTION) {
    throw new RangeError(`Parents have a resolution from 0 to ${CELL_RESOLUTION}, not ${resolution}.`);
  }
  const span = 7 ** (CELL_RESOLUTION - resolution);
  const ordinals = ordinalsOfIds(cells.id);
  const starts: number[] = [];
  for (let row = 0, until = 0; row < cells.count; row++) {
    if (ordinals[row]! < until) continue;
    starts.push(row);
    until = (Math.floor(ordinals[row]! / span) + 1) * span;
  }
  const count = starts.length;
  const offset = Int32Array.from([...starts, cells.count]);
  const latDeg = new Float64Array(count);
  const lonDeg = new Float64Array(count);
  const radiusKm = new Float64Array(count);
  const most = starts.reduce((longest, start, p) => Math.max(longest, offset[p + 1]! - start), 0);
  const vectors = new Float64Array(3 * most);
  for (let p = 0; p < count; p++) {
    const from = offset[p]!;
    const size = offset[p + 1]! - from;
    let sumX = 0;
    let sumY = 0;
    let sumZ = 0;
    for (let i = 0; i < size; i++) {
      const cosLat = Math.cos(cells.latDeg[from + i]! * RADIANS);
      const x = cosLat * Math.cos(cells.lonDeg[from + i]! * RADIANS);
      const y = cosLat * Math.sin(cells.lonDeg[from + i]! * RADIANS);
      const z = Math.sin(cells.latDeg[from + i]! * RADIANS);
      vectors[3 * i] = x;
      vectors[3 * i + 1] = y;
      vectors[3 * i + 2] = z;
      sumX += x;
      sumY += y;
      sumZ += z;
    }
    const length = Math.hypot(sumX, sumY, sumZ);
    const midX = sumX / length;
    const midY = sumY / length;
    const midZ = sumZ / length;
    let furthest = 0;
    for (let i = 0; i < size; i++) {
      const dx = vectors[3 * i]! - midX;
      const dy = vectors[3 * i + 1]! - midY;
      const dz = vectors[3 * i + 2]! - midZ;
      furthest = Math.max(furthest, dx * dx + dy * dy + dz * dz);
    }
    latDeg[p] = Math.atan2(midZ, Math.hypot(midX, midY)) / RADIANS;
    lonDeg[p] = Math.atan2(midY, midX) / RADIANS;
    radiusKm[p] = 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(furthest) / 2);
  }
  return { resolution, count, offset, latDeg, lonDeg, radiusKm };
}
