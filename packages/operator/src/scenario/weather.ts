// SPDX-License-Identifier: MIT
import { z } from "zod";

/** Rain cells of a scenario; a front is a row of them. */
const MOST_CELLS = 10_000;

const rainCell = z
  .strictObject({
    latDeg: z.number().min(-90).max(90),
    lonDeg: z.number().min(-180).max(180),
    radiusKm: z.number().min(0.1).max(1000),
    peakMmPerH: z.number().positive().max(300),
    fromS: z.number().min(0).max(31_622_400),
    untilS: z.number().min(0).max(31_622_400),
    driftKmH: z.number().min(0).max(200).default(0),
    bearingDeg: z.number().min(0).max(360).default(0),
    rampS: z.number().min(0).max(86_400).default(0),
  })
  .refine(cell => cell.untilS > cell.fromS, { path: ["untilS"], error: "a rain cell ends after it begins" })
  .refine(cell => 2 * cell.rampS <= cell.untilS - cell.fromS, {
    path: ["rampS"],
    error: "a ramp is at most half of the cell's life",
  });

/** Weather as a scenario gives it: rain cells of its own, or a seed from which the planet's rain is made. */
export const scenarioWeather = z.union([
  z.strictObject({ seed: z.number().int().min(0).max(0xffff_ffff) }),
  z.strictObject({ cells: z.array(rainCell).max(MOST_CELLS) }),
]);

/** See {@link scenarioWeather}; seconds count from the scenario's start. */
export type ScenarioWeather = z.infer<typeof scenarioWeather>;
