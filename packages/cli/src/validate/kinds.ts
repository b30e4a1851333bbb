// SPDX-License-Identifier: MIT
import { basename, dirname, join } from "node:path";
import { cellAt } from "@perigee/earth";
import {
  COUNTRY_PARAMETERS,
  type CountriesResult,
  type CountryFit,
  type CountryParameter,
  combReport,
  countriesReport,
  countVisible,
  createPlanner,
  defaultCountryModel,
  drawnRtts,
  fitCountries,
  fitMissProbability,
  fleet2023,
  laserPathReport,
  laserPathSite,
  type PlannedCountries,
  parseCities,
  parseCountries,
  parsePings,
  parseSeries,
  parseServing,
  parseVisible,
  pingFindings,
  pingsReport,
  planCountries,
  quantileCases,
  rainLawFigures,
  rainReport,
  rainSiteFigures,
  type SeriesResult,
  type SettledLand,
  type Site,
  seriesReport,
  servingReport,
  settledLand,
  simulateComb,
  ULUKHAKTOK,
  type ValidationReport,
  VISIBLE_2026_05_21,
  validateCountries,
  validateSeries,
  validateServing,
  visibleReport,
} from "@perigee/network";
import { CliError } from "../command.ts";
import { accepted, type Constellation, constellationOf, placeOf, readText } from "./inputs.ts";

/** Every draw of a validation starts from it: reports are the same from run to run. */
const SEED = 7;

/** What a kind of validation may be told; see the command's usage. */
export interface ValidateOptions {
  readonly files: readonly string[];
  readonly elements?: string;
  readonly place?: string;
  readonly cities?: string;
  /** Fit the country model to the file instead of taking the default. */
  readonly refit?: boolean;
  /** Say how far off countries are that are left out of a fit to the file. */
  readonly crossValidate?: boolean;
  readonly progress: (what: string, done: number, of: number) => void;
}

interface Planned {
  readonly planned: PlannedCountries;
  readonly constellation: Constellation;
}

let land: SettledLand | undefined;
/** Half a minute's work each; the page asks for one twice. */
const known = new Map<string, Planned>();

async function plannedCountries(options: ValidateOptions): Promise<Planned> {
  const path = oneFile(options);
  const key = JSON.stringify([path, options.elements]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const rows = accepted(path, parseCountries(await readText(path)));
  const constellation = await constellationOf(options.elements);
  options.progress("people and subscribers of the world", 0, 1);
  land ??= settledLand();
  const planned = planCountries(rows, {
    land,
    fromMs: constellation.atMs,
    plannerWith: homePopOf => createPlanner({ elements: constellation.elements, seed: SEED, homePopOf }),
    onProgress: (done, of) => options.progress("slots planned", done, of),
  });
  known.set(key, { planned, constellation });
  return { planned, constellation };
}

export interface CountriesRun {
  readonly report: ValidationReport;
  readonly result: CountriesResult;
}

export async function runCountries(options: ValidateOptions): Promise<CountriesRun> {
  const { planned, constellation } = await plannedCountries(options);
  // The error of countries left out is of interest where the model is fitted to this table.
  const fit = options.refit === true || options.crossValidate === true ? fitCountries(planned.paths) : null;
  const model = options.refit === true && fit !== null ? fit.model : defaultCountryModel;
  const result = validateCountries(planned.paths, model, planned.planner);
  const report = countriesReport(result, {
    constellation: constellation.title,
    ...(fit === null ? {} : { crossValidation: fit.crossValidation }),
  });
  return { report, result };
}

/** Parameter sets, from one number to all. */
const SETS: readonly (readonly CountryParameter[])[] = [
  ["baseMs"],
  ["baseMs", "spreadMs"],
  ["baseMs", "spreadMs", "laserHopMs"],
  ["baseMs", "spreadMs", "fibreMsPer1000Km"],
  ["baseMs", "spreadMs", "loadMs"],
  COUNTRY_PARAMETERS,
];

/** Fits the country model with more and more parameters; what each buys shows in the errors of countries left out. */
export async function runFit(options: ValidateOptions): Promise<CountryFit[]> {
  const { planned } = await plannedCountries(options);
  return SETS.map((free, k) => {
    options.progress("parameter sets fitted", k, SETS.length);
    return fitCountries(planned.paths, free);
  });
}

export async function runPings(options: ValidateOptions): Promise<ValidationReport> {
  const path = oneFile(options);
  const record = accepted(path, parsePings(await readText(path)));
  const observer = placeOf(options.place ?? missing("--place"));
  const findings = pingFindings(record);
  const fromMs = record.atMs[0]!;
  const constellation =
    options.elements === undefined
      ? { elements: fleet2023(Math.floor(fromMs)), title: "the shells filed for 2023" }
      : await constellationOf(options.elements);
  const planner = createPlanner({ elements: constellation.elements, seed: SEED });
  const site = siteAt(observer);
  const plan = (missProbability?: number) =>
    drawnRtts(planner, site, {
      fromMs,
      slots: 120,
      seed: SEED,
      ...(missProbability === undefined ? {} : { missProbability }),
    });
  const missProbability = fitMissProbability(findings, plan);
  return pingsReport(observer.name, record, findings, {
    idle: plan(),
    loaded: plan(missProbability),
    missProbability,
    constellation: constellation.title,
  });
}

export async function runServing(options: ValidateOptions): Promise<ValidationReport> {
  const path = oneFile(options);
  const record = accepted(path, parseServing(await readText(path)));
  const observer = placeOf(options.place ?? missing("--place"));
  const { elements } = await constellationOf(options.elements ?? missing("--elements"));
  const planner = createPlanner({ elements, seed: SEED });
  const result = validateServing(record, observer, planner, (done, of) =>
    options.progress("slots planned", done, of),
  );
  return servingReport(observer.name, result);
}

export async function runVisible(options: ValidateOptions): Promise<ValidationReport> {
  const [path] = options.files;
  const printed =
    path === undefined ? VISIBLE_2026_05_21 : accepted(path, parseVisible(await readText(path)));
  const { elements, title } = await constellationOf(options.elements);
  options.progress("counting", 0, 1);
  return visibleReport(
    title,
    printed,
    countVisible(
      elements,
      printed.map(row => row.latDeg),
    ),
  );
}

export async function runSeries(options: ValidateOptions): Promise<ValidationReport> {
  if (options.files.length === 0) missing("--file");
  const results: SeriesResult[] = [];
  for (const path of options.files) {
    const rows = accepted(path, parseSeries(await readText(path)));
    const citiesPath = options.cities ?? join(dirname(path), "ground_stations_top100.txt");
    const cities = accepted(citiesPath, parseCities(await readText(citiesPath)));
    const result = validateSeries(rows, cities);
    if (!result.ok) throw new CliError(`${basename(path)}: ${result.message}`);
    results.push(result.value);
    options.progress("series", results.length, options.files.length);
  }
  return seriesReport(results);
}

export function runComb(): ValidationReport {
  return combReport([simulateComb(3, SEED), simulateComb(4, SEED)], quantileCases());
}

export function runRain(): ValidationReport {
  return rainReport(rainLawFigures(), rainSiteFigures());
}

export async function runLaserPath(
  options: ValidateOptions,
  countries: CountriesResult | null,
): Promise<ValidationReport> {
  const { elements, atMs } = await constellationOf(options.elements);
  const planner = createPlanner({
    elements,
    seed: SEED,
    homePopOf: () => planner.ground.pops.find(({ iata }) => iata === ULUKHAKTOK.home) ?? null,
  });
  const drawn = drawnRtts(planner, laserPathSite, { fromMs: atMs, slots: 240, stride: 23, seed: SEED });
  return laserPathReport(drawn, countries?.countries ?? null);
}

function siteAt({ latDeg, lonDeg, heightM }: ReturnType<typeof placeOf>): Site {
  const cell = cellAt(latDeg, lonDeg);
  return { id: "place", latDeg, lonDeg, heightM, cell, downMbps: 200, upMbps: 20, permitted: true };
}

function oneFile({ files }: ValidateOptions): string {
  if (files.length > 1) throw new CliError("this kind takes one --file", 2);
  return files[0] ?? missing("--file");
}

function missing(flag: string): never {
  throw new CliError(`this kind needs ${flag}`, 2);
}
