// SPDX-License-Identifier: MIT
import { type GeoPermissibleObjects, geoArea } from "d3-geo";
import type { LandOutline } from "./map.ts";

type Ring = [number, number][];

/**
 * The polygons of a GeoJSON outline, as d3-geo wants them: clockwise outer rings. RFC 7946 asks for the other direction,
 * which on a sphere means "all the Earth but this"; no land is more than half of it, so the direction is told by the area.
 */
export function landPolygons(outline: LandOutline): GeoPermissibleObjects {
  const polygons: Ring[][] = [];
  collect(outline, polygons);
  return { type: "MultiPolygon", coordinates: polygons.map(rewound) };
}

/** The same rings, turned round if they enclose more than a hemisphere. */
export function rewound(rings: Ring[]): Ring[] {
  return geoArea({ type: "Polygon", coordinates: rings }) > 2 * Math.PI
    ? rings.map(ring => [...ring].reverse())
    : rings;
}

function collect(node: unknown, polygons: Ring[][]): void {
  if (typeof node !== "object" || node === null || !("type" in node)) return;
  if (node.type === "Feature" && "geometry" in node) collect(node.geometry, polygons);
  else if (node.type === "FeatureCollection" && "features" in node) each(node.features, polygons);
  else if (node.type === "GeometryCollection" && "geometries" in node) each(node.geometries, polygons);
  else if (node.type === "Polygon" && "coordinates" in node) add(node.coordinates, polygons);
  else if (node.type === "MultiPolygon" && "coordinates" in node && Array.isArray(node.coordinates)) {
    for (const polygon of node.coordinates) add(polygon, polygons);
  }
}

function each(nodes: unknown, polygons: Ring[][]): void {
  if (Array.isArray(nodes)) for (const node of nodes) collect(node, polygons);
}

/** Keeps rings of at least four places, the last one the first. */
function add(rings: unknown, polygons: Ring[][]): void {
  if (!Array.isArray(rings)) return;
  const kept = rings.filter(isRing).map(ring => ring.map(([lon, lat]): [number, number] => [lon, lat]));
  if (kept.length > 0) polygons.push(kept);
}

function isRing(ring: unknown): ring is Ring {
  return (
    Array.isArray(ring) &&
    ring.length >= 4 &&
    ring.every(place => Array.isArray(place) && Number.isFinite(place[0]) && Number.isFinite(place[1]))
  );
}
