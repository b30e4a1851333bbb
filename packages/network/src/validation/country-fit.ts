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
 * The one parameter of the default model. The others were tried and bought nothing for countries left out: lasers, fibre, full
 * beams and antennas are in the plans already.
 */
export const DEFAULT_PARAMETERS: readonly CountryParameter[] = ["baseMs"];

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

/** Measured less modelled, per figure, and what each figure counts. */
interface Residuals {
  readonly ms: Float64Array;
  readonly weight: Float64Array;
}

function residualsOf(countries: readonly CountryPaths[], model: CountryModel): Residuals {
  const ms = new Float64Array(3 * countries.length);
  const weight = ms.map((_, k) => (k % 3 === 1 ? 1 : 0.5));
  countries.forEach((paths, k) => {
    const ours = modelledFifths(paths, model);
    const { best, median: middle, worst } = paths.row.rttMs;
    ms[3 * k] = best - ours.best;
    ms[3 * k + 1] = middle - ours.median;
    ms[3 * k + 2] = worst - ours.worst;
  });
  return { ms, weight };
}

/** The least sum of absolute errors that a shift of all figures can reach, and that shift: a weighted median, 0 or more. */
function bestShift({ ms, weight }: Residuals): { readonly shiftMs: number; readonly misfitMs: number } {
  const order = [...ms.keys()].sort((a, b) => ms[a]! - ms[b]!);
  const half = weight.reduce((a, b) => a + b, 0) / 2;
  let passed = 0;
  let middle = 0;
  for (const k of order) {
    passed += weight[k]!;
    middle = ms[k]!;
    if (passed >= half) break;
  }
  const shiftMs = Math.max(0, middle);
  return { shiftMs, misfitMs: ms.reduce((sum, r, k) => sum + weight[k]! * Math.abs(r - shiftMs), 0) };
}

/**
 * Pattern search of Hooke and Jeeves (1961) over all parameters but the base, which has its best value in closed form at every
 * step: a search along the axes would stop on the ridges that absolute errors make between it and each of the others. For the
 * same reason a step may also exchange one parameter for another. No draw: every step that helps is taken, else steps are
 * halved.
 */
function fitted(countries: readonly CountryPaths[], free: readonly CountryParameter[]): CountryModel {
  const model = { baseMs: 0, laserHopMs: 0, fibreMsPer1000Km: 0, loadMs: 0, spreadMs: 0 };
  const searched = free.filter(name => name !== "baseMs");
  const shifts = free.includes("baseMs");
  for (const name of searched) model[name] = SEARCH[name].from;
  const misfit = () => {
    const residuals = residualsOf(countries, model);
    return shifts
      ? bestShift(residuals).misfitMs
      : residuals.ms.reduce((sum, ms, k) => sum + residuals.weight[k]! * Math.abs(ms), 0);
  };
  const steps = searched.flatMap((name, k) => [
    [[name, 1]] as const,
    [[name, -1]] as const,
    ...searched.slice(k + 1).flatMap(
      other =>
        [
          [[name, 1] as const, [other, -1] as const],
          [[name, -1] as const, [other, 1] as const],
        ] as const,
    ),
  ]);
  let least = misfit();
  for (let scale = 1; 2 * scale * PER_MS > 1; ) {
    let moved = false;
    for (const step of steps) {
      const before = { ...model };
      for (const [name, sign] of step)
        model[name] = Math.max(0, model[name] + sign * scale * SEARCH[name].step);
      const now = misfit();
      if (now < least) {
        least = now;
        moved = true;
      } else {
        Object.assign(model, before);
      }
    }
    if (!moved) scale /= 2;
  }
  if (shifts) model.baseMs = bestShift(residualsOf(countries, model)).shiftMs;
  for (const name of free) model[name] = Math.round(model[name] * PER_MS) / PER_MS;
  return model;
}
