// SPDX-License-Identifier: MIT
import { isSunlit, sunEcef, WGS84 } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";
import type { SchedulerPolicy } from "../policy.ts";
import { SLOT_MS, slotStartMs } from "../slot.ts";
import type { BeamSatellites } from "./beam-satellites.ts";

const DEG = Math.PI / 180;

/** Numbers per satellite in {@link SlotFleet.at}: its places at the slot's start (0), end (3) and middle (6), km. */
export const AT = 9;
/** Numbers per satellite in {@link SlotFleet.term}; see the constants that follow. */
export const TERM = 12;
/** Unit vector of its motion across the radius, Earth-fixed, three numbers. */
export const ALONG = 0;
/** 1 / distance from the Earth's centre. */
export const PER_RADIUS = 3;
/** Cosine of the central angle at which it sinks below its least elevation, over a sphere. */
export const REACH = 4;
/** Seconds that it takes for one radian. */
export const SECONDS_PER_RAD = 5;
/** Least elevation: radians, sine, and 1 / (90 degrees less it). */
export const MIN_RAD = 6;
export const MIN_SINE = 7;
export const PER_RISE = 8;
/** What it scores everywhere: sunlight and newness. */
export const EVERYWHERE = 9;
/** Cosine of its steering limit, -1 where its least elevation is the stricter one anyway. */
export const STEER_COSINE = 10;
/** What each of its beams in use takes off its score. */
export const PRICE = 11;

/**
 * Numbers per satellite in {@link SlotFleet.view}: the unit vector to its place at the slot's start, then cosine and sine
 * of the central angle within which it may be in view, never too small, on the ellipsoid either. By themselves, because
 * they are all that is needed of satellites that nobody sees.
 */
export const VIEW = 5;
export const VIEW_COSINE = 3;
export const VIEW_SINE = 4;

/** One slot's satellites, laid out for the planner's loops; filled anew each slot. */
export interface SlotFleet {
  readonly count: number;
  readonly usable: Uint8Array;
  readonly view: Float64Array;
  /** Of satellites that were weighed, see {@link weighSlotFleet}. */
  readonly at: Float64Array;
  readonly term: Float64Array;
}

export function createSlotFleet(count: number): SlotFleet {
  return {
    count,
    usable: new Uint8Array(count),
    view: new Float64Array(VIEW * count),
    at: new Float64Array(AT * count),
    term: new Float64Array(TERM * count),
  };
}

/** What the slot's satellites are written from. */
export interface SlotFleetInputs {
  readonly satellites: BeamSatellites;
  readonly policy: SchedulerPolicy;
  readonly slot: number;
  readonly start: FleetState;
  readonly end: FleetState;
  /** Satellites that are not used. */
  readonly outOfOrder: readonly number[];
}

/** Writes who can be used, and of them what the index of the sky is made from: where they are, and how far they see. */
export function placeSlotFleet(fleet: SlotFleet, inputs: SlotFleetInputs): void {
  const { satellites, policy, start, end, outOfOrder } = inputs;
  const { usable, view } = fleet;
  let limit = elevationLimit(policy.minElevationDeg);
  for (let i = 0; i < fleet.count; i++)
    usable[i] = satellites.serving[i] === 1 && start.error[i] === 0 && end.error[i] === 0 ? 1 : 0;
  for (const i of outOfOrder) usable[i] = 0;
  for (let i = 0; i < fleet.count; i++) {
    if (usable[i] === 0) continue;
    const x = start.xKm[i]!;
    const y = start.yKm[i]!;
    const z = start.zKm[i]!;
    const perRadius = 1 / Math.sqrt(x * x + y * y + z * z);
    if (satellites.minElevationDeg[i] !== limit.leastDeg)
      limit = elevationLimit(satellites.minElevationDeg[i]!);
    const v = VIEW * i;
    view[v] = x * perRadius;
    view[v + 1] = y * perRadius;
    view[v + 2] = z * perRadius;
    // By the sine and cosine of a difference of angles, which cost less than the angles.
    const { seenSine, seenCosine } = limit;
    const nearest = Math.min(1, WGS84.bKm * perRadius * seenCosine);
    const other = Math.sqrt(1 - nearest * nearest);
    view[v + VIEW_COSINE] = nearest * seenCosine + other * seenSine;
    view[v + VIEW_SINE] = other * seenCosine - nearest * seenSine;
  }
}

/** Writes everything else of the satellites listed, which are placed and usable: those in view of some cell. */
export function weighSlotFleet(fleet: SlotFleet, inputs: SlotFleetInputs, list: Int32Array): void {
  const { satellites, policy, slot, start, end } = inputs;
  const { at, term } = fleet;
  const sun = sunEcef(slotStartMs(slot));
  let limit = elevationLimit(policy.minElevationDeg);
  for (let k = 0; k < list.length; k++) {
    const i = list[k]!;
    const o = AT * i;
    const x = start.xKm[i]!;
    const y = start.yKm[i]!;
    const z = start.zKm[i]!;
    at[o] = x;
    at[o + 1] = y;
    at[o + 2] = z;
    term[TERM * i + PER_RADIUS] = 1 / Math.sqrt(x * x + y * y + z * z);
    at[o + 3] = end.xKm[i]!;
    at[o + 4] = end.yKm[i]!;
    at[o + 5] = end.zKm[i]!;
    // Cubic Hermite at one half: the mean of the places, and an eighth of the slot times the velocities' difference.
    const eighth = SLOT_MS / 8000;
    at[o + 6] = (at[o]! + at[o + 3]!) / 2 + eighth * (start.vxKmS[i]! - end.vxKmS[i]!);
    at[o + 7] = (at[o + 1]! + at[o + 4]!) / 2 + eighth * (start.vyKmS[i]! - end.vyKmS[i]!);
    at[o + 8] = (at[o + 2]! + at[o + 5]!) / 2 + eighth * (start.vzKmS[i]! - end.vzKmS[i]!);
    writeMotion(term, TERM * i, start, i);
    if (satellites.minElevationDeg[i] !== limit.leastDeg)
      limit = elevationLimit(satellites.minElevationDeg[i]!);
    writeLimits(term, TERM * i, limit, satellites.maxSteerDeg[i]!);
    term[TERM * i + PRICE] = policy.weights.load / satellites.beams[i]!;
    const sunlit = isSunlit({ xKm: at[o]!, yKm: at[o + 1]!, zKm: at[o + 2]! }, sun);
    term[TERM * i + EVERYWHERE] =
      policy.weights.sunlit * (sunlit ? 1 : 0) + policy.weights.newness * satellites.newness[i]!;
  }
}

function writeMotion(term: Float64Array, t: number, state: FleetState, i: number): void {
  const { xKm, yKm, zKm, vxKmS, vyKmS, vzKmS } = state;
  const perRadius = term[t + PER_RADIUS]!;
  const sx = xKm[i]! * perRadius;
  const sy = yKm[i]! * perRadius;
  const sz = zKm[i]! * perRadius;
  const radial = vxKmS[i]! * sx + vyKmS[i]! * sy + vzKmS[i]! * sz;
  const tx = vxKmS[i]! - radial * sx;
  const ty = vyKmS[i]! - radial * sy;
  const tz = vzKmS[i]! - radial * sz;
  const speed = Math.sqrt(tx * tx + ty * ty + tz * tz);
  term[t + ALONG] = tx / speed;
  term[t + ALONG + 1] = ty / speed;
  term[t + ALONG + 2] = tz / speed;
  term[t + SECONDS_PER_RAD] = 1 / (speed * perRadius);
}

/** Limits of view that depend on the height. */
function writeLimits(term: Float64Array, t: number, limit: ElevationLimit, maxSteerDeg: number): void {
  const perRadius = term[t + PER_RADIUS]!;
  const { leastRad, sine, cosine, seenRad, seenCosine } = limit;
  const level = EARTH_KM * perRadius * cosine;
  term[t + REACH] = level * cosine + Math.sqrt(Math.max(0, 1 - level * level)) * sine;
  term[t + MIN_RAD] = leastRad;
  term[t + MIN_SINE] = sine;
  term[t + PER_RISE] = 1 / (Math.PI / 2 - leastRad);
  // Off nadir: sine = (distance of the cell from the centre x perRadius) x cosine of the geocentric elevation, which is
  // within VERTICAL_RAD of the geodetic one.
  const widest = WGS84.aKm * perRadius * (seenRad > 0 ? seenCosine : 1);
  const steer = Math.min(90, maxSteerDeg) * DEG;
  term[t + STEER_COSINE] = maxSteerDeg >= 90 || widest < Math.sin(steer) ? -1 : Math.cos(steer);
}

/** A least elevation, worked out once: most satellites have the same. `seen`: less what the vertical may lean. */
interface ElevationLimit {
  readonly leastDeg: number;
  readonly leastRad: number;
  readonly sine: number;
  readonly cosine: number;
  readonly seenRad: number;
  readonly seenSine: number;
  readonly seenCosine: number;
}

function elevationLimit(leastDeg: number): ElevationLimit {
  const leastRad = leastDeg * DEG;
  const seenRad = leastRad - VERTICAL_RAD;
  return {
    leastDeg,
    leastRad,
    sine: Math.sin(leastRad),
    cosine: Math.cos(leastRad),
    seenRad,
    seenSine: Math.sin(seenRad),
    seenCosine: Math.cos(seenRad),
  };
}

/** Mean radius for forecasts over a sphere, km, as in `capGeometry`. */
const EARTH_KM = 6371;
/** Largest angle between the geodetic and the geocentric vertical: 0.1924 degrees at 45 degrees of latitude. */
const VERTICAL_RAD = 0.1925 * DEG;
