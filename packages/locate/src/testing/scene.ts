// SPDX-License-Identifier: MIT
// For tests only: a shell of satellites over an invented terminal, and what the network would measure of it.
import assert from "node:assert/strict";
import {
  createEphemeris,
  createPropagator,
  type EcefState,
  geodeticToEcef,
  lookAngles,
  type Propagator,
  stateAt,
  walkerShell,
} from "@perigee/orbit";
import { defaultRanging, LIGHT_KM_S, type RangeMeasurement } from "../measurement.ts";

export interface Spot {
  readonly latDeg: number;
  readonly lonDeg: number;
}

export interface InSky {
  readonly satellite: number;
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

/** The shell and the site of the figures that the tests are held to: 22 times 72 satellites at 550 km, 53 degrees. */
export const site: Spot = { latDeg: 48.6, lonDeg: 37.9 };
export const startMs = Date.UTC(2026, 4, 21, 12);
const heightKm = 0.15;
export const ground = { heightKm, heightErrorKm: 0 };

const shell = walkerShell(
  { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 1584, planes: 22, phasing: 17 },
  startMs,
);
assert(shell.ok);
const satellites = shell.value;
const fleet = createPropagator(satellites);
const alone = new Map<number, Propagator>();
const scratch = createEphemeris(1);

/** One satellite's state: by a propagator of its own, for a window asks for few of them. */
export function stateOf(satellite: number, atMs: number): EcefState {
  let propagator = alone.get(satellite);
  if (propagator === undefined) {
    propagator = createPropagator([satellites[satellite]!]);
    alone.set(satellite, propagator);
  }
  return stateAt(propagator.propagate(atMs, scratch), 0);
}

const skies = new Map<string, readonly InSky[]>();

/** Satellites above 25 degrees, by number. */
export function skyOf(at: Spot, atMs: number): readonly InSky[] {
  const name = `${at.latDeg} ${at.lonDeg} ${atMs}`;
  let sky = skies.get(name);
  if (sky === undefined) {
    const observer = { ...at, altitudeKm: heightKm };
    const ephemeris = fleet.propagate(atMs);
    sky = satellites.flatMap((_, satellite) => {
      const { azimuthDeg, elevationDeg } = lookAngles(observer, stateAt(ephemeris, satellite));
      return elevationDeg >= 25 ? [{ satellite, azimuthDeg, elevationDeg }] : [];
    });
    skies.set(name, sky);
  }
  return sky;
}

/** True range at an instant, km. */
export function trueRangeKm(at: Spot, satellite: number, atMs: number): number {
  const { xKm, yKm, zKm } = geodeticToEcef({ ...at, altitudeKm: heightKm });
  const state = stateOf(satellite, atMs);
  return Math.hypot(state.xKm - xKm, state.yKm - yKm, state.zKm - zKm);
}

/** A generator of the tests' own (xorshift, Marsaglia 2003): unlike the one that the simulated truth draws from. */
export function chance(seed: number): { uniform(): number; gauss(): number } {
  let word = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) | 1;
  const uniform = (): number => {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return ((word >>> 0) + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) uniform();
  return {
    uniform,
    // Sum of twelve uniforms has no tails; Box and Muller's method has.
    gauss: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

export interface Visit {
  readonly satellite: number;
  readonly atMs: number;
}

/**
 * What is measured of a radio that is really at a place: noise of 30 m, 50 m per satellite.
 *
 * @param tamperKm what a liar adds to the range of a visit
 */
export function measure(
  truth: Spot | ((atMs: number) => Spot),
  visits: readonly Visit[],
  seed: number,
  tamperKm: (visit: Visit, trueKm: number) => number = () => 0,
  noise: { readonly iidKm: number; readonly biasKm: number } = { iidKm: 0.03, biasKm: 0.05 },
): RangeMeasurement[] {
  const { gauss } = chance(seed);
  const biases = new Map<number, number>();
  return visits.map(visit => {
    const { satellite, atMs } = visit;
    if (!biases.has(satellite)) biases.set(satellite, gauss() * noise.biasKm);
    const trueKm = trueRangeKm(typeof truth === "function" ? truth(atMs) : truth, satellite, atMs);
    const seenKm = trueKm + tamperKm(visit, trueKm) + biases.get(satellite)! + gauss() * noise.iidKm;
    const roundTripUs = defaultRanging.turnaroundUs + (2e6 * seenKm) / LIGHT_KM_S;
    return { satellite, atMs, state: stateOf(satellite, atMs), roundTripUs };
  });
}

/** Visits of `seconds`, every `everyS`, satellites taking turns of equal length one after the other. */
export function turns(satellites: readonly number[], fromMs: number, seconds: number, everyS = 5): Visit[] {
  const count = Math.floor(seconds / everyS);
  return Array.from({ length: count }, (_, i) => ({
    satellite: satellites[Math.floor((i * satellites.length) / count)]!,
    atMs: fromMs + i * everyS * 1000,
  }));
}
