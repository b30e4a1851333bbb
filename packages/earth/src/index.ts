// SPDX-License-Identifier: MIT

/**
 * Where a point lies: its H3 cell, whose territory it is under a boundary view, and how far out to sea. Pure.
 *
 * @packageDocumentation
 */
export { type BorderCollection, type BorderFeature, bordersOf, distanceToBorderKm } from "./border.ts";
export { type BoundaryView, checkBoundaryView, countryUnder } from "./boundary-view.ts";
export { boundaryViews } from "./built-in-views.ts";
export { CELL_RESOLUTION, cellAt, cellBoundary, cellCentre, isCell } from "./cell.ts";
export { type DisputedTerritory, disputedTerritories } from "./disputed-territory.ts";
export type { EarthError, Result } from "./earth-error.ts";
export {
  bearingDeg,
  destination,
  distanceKm,
  EARTH_RADIUS_KM,
  interpolateGreatCircle,
  wrapLongitudeDeg,
} from "./geodesy.ts";
export {
  COAST_TOLERANCE_KM,
  HIGH_SEAS,
  type Place,
  placeOf,
  TERRITORIAL_SEA_KM,
  UNASSIGNED,
} from "./place.ts";
export { checkPosition, type Position } from "./position.ts";
export {
  type CountryCode,
  type Territory,
  type TerritoryId,
  territories,
  territoryById,
} from "./territory.ts";
