// SPDX-License-Identifier: MIT
import { WGS84 } from "@perigee/orbit";
import { rangeMisfit } from "./accumulate.ts";
import type { Rows } from "./rows.ts";

/** How many places of the ring are tried: 7.5 degrees apart, 120 km at the edge of a beam's reach. */
export const RING_PLACES = 48;

const cosines = Float64Array.from({ length: RING_PLACES }, (_, i) =>
  Math.cos((2 * Math.PI * i) / RING_PLACES),
);
const sines = Float64Array.from({ length: RING_PLACES }, (_, i) => Math.sin((2 * Math.PI * i) / RING_PLACES));
const misfits = new Float64Array(RING_PLACES);
const placesKm = new Float64Array(3 * RING_PLACES);

/** A start for a fit. */
export interface Start {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/**
 * Where fits should start so that none of the places that explain the ranges is missed. One range leaves a ring on the
 * ground, and whatever fits all ranges lies on it: so one variable is searched, not two. Of the ring's places those are given
 * that fit better than both neighbours.
 *
 * The ring of the longest range is taken, for there a range says most about the place: near the satellite's foot
 * it says little.
 *
 * @param heightKm of the ring over the ellipsoid
 */
export function ringStarts(rows: Rows, heightKm: number): Start[] {
  let longest = 0;
  for (let row = 1; row < rows.ranges; row++) if (rows.value[row]! > rows.value[longest]!) longest = row;
  if (rows.ranges === 0 || !traceRing(rows, longest, heightKm)) return [];
  for (let i = 0; i < RING_PLACES; i++)
    misfits[i] = rangeMisfit(rows, placesKm[3 * i]!, placesKm[3 * i + 1]!, placesKm[3 * i + 2]!);
  const starts: Start[] = [];
  // Shifts are not in the search's misfit: where they count, every fourth place is a start as well.
  const hasShifts = rows.count > rows.ranges;
  for (let i = 0; i < RING_PLACES; i++) {
    const before = misfits[(i + RING_PLACES - 1) % RING_PLACES]!;
    const after = misfits[(i + 1) % RING_PLACES]!;
    if (!(misfits[i]! < before && misfits[i]! <= after) && !(hasShifts && i % 4 === 0)) continue;
    starts.push(startOf(placesKm[3 * i]!, placesKm[3 * i + 1]!, placesKm[3 * i + 2]!));
  }
  return starts;
}

/** Places on the ground at the row's range from its satellite. Without any (the range is too short): its foot. */
function traceRing(rows: Rows, row: number, heightKm: number): boolean {
  const sx = rows.xKm[row]!;
  const sy = rows.yKm[row]!;
  const sz = rows.zKm[row]!;
  const fromCentre = Math.sqrt(sx * sx + sy * sy + sz * sz);
  const rangeKm = rows.value[row]!;
  const zx = sx / fromCentre;
  const zy = sy / fromCentre;
  const zz = sz / fromCentre;
  // Two axes across the line to the satellite; any will do, as long as they are its own function.
  const level = Math.abs(zz) < 0.9 ? 1 : 0;
  const ax0 = level === 1 ? -zy : 0;
  const ay0 = level === 1 ? zx : -zz;
  const az0 = level === 1 ? 0 : zy;
  const norm = Math.sqrt(ax0 * ax0 + ay0 * ay0 + az0 * az0);
  const ax = ax0 / norm;
  const ay = ay0 / norm;
  const az = az0 / norm;
  const bx = zy * az - zz * ay;
  const by = zz * ax - zx * az;
  const bz = zx * ay - zy * ax;
  for (let i = 0; i < RING_PLACES; i++) {
    const qx = cosines[i]! * ax + sines[i]! * bx;
    const qy = cosines[i]! * ay + sines[i]! * by;
    const qz = cosines[i]! * az + sines[i]! * bz;
    let radius = radiusAt(zz) + heightKm;
    let cosArc = 1;
    let sinArc = 0;
    // The ellipsoid's radius depends on where the ring is and the ring on the radius: each round wins three digits.
    for (let round = 0; round < 4; round++) {
      cosArc = (fromCentre * fromCentre + radius * radius - rangeKm * rangeKm) / (2 * fromCentre * radius);
      if (!(cosArc > -1)) return false;
      cosArc = Math.min(1, cosArc);
      sinArc = Math.sqrt(1 - cosArc * cosArc);
      radius = radiusAt(cosArc * zz + sinArc * qz) + heightKm;
    }
    placesKm[3 * i] = radius * (cosArc * zx + sinArc * qx);
    placesKm[3 * i + 1] = radius * (cosArc * zy + sinArc * qy);
    placesKm[3 * i + 2] = radius * (cosArc * zz + sinArc * qz);
  }
  return true;
}

/** Distance of the ellipsoid from the Earth's centre in a direction with this z component. */
function radiusAt(z: number): number {
  const { aKm, bKm } = WGS84;
  return (aKm * bKm) / Math.sqrt(bKm * bKm * (1 - z * z) + aKm * aKm * z * z);
}

function startOf(x: number, y: number, z: number): Start {
  const rho = Math.sqrt(x * x + y * y);
  // Geocentric to geodetic on the ellipsoid: tan(lat) = tan(geocentric) / (1 - e2); good to metres off it.
  const latDeg = (Math.atan2(z, rho * (1 - WGS84.e2)) * 180) / Math.PI;
  return { latDeg, lonDeg: (Math.atan2(y, x) * 180) / Math.PI };
}
