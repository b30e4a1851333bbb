// SPDX-License-Identifier: MIT
// How strongly rain attenuates: Recommendation ITU-R P.838-3 (03/2005), "Specific attenuation model for rain for use in
// prediction methods".

const RADIANS = Math.PI / 180;

/** a, b and c of the recommendation's sum of Gaussians over log10 f, then its line m log10 f + c. */
interface Curve {
  readonly gaussians: readonly (readonly [a: number, b: number, c: number])[];
  readonly slope: number;
  readonly offset: number;
}

/** P.838-3, tables 1 and 2: log10 k. */
const K: Readonly<Record<"horizontal" | "vertical", Curve>> = {
  horizontal: {
    gaussians: [
      [-5.3398, -0.10008, 1.13098],
      [-0.35351, 1.2697, 0.454],
      [-0.23789, 0.86036, 0.15354],
      [-0.94158, 0.64552, 0.16817],
    ],
    slope: -0.18961,
    offset: 0.71147,
  },
  vertical: {
    gaussians: [
      [-3.80595, 0.56934, 0.81061],
      [-3.44965, -0.22911, 0.51059],
      [-0.39902, 0.73042, 0.11899],
      [0.50167, 1.07319, 0.27195],
    ],
    slope: -0.16398,
    offset: 0.63297,
  },
};

/** P.838-3, tables 3 and 4: alpha. */
const ALPHA: Readonly<Record<"horizontal" | "vertical", Curve>> = {
  horizontal: {
    gaussians: [
      [-0.14318, 1.82442, -0.55187],
      [0.29591, 0.77564, 0.19822],
      [0.32177, 0.63773, 0.13164],
      [-5.3761, -0.9623, 1.47828],
      [16.1721, -3.2998, 3.4399],
    ],
    slope: 0.67849,
    offset: -1.95537,
  },
  vertical: {
    gaussians: [
      [-0.07771, 2.3384, -0.76284],
      [0.56727, 0.95545, 0.54039],
      [-0.20238, 1.1452, 0.26809],
      [-48.2991, 0.791669, 0.116226],
      [48.5833, 0.791459, 0.116479],
    ],
    slope: -0.053739,
    offset: 0.83433,
  },
};

/** How a wave crosses the rain. */
export interface RainPath {
  /** Of the path over the horizon. */
  readonly elevationDeg: number;
  /** Tilt of the polarisation against the horizontal: 0 horizontal, 90 vertical; 45, the default, stands for circular. */
  readonly tiltDeg?: number;
}

/** The power law of a frequency and polarisation: attenuation is k R^alpha dB/km at R mm/h. */
export interface RainLaw {
  readonly k: number;
  readonly alpha: number;
}

/**
 * k and alpha of P.838-3, equations 2 to 5, for 1 to 1000 GHz. Throws a RangeError outside. The law of a link does not
 * change with the rain: keep it where many rates are asked for.
 */
export function rainLaw(frequencyGhz: number, { elevationDeg, tiltDeg = 45 }: RainPath): RainLaw {
  if (!(frequencyGhz >= 1 && frequencyGhz <= 1000))
    throw new RangeError(`P.838-3 holds from 1 to 1000 GHz, not at ${frequencyGhz} GHz.`);
  const logF = Math.log10(frequencyGhz);
  const kH = 10 ** valueAt(K.horizontal, logF);
  const kV = 10 ** valueAt(K.vertical, logF);
  const alphaH = valueAt(ALPHA.horizontal, logF);
  const alphaV = valueAt(ALPHA.vertical, logF);
  const mix = Math.cos(elevationDeg * RADIANS) ** 2 * Math.cos(2 * tiltDeg * RADIANS);
  const k = (kH + kV + (kH - kV) * mix) / 2;
  const alpha = (kH * alphaH + kV * alphaV + (kH * alphaH - kV * alphaV) * mix) / (2 * k);
  return { k, alpha };
}

/** Attenuation per kilometre of rain of one rate, dB/km (P.838-3, equation 1). Throws a RangeError as {@link rainLaw}. */
export function rainSpecificAttenuationDbPerKm(
  frequencyGhz: number,
  rainMmPerH: number,
  path: RainPath,
): number {
  const { k, alpha } = rainLaw(frequencyGhz, path);
  return rainMmPerH > 0 ? k * rainMmPerH ** alpha : 0;
}

function valueAt({ gaussians, slope, offset }: Curve, logF: number): number {
  let sum = slope * logF + offset;
  for (const [a, b, c] of gaussians) sum += a * Math.exp(-(((logF - b) / c) ** 2));
  return sum;
}
