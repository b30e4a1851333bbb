// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import { geodeticToEcef, lookAngles } from "@perigee/orbit";
import type { Trial } from "./kernel/accumulate.ts";
import { type Ellipse, ellipseOf, type PlaceCovariance } from "./kernel/ellipse.ts";
import { type Fitted, fitFrom, type Holds } from "./kernel/fit.ts";
import { ringStarts } from "./kernel/ring-search.ts";
import type { Rows } from "./kernel/rows.ts";
import { inverseColumn } from "./kernel/solve.ts";
import type { MeasurementWindow } from "./measurement.ts";

/** A place that explains the measurements better than any place near it. */
export interface Solution {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly heightKm: number;
  /** Sum of weighted squared residuals: chi-square with {@link PositionFix.freedom} degrees if this is the place. */
  readonly misfit: number;
  readonly covariance: PlaceCovariance;
  /** One standard deviation. */
  readonly ellipse: Ellipse;
  /**
   * Whether it may be the place. `misfit`: another explains the measurements so much better; `beam`: it lies outside a
   * beam in which the terminal was heard; `sky`: a satellite that heard it would stand below its horizon.
   */
  readonly standing: "possible" | "misfit" | "beam" | "sky";
}

/**
 * A place is given up when the misfit of another is smaller by this much: chi-square's one in a million of two degrees of
 * freedom, -2 ln 1e-6. A mirror is excluded with the certainty that a verdict asks for, or it stays.
 */
export const MIRROR_MISFIT = -2 * Math.log(1e-6);
/** Two descents that end so near each other have found the same place. */
const SAME_PLACE_KM = 0.5;
/** Refraction lifts a satellite at the horizon by less. */
const HORIZON_DEG = -1;
/** Where the measurements leave a direction open, its standard deviation stands as this. */
const OPEN_KM = 10_000;

const DEG = 180 / Math.PI;
const inverse = new Float64Array(5);

/** Of all fits that the ring leads to, the places: best first, ties by latitude. */
export function solutionsOf(
  rows: Rows,
  window: MeasurementWindow,
  holds: Holds,
  more: readonly Fitted[] = [],
): Solution[] {
  const { heightKm } = window;
  const fits = [
    ...ringStarts(rows, heightKm).flatMap(
      ({ latDeg, lonDeg }) => fitFrom(rows, latDeg, lonDeg, heightKm, holds) ?? [],
    ),
    ...more,
  ].sort((a, b) => a.misfit - b.misfit || a.latRad - b.latRad);
  const distinct: { fit: Fitted; solution: Solution }[] = [];
  for (const fit of fits) {
    const at = positionOf(fit);
    if (distinct.some(({ solution }) => distanceKm(solution, at) < SAME_PLACE_KM)) continue;
    const covariance = covarianceOf(fit);
    const standing = isOutsideBeams(window, at)
      ? "beam"
      : isUnderHorizon(window, at, fit.heightKm)
        ? "sky"
        : "possible";
    const { misfit } = fit;
    const solution = {
      ...at,
      heightKm: fit.heightKm,
      misfit,
      covariance,
      ellipse: ellipseOf(covariance),
      standing,
    } as const;
    distinct.push({ fit, solution });
  }
  const best = distinct.find(({ solution }) => solution.standing === "possible")?.solution;
  return distinct.map(({ solution }) =>
    solution.standing === "possible" && best !== undefined && solution.misfit - best.misfit > MIRROR_MISFIT
      ? { ...solution, standing: "misfit" }
      : solution,
  );
}

export function positionOf({ latRad, lonRad }: Trial): { readonly latDeg: number; readonly lonDeg: number } {
  return { latDeg: latRad * DEG, lonDeg: lonRad * DEG };
}

/** Of east and north, with height, slack and oscillator as unknown as they are. */
export function covarianceOf({ normal, free }: Fitted): PlaceCovariance {
  if (!inverseColumn(normal, free, 0, inverse))
    return { eastKm2: OPEN_KM ** 2, northKm2: OPEN_KM ** 2, eastNorthKm2: 0 };
  const eastKm2 = inverse[0]!;
  const eastNorthKm2 = inverse[1]!;
  inverseColumn(normal, free, 1, inverse);
  return { eastKm2, northKm2: inverse[1]!, eastNorthKm2 };
}

function isOutsideBeams(
  { measurements }: MeasurementWindow,
  at: { latDeg: number; lonDeg: number },
): boolean {
  return measurements.some(
    ({ beam }) => beam !== undefined && beam !== null && distanceKm(beam, at) > beam.radiusKm,
  );
}

function isUnderHorizon(
  { measurements }: MeasurementWindow,
  at: { latDeg: number; lonDeg: number },
  altitudeKm: number,
): boolean {
  const foot = geodeticToEcef({ ...at, altitudeKm });
  const fromCentre = Math.hypot(foot.xKm, foot.yKm, foot.zKm);
  // Elevation by the geocentric vertical, 0.2 degrees off the true one at most.
  const sine = Math.sin(HORIZON_DEG / DEG);
  return measurements.some(({ state }) => {
    const dx = state.xKm - foot.xKm;
    const dy = state.yKm - foot.yKm;
    const dz = state.zKm - foot.zKm;
    const up = (dx * foot.xKm + dy * foot.yKm + dz * foot.zKm) / fromCentre;
    return up < sine * Math.hypot(dx, dy, dz);
  });
}

/** Azimuth and elevation of what was measured from a place: for the spread of a window. */
export function looksOf(
  window: MeasurementWindow,
  at: { latDeg: number; lonDeg: number },
): { azimuthDeg: number; elevationDeg: number }[] {
  return window.measurements.map(({ state }) => lookAngles({ ...at, altitudeKm: window.heightKm }, state));
}
