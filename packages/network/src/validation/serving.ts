// SPDX-License-Identifier: MIT
import { cellAt } from "@perigee/earth";
import { createEphemeris, lookAnglesFrom, observerFrame, stateAt } from "@perigee/orbit";
import type { Planner } from "../plan.ts";
import { slotStartMs } from "../slot.ts";
import type { Site, SlotPlan } from "../slot-plan.ts";
import { createSky, skyOf } from "../visibility.ts";
import { calibrateDish, type DishCalibration, nearestTrack } from "./dish-calibration.ts";
import { jumpsBySecond, type ServingRecord } from "./serving-record.ts";
import { type Observer, slotTracks } from "./serving-tracks.ts";

/** Directions on the sky: structure of arrays. */
export interface SkySample {
  readonly elevationDeg: number[];
  readonly azimuthDeg: number[];
}

/** Which satellites a dish used, which it could have used, and which the planner uses. */
export interface ServingResult {
  readonly slots: number;
  readonly calibration: DishCalibration;
  /** Share of slots whose track lies within {@link CERTAIN_DEG} of a satellite's: only these are used below. */
  readonly identifiedShare: number;
  /** Jumps of the track in each second of 15. */
  readonly jumps: Int32Array;
  readonly phaseS: number;
  /** Runs of slots with one satellite: counts by length 1, 2, … */
  readonly dwell: readonly number[];
  readonly plannedDwell: readonly number[];
  readonly chosen: SkySample;
  readonly available: SkySample;
  readonly planned: SkySample;
  /** Satellites available per slot, mean. */
  readonly availableMean: number;
}

/** A track this near to a satellite's is its: two pixels, a fifth of the way to the next satellite. */
export const CERTAIN_DEG = 3;
/** Tracks that take part in the calibration: enough, and quick. */
const CALIBRATION_TRACKS = 90;
const AVAILABLE_FROM_DEG = 25;

/**
 * Compares a dish's record with the sky and with the planner. The planner must be made of elements of the record's day:
 * its `motion` says where satellites were, its `serving` which of them serve.
 */
export function validateServing(
  record: ServingRecord,
  observer: Observer,
  planner: Planner,
  onProgress?: (done: number, of: number) => void,
): ServingResult {
  const satellites = planner.elements.length;
  const tracks = slotTracks(record, observer, planner.motion, satellites);
  const every = Math.max(1, Math.floor(tracks.length / CALIBRATION_TRACKS));
  const calibration = calibrateDish(tracks.filter((_, k) => k % every === 0));
  const found = tracks
    .map(track => ({ slot: track.slot, ...nearestTrack(track, calibration.pose) }))
    .filter(({ apartDeg }) => apartDeg <= CERTAIN_DEG);

  const frame = observerFrame({
    latDeg: observer.latDeg,
    lonDeg: observer.lonDeg,
    altitudeKm: observer.heightM / 1000,
  });
  const fleet = createEphemeris(satellites);
  const sky = createSky(satellites);
  const chosen: SkySample = { elevationDeg: [], azimuthDeg: [] };
  const available: SkySample = { elevationDeg: [], azimuthDeg: [] };
  const add = (sample: SkySample, satellite: number): void => {
    const look = lookAnglesFrom(frame, stateAt(fleet, satellite));
    sample.elevationDeg.push(look.elevationDeg);
    sample.azimuthDeg.push(look.azimuthDeg);
  };
  for (const { slot, satellite } of found) {
    planner.motion.fleetAt(slotStartMs(slot), fleet);
    add(chosen, satellite);
    skyOf(frame, fleet, planner.serving, AVAILABLE_FROM_DEG, sky);
    for (const i of sky.satellite.subarray(0, sky.count)) add(available, i);
  }

  const plans = plansOf(
    planner,
    observer,
    tracks.map(({ slot }) => slot),
    onProgress,
  );
  const links = plans.flatMap(({ links }) => links);
  const jumps = jumpsBySecond(record);
  return {
    slots: tracks.length,
    calibration,
    identifiedShare: found.length / tracks.length,
    jumps,
    phaseS: jumps.indexOf(Math.max(...jumps)),
    dwell: runs(found.map(({ slot, satellite }) => ({ slot, satellite }))),
    plannedDwell: runs(links.map(({ slot, satellite }) => ({ slot, satellite: satellite.index }))),
    chosen,
    available,
    planned: {
      elevationDeg: links.map(link => link.elevationDeg),
      azimuthDeg: links.map(link => link.azimuthDeg),
    },
    availableMean: available.elevationDeg.length / found.length,
  };
}

/** Shares of the sectors around north, east, south and west, each 90 degrees wide. */
export function sectorShares(
  azimuthDeg: readonly number[],
): [north: number, east: number, south: number, west: number] {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const azimuth of azimuthDeg) counts[Math.floor(((azimuth + 405) % 360) / 90) as 0 | 1 | 2 | 3] += 1;
  return counts.map(count => count / azimuthDeg.length) as typeof counts;
}

/** The planner's slots over the same time, each the next one's previous. */
function plansOf(
  planner: Planner,
  observer: Observer,
  slots: readonly number[],
  onProgress: ((done: number, of: number) => void) | undefined,
): SlotPlan[] {
  const site: Site = {
    ...observer,
    id: "dish",
    cell: cellAt(observer.latDeg, observer.lonDeg),
    downMbps: 200,
    upMbps: 20,
    permitted: true,
  };
  const plans: SlotPlan[] = [];
  slots.forEach((slot, k) => {
    plans.push(planner.plan(slot, [site], plans.at(-1) ?? null));
    if (k % 20 === 19) onProgress?.(k + 1, slots.length);
  });
  return plans;
}

/** How many runs of one satellite in slots without a gap lasted 1, 2, … slots. */
function runs(served: readonly { readonly slot: number; readonly satellite: number }[]): number[] {
  const counts: number[] = [];
  let length = 0;
  served.forEach(({ slot, satellite }, k) => {
    length += 1;
    const next = served[k + 1];
    if (next !== undefined && next.slot === slot + 1 && next.satellite === satellite) return;
    while (counts.length < length) counts.push(0);
    counts[length - 1]! += 1;
    length = 0;
  });
  return counts;
}
