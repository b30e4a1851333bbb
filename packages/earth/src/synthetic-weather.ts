// SPDX-License-Identifier: MIT
// Rain that nobody measured and any place could have had. Cells come as a Poisson process in space and time; their
// profile is Gaussian, so the area of a cell above a rate R is pi radius² ln(peak / R). Rain above R then covers the
// share L pi E[radius²] E[ln(peak / R)] of the ground, L being live cells per area. For this to be the lognormal of
// P.837-7, wet Q((ln R - m) / s), its derivative must agree for every R: peaks have
//
//     P(peak > R) = exp(-((ln R - m) / s)² / 2),   that is   ln peak = m + s * (a Rayleigh variable),
//     L pi E[radius²] = wet / (s sqrt(2 pi)),
//
// and the agreement is exact above the median rate exp(m), as long as cells seldom overlap. Below the median the cells'
// skirts give more drizzle than the lognormal has. Cells come in weather systems, so that rain at two near places comes
// together; that changes no share at one place.

import { EARTH_RADIUS_KM } from "./geodesy.ts";
import { RAIN_SPREAD, type RainClimate, rainLogMedian, zonalRainClimate } from "./rain-climate.ts";
import { RAIN_CELL_REACH, type RainCell, type Weather } from "./weather.ts";

/** A disc of ground. */
export interface WeatherArea {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly radiusKm: number;
}

/** What weather to make. */
export interface SyntheticWeatherSpec {
  /** Whole, 0 to 2^32 - 1. The same seed gives the same rain at a place, whatever areas are asked for. */
  readonly seed: number;
  /** Rain is right in [fromMs, untilMs), UTC, integer milliseconds. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** Where rain is wanted; elsewhere there is none. */
  readonly areas: readonly WeatherArea[];
  /** The climate of a place; default {@link zonalRainClimate}. */
  readonly climateAt?: (latDeg: number, lonDeg: number) => RainClimate;
}

/**
 * The free parameters of synthetic weather, set by hand. None of them changes how often it rains how hard at one place;
 * they set how long a shower lasts and how far it reaches. Radii of 4 to 10 km make a cell of 40 mm/h 7 to 17 km wide at
 * 20 mm/h; radar and gauges gave about 10 km (Begum and Otung, Radio Science 44, 2009).
 */
export const SYNTHETIC_RAIN = {
  /** Evenly spread between these. */
  radiusKm: [4, 10],
  lifeMs: [30 * 60_000, 90 * 60_000],
  driftKmH: [10, 50],
  rampMs: 10 * 60_000,
  /** Weather systems: a box of so many degrees of latitude, and about as wide, is wet or dry for so long. */
  systemDeg: 6,
  systemMs: 6 * 3_600_000,
  /** Share of the systems that are wet. */
  wetSystems: 0.25,
  /** How far from the prevailing direction a cell may drift. */
  bearingSpreadDeg: 40,
} as const;

/** Boxes in which cells are born: this many to a side of a system. */
const BOXES_PER_SYSTEM = 6;
const BOX_DEG = SYNTHETIC_RAIN.systemDeg / BOXES_PER_SYSTEM;
/** Cells are born box by box, in windows of this length. */
const WINDOW_MS = 3_600_000;
/** The longest way that a cell reaches from where it was born. */
const LONGEST_REACH_KM =
  (SYNTHETIC_RAIN.driftKmH[1] * SYNTHETIC_RAIN.lifeMs[1]) / 3_600_000 +
  RAIN_CELL_REACH * SYNTHETIC_RAIN.radiusKm[1];
const KM_PER_DEGREE = (Math.PI * EARTH_RADIUS_KM) / 180;
const RADIANS = Math.PI / 180;

/** Cells that one call makes at most. */
const MOST_CELLS = 5_000_000;

/**
 * Makes rain cells whose rates agree at every place of `areas` with its climate: the rate exceeded for 0.01 % of the
 * time, and all rates above the median one (the test samples them). Deterministic; cells come in order of birth, ties by
 * box. Throws a RangeError for a span or area that cannot be, and for more than five million cells.
 */
export function syntheticWeather(spec: SyntheticWeatherSpec): Weather {
  const { seed, fromMs, untilMs, climateAt = zonalRainClimate } = spec;
  if (!Number.isSafeInteger(fromMs) || !Number.isSafeInteger(untilMs) || fromMs > untilMs)
    throw new RangeError(`No span of time: ${fromMs} to ${untilMs}.`);
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new RangeError(`A seed is a whole number from 0 to 2^32 - 1, not ${seed}.`);
  const boxes = boxesOf(spec.areas);
  const cells: RainCell[] = [];
  const firstWindow = Math.floor((fromMs - SYNTHETIC_RAIN.lifeMs[1]) / WINDOW_MS);
  const lastWindow = Math.ceil(untilMs / WINDOW_MS);
  for (const box of boxes) {
    const { months } = climateAt(box.latDeg, box.lonDeg);
    for (let window = firstWindow; window < lastWindow; window++) {
      const bornMs = window * WINDOW_MS;
      const system = Math.floor(bornMs / SYNTHETIC_RAIN.systemMs);
      if (drawsOf(seed, 1, box.system, system)() >= SYNTHETIC_RAIN.wetSystems) continue;
      const { wetShare, meanMmPerH } = months[new Date(bornMs).getUTCMonth()] as (typeof months)[number];
      const draw = drawsOf(seed, 2, box.index, window);
      const count = poisson((BIRTHS_PER_KM2 * wetShare * box.areaKm2) / SYNTHETIC_RAIN.wetSystems, draw);
      for (let k = 0; k < count; k++) {
        const cell = cellIn(box, bornMs, rainLogMedian(meanMmPerH), draw);
        if (cell.untilMs > fromMs && cell.fromMs < untilMs) cells.push(cell);
      }
      if (cells.length > MOST_CELLS)
        throw new RangeError(`This weather has more than ${MOST_CELLS} cells: make it in parts.`);
    }
  }
  return { cells: cells.sort((a, b) => a.fromMs - b.fromMs) };
}

/** Mean of x² over an even spread. */
function meanSquare([low, high]: readonly [number, number]): number {
  return (low * low + low * high + high * high) / 3;
}

/**
 * Births per km² and window for rain all the time. A live cell covers pi radius²; growing and shrinking cost it one ramp
 * of its life, because its area is linear in time there.
 */
const BIRTHS_PER_KM2 = (() => {
  const { radiusKm, lifeMs, rampMs } = SYNTHETIC_RAIN;
  const fullMs = (lifeMs[0] + lifeMs[1]) / 2 - rampMs;
  return WINDOW_MS / (RAIN_SPREAD * Math.sqrt(2 * Math.PI) * Math.PI * meanSquare(radiusKm) * fullMs);
})();

interface Box {
  /** Of the lattice over the whole Earth, whatever was asked for. */
  readonly index: number;
  readonly system: number;
  readonly southDeg: number;
  readonly westDeg: number;
  readonly widthDeg: number;
  /** The middle. */
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly areaKm2: number;
}

/** Boxes from which a cell may reach one of the areas, in order of index. */
function boxesOf(areas: readonly WeatherArea[]): Box[] {
  const found = new Map<number, Box>();
  for (const { latDeg, lonDeg, radiusKm } of areas) {
    if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 && radiusKm >= 0))
      throw new RangeError(`No area: ${radiusKm} km about ${latDeg}, ${lonDeg}.`);
    const reachDeg = (radiusKm + LONGEST_REACH_KM) / KM_PER_DEGREE;
    const firstRow = Math.max(0, Math.floor((latDeg - reachDeg + 90) / BOX_DEG));
    const lastRow = Math.min(ROWS - 1, Math.floor((latDeg + reachDeg + 90) / BOX_DEG));
    for (let row = firstRow; row <= lastRow; row++) {
      const edgeDeg = Math.max(Math.abs(row * BOX_DEG - 90), Math.abs((row + 1) * BOX_DEG - 90));
      const widest = reachDeg / Math.max(1e-9, Math.cos(Math.min(90, edgeDeg) * RADIANS));
      const columns = columnsOf(row);
      const widthDeg = 360 / columns;
      // West of the date line or past it: columns are counted round the Earth.
      const reach = Math.min(Math.ceil(widest / widthDeg), Math.ceil(columns / 2));
      const middle = Math.floor((lonDeg + 180) / widthDeg);
      for (let k = middle - reach; k <= middle + reach; k++) {
        const column = ((k % columns) + columns) % columns;
        const index = row * 4096 + column;
        if (!found.has(index)) found.set(index, boxAt(row, column, widthDeg));
      }
    }
  }
  return [...found.values()].sort((a, b) => a.index - b.index);
}

const ROWS = Math.round(180 / BOX_DEG);

/** Columns of a row: boxes about as wide as high, and a whole number of systems round the Earth. */
function columnsOf(row: number): number {
  const systemRow = Math.floor(row / BOXES_PER_SYSTEM);
  const latDeg = (systemRow + 0.5) * SYNTHETIC_RAIN.systemDeg - 90;
  const systems = Math.max(1, Math.round((360 / SYNTHETIC_RAIN.systemDeg) * Math.cos(latDeg * RADIANS)));
  return systems * BOXES_PER_SYSTEM;
}

function boxAt(row: number, column: number, widthDeg: number): Box {
  const southDeg = row * BOX_DEG - 90;
  const westDeg = column * widthDeg - 180;
  const band = Math.sin((southDeg + BOX_DEG) * RADIANS) - Math.sin(southDeg * RADIANS);
  return {
    index: row * 4096 + column,
    system: Math.floor(row / BOXES_PER_SYSTEM) * 4096 + Math.floor(column / BOXES_PER_SYSTEM),
    southDeg,
    westDeg,
    widthDeg,
    latDeg: southDeg + BOX_DEG / 2,
    lonDeg: westDeg + widthDeg / 2,
    areaKm2: EARTH_RADIUS_KM ** 2 * band * widthDeg * RADIANS,
  };
}

function cellIn(box: Box, bornMs: number, logMedian: number, draw: () => number): RainCell {
  const { radiusKm, lifeMs, driftKmH, rampMs, bearingSpreadDeg } = SYNTHETIC_RAIN;
  const between = ([low, high]: readonly [number, number]) => low + draw() * (high - low);
  // Even over the box's area: even in longitude and in the sine of latitude.
  const south = Math.sin(box.southDeg * RADIANS);
  const north = Math.sin((box.southDeg + BOX_DEG) * RADIANS);
  const latDeg = Math.asin(Math.min(1, Math.max(-1, south + draw() * (north - south)))) / RADIANS;
  const lonDeg = Math.min(180, box.westDeg + draw() * box.widthDeg);
  const fromMs = Math.floor(bornMs + draw() * WINDOW_MS);
  // Westerlies outside the tropics, easterlies inside.
  const prevailingDeg = Math.abs(latDeg) < 30 ? 270 : 90;
  return {
    latDeg,
    lonDeg,
    radiusKm: between(radiusKm),
    peakMmPerH: Math.exp(logMedian + RAIN_SPREAD * Math.sqrt(-2 * Math.log(1 - draw()))),
    fromMs,
    untilMs: Math.ceil(fromMs + between(lifeMs)),
    driftKmH: between(driftKmH),
    bearingDeg: prevailingDeg + (2 * draw() - 1) * bearingSpreadDeg,
    rampMs,
  };
}

/** How many come where `mean` are expected: by the waiting times of a Poisson process. */
function poisson(mean: number, draw: () => number): number {
  let count = -1;
  for (let waited = 0; waited <= mean; count++) waited -= Math.log(1 - draw());
  return count;
}

/** Draws for one purpose, place and time, each by its own number: none depends on those for another place. */
function drawsOf(seed: number, purpose: number, place: number, time: number): () => number {
  const base = mix(mix(mix(mix(0, seed), purpose), place), time);
  let k = 0;
  return () => (mix(base, k++) >>> 0) / 2 ** 32;
}

/** Mixes a 32-bit word into a hash (the finaliser of MurmurHash3, Appleby 2011). */
function mix(hash: number, word: number): number {
  let h = ((hash ^ word) + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
