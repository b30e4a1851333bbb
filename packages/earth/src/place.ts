// SPDX-License-Identifier: MIT
import { type BoundaryView, countryUnder } from "./boundary-view.ts";
import { land } from "./land.ts";
import { partition } from "./partition.ts";
import { assertPosition } from "./position.ts";
import type { CountryCode, Territory, TerritoryId } from "./territory.ts";

/** Breadth of the territorial sea: 12 nautical miles (UNCLOS article 3; the nautical mile is 1.852 km). */
export const TERRITORIAL_SEA_KM = 22.224;

/**
 * A point this close to a coast counts as land: coarse maps put quays, river mouths and whole port towns into the
 * water (Sevastopol, Kherson and Henichesk lie outside every polygon of Natural Earth 1:10m).
 */
export const COAST_TOLERANCE_KM = 5;

/** The territory of a point outside every territory, at sea. */
export const HIGH_SEAS = "HIGH_SEAS";

/** The territory of ground, and the sea off it, that the border data leaves to nobody (some of the Spratly Islands). */
export const UNASSIGNED = "UNASSIGNED";

/** Where a point lies, under one view. */
export interface Place {
  /** A territory of the border data, {@link HIGH_SEAS} or {@link UNASSIGNED}. */
  readonly territory: TerritoryId;
  /** In English. */
  readonly territoryName: string;
  /** Who the territory belongs to under the view; `null`: nobody, or not determined. */
  readonly country: CountryCode | null;
  /** `land` includes inland waters and anything within {@link COAST_TOLERANCE_KM} of a coast. */
  readonly zone: "land" | "territorialSea" | "highSea";
  /** Whether the land data shows the point as land of that territory: no rule of nearness was needed. */
  readonly insidePolygon: boolean;
  /** To the nearest coast; 0 on land. On land in no outline, to the outline taken. */
  readonly distanceKm: number;
}

/**
 * Names the territory, country and zone of a point.
 *
 * 1. On land: the territory whose outline holds the point; in none, the nearest outline within 12 nautical miles.
 * 2. Within 5 km of a coast: land, of the territory whose outline holds the point, else of that coast.
 * 3. Within 12 nautical miles of a coast: territorial sea of the nearest coast's territory. Between two coasts that
 *    is the median line (UNCLOS article 15).
 * 4. Beyond: high sea, nobody's.
 *
 * The border data's outlines run far out to sea, so they say *whose* a coast is and never *how far out* a
 * point is; for that the coast itself is measured, on the sphere of {@link EARTH_RADIUS_KM}. Straight baselines, historic bays, archipelagic
 * waters and agreed sea borders are not known here.
 *
 * @throws RangeError on a position that is none; check positions from outside with {@link checkPosition}.
 */
export function placeOf(latDeg: number, lonDeg: number, view: BoundaryView): Place {
  assertPosition(latDeg, lonDeg);
  const holder = partition().at(latDeg, lonDeg);
  if (land().contains(latDeg, lonDeg)) {
    if (holder) return placeIn(holder, view, "land", true, 0);
    const nearest = partition().nearest(latDeg, lonDeg, TERRITORIAL_SEA_KM);
    if (nearest) return placeIn(nearest.territory, view, "land", false, nearest.distanceKm);
    return nobodys(UNASSIGNED, "Outside every territory", "land", 0);
  }
  const coast = land().nearestCoast(latDeg, lonDeg)!;
  const { distanceKm } = coast;
  if (distanceKm > TERRITORIAL_SEA_KM) return nobodys(HIGH_SEAS, "High seas", "highSea", distanceKm);
  const isNear = distanceKm <= COAST_TOLERANCE_KM;
  const zone = isNear ? "land" : "territorialSea";
  const territory = (isNear ? holder : null) ?? coastTerritory(coast.latDeg, coast.lonDeg);
  if (!territory) return nobodys(UNASSIGNED, "Outside every territory", zone, distanceKm);
  return placeIn(territory, view, zone, false, distanceKm);
}

function coastTerritory(latDeg: number, lonDeg: number): Territory | null {
  return (
    partition().at(latDeg, lonDeg) ??
    partition().nearest(latDeg, lonDeg, TERRITORIAL_SEA_KM)?.territory ??
    null
  );
}

function placeIn(
  territory: Territory,
  view: BoundaryView,
  zone: Place["zone"],
  insidePolygon: boolean,
  distanceKm: number,
): Place {
  const country = countryUnder(view, territory);
  return { territory: territory.id, territoryName: territory.name, country, zone, insidePolygon, distanceKm };
}

function nobodys(territory: string, territoryName: string, zone: Place["zone"], distanceKm: number): Place {
  return { territory, territoryName, country: null, zone, insidePolygon: false, distanceKm };
}
