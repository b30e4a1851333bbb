// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import type { Area, PlacePin } from "../report.ts";

/** Whether `inner` lies in `outer`: the same place, a place of a country, a town within a region's reach. */
export function liesIn(inner: PlacePin, outer: PlacePin): boolean {
  if (inner.id === outer.id) return true;
  if (outer.kind === "country") return inner.country === outer.country && inner.kind !== "country";
  if (outer.kind === "town" || inner.kind === "country") return false;
  return distanceKm(inner, outer) + inner.reachKm <= outer.reachKm;
}

/** Whether two areas can share ground. Parts of one country ("held", "front") are taken to. */
export function overlapInArea(a: Area | null, b: Area | null): boolean {
  if (a === null || b === null) return a === b;
  return liesIn(a.pin, b.pin) || liesIn(b.pin, a.pin);
}

export function sameArea(a: Area | null, b: Area | null): boolean {
  return a !== null && b !== null && a.pin.id === b.pin.id && a.part === b.part;
}
