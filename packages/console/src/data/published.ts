// SPDX-License-Identifier: MIT
// What everybody may ask without signing in, and what customers see of their own.
import type {
  CarriedOut,
  KitAnswer,
  NamedPlaces,
  Portal,
  PublicMap,
  PublicPlace,
  PublishedStateView,
} from "@perigee/operator/contract";
import type { FeatureCollection, LineString, MultiLineString } from "geojson";
import { getJson, sendJson } from "./api.ts";
import type { Result } from "./failure.ts";

export const published = {
  map: () => getJson<PublicMap>("/v1/public/map"),
  cells: (parent: string) => getJson<PublicMap>(`/v1/public/map?parent=${encodeURIComponent(parent)}`),
  place: (latDeg: number, lonDeg: number) =>
    getJson<PublicPlace>(`/v1/public/place?lat=${latDeg}&lon=${lonDeg}`),
  places: (text: string) => getJson<NamedPlaces>(`/v1/public/places?${new URLSearchParams({ q: text })}`),
  borders: () => getJson<FeatureCollection<LineString | MultiLineString>>("/v1/public/borders"),
  kit: (number: string) => getJson<KitAnswer>(`/v1/public/kit/${encodeURIComponent(number)}`),
};

export const portalApi = {
  mine: () => getJson<Portal>("/v1/portal"),
  send: (command: string, request: unknown): Promise<Result<CarriedOut>> =>
    sendJson("POST", `/v1/portal/commands/${command}`, request),
};

/** Cells of the published map with the state of each. */
export interface PublishedCells {
  readonly cells: readonly string[];
  readonly states: readonly PublishedStateView[];
}

/** H3 indices have 15 digits; the map leaves the letters f at their end out. */
export function publishedCells({ cells, states, stateOf }: PublicMap): PublishedCells {
  return {
    cells: cells.map(cell => cell.padEnd(15, "f")),
    states: stateOf.map(index => {
      const state = states[index];
      if (state === undefined) throw new RangeError(`The map has no state ${index}.`);
      return state;
    }),
  };
}

/** Latitude and longitude as people type them: `50.45, 30.52`, `50.45 30.52`; `null` for anything else. */
export function readPlace(text: string): { readonly latDeg: number; readonly lonDeg: number } | null {
  const found =
    /^\s*(-?\d{1,2}(?:\.\d+)?)\s*°?\s*([NS]?)[,;\s]+(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW]?)\s*$/i.exec(text);
  if (!found) return null;
  const latDeg = Number(found[1]) * (found[2]?.toUpperCase() === "S" ? -1 : 1);
  const lonDeg = Number(found[3]) * (found[4]?.toUpperCase() === "W" ? -1 : 1);
  return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 ? { latDeg, lonDeg } : null;
}
