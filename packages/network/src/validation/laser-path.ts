// SPDX-License-Identifier: MIT
import { cellAt } from "@perigee/earth";
import type { Site } from "../slot-plan.ts";
import type { CountryResult } from "./countries.ts";
import { mean } from "./quantiles.ts";

/**
 * Ulukhaktok, Canada, to the gateway hop of its home PoP Seattle: some 6,900 probes, October and November 2024.
 * [D: LENS, starlink-lens backbone-map]
 */
export const ULUKHAKTOK = {
  name: "Ulukhaktok, Canada",
  latDeg: 70.74,
  lonDeg: -117.77,
  home: "sea",
  quantiles: [
    [0, 33.4],
    [0.05, 47.2],
    [0.25, 71],
    [0.5, 80.8],
    [0.75, 93.1],
    [0.95, 115],
    [0.99, 140],
  ],
} as const;

/** The site as a planner wants it; its home is {@link ULUKHAKTOK}`.home`. */
export const laserPathSite: Site = {
  id: "ulukhaktok",
  latDeg: ULUKHAKTOK.latDeg,
  lonDeg: ULUKHAKTOK.lonDeg,
  heightM: 0,
  cell: cellAt(ULUKHAKTOK.latDeg, ULUKHAKTOK.lonDeg),
  downMbps: 200,
  upMbps: 20,
  permitted: true,
};

/** Printed of 82 countries: median = 22.0 ms + 8.73 ms per 1,000 km to the main PoP. */
export const DISTANCE_LAW = { baseMs: 22, perThousandKmMs: 8.73 } as const;

/** Least-squares line of measured and modelled medians over the distance to the PoP. */
export function distanceLaw(countries: readonly CountryResult[]): {
  readonly measured: Line;
  readonly modelled: Line;
} {
  const known = countries.filter(({ errorMs }) => Number.isFinite(errorMs));
  const km = known.map(({ row }) => row.kmToPop / 1000);
  return {
    measured: line(
      km,
      known.map(({ row }) => row.rttMs.median),
    ),
    modelled: line(
      km,
      known.map(({ modelled }) => modelled.median),
    ),
  };
}

export interface Line {
  readonly baseMs: number;
  readonly perThousandKmMs: number;
}

function line(x: readonly number[], y: readonly number[]): Line {
  const [mx, my] = [mean(x), mean(y)];
  const slope =
    x.reduce((sum, v, k) => sum + (v - mx) * (y[k]! - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  return { baseMs: my - slope * mx, perThousandKmMs: slope };
}
