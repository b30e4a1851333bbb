// SPDX-License-Identifier: MIT
import type { Planner } from "../plan.ts";
import { type Evidence, evidenceOf } from "./country-causes.ts";
import { type CountryModel, modelledFifths } from "./country-model.ts";
import type { CountryPaths } from "./country-paths.ts";
import { type CountryRow, type Fifths, straightLineMs } from "./country-rows.ts";
import { mean, median } from "./quantiles.ts";

/** From here on an error needs a cause in writing. */
export const CAUSE_FROM_MS = 8;

/** One country, measured and modelled. */
export interface CountryResult {
  readonly row: CountryRow;
  readonly modelled: Fifths;
  /** Modelled less measured median. */
  readonly errorMs: number;
  /** The straight line's. */
  readonly lineErrorMs: number;
  readonly servedShare: number;
  /** Of countries that are off by {@link CAUSE_FROM_MS} or more; else empty. */
  readonly evidence: readonly Evidence[];
}

export interface CountriesResult {
  readonly model: CountryModel;
  readonly countries: readonly CountryResult[];
  /** Over all countries with a link: the country in the middle. */
  readonly medianAbsMs: { readonly best: number; readonly median: number; readonly worst: number };
  readonly meanAbsMs: number;
  readonly line: { readonly medianAbsMs: number; readonly meanAbsMs: number };
}

/** Judges a model by countries. The planner is the one that the paths come from: it knows gateways and homes. */
export function validateCountries(
  all: readonly CountryPaths[],
  model: CountryModel,
  planner: Planner,
): CountriesResult {
  const countries = all.map((paths): CountryResult => {
    const { row, servedShare } = paths;
    const modelled = modelledFifths(paths, model);
    const errorMs = modelled.median - row.rttMs.median;
    const isFar = !(Math.abs(errorMs) < CAUSE_FROM_MS);
    return {
      row,
      modelled,
      errorMs,
      lineErrorMs: straightLineMs(row) - row.rttMs.median,
      servedShare,
      evidence: isFar ? evidenceOf(paths, errorMs, planner) : [],
    };
  });
  const served = countries.filter(({ errorMs }) => Number.isFinite(errorMs));
  const absolute = (of: (country: CountryResult) => number) => served.map(c => Math.abs(of(c)));
  const line = absolute(c => c.lineErrorMs);
  const errors = absolute(c => c.errorMs);
  return {
    model,
    countries,
    medianAbsMs: {
      best: median(absolute(({ modelled, row }) => modelled.best - row.rttMs.best)),
      median: median(errors),
      worst: median(absolute(({ modelled, row }) => modelled.worst - row.rttMs.worst)),
    },
    meanAbsMs: mean(errors),
    line: { medianAbsMs: median(line), meanAbsMs: mean(line) },
  };
}
