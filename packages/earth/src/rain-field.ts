// SPDX-License-Identifier: MIT
import { destination } from "./geodesy.ts";
import { assertPosition } from "./position.ts";
import { RAIN_CELL_REACH, type RainCell, rainRateOf, type Weather } from "./weather.ts";

/** Weather made ready for questions about few places at many instants. */
export interface RainField {
  /** Rain rate at a place and an instant, mm/h. The same answer as `rainRateAt`. */
  rateAt(latDeg: number, lonDeg: number, atMs: number): number;
}

/** Cells are filed by half hours, degrees of latitude and five degrees of longitude. */
const SPELL_MS = 1_800_000;
const COLUMN_DEG = 5;
const COLUMNS = 360 / COLUMN_DEG;
const ROWS = 181;
/** A cell that needs more drawers than this in one half hour is filed as wide, to be looked at wherever one asks. */
const MOST_DRAWERS = 64;
/** Spells of the longest life that is filed; longer cells are always looked at. */
const MOST_SPELLS = 400;
/** Less than any degree of latitude on the sphere used here, so that reaches come out long rather than short. */
const KM_PER_DEGREE = 111;

/**
 * Files the cells of a weather by time and place: a question looks at the few that may reach it. For many places at one
 * instant `rainSnapshot` is faster.
 */
export function rainField({ cells }: Weather): RainField {
  const drawers = new Map<number, number[]>();
  const wide = new Map<number, number[]>();
  const always: number[] = [];
  const file = (map: Map<number, number[]>, key: number, index: number) => {
    const drawer = map.get(key);
    if (drawer === undefined) map.set(key, [index]);
    else drawer.push(index);
  };
  for (const [index, cell] of cells.entries()) {
    const first = Math.floor(cell.fromMs / SPELL_MS);
    const last = Math.ceil(cell.untilMs / SPELL_MS) - 1;
    if (last - first > MOST_SPELLS) {
      always.push(index);
      continue;
    }
    for (let spell = first; spell <= last; spell++) {
      const keys = drawersOf(cell, spell);
      if (keys === undefined) file(wide, spell, index);
      else for (const key of keys) file(drawers, key, index);
    }
  }

  const none: readonly number[] = [];
  return {
    rateAt(latDeg, lonDeg, atMs) {
      assertPosition(latDeg, lonDeg);
      const spell = Math.floor(atMs / SPELL_MS);
      const key = keyOf(spell, Math.floor(latDeg), columnOf(lonDeg));
      let rate = 0;
      for (const drawer of [drawers.get(key) ?? none, wide.get(spell) ?? none, always]) {
        for (const index of drawer) {
          const cell = cells[index] as RainCell;
          if (cell.peakMmPerH > rate) rate = Math.max(rate, rainRateOf(cell, latDeg, lonDeg, atMs));
        }
      }
      return rate;
    },
  };
}

/** Where a cell may rain during half an hour, by drawer; `undefined` where that is wide. */
function drawersOf(cell: RainCell, spell: number): number[] | undefined {
  const fromMs = Math.max(cell.fromMs, spell * SPELL_MS);
  const untilMs = Math.min(cell.untilMs, (spell + 1) * SPELL_MS);
  const kmPerMs = cell.driftKmH / 3_600_000;
  // About the middle of the way, half of the way and the reach of the rain to every side.
  const middle = destination(cell, cell.bearingDeg, ((fromMs + untilMs) / 2 - cell.fromMs) * kmPerMs);
  const reachKm = RAIN_CELL_REACH * cell.radiusKm + ((untilMs - fromMs) / 2) * kmPerMs;
  const latReachDeg = reachKm / KM_PER_DEGREE;
  const highest = Math.abs(middle.latDeg) + latReachDeg;
  if (highest >= 89) return undefined;
  const lonReachDeg = latReachDeg / Math.cos((highest * Math.PI) / 180);
  const south = Math.floor(middle.latDeg - latReachDeg);
  const north = Math.floor(middle.latDeg + latReachDeg);
  const west = Math.floor((middle.lonDeg - lonReachDeg + 180) / COLUMN_DEG);
  const east = Math.floor((middle.lonDeg + lonReachDeg + 180) / COLUMN_DEG);
  if ((north - south + 1) * (east - west + 1) > MOST_DRAWERS || east - west >= COLUMNS) return undefined;
  const keys: number[] = [];
  for (let row = south; row <= north; row++)
    for (let k = west; k <= east; k++) keys.push(keyOf(spell, row, (k + COLUMNS) % COLUMNS));
  return keys;
}

function columnOf(lonDeg: number): number {
  return Math.floor((lonDeg + 180) / COLUMN_DEG) % COLUMNS;
}

function keyOf(spell: number, row: number, column: number): number {
  return (spell * ROWS + row + 90) * COLUMNS + column;
}
