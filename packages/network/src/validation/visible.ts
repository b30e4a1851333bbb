// SPDX-License-Identifier: MIT
import {
  altitudeFromMeanMotionKm,
  createEphemeris,
  createPropagator,
  type Elements,
  epochMs,
  observerFrame,
} from "@perigee/orbit";
import { createSky, skyOf } from "../visibility.ts";
import { mean, median } from "./quantiles.ts";
import { type RecordResult, readRecord } from "./record.ts";

/** What one latitude sees: counts of satellites above 430 km at or over an elevation, and the highest of them. */
export interface VisibleRow {
  readonly latDeg: number;
  readonly mean25: number;
  readonly least25: number;
  readonly mean40: number;
  readonly least40: number;
  readonly mean20: number;
  readonly bestMedianDeg: number;
  readonly bestLeastDeg: number;
}

const COLUMNS = [
  "lat_deg",
  "mean_25",
  "least_25",
  "mean_40",
  "least_40",
  "mean_20",
  "best_median_deg",
  "best_least_deg",
] as const;

/**
 * Counted in 10,359 public element sets of 21 May 2026, 48 samples per latitude; satellites above 430 km. [D: daily TLE of
 * the data set with SIGMETRICS 2026's Horizon]
 */
export const VISIBLE_2026_05_21: readonly VisibleRow[] = [
  [0, 35, 26, 13, 8, 51, 77, 63],
  [20, 39, 23, 14, 8, 57, 74, 59],
  [30, 47, 28, 17, 11, 69, 78, 64],
  [40, 69, 55, 29, 19, 95, 81, 71],
  [45, 69, 54, 25, 18, 102, 77, 59],
  [50.45, 55, 38, 26, 18, 81, 80, 68],
  [53, 49, 38, 23, 14, 66, 84, 71],
  [57, 35, 20, 9, 4, 51, 70, 45],
  [60, 19, 12, 5, 1, 38, 67, 41],
  [70, 19, 12, 7, 2, 26, 73, 54],
].map(rowOf);

function rowOf(values: readonly number[]): VisibleRow {
  const [latDeg, mean25, least25, mean40, least40, mean20, bestMedianDeg, bestLeastDeg] = values as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { latDeg, mean25, least25, mean40, least40, mean20, bestMedianDeg, bestLeastDeg };
}

/** Reads such a table: CSV with the columns `lat_deg`, `mean_25`, `least_25`, `mean_40`, `least_40`, `mean_20`, `best_median_deg`, `best_least_deg`. */
export function parseVisible(text: string): RecordResult<VisibleRow[]> {
  return readRecord(
    text,
    COLUMNS,
    row => rowOf(COLUMNS.map((column, k) => row.number(column, k === 0 ? -90 : 0, k === 0 ? 90 : 100_000))),
    1000,
  );
}

const LEAST_ALTITUDE_KM = 430;
/** Instants over a day, each at a longitude of its own. */
const SAMPLES = 480;
const DAY_MS = 86_400_000;

/** Geodetic from geocentric latitude, on the ellipsoid of WGS 84 (e^2 = 0.00669438). */
function geodeticDeg(geocentricDeg: number): number {
  const RAD = Math.PI / 180;
  return Math.abs(geocentricDeg) === 90
    ? geocentricDeg
    : Math.atan(Math.tan(geocentricDeg * RAD) / (1 - 0.00669438)) / RAD;
}

/**
 * Counts what stands over each latitude (geocentric, as on the sphere that such tables are made on), from the median epoch of the elements on, over a day and around the globe. The
 * printed table has 48 samples a latitude; ten times as many leave half a percent of chance in the means.
 */
export function countVisible(elements: readonly Elements[], latitudesDeg: readonly number[]): VisibleRow[] {
  const propagator = createPropagator(elements);
  const fleet = createEphemeris(elements.length);
  const sky = createSky(elements.length);
  const fromMs = median(elements.map(epochMs));
  const counts = latitudesDeg.map(() => ({
    at20: [] as number[],
    at25: [] as number[],
    at40: [] as number[],
    best: [] as number[],
  }));
  const high = Uint8Array.from(elements, set =>
    altitudeFromMeanMotionKm(set.meanMotionRevPerDay) > LEAST_ALTITUDE_KM ? 1 : 0,
  );
  const usable = new Uint8Array(elements.length);
  for (let k = 0; k < SAMPLES; k++) {
    propagator.propagate(Math.round(fromMs + (k * DAY_MS) / SAMPLES), fleet);
    for (let i = 0; i < usable.length; i++) usable[i] = fleet.error[i] === 0 ? high[i]! : 0;
    // Golden angle: longitudes and hours stay out of step.
    const lonDeg = ((k * 137.50776) % 360) - 180;
    latitudesDeg.forEach((latDeg, l) => {
      const { at20, at25, at40, best } = counts[l]!;
      skyOf(observerFrame({ latDeg: geodeticDeg(latDeg), lonDeg, altitudeKm: 0 }), fleet, usable, 20, sky);
      const elevations = sky.elevationDeg.subarray(0, sky.count);
      at20.push(sky.count);
      at25.push(elevations.filter(deg => deg >= 25).length);
      at40.push(elevations.filter(deg => deg >= 40).length);
      best.push(elevations.reduce((a, b) => Math.max(a, b), 0));
    });
  }
  return latitudesDeg.map((latDeg, l) => {
    const { at20, at25, at40, best } = counts[l]!;
    return {
      latDeg,
      mean25: mean(at25),
      least25: Math.min(...at25),
      mean40: mean(at40),
      least40: Math.min(...at40),
      mean20: mean(at20),
      bestMedianDeg: median(best),
      bestLeastDeg: Math.min(...best),
    };
  });
}
