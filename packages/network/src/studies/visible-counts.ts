// SPDX-License-Identifier: MIT
import { type CellTable, type ParentRuns, parentRuns } from "@perigee/earth";
import { observerFrame } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";

const RAD = Math.PI / 180;
/** Parents of this resolution are narrowed down at once: about fifty cells each, 60 km to the farthest. */
const PARENTS = 3;
/** No point of the ellipsoid is nearer to the Earth's centre, km: the flattest case for a cap's width. */
const LEAST_RADIUS_KM = 6356;
const MEAN_RADIUS_KM = 6371;
/** The ellipsoid's normal and the direction from the Earth's centre are at most this far apart, degrees. */
const NORMAL_DEG = 0.2;

/** Counts the satellites that stand over cells. */
export interface VisibleCounter {
  /**
   * Per cell: how many usable satellites stand at or above their own least elevation there.
   *
   * @param usable Per satellite: 0 for those that do not count.
   */
  countsOf(fleet: FleetState, usable: Uint8Array): Uint16Array;
}

/**
 * Prepares the counting for a table: the frame of every cell, 48 bytes each. Groups of cells share one coarse test: a
 * satellite is left out only where the whole group lies outside its cap, and the exact test decides the rest.
 *
 * @param minElevationDeg Per satellite, degrees over the plane tangent to the ellipsoid.
 */
export function createVisibleCounter(cells: CellTable, minElevationDeg: Float64Array): VisibleCounter {
  const runs = parentRuns(cells, PARENTS);
  const frame = framesOf(cells);
  const sine2 = minElevationDeg.map(deg => Math.sin(deg * RAD) ** 2);

  function countsOf(fleet: FleetState, usable: Uint8Array): Uint16Array {
    const { xKm, yKm, zKm } = fleet;
    const caps = capsOf(fleet, usable, minElevationDeg);
    const counts = new Uint16Array(cells.count);
    const near = new Int32Array(caps.satellite.length);
    for (let run = 0; run < runs.count; run++) {
      const size = candidates(runs, run, caps, near);
      for (let c = runs.offset[run]!; c < runs.offset[run + 1]!; c++) {
        const f = 6 * c;
        const x = frame[f]!;
        const y = frame[f + 1]!;
        const z = frame[f + 2]!;
        const ux = frame[f + 3]!;
        const uy = frame[f + 4]!;
        const uz = frame[f + 5]!;
        let count = 0;
        for (let k = 0; k < size; k++) {
          const i = near[k]!;
          const dx = xKm[i]! - x;
          const dy = yKm[i]! - y;
          const dz = zKm[i]! - z;
          const above = ux * dx + uy * dy + uz * dz;
          // sin e = above / range, compared as squares.
          if (above > 0 && above * above >= sine2[i]! * (dx * dx + dy * dy + dz * dz)) count++;
        }
        counts[c] = count;
      }
    }
    return counts;
  }

  return { countsOf };
}

/** Of each cell's centre: Earth-fixed x, y, z, km, and the ellipsoid's normal. */
function framesOf(cells: CellTable): Float64Array {
  const frame = new Float64Array(6 * cells.count);
  for (let c = 0; c < cells.count; c++) {
    const { xKm, yKm, zKm, up } = observerFrame({
      latDeg: cells.latDeg[c]!,
      lonDeg: cells.lonDeg[c]!,
      altitudeKm: 0,
    });
    frame.set([xKm, yKm, zKm, up[0], up[1], up[2]], 6 * c);
  }
  return frame;
}

/** Directions to the usable satellites, and the radius of what each may be seen from, a little too wide. */
interface Caps {
  readonly satellite: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly radiusRad: Float64Array;
}

function capsOf({ xKm, yKm, zKm }: FleetState, usable: Uint8Array, minElevationDeg: Float64Array): Caps {
  const satellite = Int32Array.from(usable.keys()).filter(i => usable[i] !== 0 && Number.isFinite(xKm[i]!));
  const [x, y, z, radiusRad] = [0, 1, 2, 3].map(() => new Float64Array(satellite.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let k = 0; k < satellite.length; k++) {
    const i = satellite[k]!;
    const radiusKm = Math.hypot(xKm[i]!, yKm[i]!, zKm[i]!);
    x[k] = xKm[i]! / radiusKm;
    y[k] = yKm[i]! / radiusKm;
    z[k] = zKm[i]! / radiusKm;
    // psi = acos(R / r cos e) - e, see `capGeometry`.
    const e = Math.max(-90, minElevationDeg[i]! - NORMAL_DEG) * RAD;
    radiusRad[k] = Math.acos(Math.min(1, (LEAST_RADIUS_KM / radiusKm) * Math.cos(e))) - e;
  }
  return { satellite, x, y, z, radiusRad };
}

/** Writes the satellites whose cap may reach a cell of the run into `near`; returns how many. */
function candidates(runs: ParentRuns, run: number, caps: Caps, near: Int32Array): number {
  // Geodetic against geocentric latitude again.
  const reach = runs.radiusKm[run]! / MEAN_RADIUS_KM + 2 * NORMAL_DEG * RAD;
  const lat = runs.latDeg[run]! * RAD;
  const lon = runs.lonDeg[run]! * RAD;
  const cx = Math.cos(lat) * Math.cos(lon);
  const cy = Math.cos(lat) * Math.sin(lon);
  const cz = Math.sin(lat);
  const { satellite, x, y, z, radiusRad } = caps;
  let size = 0;
  for (let k = 0; k < satellite.length; k++) {
    const dot = cx * x[k]! + cy * y[k]! + cz * z[k]!;
    // A satellite on the other side is out before any cosine.
    if (dot > 0 && dot >= Math.cos(Math.min(Math.PI / 2, radiusRad[k]! + reach)))
      near[size++] = satellite[k]!;
  }
  return size;
}
