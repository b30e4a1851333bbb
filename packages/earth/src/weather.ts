// SPDX-License-Identifier: MIT
import { fail, type Result, succeed } from "./earth-error.ts";
import { destination, distanceKm } from "./geodesy.ts";
import { assertPosition, type Position } from "./position.ts";

/**
 * A patch of rain with a Gaussian profile: peak * exp(-(d / radius)²) at d kilometres from its centre, nothing beyond
 * {@link RAIN_CELL_REACH} radii. It drifts along a great circle; where it has a ramp, its area grows from and shrinks to
 * nothing over that time, so that rain at a place begins and ends without a jump.
 */
export interface RainCell {
  /** The centre at `fromMs`. */
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Where the rate is 1/e of the peak, once the cell is grown. Above 0. */
  readonly radiusKm: number;
  readonly peakMmPerH: number;
  /** The cell lives in [fromMs, untilMs), UTC milliseconds. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly driftKmH: number;
  /** Where it drifts, degrees clockwise from north, at `fromMs`. */
  readonly bearingDeg: number;
  /** Time of growth and again of decay, at most half of the life; default 0: there at once, and gone at once. */
  readonly rampMs?: number;
}

/**
 * The rain of a span of time, a value: from a radar or a forecast, or made by `syntheticWeather`. Where cells overlap, the
 * stronger one counts.
 */
export interface Weather {
  readonly cells: readonly RainCell[];
}

/** Fair weather everywhere. */
export const DRY_WEATHER: Weather = { cells: [] };

/** Radii beyond which a cell gives no rain: exp(-9) of its peak, a hundredth of a millimetre of the heaviest. */
export const RAIN_CELL_REACH = 3;

/** What weather from outside may be at most. */
export const WEATHER_BOUNDS = { cells: 1_000_000 } as const;

const HOUR_MS = 3_600_000;

/** Fields of a cell with their least and greatest values. */
const CELL_FIELDS: readonly (readonly [field: keyof RainCell, min: number, max: number])[] = [
  ["latDeg", -90, 90],
  ["lonDeg", -180, 180],
  ["radiusKm", 0.1, 1000],
  ["peakMmPerH", 0, 1000],
  ["fromMs", -8.64e15, 8.64e15],
  ["untilMs", -8.64e15, 8.64e15],
  ["driftKmH", 0, 500],
  ["bearingDeg", -360, 360],
];

/** Checks weather from outside: `{ cells: [...] }`. Error: `bad-weather`, its place a JSON pointer. */
export function checkWeather(value: unknown): Result<Weather> {
  const cells = (value as Partial<Weather> | null)?.cells;
  if (!Array.isArray(cells))
    return fail("bad-weather", "/cells", "Weather is an object with a list of cells.");
  if (cells.length > WEATHER_BOUNDS.cells)
    return fail("bad-weather", "/cells", `Weather has at most ${WEATHER_BOUNDS.cells} cells.`);
  for (const [index, cell] of (cells as (Partial<RainCell> | null)[]).entries()) {
    for (const [field, min, max] of CELL_FIELDS) {
      const found = cell?.[field];
      if (!(typeof found === "number" && found >= min && found <= max)) {
        const rule = `${field} is a number from ${min} to ${max}.`;
        return fail("bad-weather", `/cells/${index}/${field}`, `A rain cell's ${rule}`);
      }
    }
    const { fromMs, untilMs, rampMs = 0 } = cell as RainCell;
    if (untilMs <= fromMs)
      return fail("bad-weather", `/cells/${index}/untilMs`, "A rain cell ends after it begins.");
    if (!(rampMs >= 0 && rampMs <= (untilMs - fromMs) / 2))
      return fail("bad-weather", `/cells/${index}/rampMs`, "A ramp is at most half of the cell's life.");
  }
  return succeed({ cells });
}

/**
 * Rain rate at a place and an instant, mm/h. Looks at every cell: for many places at one instant use
 * {@link rainSnapshot}, for few places at many instants `rainField`, which answer the same.
 */
export function rainRateAt(weather: Weather, latDeg: number, lonDeg: number, atMs: number): number {
  assertPosition(latDeg, lonDeg);
  let rate = 0;
  for (const cell of weather.cells) rate = Math.max(rate, rainRateOf(cell, latDeg, lonDeg, atMs));
  return rate;
}

/** Rain rate that one cell gives at a place and an instant, mm/h. */
export function rainRateOf(cell: RainCell, latDeg: number, lonDeg: number, atMs: number): number {
  const grown = grownShare(cell, atMs);
  return grown === 0 ? 0 : rateOf(cell, grown, distanceKm(centreAt(cell, atMs), { latDeg, lonDeg }));
}

/** The rain of one instant, made ready for many questions. */
export interface RainSnapshot {
  readonly atMs: number;
  /** Cells that live at the instant. */
  readonly cellCount: number;
  /** Rain rate at a place, mm/h. */
  rateAt(latDeg: number, lonDeg: number): number;
}

/**
 * The cells of an instant, moved to where they are and sorted into bands of one degree of latitude, each band by
 * longitude: a question looks at the cells within reach only. The same answers as {@link rainRateAt}.
 */
export function rainSnapshot(weather: Weather, atMs: number): RainSnapshot {
  const bands = new Map<number, { cell: RainCell; grown: number; centre: Position; lonReachDeg: number }[]>();
  let cellCount = 0;
  for (const cell of weather.cells) {
    const grown = grownShare(cell, atMs);
    if (grown === 0) continue;
    cellCount += 1;
    const centre = centreAt(cell, atMs);
    const latReachDeg = (RAIN_CELL_REACH * cell.radiusKm) / KM_PER_DEGREE;
    const highest = Math.abs(centre.latDeg) + latReachDeg;
    const lonReachDeg =
      highest >= 89 ? 360 : Math.min(360, (1.01 * latReachDeg) / Math.cos((highest * Math.PI) / 180));
    const entry = { cell, grown, centre, lonReachDeg };
    const last = Math.floor(centre.latDeg + latReachDeg);
    for (let band = Math.floor(centre.latDeg - latReachDeg); band <= last; band++) {
      const list = bands.get(band);
      if (list === undefined) bands.set(band, [entry]);
      else list.push(entry);
    }
  }
  return {
    atMs,
    cellCount,
    rateAt(latDeg, lonDeg) {
      assertPosition(latDeg, lonDeg);
      let rate = 0;
      for (const { cell, grown, centre, lonReachDeg } of bands.get(Math.floor(latDeg)) ?? []) {
        if (cell.peakMmPerH <= rate) continue;
        const apartDeg = Math.abs(centre.lonDeg - lonDeg);
        if (Math.min(apartDeg, 360 - apartDeg) > lonReachDeg) continue;
        rate = Math.max(rate, rateOf(cell, grown, distanceKm(centre, { latDeg, lonDeg })));
      }
      return rate;
    },
  };
}

/** Less than any degree of latitude on the sphere used here, so that reaches come out long rather than short. */
const KM_PER_DEGREE = 111;

/** Share of its grown area that a cell has at an instant; 0 outside its life. */
function grownShare({ fromMs, untilMs, rampMs = 0 }: RainCell, atMs: number): number {
  if (!(atMs >= fromMs && atMs < untilMs)) return 0;
  if (rampMs === 0) return 1;
  return Math.min(1, (atMs - fromMs) / rampMs, (untilMs - atMs) / rampMs);
}

function centreAt(cell: RainCell, atMs: number): Position {
  const km = (cell.driftKmH * (atMs - cell.fromMs)) / HOUR_MS;
  return km === 0 ? cell : destination(cell, cell.bearingDeg, km);
}

function rateOf({ peakMmPerH, radiusKm }: RainCell, grown: number, km: number): number {
  if (km > RAIN_CELL_REACH * radiusKm) return 0;
  return peakMmPerH * Math.exp(-((km / radiusKm) ** 2) / grown);
}
