// SPDX-License-Identifier: MIT
import { type EcefState, geodeticToEcef } from "@perigee/orbit";
import { draw, seedOf } from "./draw.ts";
import type { Spot } from "./radio.ts";
import { claimUnder, lieAt, type RangingLie, type RangingScripts } from "./ranging-script.ts";
import { positionOnTrack, type Track } from "./track.ts";
import { isWithin, type WorldTerminal } from "./world.ts";

/** A question that a satellite puts to a device, and where the satellite is when the device answers. */
export interface RangingVisit {
  readonly satellite: number;
  /** UTC ms. */
  readonly atMs: number;
  readonly state: EcefState;
}

/** What the network measures of the answer: the shape in which places are measured from. */
export interface RangingSample extends RangingVisit {
  /** From the question to the answer's arrival; microseconds. */
  readonly roundTripUs: number;
  /** Received less nominal frequency; Hz. */
  readonly dopplerHz: number;
}

/** How well the network measures, in truth. Standard deviations. */
export interface RangingTruth {
  readonly turnaroundUs: number;
  /** Of one range, and of what a device's ranges to one satellite share over some minutes; km. */
  readonly rangeNoiseKm: number;
  readonly satelliteBiasKm: number;
  readonly carrierHz: number;
  /** Of one shift, and of a device's oscillator; Hz. */
  readonly dopplerNoiseHz: number;
  readonly oscillatorHz: number;
}

/** Ranges to 30 m, 50 m per satellite. */
export const defaultRangingTruth: RangingTruth = {
  turnaroundUs: 250,
  rangeNoiseKm: 0.03,
  satelliteBiasKm: 0.05,
  carrierHz: 14.25e9,
  dopplerNoiseHz: 20,
  oscillatorHz: 500,
};

/** What the network can measure of devices, and what their terminals say. Every answer is a function of the moment. */
export interface WorldRanging {
  /** What a device says of its place at a moment; `null` without power. Without a lie: the truth. */
  claimAt(deviceId: string, atMs: number): Spot | null;
  /** What is measured of a device (`terminal/0` is the genuine one), in the order of the visits; unanswered ones are left out. */
  measure(deviceId: string, visits: readonly RangingVisit[]): readonly RangingSample[];
}

export interface RangingOptions {
  readonly truth?: RangingTruth;
  /** Who lies, and how; a terminal that is not named lies as its own script says. */
  readonly scripts?: RangingScripts;
  /** Height of the ground over the ellipsoid, km; 0 everywhere where absent. */
  readonly heightKm?: (at: Spot) => number;
}

/** Speed of light in vacuum, km/s (exact: SI Brochure, 9th edition, 2.2). */
const LIGHT_KM_S = 299_792.458;
const US_PER_KM = 2e6 / LIGHT_KM_S;
/** How long the errors of a satellite's orbit and clock take to become others towards one device. */
const biasMs = 600_000;

/** The lies are those of the genuine device; a copy says where it is, and is one too many. */
interface RangedDevice {
  readonly body: { readonly track: Track; readonly off: WorldTerminal["off"] };
  readonly lies: readonly RangingLie[];
  readonly seed: number;
}

/**
 * Sets ranging going over the same terminals, moments and names of devices as `createDevices`.
 *
 * @param startMs UTC milliseconds that tracks and scripts count from
 * @param seed of the errors
 */
export function createRanging(
  terminals: readonly WorldTerminal[],
  startMs: number,
  seed: string | number,
  { truth = defaultRangingTruth, scripts = {}, heightKm = () => 0 }: RangingOptions = {},
): WorldRanging {
  const devices = new Map<string, RangedDevice>();
  for (const terminal of terminals) {
    for (const [number, body] of [terminal, ...(terminal.clones ?? [])].entries()) {
      const id = `${terminal.id}/${number}`;
      const lies = number === 0 ? (scripts[terminal.id] ?? terminal.device?.ranging ?? []) : [];
      devices.set(id, { body, lies, seed: seedOf(seed, "ranging", id) });
    }
  }
  const deviceOf = (deviceId: string): RangedDevice => {
    const device = devices.get(deviceId);
    if (device === undefined) throw new RangeError(`There is no device "${deviceId}".`);
    return device;
  };
  const secondsAt = (atMs: number): number => (atMs - startMs) / 1000;
  const seenFrom = (at: Spot, { state }: RangingVisit): { rangeKm: number; rateKmS: number } => {
    const { xKm, yKm, zKm } = geodeticToEcef({ ...at, altitudeKm: heightKm(at) });
    const [dx, dy, dz] = [state.xKm - xKm, state.yKm - yKm, state.zKm - zKm];
    const rangeKm = Math.hypot(dx, dy, dz);
    return { rangeKm, rateKmS: (dx * state.vxKmS + dy * state.vyKmS + dz * state.vzKmS) / rangeKm };
  };

  return {
    claimAt(deviceId, atMs) {
      const device = deviceOf(deviceId);
      const atS = secondsAt(atMs);
      if (isWithin(device.body.off, atS)) return null;
      return claimUnder(lieAt(device.lies, atS), positionOnTrack(device.body.track, atS));
    },
    measure(deviceId, visits) {
      const { body, lies, seed: own } = deviceOf(deviceId);
      const heard = visits.filter(({ atMs }) => !isWithin(body.off, secondsAt(atMs)));
      const exchanges = heard.map(visit => {
        const atS = secondsAt(visit.atMs);
        const lie = lieAt(lies, atS);
        const really = positionOnTrack(body.track, atS);
        const radiator: Spot = lie?.kind === "repeater" ? lie.at : really;
        const real = seenFrom(radiator, visit);
        const said = seenFrom(claimUnder(lie, really), visit);
        return { visit, lie, real, said };
      });
      // One delay for all answers: what they need on average, as far as it is a delay.
      const delays = exchanges.filter(({ lie }) => lie?.kind === "delay");
      const wanted = delays.reduce((sum, { real, said }) => sum + said.rangeKm - real.rangeKm, 0);
      const commonKm = Math.max(0, wanted / Math.max(1, delays.length));
      return exchanges.map(({ visit, lie, real, said }): RangingSample => {
        const { satellite, atMs } = visit;
        const wantedKm = said.rangeKm - real.rangeKm;
        const bias = biasOf(own, satellite, atMs) * truth.satelliteBiasKm;
        const noise = gauss(own, satellite, Math.floor(atMs), 2) * truth.rangeNoiseKm;
        const seenKm = real.rangeKm + addedKm(lie, wantedKm, commonKm) + bias + noise;
        const shift = gauss(own, satellite, Math.floor(atMs), 3) * truth.dopplerNoiseHz;
        const oscillator = gauss(own, 0, 0, 4) * truth.oscillatorHz;
        // Who changed its firmware sets its frequency as it likes; who only believes a wrong position does not.
        const rateKmS = isModified(lie) ? said.rateKmS : real.rateKmS;
        return {
          ...visit,
          roundTripUs: truth.turnaroundUs + seenKm * US_PER_KM,
          dopplerHz: (-rateKmS / LIGHT_KM_S) * truth.carrierHz + shift + oscillator,
        };
      });
    },
  };
}

/** What the lie adds to a range. */
function addedKm(lie: RangingLie | null, wantedKm: number, commonKm: number): number {
  switch (lie?.kind) {
    case "delay":
      return commonKm;
    case "delayEach":
      return Math.max(0, wantedKm);
    case "answerEarly":
      return Math.max(-lie.earlyUs / US_PER_KM, wantedKm);
    case "repeater":
      return lie.behindKm;
    default:
      return 0;
  }
}

function isModified(lie: RangingLie | null): boolean {
  return lie?.kind === "delay" || lie?.kind === "delayEach" || lie?.kind === "answerEarly";
}

/**
 * A standard normal number that is another after {@link biasMs} and gets there smoothly: orbits and clocks do not jump. Cosine
 * and sine keep its variance at 1.
 */
function biasOf(seed: number, satellite: number, atMs: number): number {
  const block = Math.floor(atMs / biasMs);
  const turn = (Math.PI / 2) * (atMs / biasMs - block);
  return (
    gauss(seed, satellite, block, 1) * Math.cos(turn) + gauss(seed, satellite, block + 1, 1) * Math.sin(turn)
  );
}

/** A standard normal number for three indices under a seed (Box and Muller, Ann. Math. Stat. 29, 1958). */
function gauss(seed: number, a: number, b: number, c: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - draw(seed, a, b, 2 * c)));
  return radius * Math.cos(2 * Math.PI * draw(seed, a, b, 2 * c + 1));
}
