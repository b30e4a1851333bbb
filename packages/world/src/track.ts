// SPDX-License-Identifier: MIT
import { distanceKm, interpolateGreatCircle } from "@perigee/earth";

/** A place on a track, and when the terminal is there. */
export interface Waypoint {
  /** Seconds since the scenario's start. */
  readonly atS: number;
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** How a terminal really moves: great circles between waypoints, at constant speed on each leg. */
export interface Track {
  /** Ordered by `atS`; one waypoint is a terminal that stands still. */
  readonly waypoints: readonly [Waypoint, ...Waypoint[]];
  /** What happens after the last waypoint: stay there, or run the track backwards and forwards for ever. */
  readonly afterEnd: "stay" | "shuttle";
}

/**
 * Where a track is at a moment.
 *
 * @param track - The track.
 * @param atS - Seconds since the scenario's start; before the first waypoint counts as at it.
 * @returns Geodetic degrees and the true ground speed in km/h.
 */
export function positionOnTrack(
  track: Track,
  atS: number,
): { readonly latDeg: number; readonly lonDeg: number; readonly speedKmh: number } {
  const { waypoints } = track;
  const first = waypoints[0];
  const last = waypoints[waypoints.length - 1] ?? first;
  const t = track.afterEnd === "shuttle" ? shuttled(atS, first.atS, last.atS) : atS;
  if (t <= first.atS) return { latDeg: first.latDeg, lonDeg: first.lonDeg, speedKmh: 0 };
  if (t >= last.atS) return { latDeg: last.latDeg, lonDeg: last.lonDeg, speedKmh: 0 };
  const next = waypoints.findIndex(w => w.atS > t);
  const from = waypoints[next - 1]!;
  const to = waypoints[next]!;
  const fraction = (t - from.atS) / (to.atS - from.atS);
  const here = interpolateGreatCircle(from, to, fraction);
  const legKm = distanceKm(from, to);
  return { latDeg: here.latDeg, lonDeg: here.lonDeg, speedKmh: (legKm / (to.atS - from.atS)) * 3600 };
}

/** Folds time so that a track is run forwards, then backwards, then forwards again. */
function shuttled(atS: number, startS: number, endS: number): number {
  const span = endS - startS;
  if (span <= 0 || atS <= startS) return atS;
  const phase = (atS - startS) % (2 * span);
  return startS + (phase <= span ? phase : 2 * span - phase);
}
