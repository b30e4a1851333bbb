// SPDX-License-Identifier: MIT

import { quantile } from "./quantiles.ts";
import type { SlotTrack } from "./serving-tracks.ts";

const RAD = Math.PI / 180;

/**
 * How a dish stands: a map of 123 pixels has the direction that the dish faces in its middle and its upper edge towards
 * the zenith; angles from the middle grow evenly with pixels.
 */
export interface DishPose {
  /** Direction that the dish faces, degrees. */
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly degPerPixel: number;
}

export interface DishCalibration {
  readonly pose: DishPose;
  /** Median over slots of the angle between the track and the nearest satellite's, degrees. */
  readonly residualDeg: number;
}

/** East, north, up of a place on the map, a unit vector, into `out`. */
export function directionOf(pose: DishPose, dx: number, dy: number, out: Float64Array): void {
  const turn = Math.hypot(dx, dy) * pose.degPerPixel * RAD;
  const length = Math.hypot(dx, dy) || 1;
  const right = dx / length;
  const top = -dy / length;
  const sa = Math.sin(pose.azimuthDeg * RAD);
  const ca = Math.cos(pose.azimuthDeg * RAD);
  const se = Math.sin(pose.elevationDeg * RAD);
  const ce = Math.cos(pose.elevationDeg * RAD);
  const c = Math.cos(turn);
  const s = Math.sin(turn);
  // Boresight (ce sa, ce ca, se); top of the map (-se sa, -se ca, ce); right of it, seen from behind (ca, -sa, 0).
  out[0] = c * ce * sa + s * (-top * se * sa + right * ca);
  out[1] = c * ce * ca + s * (-top * se * ca - right * sa);
  out[2] = c * se + s * top * ce;
}

/** The satellite whose track is nearest to a slot's in the mean, and how far; -1 where the sky is empty. */
export function nearestTrack(track: SlotTrack, pose: DishPose): { satellite: number; apartDeg: number } {
  const at = new Float64Array(3);
  let satellite = -1;
  let least = Number.POSITIVE_INFINITY;
  const seen = track.dx.map((dx, k) => {
    directionOf(pose, dx, track.dy[k]!, at);
    return Float64Array.from(at);
  });
  for (const candidate of track.candidates) {
    let sum = 0;
    for (let k = 0; k < seen.length && sum < least * seen.length; k++) {
      const v = seen[k]!;
      const c = candidate.enu;
      const cosine = v[0]! * c[3 * k]! + v[1]! * c[3 * k + 1]! + v[2]! * c[3 * k + 2]!;
      sum += Math.acos(Math.min(1, Math.max(-1, cosine))) / RAD;
    }
    if (sum / seen.length < least) {
      least = sum / seen.length;
      satellite = candidate.satellite;
    }
  }
  return { satellite, apartDeg: least };
}

/**
 * Finds how a dish stands from what it saw: the pose under which the recorded tracks lie nearest to tracks of satellites
 * that were there. Three numbers against dozens of tracks with some fifty satellites each; a grid over the whole sky,
 * then a pattern search. Nobody needs to know the installer's compass.
 */
export function calibrateDish(tracks: readonly SlotTrack[]): DishCalibration {
  const cost = (pose: DishPose) =>
    quantile(
      tracks.map(track => nearestTrack(track, pose).apartDeg),
      0.5,
    );
  let best: DishPose = { azimuthDeg: 0, elevationDeg: 90, degPerPixel: 1.3 };
  let least = Number.POSITIVE_INFINITY;
  const consider = (pose: DishPose): boolean => {
    const now = cost(pose);
    if (now >= least) return false;
    least = now;
    best = pose;
    return true;
  };
  for (let elevationDeg = 50; elevationDeg <= 90; elevationDeg += 5) {
    for (let azimuthDeg = 0; azimuthDeg < 360; azimuthDeg += 10) {
      for (const degPerPixel of [1.2, 1.35]) consider({ azimuthDeg, elevationDeg, degPerPixel });
    }
  }
  for (let scale = 1; scale > 0.02; ) {
    const { azimuthDeg, elevationDeg, degPerPixel } = best;
    const steps: DishPose[] = [1, -1].flatMap(sign => [
      { azimuthDeg: (azimuthDeg + sign * 5 * scale + 360) % 360, elevationDeg, degPerPixel },
      { azimuthDeg, elevationDeg: Math.min(90, elevationDeg + sign * 3 * scale), degPerPixel },
      { azimuthDeg, elevationDeg, degPerPixel: degPerPixel + sign * 0.05 * scale },
    ]);
    if (!steps.map(consider).some(Boolean)) scale /= 2;
  }
  return { pose: best, residualDeg: least };
}
