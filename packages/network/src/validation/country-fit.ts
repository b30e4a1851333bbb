// SPDX-License-Identifier: MIT
import { type CountryModel, modelledFifths } from "./country-model.ts";
import type { CountryPaths } from "./country-paths.ts";
import { mean, median } from "./quantiles.ts";

export type CountryParameter = keyof CountryModel;

/** Where a search begins and how far its first step goes; none may become negative. */
const SEARCH: Readonly<Record<CountryParameter, { readonly from: number; readonly step: number }>> = {
  baseMs: { from: 1, step: 2 },
  laserHopMs: { from: 0, step: 1 },
  fibreMsPer1000Km: { from: 0, step: 2 },
  loadMs: { from: 0, step: 4 },
  spreadMs: { from: 1, step: 2 },
};
export const COUNTRY_PARAMETERS = Object.keys(SEARCH) as readonly CountryParameter[];

/** Results are rounded to twentieths: finer says nothing. */
const PER_MS = 20;
const MOST_FOLDS = 27;

/** Errors of countries that took no part in the fit which they are judged by. */
export interface CrossValidation {
  readonly folds: number;
  /** Median and mean of |modelled median - measured median| over the countries left out, ms. */
  readonly medianAbsMs: number;
  readonly meanAbsMs: number;
}

/**
 * The parameters of the default model. The others were tried and bought nothing for countries left out: laser hops, fibre and
 * load are in the plans already.
 */
export const DEFAULT_PARAMETERS: readonly CountryParameter[] = ["baseMs", "spreadMs"];

export interface CountryFit {
  readonly model: CountryModel;
  readonly free: readonly CountryParameter[];
  readonly crossValidation: CrossValidation;
}

/**
 * Sets the free parameters (others 0) to the least sum of absolute errors over the countries: of the median whole, of
 * best and worst fifth half each. Absolute errors, because a few countries are far off for reasons of their own and
 * must not pull the rest. The error of countries left out, in up to 27 folds, comes with it.
 */
export function fitCountries(
  countries: readonly CountryPaths[],
  free: readonly CountryParameter[] = DEFAULT_PARAMETERS,
): CountryFit {
  const usable = countries.filter(({ plannedMs }) => plannedMs.length > 0);
  return { model: fitted(usable, free), free, crossValidation: crossValidate(usable, free) };
}

function crossValidate(
  countries: readonly CountryPaths[],
  free: readonly CountryParameter[],
): CrossValidation {
  const folds = Math.min(MOST_FOLDS, countries.length);
  const errors: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const model = fitted(
      countries.filter((_, k) => k % folds !== fold),
      free,
    );
    countries.forEach((paths, k) => {
      if (k % folds === fold)
        errors.push(Math.abs(modelledFifths(paths, model).median - paths.row.rttMs.median));
    });
  }
  return { folds, medianAbsMs: median(errors), meanAbsMs: mean(errors) };
}

/** Sum of absolute errors, ms. */
export function misfitMs(countries: readonly CountryPaths[], model: CountryModel): number {
  let sum = 0;
  for (const paths of countries) {
    const ours = modelledFifths(paths, model);
    const { best, median: middle, worst } = paths.row.rttMs;
    sum +=
      Math.abs(ours.median - middle) + 0.5 * Math.abs(ours.best - best) + 0.5 * Math.abs(ours.worst - worst);
  }
  return sum;
}

/** Pattern search of Hooke and Jeeves (1961), without a draw: every step that helps is taken, else steps are halved. */
function fitted(countries: readonly CountryPaths[], free: readonly CountryParameter[]): CountryModel {
  const model = { baseMs: 0, laserHopMs: 0, fibreMsPer1000Km: 0, loadMs: 0, spreadMs: 0 };
  for (const name of free) model[name] = SEARCH[name].from;
  let best = misfitMs(countries, model);
  for (let scale = 1; scale * 2 * PER_MS > 1; ) {
    let moved = false;
    for (const name of free) {
      for (const sign of [1, -1]) {
        const before = model[name];
        model[name] = Math.max(0, before + sign * scale * SEARCH[name].step);
        const now = model[name] === before ? best : misfitMs(countries, model);
        if (now < best) {
          best = now;
          moved = true;
          break;
        }
        model[name] = before;
      }
    }
    if (!moved) scale /= 2;
  }
  for (const name of free) model[name] = Math.round(model[name] * PER_MS) / PER_MS;
  return model;
}
