// SPDX-License-Identifier: MIT
import { toGeodetic } from "../geo/geodetic.ts";
import { type Camera, project } from "./camera.ts";
import { type Ephemeris, positionKm } from "./ephemeris.ts";

/**
 * The satellite nearest to a point of the screen, or `null` when none is within reach. On the CPU: one pass over
 * 10,000 satellites takes some milliseconds, a read-back from the GPU takes longer.
 * @param atPx CSS pixels from the map's left upper corner
 * @param shown whether a satellite is drawn at all
 */
export function pickSatellite(
  camera: Camera,
  ephemeris: Ephemeris,
  share: number,
  size: { readonly width: number; readonly height: number },
  atPx: { readonly x: number; readonly y: number },
  reachPx: number,
  shown: (index: number) => boolean,
): number | null {
  let best: number | null = null;
  let bestPx = reachPx;
  for (let i = 0; i < ephemeris.count; i++) {
    if (!shown(i)) continue;
    const place = placeOf(ephemeris, i, share);
    if (!place) continue;
    const spot = project(camera, place.latDeg, place.lonDeg, place.altitudeKm);
    if (!spot) continue;
    const distancePx = Math.hypot(
      (0.5 + spot[0] / 2) * size.width - atPx.x,
      (0.5 - spot[1] / 2) * size.height - atPx.y,
    );
    if (distancePx < bestPx) {
      best = i;
      bestPx = distancePx;
    }
  }
  return best;
}

/** Where a satellite is, or `null` when the ephemeris has no position for it. */
export function placeOf(ephemeris: Ephemeris, index: number, share: number) {
  const km = positionKm(ephemeris, index, share);
  return Number.isNaN(km[0]) ? null : toGeodetic(...km);
}
