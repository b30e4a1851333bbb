// SPDX-License-Identifier: MIT
import {
  type BoundaryView,
  cellBoundary,
  cellCentre,
  distanceKm,
  distanceToBorderKm,
  type Place,
  type Position,
  placeOf,
  TERRITORIAL_SEA_KM,
  territories,
} from "@perigee/earth";
import { unitVector } from "./edge-tree.ts";

/** Into how many steps the way from a cell's centre to its corners is cut: points every 0.8 km in a cell of 250 km². */
const STEPS = 12;
/** A drawn border may be this much too short at a coast (`bordersOf`). */
const BORDER_SLACK_KM = 4;
const DEGREES = 180 / Math.PI;

/** A view under which every territory is its own, so that each border between two of them is one. */
const everyBorder: BoundaryView = {
  id: "every-border",
  version: "1",
  title: "Every territory by itself",
  asserter: "nobody",
  source: "the border data of this package",
  assignments: Object.fromEntries(territories.map(({ id }) => [id, null])),
};

/** A cell's centre, its corners and how far they are from it. */
export interface CellFrame {
  readonly centre: Position;
  readonly corners: readonly Position[];
  readonly reachKm: number;
}

export function cellFrame(cell: string): CellFrame {
  const centre = cellCentre(cell);
  const corners = cellBoundary(cell);
  return { centre, corners, reachKm: Math.max(...corners.map(corner => distanceKm(centre, corner))) };
}

/** Points all over a cell, its sides and corners included, {@link netSpacingKm} apart or less. */
export function cellNet({ centre, corners }: CellFrame): readonly Position[] {
  const c = unitVector(centre.lonDeg, centre.latDeg);
  const at = corners.map(({ lonDeg, latDeg }) => unitVector(lonDeg, latDeg));
  const points: Position[] = [centre];
  for (const [i, a] of at.entries()) {
    const b = at[(i + 1) % at.length]!;
    for (let out = 1; out <= STEPS; out++) {
      // From the ray through this corner to before the ray through the next.
      for (let across = 0; across < out; across++) {
        const wa = (out - across) / STEPS;
        const wb = across / STEPS;
        const wc = 1 - wa - wb;
        const [x, y, z] = [0, 1, 2].map(k => wa * a[k]! + wb * b[k]! + wc * c[k]!) as [
          number,
          number,
          number,
        ];
        points.push({
          latDeg: Math.atan2(z, Math.hypot(x, y)) * DEGREES,
          lonDeg: Math.atan2(y, x) * DEGREES,
        });
      }
    }
  }
  return points;
}

/** No point of the cell is farther from the nearest one of its net; km. */
export function netSpacingKm({ reachKm }: CellFrame): number {
  return reachKm / STEPS;
}

/**
 * The different places in a cell. Far from every border and coast it is asked at its corners only, else all over: a part
 * of a territory that lies between the points of the net, less than 0.8 km wide, is not seen.
 *
 * @param net of the cell, made when it is needed
 */
export function placesIn(
  frame: CellFrame,
  view: BoundaryView,
  net: () => readonly Position[],
): readonly Place[] {
  const few = [frame.centre, ...frame.corners].map(({ latDeg, lonDeg }) => placeOf(latDeg, lonDeg, view));
  if (isFarFromAll(frame, few)) return [few[0]!];
  return distinct([...few, ...net().map(({ latDeg, lonDeg }) => placeOf(latDeg, lonDeg, view))]);
}

function isFarFromAll({ centre, reachKm }: CellFrame, places: readonly Place[]): boolean {
  const [middle] = places;
  if (places.some(place => keyOf(place) !== keyOf(middle!))) return false;
  if (middle!.zone === "highSea") return middle!.distanceKm - reachKm > TERRITORIAL_SEA_KM;
  return (
    places.every(({ zone, insidePolygon }) => zone === "land" && insidePolygon) &&
    distanceToBorderKm(centre.latDeg, centre.lonDeg, everyBorder) > reachKm + BORDER_SLACK_KM
  );
}

function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map(place => [keyOf(place), place])).values()];
}

/** All of a place that a rule asks for; a terminal on the high seas is in nobody's territory, off a coast it is in somebody's. */
export function keyOf({ territory, country, zone }: Pick<Place, "territory" | "country" | "zone">): string {
  return `${territory} ${country ?? ""} ${zone === "highSea"}`;
}
