// SPDX-License-Identifier: MIT
import type { Ground, TerminalRow } from "@perigee/operator/contract";
import type { Feature, FeatureCollection, Point } from "geojson";

function point(latDeg: number, lonDeg: number, properties: Record<string, string>): Feature<Point> {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lonDeg, latDeg] } };
}

function collection(features: Feature<Point>[]): FeatureCollection<Point> {
  return { type: "FeatureCollection", features };
}

/** Terminals that have a position, with the name and outcome that their symbol shows. */
export function terminalFeatures(rows: readonly TerminalRow[]): FeatureCollection<Point> {
  return collection(
    rows.flatMap(({ id, name, position, admission }) =>
      position
        ? [point(position.latDeg, position.lonDeg, { id, name, outcome: admission?.outcome ?? "unknown" })]
        : [],
    ),
  );
}

/** Whether two lists look the same on the map: most events change the link only, and a new source costs a repaint. */
export function samePicture(before: readonly TerminalRow[], after: readonly TerminalRow[]): boolean {
  return (
    before.length === after.length &&
    after.every((row, i) => {
      const old = before[i];
      if (row === old) return true;
      return (
        old?.id === row.id &&
        old.name === row.name &&
        old.admission?.outcome === row.admission?.outcome &&
        old.position?.latDeg === row.position?.latDeg &&
        old.position?.lonDeg === row.position?.lonDeg
      );
    })
  );
}

export function gatewayFeatures(ground: Ground): FeatureCollection<Point> {
  return collection(
    ground.gateways.map(({ id, name, latDeg, lonDeg }) => point(latDeg, lonDeg, { id, name })),
  );
}

export function popFeatures(ground: Ground): FeatureCollection<Point> {
  return collection(
    ground.pops.map(({ code, city, latDeg, lonDeg }) =>
      point(latDeg, lonDeg, { id: code, name: `${city} PoP` }),
    ),
  );
}

/** The ring around the selected thing on the ground; nothing for `null`. */
export function focusFeature(place: { latDeg: number; lonDeg: number } | null): FeatureCollection<Point> {
  return collection(place ? [point(place.latDeg, place.lonDeg, {})] : []);
}
