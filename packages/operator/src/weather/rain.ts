// SPDX-License-Identifier: MIT
import { type RainField, type RainSnapshot, rainField, rainSnapshot, syntheticWeather } from "@perigee/earth";
import type { ScenarioWeather } from "../scenario/weather.ts";

/** The rain of a scenario, as the network asks for it. */
export interface Rain {
  /** Rain rate at a place and an instant, mm/h. */
  rateAt(latDeg: number, lonDeg: number, atMs: number): number;
  /** The rain of one instant, for questions about the whole planet. */
  snapshotAt(atMs: number): Pick<RainSnapshot, "rateAt">;
}

const WINDOW_MS = 6 * 3_600_000;
/** World-wide weather comes an hour at a time: some hundred thousand cells. */
const WORLD_WINDOW_MS = 3_600_000;
/** From the centre of a square of one degree to its corner, and a little. */
const TILE_RADIUS_KM = 80;
/** Reaches every place from any centre: half the Earth's circumference. */
const WORLD = [{ latDeg: 0, lonDeg: 0, radiusKm: 20_100 }];
/** Tiles of one window; past this they are made anew as needed. A ship crosses some ten in a window. */
const MOST_TILES = 4_000;

/**
 * The rain that a scenario tells of; `null` where it tells of none. Deterministic: the rain at a place and an instant
 * depends on the weather and the start alone, never on what was asked before.
 *
 * @param startMs - What the seconds of the scenario's rain cells count from, UTC ms.
 */
export function createRain(weather: ScenarioWeather | null, startMs: number): Rain | null {
  if (weather === null) return null;
  return "seed" in weather ? syntheticRain(weather.seed) : givenRain(weather.cells, startMs);
}

function givenRain(given: Extract<ScenarioWeather, { cells: unknown }>["cells"], startMs: number): Rain {
  const weather = {
    cells: given.map(({ fromS, untilS, rampS, ...cell }) => ({
      ...cell,
      fromMs: startMs + fromS * 1000,
      untilMs: startMs + untilS * 1000,
      rampMs: rampS * 1000,
    })),
  };
  const field = rainField(weather);
  return { rateAt: field.rateAt, snapshotAt: atMs => rainSnapshot(weather, atMs) };
}

/** Rain made square by square as places are asked for, and for the whole world when that is asked for. */
function syntheticRain(seed: number): Rain {
  let tiles = new Map<number, RainField>();
  let windowOfTiles = Number.NaN;
  let world: { readonly window: number; readonly cells: ReturnType<typeof syntheticWeather> } | null = null;

  function tileAt(latDeg: number, lonDeg: number, window: number): RainField {
    if (window !== windowOfTiles || tiles.size >= MOST_TILES) {
      tiles = new Map();
      windowOfTiles = window;
    }
    const row = Math.min(89, Math.floor(latDeg));
    const column = Math.min(179, Math.floor(lonDeg));
    const key = row * 360 + column;
    let tile = tiles.get(key);
    if (tile === undefined) {
      const areas = [{ latDeg: row + 0.5, lonDeg: column + 0.5, radiusKm: TILE_RADIUS_KM }];
      const fromMs = window * WINDOW_MS;
      tile = rainField(syntheticWeather({ seed, fromMs, untilMs: fromMs + WINDOW_MS, areas }));
      tiles.set(key, tile);
    }
    return tile;
  }

  return {
    rateAt: (latDeg, lonDeg, atMs) =>
      tileAt(latDeg, lonDeg, Math.floor(atMs / WINDOW_MS)).rateAt(latDeg, lonDeg, atMs),
    snapshotAt(atMs) {
      const window = Math.floor(atMs / WORLD_WINDOW_MS);
      if (world?.window !== window) {
        const fromMs = window * WORLD_WINDOW_MS;
        const untilMs = fromMs + WORLD_WINDOW_MS;
        world = { window, cells: syntheticWeather({ seed, fromMs, untilMs, areas: WORLD }) };
      }
      return rainSnapshot(world.cells, atMs);
    },
  };
}
