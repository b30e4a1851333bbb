// SPDX-License-Identifier: MIT
// The face of this folder: what the room's index passes on.
export { type CombFindings, combStrength, quantileCases, simulateComb } from "./comb.ts";
export { type CountriesResult, type CountryResult, validateCountries } from "./countries.ts";
export type { Evidence } from "./country-causes.ts";
export {
  COUNTRY_PARAMETERS,
  type CountryFit,
  type CountryParameter,
  type CrossValidation,
  fitCountries,
} from "./country-fit.ts";
export { type CountryModel, defaultCountryModel, modelledFifths } from "./country-model.ts";
export {
  type CountryPaths,
  type CountryPlanOptions,
  type PlannedCountries,
  planCountries,
} from "./country-paths.ts";
export { countriesReport } from "./country-report.ts";
export { type CountryRow, type Fifths, parseCountries, straightLineMs } from "./country-rows.ts";
export { type CountrySite, type SettledLand, settledLand } from "./country-sites.ts";
export type { DishCalibration, DishPose } from "./dish-calibration.ts";
export { type DrawnRtts, drawnRtts } from "./drawn-rtts.ts";
export { combReport, laserPathReport, rainReport, visibleReport } from "./figure-reports.ts";
export { fleet2023 } from "./fleet-2023.ts";
export { laserPathSite, ULUKHAKTOK } from "./laser-path.ts";
export { fitMissProbability, type PingPlan, pingsReport } from "./ping-report.ts";
export { type PingFindings, type PingRecord, parsePings, pingFindings } from "./pings.ts";
export { mean, median, quantile } from "./quantiles.ts";
export { rainLawFigures, rainSiteFigures } from "./rain-figures.ts";
export type { RecordError, RecordResult } from "./record.ts";
export {
  type Check,
  type FreeParameter,
  holds,
  percent,
  type ReportPlot,
  type ReportTable,
  shown,
  type ValidationReport,
} from "./report.ts";
export { parseCities, parseSeries, type SeriesResult, validateSeries } from "./series.ts";
export { seriesReport } from "./series-report.ts";
export { type ServingResult, sectorShares, validateServing } from "./serving.ts";
export { parseServing, type ServingRecord } from "./serving-record.ts";
export { servingReport } from "./serving-report.ts";
export type { Observer } from "./serving-tracks.ts";
export { countVisible, parseVisible, VISIBLE_2026_05_21, type VisibleRow } from "./visible.ts";
