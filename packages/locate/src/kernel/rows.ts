// SPDX-License-Identifier: MIT
import {
  LIGHT_KM_S,
  type MeasurementWindow,
  MOST_MEASUREMENTS,
  type RangingModel,
  rangeOfRoundTrip,
} from "../measurement.ts";

/**
 * Measurements as arrays: a row per range and, behind them, a row per Doppler shift (as a range rate). Rows of one kind and one
 * satellite lie together: they share an error, whose variance stands with the group. Filled again for each window.
 */
export interface Rows {
  /** All rows; the first `ranges` are ranges. */
  count: number;
  ranges: number;
  /** Of the satellite, Earth-fixed: km, km/s. */
  readonly xKm: Float64Array;
  readonly yKm: Float64Array;
  readonly zKm: Float64Array;
  readonly vxKmS: Float64Array;
  readonly vyKmS: Float64Array;
  readonly vzKmS: Float64Array;
  /** Seconds from the instant that the position is wanted for. */
  readonly dtS: Float64Array;
  /** Range in km, or range rate in km/s. */
  readonly value: Float64Array;
  /** One over the variance of what a row does not share. */
  readonly weight: Float64Array;
  groups: number;
  /** One past the last row of a group. */
  readonly groupEnd: Int32Array;
  /** Variance of what a group's rows share. */
  readonly groupVariance: Float64Array;
  motionEastKmS: number;
  motionNorthKmS: number;
}

export function createRows(): Rows {
  const column = (): Float64Array => new Float64Array(2 * MOST_MEASUREMENTS);
  return {
    count: 0,
    ranges: 0,
    xKm: column(),
    yKm: column(),
    zKm: column(),
    vxKmS: column(),
    vyKmS: column(),
    vzKmS: column(),
    dtS: column(),
    value: column(),
    weight: column(),
    groups: 0,
    groupEnd: new Int32Array(2 * MOST_MEASUREMENTS),
    groupVariance: column(),
    motionEastKmS: 0,
    motionNorthKmS: 0,
  };
}

/** Ranges, Doppler shifts, or the ranges and behind them the shifts. */
export type RowKinds = "ranges" | "shifts" | "both";

/**
 * Fills the rows from a checked window.
 *
 * @param order of the measurements, by satellite and then by time
 * @param referenceMs the instant that the position is wanted for
 * @param kinds what becomes rows; a terminal can set its Doppler shift at will
 */
export function fillRows(
  rows: Rows,
  { measurements, motion }: MeasurementWindow,
  order: readonly number[],
  model: RangingModel,
  referenceMs: number,
  kinds: RowKinds,
): void {
  rows.groups = 0;
  rows.ranges = 0;
  rows.motionEastKmS = motion?.eastKmS ?? 0;
  rows.motionNorthKmS = motion?.northKmS ?? 0;
  const kmSPerHz = LIGHT_KM_S / model.carrierHz;
  let row = 0;
  for (let kind = kinds === "shifts" ? 1 : 0; kind < (kinds === "ranges" ? 1 : 2); kind++) {
    const noise = kind === 0 ? model.rangeNoiseKm : model.dopplerNoiseHz * kmSPerHz;
    const shared = kind === 0 ? model.satelliteBiasKm : model.satelliteDopplerHz * kmSPerHz;
    let satellite = Number.NaN;
    for (const index of order) {
      const measurement = measurements[index]!;
      const { state, dopplerHz = null } = measurement;
      if (kind === 1 && dopplerHz === null) continue;
      if (measurement.satellite !== satellite) {
        satellite = measurement.satellite;
        rows.groupVariance[rows.groups++] = shared * shared;
      }
      rows.xKm[row] = state.xKm;
      rows.yKm[row] = state.yKm;
      rows.zKm[row] = state.zKm;
      rows.vxKmS[row] = state.vxKmS;
      rows.vyKmS[row] = state.vyKmS;
      rows.vzKmS[row] = state.vzKmS;
      rows.dtS[row] = (measurement.atMs - referenceMs) / 1000;
      rows.value[row] =
        kind === 0 ? rangeOfRoundTrip(measurement.roundTripUs, model) : -(dopplerHz ?? 0) * kmSPerHz;
      rows.weight[row] = 1 / (noise * noise);
      rows.groupEnd[rows.groups - 1] = ++row;
    }
    if (kind === 0) rows.ranges = row;
  }
  rows.count = row;
}

/** Indices of the measurements, by satellite, then time, then their place in the window. */
export function orderOf({ measurements }: MeasurementWindow): number[] {
  return measurements
    .map((_, i) => i)
    .sort((i, k) => {
      const [a, b] = [measurements[i]!, measurements[k]!];
      return a.satellite - b.satellite || a.atMs - b.atMs || i - k;
    });
}
