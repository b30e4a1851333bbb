// SPDX-License-Identifier: MIT
import { cellAt, destination } from "@perigee/earth";

/** A circle on the ground: WGS84 degrees, and a radius in kilometres. */
export interface Circle {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly radiusKm: number;
}

/** The largest circle that is searched. More is a region, and no place of anything. */
export const LARGEST_RADIUS_KM = 200;
/** Points are this far apart: the inner circle of the smallest service cell has a diameter of 14 km. */
const SPACING_KM = 4;

/** Service cells that a circle touches, sorted. Those of which less than the points' spacing lies in it may be missing. */
export function cellsWithin({ latDeg, lonDeg, radiusKm }: Circle): string[] {
  const cells = new Set([cellAt(latDeg, lonDeg)]);
  const rings = Math.ceil(radiusKm / SPACING_KM);
  for (let ring = 1; ring <= rings; ring++) {
    const km = (radiusKm * ring) / rings;
    const points = Math.ceil((2 * Math.PI * km) / SPACING_KM);
    for (let i = 0; i < points; i++) {
      const at = destination({ latDeg, lonDeg }, (360 * i) / points, km);
      cells.add(cellAt(at.latDeg, at.lonDeg));
    }
  }
  return [...cells].sort();
}

/** `lat,lon,km` as a circle; `null` where it is none on the globe, or too large. */
export function circleOf(text: string): Circle | null {
  const [latDeg, lonDeg, radiusKm] = text.split(",").map(Number) as [number, number, number];
  const isThere = Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180;
  return isThere && radiusKm > 0 && radiusKm <= LARGEST_RADIUS_KM ? { latDeg, lonDeg, radiusKm } : null;
}
