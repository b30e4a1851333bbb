// SPDX-License-Identifier: MIT
import type { ObserverFrame } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";

const RAD = 180 / Math.PI;
const ROW_DEG = 3;
const COLUMN_DEG = 6;
const ROWS = 180 / ROW_DEG;
const COLUMNS = 360 / COLUMN_DEG;
/** The ellipsoid's normal is up to 0.193 degrees off the geocentric one; and a little for rounding. */
const TILT_DEG = 0.2;
/** The ellipsoid's smallest radius (WGS 84), less a little. */
const LEAST_EARTH_KM = 6356.7;

/** Satellites by where they stand over the Earth, so that a place looks only at those that may be above it. */
export interface SkyGrid {
  /** Sorts the usable satellites of one instant into the grid. */
  fill(fleet: FleetState, usable: Uint8Array): void;
  /**
   * The satellites at or above an elevation, the same as `satellitesAbove` finds, ordered by row, column and index.
   *
   * @param out Room for as many indices as satellites.
   * @returns How many were written.
   */
  above(frame: ObserverFrame, minElevationDeg: number, out: Int32Array): number;
}

export function createSkyGrid(capacity: number): SkyGrid {
  const first = new Int32Array(ROWS * COLUMNS + 1);
  const box = new Int32Array(capacity);
  const index = new Int32Array(capacity);
  const xyz = new Float64Array(3 * capacity);
  let maxRadiusKm = 0;

  function fill({ xKm, yKm, zKm }: FleetState, usable: Uint8Array): void {
    first.fill(0);
    maxRadiusKm = 0;
    for (let i = 0; i < usable.length; i++) {
      const radius = Math.sqrt(xKm[i]! * xKm[i]! + yKm[i]! * yKm[i]! + zKm[i]! * zKm[i]!);
      // NaN: SGP4 failed.
      if (usable[i] === 0 || !(radius > 0)) {
        box[i] = -1;
        continue;
      }
      if (radius > maxRadiusKm) maxRadiusKm = radius;
      const row = rowOf(Math.asin(zKm[i]! / radius) * RAD);
      const column = columnOf(Math.atan2(yKm[i]!, xKm[i]!) * RAD);
      box[i] = row * COLUMNS + column;
      first[box[i]! + 1]! += 1;
    }
    for (let b = 0; b < ROWS * COLUMNS; b++) first[b + 1]! += first[b]!;
    // Filling moves each start to its box's end; shifting by one puts them back.
    for (let i = 0; i < usable.length; i++) {
      const b = box[i]!;
      if (b < 0) continue;
      const at = first[b]!++;
      index[at] = i;
      xyz[3 * at] = xKm[i]!;
      xyz[3 * at + 1] = yKm[i]!;
      xyz[3 * at + 2] = zKm[i]!;
    }
    first.copyWithin(1, 0, ROWS * COLUMNS);
    first[0] = 0;
  }

  function above(frame: ObserverFrame, minElevationDeg: number, out: Int32Array): number {
    const { xKm: sx, yKm: sy, zKm: sz } = frame;
    const [ux, uy, uz] = frame.up;
    const horizon = ux * sx + uy * sy + uz * sz;
    const sine = Math.sin(minElevationDeg / RAD);
    const reach = reachDeg(minElevationDeg, maxRadiusKm);
    const lat = Math.asin(sz / Math.sqrt(sx * sx + sy * sy + sz * sz)) * RAD;
    const lon = Math.atan2(sy, sx) * RAD;
    const overPole = Math.abs(lat) + reach >= 90;
    const wide = overPole ? 180 : Math.asin(Math.sin(reach / RAD) / Math.cos(lat / RAD)) * RAD;
    const firstColumn = Math.floor((lon - wide + 180) / COLUMN_DEG);
    const columns = Math.min(COLUMNS, Math.floor((lon + wide + 180) / COLUMN_DEG) - firstColumn + 1);
    const from = (((firstColumn % COLUMNS) + COLUMNS) % COLUMNS) * (columns === COLUMNS ? 0 : 1);
    let count = 0;
    for (let row = rowOf(lat - reach); row <= rowOf(lat + reach); row++) {
      // A row's boxes lie in one piece, or in two where they cross 180 degrees.
      for (let part = 0; part < 2; part++) {
        const a = part === 0 ? from : 0;
        const b = part === 0 ? Math.min(COLUMNS, from + columns) : from + columns - COLUMNS;
        if (b <= a) continue;
        const end = first[row * COLUMNS + b]!;
        for (let at = first[row * COLUMNS + a]!; at < end; at++) {
          const x = xyz[3 * at]!;
          const y = xyz[3 * at + 1]!;
          const z = xyz[3 * at + 2]!;
          const up = ux * x + uy * y + uz * z - horizon;
          if (!(up > 0)) continue;
          const dx = x - sx;
          const dy = y - sy;
          const dz = z - sz;
          if (up * up >= sine * sine * (dx * dx + dy * dy + dz * dz)) out[count++] = index[at]!;
        }
      }
    }
    return count;
  }

  return { fill, above };
}

/**
 * Central angle (degrees) from a place to the farthest satellite that it sees at or above an elevation, where none is
 * farther out than `maxRadiusKm`: over a sphere inside the ellipsoid, and so never too small.
 */
export function reachDeg(minElevationDeg: number, maxRadiusKm: number): number {
  const e = Math.max(0, minElevationDeg - TILT_DEG) / RAD;
  const ratio = Math.min(1, (LEAST_EARTH_KM / Math.max(maxRadiusKm, LEAST_EARTH_KM)) * Math.cos(e));
  return (Math.acos(ratio) - e) * RAD + TILT_DEG;
}

function rowOf(latDeg: number): number {
  return Math.min(ROWS - 1, Math.max(0, Math.floor((latDeg + 90) / ROW_DEG)));
}

function columnOf(lonDeg: number): number {
  return Math.min(COLUMNS - 1, Math.max(0, Math.floor((lonDeg + 180) / COLUMN_DEG)));
}
