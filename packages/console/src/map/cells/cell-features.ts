// SPDX-License-Identifier: MIT
import type { PlanetCell, PlanetSatellite } from "@perigee/operator/contract";
import type { Feature, FeatureCollection, LineString, MultiLineString, Point } from "geojson";
import type { CellLayerName } from "../../app/view-options.ts";
import { percent, quantity } from "../../format/number.ts";
import type { LonLat } from "../../geo/antimeridian.ts";
import { unwrap } from "../../geo/antimeridian.ts";
import { metShare } from "./cell-ink.ts";
import { beamColour, type CellPalette } from "./cell-palette.ts";

type Places = Float32Array;

const at = (centres: Places, place: number): LonLat => [centres[2 * place] ?? 0, centres[2 * place + 1] ?? 0];

function labelAt([lonDeg, latDeg]: LonLat, text: string): Feature<Point> {
  return {
    type: "Feature",
    properties: { text },
    geometry: { type: "Point", coordinates: [lonDeg, latDeg] },
  };
}

/** What is written in a cell where there is room: the beam's colour and share, a rate, or a share of the demand. */
export function cellText(cell: PlanetCell, layer: CellLayerName): string {
  if (cell.reason !== "served") return "";
  if (layer === "capacity") return quantity(cell.downMbps, "Mbit/s", cell.downMbps < 10 ? 1 : 0);
  if (layer === "met") return percent(metShare(cell), 0);
  return `${cell.colour ?? "–"} · ${percent(cell.share, 0)}`;
}

/** Texts of cells, in the order of their centres. */
export function cellLabels(
  cells: readonly PlanetCell[],
  centres: Places,
  layer: CellLayerName,
): FeatureCollection<Point> {
  return {
    type: "FeatureCollection",
    features: cells.flatMap((cell, i) => {
      const text = cellText(cell, layer);
      return text ? [labelAt(at(centres, i), text)] : [];
    }),
  };
}

/** A ring around one cell, or nothing. */
export function outlineFeature(
  corners: readonly (readonly [number, number])[] | null,
): FeatureCollection<LineString> {
  if (!corners) return { type: "FeatureCollection", features: [] };
  const coordinates = unwrap(corners).map(point => [...point]);
  return {
    type: "FeatureCollection",
    features: [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }],
  };
}

/** The number of each beam's colour in its middle, and lines from there to its cells, so that they are seen as one. */
export function beamFeatures(
  beams: PlanetSatellite["beams"],
  centres: Places,
  palette: CellPalette,
): { ties: FeatureCollection<MultiLineString>; labels: FeatureCollection<Point> } {
  const ties: Feature<MultiLineString>[] = [];
  const labels: Feature<Point>[] = [];
  let place = 0;
  for (const { colour, cells } of beams) {
    const points = unwrap(cells.map((_, i) => at(centres, place + i)));
    place += cells.length;
    if (points.length === 0) continue;
    const middle: LonLat = [meanOf(points, 0), meanOf(points, 1)];
    labels.push(labelAt(middle, String(colour)));
    ties.push({
      type: "Feature",
      properties: { colour: beamColour(palette, colour) },
      geometry: { type: "MultiLineString", coordinates: points.map(point => [[...middle], [...point]]) },
    });
  }
  return {
    ties: { type: "FeatureCollection", features: ties },
    labels: { type: "FeatureCollection", features: labels },
  };
}

function meanOf(points: readonly LonLat[], axis: 0 | 1): number {
  return points.reduce((sum, point) => sum + point[axis], 0) / points.length;
}
