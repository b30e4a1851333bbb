// SPDX-License-Identifier: MIT
import type { FeatureCollection, Polygon } from "geojson";
import { feature } from "topojson-client";
import { cutRing, type LonLat } from "./antimeridian.ts";

/**
 * The land of world-atlas (Natural Earth, public domain) as polygons that a planar renderer can draw. Holes (inland
 * seas) are kept for rings that need no cut, which are all rings that have holes in this data set.
 * @param decimals kept of each degree; 3 is about 100 m
 */
export function landPolygons(atlas: LandAtlas, decimals: number): FeatureCollection<Polygon> {
  const round = (ring: readonly LonLat[]) =>
    ring.map(([lon, lat]) => [Number(lon.toFixed(decimals)), Number(lat.toFixed(decimals))]);
  const polygons: number[][][][] = [];
  const land = atlas.objects["land"];
  if (!land) throw new Error("world-atlas: the topology has no object named “land”");
  const collection = feature(atlas, land);
  for (const { geometry } of collection.type === "FeatureCollection" ? collection.features : [collection]) {
    const parts =
      geometry.type === "Polygon"
        ? [geometry.coordinates]
        : geometry.type === "MultiPolygon"
          ? geometry.coordinates
          : [];
    for (const rings of parts) {
      const [outer, ...holes] = rings.map(ring => ring.map(([lon = 0, lat = 0]): LonLat => [lon, lat]));
      const cut = cutRing(outer ?? []);
      if (cut.length === 1 && cut[0]) polygons.push([round(cut[0]), ...holes.map(round)]);
      else for (const piece of cut) polygons.push([round(piece)]);
    }
  }
  return {
    type: "FeatureCollection",
    features: polygons.map(coordinates => ({
      type: "Feature",
      properties: {},
      geometry: { type: "Polygon", coordinates },
    })),
  };
}

/** The shape of `world-atlas/land-*.json`. */
export type LandAtlas = Parameters<typeof feature>[0];
