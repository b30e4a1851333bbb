// SPDX-License-Identifier: MIT
import { toEcefKm, toGeodetic } from "../geo/geodetic.ts";

/** Where the map looks. */
export interface MapView {
  readonly latDeg: number;
  readonly lonDeg: number;
  /** MapLibre's zoom: each step doubles the scale. */
  readonly zoom: number;
}

/** At this zoom and on the equator a globe's disc is as wide as the view; found by measuring MapLibre's camera. */
const DISC_ZOOM = 2.07;
const DISC_VIEW_PX = 594;
/** Nearer than a region is not asked for by most. */
const NEAREST_ZOOM = 4.2;

/** The zoom that makes up for Mercator's scale: with it the globe keeps its size while the middle moves in latitude. */
export function latitudeZoom(latDeg: number): number {
  return Math.log2(Math.cos((Math.min(80, Math.abs(latDeg)) * Math.PI) / 180));
}

/** The view of the whole globe with the sky around it. */
export function wholeGlobe(latDeg: number, lonDeg: number, viewPx: number): MapView {
  const zoom = DISC_ZOOM + Math.log2((0.83 * viewPx) / DISC_VIEW_PX) + latitudeZoom(latDeg);
  return { latDeg, lonDeg, zoom };
}

/**
 * The view that holds all places in the inner two thirds; `null` for none. Never wider than the whole globe.
 * @param nearestZoom on the equator
 */
export function viewOf(
  places: readonly { latDeg: number; lonDeg: number }[],
  viewPx: number,
  nearestZoom = NEAREST_ZOOM,
): MapView | null {
  if (places.length === 0) return null;
  const points = places.map(({ latDeg, lonDeg }) => toEcefKm({ latDeg, lonDeg, altitudeKm: 0 }));
  const middle = [0, 1, 2].map(axis => points.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / points.length);
  const [x = 0, y = 0, z = 0] = middle;
  const { latDeg, lonDeg } = toGeodetic(x, y, z);
  const length = Math.hypot(x, y, z) || 1;
  const farthest = Math.max(
    ...points.map(p => {
      const cosine = (p[0] * x + p[1] * y + p[2] * z) / (length * Math.hypot(...p));
      return Math.acos(Math.max(-1, Math.min(1, cosine)));
    }),
  );
  const whole = wholeGlobe(latDeg, lonDeg, viewPx);
  const nearer = Math.log2(0.7 / Math.sin(Math.max(0.02, Math.min(1, farthest))));
  const zoom = Math.min(nearestZoom + latitudeZoom(latDeg), whole.zoom + Math.max(0, nearer));
  return { latDeg, lonDeg, zoom };
}
