// SPDX-License-Identifier: MIT
import type { EcefState } from "@perigee/orbit";
import { type LocateError, refuse } from "./locate-error.ts";

/** Speed of light in vacuum, km/s (exact: SI Brochure, 9th edition, 2.2). */
export const LIGHT_KM_S = 299_792.458;

/** A circle on the ground: what a beam lit while something was measured. */
export interface Beam {
  readonly latDeg: number;
  readonly lonDeg: number;
  /** From its centre to where a terminal could no longer be heard; km. */
  readonly radiusKm: number;
}

/** One round trip between a satellite and a terminal, timed by the network, and the Doppler shift of the answer. */
export interface RangeMeasurement {
  /** Any number that tells one satellite from another. */
  readonly satellite: number;
  /** The instant at which the terminal answered, UTC ms; may have a fraction. */
  readonly atMs: number;
  /**
   * Where the satellite was at that instant, Earth-fixed. Seen from there the mean of the way down and the way up differs
   * from the range by less than 1 mm, so one instant stands for the whole exchange.
   */
  readonly state: EcefState;
  /** From the satellite's question to the answer's arrival, the terminal's turnaround included; microseconds. */
  readonly roundTripUs: number;
  /** Received less nominal carrier frequency, Hz, positive while coming nearer; `null` or absent: not measured. */
  readonly dopplerHz?: number | null;
  /** The beam in which the terminal was heard; the terminal cannot choose it. */
  readonly beam?: Beam | null;
}

/** A constant motion over ground, km/s. */
export interface Motion {
  readonly eastKmS: number;
  readonly northKmS: number;
}

/** What was measured of one terminal over a short time: 15 s to some minutes. */
export interface MeasurementWindow {
  /** In any order. */
  readonly measurements: readonly RangeMeasurement[];
  /** Height of the terminal over the WGS-84 ellipsoid, from a model of the terrain, and its standard deviation. */
  readonly heightKm: number;
  readonly heightErrorKm?: number;
  /** How it says that it moved meanwhile; at rest where absent. A wrong word speaks against who gave it. */
  readonly motion?: Motion;
}

/** How well the network measures, and how far a terminal's own part in a round trip is known. */
export interface RangingModel {
  /** Time that a terminal takes to answer, as its maker enrolled it; microseconds. */
  readonly turnaroundUs: number;
  /**
   * How far the turnaround may be off, to either side, microseconds. 1 us is 150 m: who can answer so much sooner
   * can hide so much distance. The verdict grants every terminal the value that suits it best.
   */
  readonly slackUs: number;
  /** Standard deviation of one range, independent from one to the next; km. */
  readonly rangeNoiseKm: number;
  /** Standard deviation of what all ranges to one satellite share: its orbit and its clock; km. */
  readonly satelliteBiasKm: number;
  readonly carrierHz: number;
  /** Standard deviations of a Doppler shift, Hz: of one, of what one satellite's share, of the terminal's oscillator. */
  readonly dopplerNoiseHz: number;
  readonly satelliteDopplerHz: number;
  readonly oscillatorHz: number;
}

/**
 * Ranges to 30 m with 50 m per satellite, a turnaround known to 0.1 us (15 m), and a Ku-band uplink whose frequency is
 * held to 0.1 ppm.
 */
export const defaultRanging: RangingModel = {
  turnaroundUs: 250,
  slackUs: 0.1,
  rangeNoiseKm: 0.03,
  satelliteBiasKm: 0.05,
  carrierHz: 14.25e9,
  dopplerNoiseHz: 20,
  satelliteDopplerHz: 20,
  oscillatorHz: 1425,
};

/** A window of more measurements is refused. */
export const MOST_MEASUREMENTS = 256;
/** Where the window does not say how well the height is known: 30 m, a global terrain model with a house on it. */
export const DEFAULT_HEIGHT_ERROR_KM = 0.03;
/** Longest range that is taken for one: a low orbit of 2,000 km at the horizon. */
const MOST_RANGE_KM = 6000;

/** Range in km that a round trip stands for; negative where the answer came sooner than the turnaround allows. */
export function rangeOfRoundTrip(roundTripUs: number, { turnaroundUs }: RangingModel): number {
  return ((roundTripUs - turnaroundUs) * LIGHT_KM_S) / 2e6;
}

/** How much nearer a terminal may seem that answers as early as the slack lets it; km. */
export function slackRangeKm({ slackUs }: Pick<RangingModel, "slackUs">): number {
  return (slackUs * LIGHT_KM_S) / 2e6;
}

/** What is wrong with a window, or `null`. */
export function checkWindow(window: MeasurementWindow, model: RangingModel): LocateError | null {
  const { measurements, heightKm, heightErrorKm = 0, motion } = window;
  if (measurements.length === 0)
    return refuse("windowEmpty", "measurements", "There is not one measurement.").error;
  if (measurements.length > MOST_MEASUREMENTS) {
    const message = `${measurements.length} measurements are more than the ${MOST_MEASUREMENTS} of a window.`;
    return refuse("windowTooLarge", "measurements", message).error;
  }
  if (!(heightKm >= -1 && heightKm <= 50))
    return refuse("heightInvalid", "heightKm", `A height of ${heightKm} km is not between -1 and 50 km.`)
      .error;
  if (!(heightErrorKm >= 0 && heightErrorKm <= 50))
    return refuse("heightInvalid", "heightErrorKm", "The height's error is 0 to 50 km.").error;
  if (motion !== undefined && !(Math.hypot(motion.eastKmS, motion.northKmS) <= 1))
    return refuse("measurementInvalid", "motion", "A terminal moves at 1 km/s at most.").error;
  for (const [i, measurement] of measurements.entries()) {
    const wrong = checkMeasurement(measurement, model);
    if (wrong !== null) return refuse("measurementInvalid", `measurements[${i}].${wrong[0]}`, wrong[1]).error;
  }
  return null;
}

function checkMeasurement(
  { satellite, atMs, state, roundTripUs, dopplerHz, beam }: RangeMeasurement,
  model: RangingModel,
): readonly [field: string, message: string] | null {
  if (!Number.isSafeInteger(satellite)) return ["satellite", "A satellite is named by a whole number."];
  if (!Number.isFinite(atMs)) return ["atMs", "An instant is a number of milliseconds."];
  const { xKm, yKm, zKm, vxKmS, vyKmS, vzKmS } = state;
  const fromCentreKm = Math.hypot(xKm, yKm, zKm);
  if (!(fromCentreKm >= 6450 && fromCentreKm <= 50_000))
    return ["state", `The satellite is ${fromCentreKm} km from the Earth's centre, where none flies.`];
  if (!(Math.hypot(vxKmS, vyKmS, vzKmS) <= 12)) return ["state", "No satellite is faster than 12 km/s."];
  const rangeKm = rangeOfRoundTrip(roundTripUs, model);
  if (!(rangeKm <= MOST_RANGE_KM && rangeKm >= -slackRangeKm(model)))
    return [
      "roundTripUs",
      `A round trip of ${roundTripUs} us is no way from a low orbit to the ground and back.`,
    ];
  if (dopplerHz !== undefined && dopplerHz !== null && !(Math.abs(dopplerHz) <= model.carrierHz * 4e-5))
    return ["dopplerHz", `A shift of ${dopplerHz} Hz is more than any satellite's speed explains.`];
  if (beam !== undefined && beam !== null) {
    const { latDeg, lonDeg, radiusKm } = beam;
    if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 && radiusKm > 0 && radiusKm <= 3000))
      return ["beam", "A beam has a centre on the ground and a radius of up to 3,000 km."];
  }
  return null;
}
