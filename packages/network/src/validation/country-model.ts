// SPDX-License-Identifier: MIT
import type { CountryPaths } from "./country-paths.ts";
import type { Fifths } from "./country-rows.ts";
import { sortedQuantile } from "./quantiles.ts";

/**
 * What turns planned links into round trips as subscribers' routers report them, averages over a slot from router to
 * internet. One set for the whole world: nothing here belongs to a country.
 */
export interface CountryModel {
  /** Added to every round trip: router, internet side of the PoP, and a mean in place of a median wait. */
  readonly baseMs: number;
  /** Added per laser hop and round trip, beyond what the plan has: forwarding and ways longer than the shortest. */
  readonly laserHopMs: number;
  /** Added per 1,000 km of fibre between gateway and PoP, beyond what the plan has: cables go round about. */
  readonly fibreMsPer1000Km: number;
  /** Added in a cell whose busy hour takes all that a cell can carry; in proportion below. */
  readonly loadMs: number;
  /** Mean of what comes on top from slot to slot and terminal to terminal, exponentially spread: queues and access. */
  readonly spreadMs: number;
}

/**
 * The model that the commands use: one number, by `fitCountries` from the 27 countries of September 2026 that are at hand, 1.4 ms
 * with the built-in constellation and 1.65 with real elements of 30 May 2026. Other countries have had no part in it.
 */
export const defaultCountryModel: CountryModel = {
  baseMs: 1.5,
  laserHopMs: 0,
  fibreMsPer1000Km: 0,
  loadMs: 0,
  spreadMs: 0,
};

/** Round trips that the model gives for a country's links. Of no links: NaN. */
export function modelledFifths(paths: CountryPaths, model: CountryModel): Fifths {
  const rising = modelledMs(paths, model).sort();
  return {
    best: sortedQuantile(rising, 0.2),
    median: sortedQuantile(rising, 0.5),
    worst: sortedQuantile(rising, 0.8),
  };
}

/** 1 / golden ratio: the multiples of it fill 0 to 1 evenly, wherever one stops. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** One round trip per link. The spread is not drawn but laid evenly over the links. */
export function modelledMs(paths: CountryPaths, model: CountryModel): Float64Array<ArrayBuffer> {
  const { plannedMs, laserHops, fibreKm, load } = paths;
  const rtt = new Float64Array(plannedMs.length);
  for (let i = 0; i < rtt.length; i++) {
    const u = ((i + 0.5) * GOLDEN) % 1;
    rtt[i] =
      plannedMs[i]! +
      model.baseMs +
      model.laserHopMs * laserHops[i]! +
      (model.fibreMsPer1000Km * fibreKm[i]!) / 1000 +
      model.loadMs * load[i]! -
      model.spreadMs * Math.log(1 - u);
  }
  return rtt;
}
