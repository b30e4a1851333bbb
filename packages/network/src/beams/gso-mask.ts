// SPDX-License-Identifier: MIT
import { gsoArc, gsoSeparationDeg } from "../gso.ts";
import { PLACE } from "./cell-groups.ts";

const DEG = Math.PI / 180;
/** Radius of the geostationary orbit, km (ITU-R S.1503). */
const GSO_KM = 42_164.2;
/** Boxes per unit of the projected sky. */
const GRID = 64;
/** Row length: a direction may lie on the far edge of the last box. */
const STRIDE = GRID + 1;
const CLEAR = 0;
const NEAR = 1;
const DOUBT = 2;
/** Step between arc points that boxes are measured against, degrees of longitude. */
const SAMPLE_DEG = 0.5;
/** Turning of the arc against the local axes per turning of the site: 1, and its parallax over at least 35,786 km. */
const DRIFT = 1 + 6378.2 / 35_786;
/** Half a sample's step, seen from the ground. */
const SAMPLE_RAD = (SAMPLE_DEG / 2) * DEG * DRIFT;

/** Says whether a satellite is too near to the visible geostationary arc, seen from a cell. */
export interface GsoMask {
  /**
   * The same answer as `tooNearGso` for the place at `place[PLACE * c]` in latitude band `band`. x, y, z: the satellite,
   * Earth-fixed, km.
   */
  tooNear(place: Float64Array, c: number, band: number, x: number, y: number, z: number): boolean;
}

/**
 * A mask per whole degree of latitude (north and south are mirror images, east and west too): the sky, projected along
 * the vertical on a grid of |east| x north, each box surely clear of the arc, surely too near, or in doubt. In doubt,
 * some 6 % of looks, the angle is computed. Bands are filled when first asked for.
 */
export function createGsoMask(minSeparationDeg: number): GsoMask {
  const bands: (Uint8Array | undefined)[] = [];
  const cosine = Math.cos(minSeparationDeg * DEG);

  function tooNear(place: Float64Array, c: number, band: number, x: number, y: number, z: number): boolean {
    const at = PLACE * c;
    const ux = place[at]!;
    const uy = place[at + 1]!;
    const uz = place[at + 2]!;
    const cosLat = Math.sqrt(ux * ux + uy * uy);
    // At a pole there is no east, and no arc.
    if (!(minSeparationDeg > 0) || cosLat < 1e-6) return false;
    const dx = x - place[at + 3]!;
    const dy = y - place[at + 4]!;
    const dz = z - place[at + 5]!;
    const scale = 1 / (cosLat * Math.sqrt(dx * dx + dy * dy + dz * dz));
    const east = (ux * dy - uy * dx) * scale;
    const north = (dz - uz * (ux * dx + uy * dy + uz * dz)) * scale;
    const row = ((uz < 0 ? -north : north) + 1) * GRID;
    bands[band] ??= bandOf(band, minSeparationDeg);
    const box = bands[band]![(row | 0) * STRIDE + (((east < 0 ? -east : east) * GRID) | 0)];
    if (box === CLEAR || box === NEAR) return box === NEAR;
    return nearExactly(place, at, dx, dy, dz, cosLat);
  }

  /**
   * The cosine of the angle between the direction d and the arc's point at longitude l from the meridian is f = (R (d1
   * cos l + d2 sin l) - d.p) / sqrt(A - B cos l), p the place; its greatest value is where f' = 0, found by Newton's
   * method from the longitude where the line of sight meets the sphere of the arc.
   */
  function nearExactly(
    place: Float64Array,
    at: number,
    dx: number,
    dy: number,
    dz: number,
    cosLat: number,
  ): boolean {
    const ux = place[at]! / cosLat;
    const uy = place[at + 1]! / cosLat;
    const rho = place[at + 3]! * ux + place[at + 4]! * uy;
    const pz = place[at + 5]!;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const d1 = (dx * ux + dy * uy) / range;
    const d2 = (ux * dy - uy * dx) / range;
    const along = d1 * rho + (dz * pz) / range;
    const squared = rho * rho + pz * pz;
    const a = GSO_KM * GSO_KM + squared;
    const b = 2 * GSO_KM * rho;
    const reach = Math.sqrt(along * along + GSO_KM * GSO_KM - squared) - along;
    let cos = rho + reach * d1;
    let sin = reach * d2;
    let length = Math.sqrt(cos * cos + sin * sin);
    cos /= length;
    sin /= length;
    for (let round = 0; round < 12; round++) {
      const dot = GSO_KM * (d1 * cos + d2 * sin);
      const turned = GSO_KM * (d2 * cos - d1 * sin);
      const slope = turned * (a - b * cos) - (dot - along) * (b / 2) * sin;
      const bend = (turned * b * sin) / 2 - dot * (a - b * cos) - (dot - along) * (b / 2) * cos;
      const step = -slope / bend;
      if (!(bend < 0) || !(Math.abs(step) < 0.5)) break;
      const next = cos - sin * step;
      sin += cos * step;
      length = Math.sqrt(next * next + sin * sin);
      cos = next / length;
      sin /= length;
      if (Math.abs(step) > 1e-7) continue;
      const horizon = place[at]! * place[at + 3]! + place[at + 1]! * place[at + 4]! + place[at + 2]! * pz;
      // The nearest point may be below the horizon: then an end of the arc is nearest, which is rare.
      if (cos < horizon / (GSO_KM * cosLat)) break;
      return (GSO_KM * (d1 * cos + d2 * sin) - along) / Math.sqrt(a - b * cos) > cosine;
    }
    const [xKm, yKm, zKm] = [place[at + 3]!, place[at + 4]!, place[at + 5]!];
    const up = [place[at]!, place[at + 1]!, place[at + 2]!] as const;
    const arc = gsoArc({ xKm, yKm, zKm, up, east: up, north: up });
    return gsoSeparationDeg(arc, xKm + dx, yKm + dy, zKm + dz) < minSeparationDeg;
  }

  return { tooNear };
}

/** One latitude's boxes: `[north row][east column]`. An angle changes by no more than its direction: hence the margins. */
function bandOf(band: number, minSeparationDeg: number): Uint8Array {
  const latRad = (band + 0.5) * DEG;
  const up = [Math.cos(latRad), 0, Math.sin(latRad)] as const;
  const normal = 6378.137 / Math.sqrt(1 - 6.694379990141317e-3 * up[2] ** 2);
  const site = [normal * up[0], 0, normal * (1 - 6.694379990141317e-3) * up[2]] as const;
  const bandRad = 0.5 * DEG * DRIFT;
  // East, north and up of arc points: those that may be above the horizon somewhere in the band; those that surely are.
  const maybe: number[] = [];
  const surely: number[] = [];
  for (let lonDeg = 0; lonDeg <= 90; lonDeg += SAMPLE_DEG) {
    const gx = GSO_KM * Math.cos(lonDeg * DEG) - site[0];
    const gy = GSO_KM * Math.sin(lonDeg * DEG);
    const gz = -site[2];
    const length = Math.hypot(gx, gy, gz);
    const point = [
      gy / length,
      (gz * up[0] - gx * up[2]) / length,
      (gx * up[0] + gz * up[2]) / length,
    ] as const;
    if (point[2] >= -Math.sin(bandRad + SAMPLE_RAD)) maybe.push(...point);
    if (point[2] >= Math.sin(bandRad)) surely.push(...point);
  }
  const boxes = new Uint8Array(STRIDE * (2 * GRID + 1)).fill(DOUBT);
  const half = Math.SQRT1_2 / GRID;
  for (let row = 0; row < 2 * GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const east = (column + 0.5) / GRID;
      const north = (row + 0.5) / GRID - 1;
      const far = Math.hypot(east, north) + half;
      if (far >= 0.998) continue;
      // Directions whose projections are `half` apart differ by a chord of at most half / (least height in the box).
      const box = 2 * Math.asin(half / Math.sqrt(1 - far * far) / 2);
      const margin = box + bandRad;
      const height = Math.sqrt(1 - east * east - north * north);
      if (nearest(surely, east, north, height) + margin < minSeparationDeg * DEG)
        boxes[row * STRIDE + column] = NEAR;
      else if (nearest(maybe, east, north, height) - margin - SAMPLE_RAD > minSeparationDeg * DEG)
        boxes[row * STRIDE + column] = CLEAR;
    }
  }
  return boxes;
}

function nearest(points: readonly number[], east: number, north: number, height: number): number {
  let most = -1;
  for (let k = 0; k < points.length; k += 3) {
    const dot = points[k]! * east + points[k + 1]! * north + points[k + 2]! * height;
    if (dot > most) most = dot;
  }
  return Math.acos(Math.min(1, most));
}
