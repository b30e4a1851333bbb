// SPDX-License-Identifier: MIT
// Rain along an Earth-space path: Recommendation ITU-R P.618-13 (12/2017), section 2.2.1.1; unchanged in P.618-14.

import { type RainPath, rainLaw } from "./rain.ts";

const RADIANS = Math.PI / 180;
/** Effective radius of the Earth for low paths, km (P.618-13, equation 2). */
const EFFECTIVE_RADIUS_KM = 8500;

/** An Earth-space path, as P.618 wants it. */
export interface SlantPath extends RainPath {
  /** 1 to 55 GHz as validated by the recommendation; computed to 1000 GHz. */
  readonly frequencyGhz: number;
  readonly latDeg: number;
  /** Of the station above the sea; default 0. */
  readonly altitudeKm?: number;
  /** Mean height of rain above the sea; default {@link zonalRainHeightKm}. */
  readonly rainHeightKm?: number;
}

/**
 * Mean height of the rain above the sea by latitude alone: the formula of Recommendation ITU-R P.839-2 (10/1999) for the
 * height of the 0 °C isotherm, which it takes for the rain height. P.839-4 has a map instead; at its eight validation
 * points this is off by -0.7 to +0.9 km, and by +1.6 at the one in the Mediterranean. Give `rainHeightKm` where the map is
 * at hand.
 */
export function zonalRainHeightKm(latDeg: number): number {
  const heightKm = latDeg > 23 ? 5 - 0.075 * (latDeg - 23) : latDeg < -21 ? 5 + 0.1 * (latDeg + 21) : 5;
  return Math.max(0, heightKm);
}

/**
 * Attenuation exceeded for `percent` of an average year, dB: P.618-13, section 2.2.1.1, steps 1 to 10, from the rain rate
 * that is exceeded for 0.01 % of it. Throws a RangeError where `percent` is not 0.001 to 5, elevation not above 0 to 90.
 */
export function rainAttenuationExceededDb(
  path: SlantPath,
  rainRate001MmPerH: number,
  percent: number,
): number {
  if (!(percent >= 0.001 && percent <= 5))
    throw new RangeError(`P.618-13 holds for 0.001 to 5 % of the time, not for ${percent} %.`);
  const a001 = attenuationAt(path, rainRate001MmPerH, false);
  if (a001 === 0) return 0;
  const { latDeg, elevationDeg } = path;
  const sine = Math.sin(elevationDeg * RADIANS);
  const south = Math.abs(latDeg) - 36;
  let beta = 0;
  if (percent < 1 && south < 0)
    beta = elevationDeg >= 25 ? -0.005 * south : -0.005 * south + 1.8 - 4.25 * sine;
  const exponent = 0.655 + 0.033 * Math.log(percent) - 0.045 * Math.log(a001) - beta * (1 - percent) * sine;
  return a001 * (percent / 0.01) ** -exponent;
}

/**
 * Attenuation while it rains `rainMmPerH` at the station, dB: the specific attenuation times an effective path. The
 * effective length is that of P.618-13, steps 2 to 8, which accounts for the rain being uneven along the path, taken at
 * this rate instead of the yearly one and never longer than the path below the rain height. 0 without rain, and rises
 * with it. An estimate for one moment: P.618 itself speaks of statistics. Throws a RangeError for an elevation outside 0 to 90.
 */
export function slantRainAttenuationDb(path: SlantPath, rainMmPerH: number): number {
  return attenuationAt(path, rainMmPerH, true);
}

/** Steps 1 to 9 for one rain rate; `bounded`: the effective path is at most the path in the rain. */
function attenuationAt(path: SlantPath, rainMmPerH: number, bounded: boolean): number {
  const { frequencyGhz, elevationDeg, latDeg, altitudeKm = 0 } = path;
  if (!(elevationDeg > 0 && elevationDeg <= 90))
    throw new RangeError(`A path to the sky rises by more than 0 to 90 degrees, not by ${elevationDeg}.`);
  const { k, alpha } = rainLaw(frequencyGhz, path);
  const depthKm = (path.rainHeightKm ?? zonalRainHeightKm(latDeg)) - altitudeKm;
  if (!(depthKm > 0 && rainMmPerH > 0)) return 0;

  const sine = Math.sin(elevationDeg * RADIANS);
  const cosine = Math.cos(elevationDeg * RADIANS);
  const slantKm =
    elevationDeg >= 5
      ? depthKm / sine
      : (2 * depthKm) / (Math.sqrt(sine * sine + (2 * depthKm) / EFFECTIVE_RADIUS_KM) + sine);
  const groundKm = slantKm * cosine;
  const gamma = k * rainMmPerH ** alpha;

  const horizontal =
    1 / (1 + 0.78 * Math.sqrt((groundKm * gamma) / frequencyGhz) - 0.38 * (1 - Math.exp(-2 * groundKm)));
  const zetaDeg = Math.atan2(depthKm, groundKm * horizontal) / RADIANS;
  const rainyKm = zetaDeg > elevationDeg ? (groundKm * horizontal) / cosine : depthKm / sine;
  const chi = Math.max(0, 36 - Math.abs(latDeg));
  const vertical =
    1 /
    (1 +
      Math.sqrt(sine) *
        ((31 * (1 - Math.exp(-elevationDeg / (1 + chi))) * Math.sqrt(rainyKm * gamma)) / frequencyGhz ** 2 -
          0.45));
  const effectiveKm = rainyKm * vertical;
  return gamma * (bounded ? Math.min(effectiveKm, slantKm) : effectiveKm);
}
