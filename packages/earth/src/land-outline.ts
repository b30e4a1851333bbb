// SPDX-License-Identifier: MIT
import { createRequire } from "node:module";
import { type FlatRing, type RingArcs, ringOf, type Topology } from "./topology.ts";

/** Natural Earth's scales 1:110m (5 thousand points, for a world map) and 1:50m (60 thousand). */
export type OutlineDetail = "110m" | "50m";

/** The land as one GeoJSON feature (RFC 7946), longitude first; rings are closed, none crosses the antimeridian. */
export interface LandOutline {
  readonly type: "Feature";
  readonly properties: { readonly source: string };
  readonly geometry: {
    readonly type: "MultiPolygon";
    /** Of each polygon the first ring is the outside, the others are holes. */
    readonly coordinates: readonly (readonly (readonly (readonly [lonDeg: number, latDeg: number])[])[])[];
  };
}

interface LandTopology extends Topology {
  readonly objects: {
    readonly land: { readonly geometries: readonly { readonly arcs: readonly (readonly RingArcs[])[] }[] };
  };
}

type Point = readonly [lonDeg: number, latDeg: number];

/**
 * Coastlines to draw under a flat map (package world-atlas; lakes are land, the Caspian is a hole). Land that crosses
 * the antimeridian is cut there, Antarctica is closed along the map's lower edge. What *is* land is decided by the
 * finer map behind `placeOf`. Countries have no outline of their own here: whose land it is depends on a boundary view,
 * and `bordersOf` draws it.
 */
export function landOutline(detail: OutlineDetail): LandOutline {
  const require = createRequire(import.meta.url);
  const path = require.resolve(`world-atlas/land-${detail}.json`);
  const topology = require(path) as LandTopology;
  delete require.cache[path];
  const coordinates = topology.objects.land.geometries.flatMap(geometry =>
    geometry.arcs.flatMap(polygon => cutPolygon(polygon.map(ring => unwrapped(ringOf(topology, ring))))),
  );
  return {
    type: "Feature",
    properties: { source: `Natural Earth 1:${detail}, public domain` },
    geometry: { type: "MultiPolygon", coordinates },
  };
}

/** A ring whose longitude runs on past ±180 instead of jumping; one that goes round a pole takes it in. */
function unwrapped(ring: FlatRing): Point[] {
  const points: Point[] = [];
  let turns = 0;
  for (let i = 0; i <= ring.length; i += 2) {
    const at = i % ring.length;
    const lon = ring[at]! + 360 * turns;
    const step = i === 0 ? 0 : Math.round((lon - points.at(-1)![0]) / 360);
    turns -= step;
    points.push([lon - 360 * step, ring[at + 1]!]);
  }
  const [first, last] = [points[0]!, points.at(-1)!];
  if (Math.abs(last[0] - first[0]) < 180) return points.slice(0, -1);
  const pole = Math.sign(first[1]) * 90;
  return [...points, [last[0], pole], [first[0], pole]];
}

/** The parts of a polygon on each copy of the map that it reaches, brought back to -180 to 180. */
function cutPolygon(rings: readonly (readonly Point[])[]): Point[][][] {
  const parts: Point[][][] = [];
  for (const shift of [-360, 0, 360]) {
    const cut = rings
      .map(ring => ring.map(([lon, lat]): Point => [lon - shift, lat]))
      .map(ring => clipped(clipped(ring, -180, 1), 180, -1));
    if (cut[0]!.length === 0) continue;
    parts.push(cut.filter(ring => ring.length > 0).map(ring => [...ring, ring[0]!]));
  }
  return parts;
}

/** The part of a ring east (`side` 1) or west (-1) of a meridian (I. Sutherland, G. Hodgman, CACM 17, 1974). */
function clipped(ring: readonly Point[], lonDeg: number, side: 1 | -1): Point[] {
  const kept: Point[] = [];
  ring.forEach((point, i) => {
    const before = ring.at(i - 1)!;
    const isIn = side * (point[0] - lonDeg) > 0;
    if (isIn !== side * (before[0] - lonDeg) > 0) {
      const part = (lonDeg - before[0]) / (point[0] - before[0]);
      kept.push([lonDeg, before[1] + part * (point[1] - before[1])]);
    }
    if (isIn) kept.push(point);
  });
  return kept;
}
