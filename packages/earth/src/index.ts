// SPDX-License-Identifier: MIT

/**
 * Where a point lies: its H3 cell, whose territory it is under a boundary view, and how far out to sea; all cells of
 * the planet, and who lives in them. Pure.
 *
 * @packageDocumentation
 */
export { type BorderCollection, type BorderFeature, bordersOf, distanceToBorderKm } from "./border.ts";
export { type BoundaryView, checkBoundaryView, countryUnder } from "./boundary-view.ts";
export { boundaryViews } from "./built-in-views.ts";
export { CELL_RESOLUTION, cellAt, cellBoundary, cellCentre, isCell } from "./cell.ts";
export { cellIndex, cellName, cellsVersion, cellTableOf } from "./cell-lookup.ts";
export type { CellTable } from "./cell-table.ts";
export { decodeCellTable, encodeCellTable } from "./cell-table-bytes.ts";
export { type DisputedTerritory, disputedTerritories } from "./disputed-territory.ts";
export type { EarthError, Result } from "./earth-error.ts";
export {
  gasAttenuationDb,
  gasSpecificAttenuationDbPerKm,
  gasZenithAttenuationDb,
  STANDARD_AIR,
  type SurfaceAir,
} from "./gas.ts";
export { countryCode2, findPlaces, type NamedPlace, placesOfCountry } from "./gazetteer.ts";
export {
  bearingDeg,
  destination,
  distanceKm,
  EARTH_RADIUS_KM,
  interpolateGreatCircle,
  wrapLongitudeDeg,
} from "./geodesy.ts";
export { type LandOutline, landOutline, type OutlineDetail } from "./land-outline.ts";
export { type ParentRuns, parentRuns } from "./parent-runs.ts";
export {
  COAST_TOLERANCE_KM,
  HIGH_SEAS,
  type Place,
  placeOf,
  TERRITORIAL_SEA_KM,
  UNASSIGNED,
} from "./place.ts";
export {
  DEFAULT_MAX_OCEAN_LAT_DEG,
  type PlanetCellsOptions,
  planetCells,
} from "./planet-cells.ts";
export { populationOf } from "./population.ts";
export { checkPosition, type Position } from "./position.ts";
export { type RainLaw, type RainPath, rainLaw, rainSpecificAttenuationDbPerKm } from "./rain.ts";
export {
  rainAttenuationExceededDb,
  type SlantPath,
  slantRainAttenuationDb,
  zonalRainHeightKm,
} from "./rain-attenuation.ts";
export {
  type MonthlyNormal,
  type MonthlyRain,
  type RainClimate,
  rainClimateFrom001,
  rainClimateOf,
  rainRateExceededMmPerH,
  rainRatePercent,
  zonalRainClimate,
} from "./rain-climate.ts";
export { type RainField, rainField } from "./rain-field.ts";
export {
  SYNTHETIC_RAIN,
  type SyntheticWeatherSpec,
  syntheticWeather,
  type WeatherArea,
} from "./synthetic-weather.ts";
export {
  type CountryCode,
  type Territory,
  type TerritoryId,
  territories,
  territoryById,
} from "./territory.ts";
export {
  checkWeather,
  DRY_WEATHER,
  RAIN_CELL_REACH,
  type RainCell,
  type RainSnapshot,
  rainRateAt,
  rainSnapshot,
  WEATHER_BOUNDS,
  type Weather,
} from "./weather.ts";
