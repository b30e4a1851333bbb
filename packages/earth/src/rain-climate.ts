// SPDX-License-Identifier: MIT
// How often it rains how hard: Recommendation ITU-R P.837-7 (06/2017), annex 1, from monthly rain and temperature.

/** Spread of the logarithm of the rain rate while it rains (P.837-7, equation 5). */
export const RAIN_SPREAD = 1.26;
/** Most of a month that P.837-7 lets be rainy. */
const MOST_WET = 0.7;
const HOURS = 24;
const YEAR_DAYS = 365.25;
const MONTH_DAYS = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Rain at a place in one month of an average year. */
export interface MonthlyRain {
  /** Share of the time that it rains, 0 to 0.7. */
  readonly wetShare: number;
  /** Mean rate while it rains. */
  readonly meanMmPerH: number;
}

/** Rain at a place: while it rains, the rate is lognormal about its month's mean with a spread of {@link RAIN_SPREAD}. */
export interface RainClimate {
  /** Twelve, January first. */
  readonly months: readonly MonthlyRain[];
}

/** What a weather service prints for a month: the mean of many years. */
export interface MonthlyNormal {
  readonly rainMm: number;
  readonly temperatureC: number;
}

/**
 * The climate of a place from its twelve monthly normals (P.837-7, annex 1, steps 2 to 4). Throws a RangeError where there
 * are not twelve, or a value is not possible.
 */
export function rainClimateOf(normals: readonly MonthlyNormal[]): RainClimate {
  if (normals.length !== 12) throw new RangeError(`A year has 12 normals, not ${normals.length}.`);
  return {
    months: normals.map(({ rainMm, temperatureC }, month) => {
      if (!(rainMm >= 0 && rainMm < 10_000 && temperatureC > -90 && temperatureC < 60))
        throw new RangeError(`No month has ${rainMm} mm of rain at ${temperatureC} °C.`);
      const steadyMmPerH = rainMm / (HOURS * (MONTH_DAYS[month] as number));
      const meanMmPerH = 0.5874 * Math.exp(0.0883 * Math.max(0, temperatureC));
      const wetShare = steadyMmPerH / meanMmPerH;
      return wetShare <= MOST_WET
        ? { wetShare, meanMmPerH }
        : { wetShare: MOST_WET, meanMmPerH: steadyMmPerH / MOST_WET };
    }),
  };
}

/**
 * A climate without seasons that exceeds `rate001MmPerH` for 0.01 % of the time, for places of which no more is known.
 *
 * @param wetShare - Share of the time that it rains; P.837-7's validation points have 0.01 to 0.054, default 0.04.
 */
export function rainClimateFrom001(rate001MmPerH: number, wetShare = 0.04): RainClimate {
  if (!(rate001MmPerH > 0 && wetShare > 1e-4 && wetShare <= MOST_WET))
    throw new RangeError(`No climate has ${rate001MmPerH} mm/h and rain for ${wetShare} of the time.`);
  const unit: RainClimate = { months: Array<MonthlyRain>(12).fill({ wetShare, meanMmPerH: 1 }) };
  const meanMmPerH = rate001MmPerH / rainRateExceededMmPerH(unit, 0.01);
  return { months: Array<MonthlyRain>(12).fill({ wetShare, meanMmPerH }) };
}

/** Percent of an average year in which the rain rate is above `rainMmPerH` (P.837-7, annex 1, equations 4 and 5). */
export function rainRatePercent(climate: RainClimate, rainMmPerH: number): number {
  let days = 0;
  for (const [month, { wetShare, meanMmPerH }] of climate.months.entries()) {
    const z = (Math.log(Math.max(rainMmPerH, 1e-300)) - rainLogMedian(meanMmPerH)) / RAIN_SPREAD;
    days += (MONTH_DAYS[month] as number) * wetShare * upperNormal(z);
  }
  return (100 * days) / YEAR_DAYS;
}

/** Rain rate exceeded for `percent` of an average year, mm/h; 0 where it rains less often. */
export function rainRateExceededMmPerH(climate: RainClimate, percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError(`No percentage of a year: ${percent}.`);
  let low = Math.log(1e-6);
  let high = Math.log(1e4);
  if (rainRatePercent(climate, Math.exp(low)) <= percent) return 0;
  // 60 halvings of 23 in the logarithm leave nothing.
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (rainRatePercent(climate, Math.exp(middle)) > percent) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

/** Logarithm of the rate that rain exceeds half of its time: mean rate less half the variance (P.837-7: 0.7938). */
export function rainLogMedian(meanMmPerH: number): number {
  return Math.log(meanMmPerH) - RAIN_SPREAD ** 2 / 2;
}

/**
 * A climate by latitude alone, where neither a map (P.837-7's own) nor a station's normals are at hand: rounded zonal
 * means of rain and temperature over inhabited land, the year's swing of temperature as a cosine about July or January,
 * rain even over the year. Set by hand, not fitted. Longitude matters as much as latitude: the rate for 0.01 % of the
 * time is within a factor of 1.7 at the low wet places of P.837-7's validation table, twice that of the high one (Addis
 * Ababa), and far too high in deserts.
 */
export function zonalRainClimate(latDeg: number): RainClimate {
  const across = Math.min(Math.abs(latDeg) / 10, ZONES.length - 1);
  const south = ZONES[Math.floor(across)] as Zone;
  const north = ZONES[Math.ceil(across)] as Zone;
  const between = (name: keyof Zone) => south[name] + (across % 1) * (north[name] - south[name]);
  const warmest = latDeg < 0 ? 0 : 6;
  return rainClimateOf(
    MONTH_DAYS.map((days, month) => ({
      rainMm: (between("rainMmPerYear") * days) / YEAR_DAYS,
      temperatureC: between("meanC") + between("swingC") * Math.cos(((month - warmest) / 12) * 2 * Math.PI),
    })),
  );
}

interface Zone {
  readonly rainMmPerYear: number;
  readonly meanC: number;
  /** Of the warmest month over the mean. */
  readonly swingC: number;
}

/** Every ten degrees from the equator. */
const ZONES: readonly Zone[] = [
  { rainMmPerYear: 2000, meanC: 27, swingC: 0 },
  { rainMmPerYear: 1500, meanC: 27, swingC: 2 },
  { rainMmPerYear: 1100, meanC: 25, swingC: 4 },
  { rainMmPerYear: 900, meanC: 20, swingC: 7 },
  { rainMmPerYear: 800, meanC: 14, swingC: 9 },
  { rainMmPerYear: 650, meanC: 9, swingC: 10 },
  { rainMmPerYear: 550, meanC: 3, swingC: 12 },
  { rainMmPerYear: 350, meanC: -8, swingC: 14 },
  { rainMmPerYear: 200, meanC: -17, swingC: 15 },
  { rainMmPerYear: 150, meanC: -22, swingC: 15 },
];

/**
 * Probability that a standard normal variable is above z: a series about 0 (Marsaglia, "Evaluating the Normal
 * Distribution", J. Stat. Software 11, 2004), good to 1e-15; beyond 7, 0 or 1.
 */
function upperNormal(z: number): number {
  if (z > 7) return 0;
  if (z < -7) return 1;
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 - (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
