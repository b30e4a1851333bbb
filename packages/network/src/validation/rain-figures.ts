// SPDX-License-Identifier: MIT
import { rainAttenuationExceededDb, rainLaw, rainSpecificAttenuationDbPerKm } from "@perigee/earth";

/** k, alpha and dB/km at some rain rates: one line of the printed table of P.838. */
export interface RainLawRow {
  readonly frequencyGhz: number;
  readonly printed: { readonly k: number; readonly alpha: number; readonly dbPerKm: readonly number[] };
  readonly computed: { readonly k: number; readonly alpha: number; readonly dbPerKm: readonly number[] };
}

export const RAIN_RATES_MM_PER_H = [5, 10, 25, 50] as const;
/** Circular polarisation, 45 degrees up, as in the printed tables. */
const PATH = { elevationDeg: 45, tiltDeg: 45 } as const;

const PRINTED_LAW: readonly (readonly [ghz: number, k: number, alpha: number, ...db: number[]])[] = [
  [11.7, 0.0221, 1.162, 0.14, 0.32, 0.93, 2.1],
  [14.25, 0.0413, 1.095, 0.24, 0.51, 1.4, 3.0],
  [19.3, 0.0866, 1.027, 0.45, 0.92, 2.4, 4.8],
  [29.3, 0.2225, 0.937, 1.0, 1.9, 4.5, 8.7],
  [73.5, 1.081, 0.72, 3.4, 5.7, 11, 18],
  [83.5, 1.211, 0.701, 3.7, 6.1, 11.6, 18.8],
];

export function rainLawFigures(): RainLawRow[] {
  return PRINTED_LAW.map(([frequencyGhz, k, alpha, ...dbPerKm]) => {
    const law = rainLaw(frequencyGhz, PATH);
    return {
      frequencyGhz,
      printed: { k, alpha, dbPerKm },
      computed: {
        k: law.k,
        alpha: law.alpha,
        dbPerKm: RAIN_RATES_MM_PER_H.map(rate => rainSpecificAttenuationDbPerKm(frequencyGhz, rate, PATH)),
      },
    };
  });
}

/** dB exceeded for 1, 0.1 and 0.01 % of the time at one site and frequency. */
export interface RainSiteRow {
  readonly site: string;
  readonly frequencyGhz: number;
  readonly printed: readonly (number | null)[];
  readonly computed: readonly number[];
}

export const RAIN_PERCENTS = [1, 0.1, 0.01] as const;
const BANDS_GHZ = [11.7, 14.25, 19.3, 29.3, 73.5] as const;

/**
 * Printed with the rain rates in the names and "typical" rain heights that are not told; ours are those that P.839-4's map gives
 * near there (Kyiv, London) or 5 km in the tropics. [M]
 */
const SITES = [
  { site: "Kyiv", latDeg: 50.45, rate001: 29, rainHeightKm: 3.2 },
  { site: "London", latDeg: 51.5, rate001: 24, rainHeightKm: 2.9 },
  { site: "Miami", latDeg: 25.8, rate001: 92, rainHeightKm: 4.6 },
  { site: "Singapore", latDeg: 1.35, rate001: 105, rainHeightKm: 5 },
] as const;

const PRINTED_SITES: Readonly<Record<string, readonly (readonly (number | null)[])[]>> = {
  Kyiv: [
    [0.3, 1.2, 4],
    [0.4, 2, 6.2],
    [0.9, 3.6, 11],
    [2.1, 8, 22],
    [7, 25, 61],
  ],
  London: [
    [0.2, 1, 3.5],
    [0.4, 1.7, 5.5],
    [0.7, 3.2, 9.6],
    [1.8, 7.1, 20],
    [6, 22, 56],
  ],
  Miami: [
    [1, 4.6, 12.5],
    [1.7, 7.3, 19],
    [3.3, 13, 33],
    [7.7, 29, 66],
    [24, 83, null],
  ],
  Singapore: [
    [1.4, 7.2, 16],
    [2.2, 11, 24],
    [4.2, 20, 40],
    [9.2, 41, 77],
    [27, null, null],
  ],
};

export function rainSiteFigures(): RainSiteRow[] {
  return SITES.flatMap(({ site, latDeg, rate001, rainHeightKm }) =>
    BANDS_GHZ.map((frequencyGhz, band) => ({
      site,
      frequencyGhz,
      printed: PRINTED_SITES[site]![band]!,
      computed: RAIN_PERCENTS.map(percent =>
        rainAttenuationExceededDb({ ...PATH, frequencyGhz, latDeg, rainHeightKm }, rate001, percent),
      ),
    })),
  );
}
