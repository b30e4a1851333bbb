// SPDX-License-Identifier: MIT
import { createRequire } from "node:module";
import { ArcEdges, ArcTree, type NearestArc } from "./arc-tree.ts";
import { MarkedEdges, MeridianIndex } from "./meridian-index.ts";
import { type FlatRing, type RingArcs, ringOf, type Topology } from "./topology.ts";

/** Where the ground is dry, lakes included; the Caspian is the one hole. */
export interface Land {
  contains(latDeg: number, lonDeg: number): boolean;
  /** The nearest point of any coast no further than `withinKm`. */
  nearestCoast(latDeg: number, lonDeg: number, withinKm?: number): NearestArc | null;
}

interface LandTopology extends Topology {
  readonly objects: {
    readonly land: { readonly geometries: readonly { readonly arcs: readonly (readonly RingArcs[])[] }[] };
  };
}

/**
 * Islets the land data leaves out although the border data has a territory made of nothing else; positions as in
 * public gazetteers, to about a kilometre.
 */
const ISLETS: readonly (readonly [lonDeg: number, latDeg: number])[] = [
  [172.14, -34.155], // Three Kings Islands, NZ
  [166.89, -46.573], // Solander Islands, NZ
  [123.05, -12.25], // Ashmore Reef, AU
  [123.55, -12.53], // Cartier Island, AU
];

let shared: Land | undefined;

/** The land of Natural Earth 1:10m (package world-atlas), indexed at the first call. */
export function land(): Land {
  shared ??= indexLand(landRings());
  return shared;
}

/** Every ring of the land data, without the fictional island at 0° N 0° E that Natural Earth keeps for finding errors. */
export function landRings(): readonly FlatRing[] {
  // Read with require, not import: the type of three megabytes of literal would slow every type check.
  const require = createRequire(import.meta.url);
  const path = require.resolve("world-atlas/land-10m.json");
  const topology = require(path) as LandTopology;
  // The indexes hold all that is needed; the parsed document would stay in the module cache for good.
  delete require.cache[path];
  return topology.objects.land.geometries
    .flatMap(geometry => geometry.arcs.flat())
    .map(ring => ringOf(topology, ring))
    .filter(ring => Math.hypot(ring[0]!, ring[1]!) > 0.1);
}

function indexLand(rings: readonly FlatRing[]): Land {
  const marked = new MarkedEdges();
  const coast = new ArcEdges();
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = i + 2 < ring.length ? i + 2 : 0;
      marked.add(ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!, 1);
      coast.add(ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!, 0);
    }
  }
  for (const [lonDeg, latDeg] of ISLETS) coast.add(lonDeg, latDeg, lonDeg, latDeg, 0);
  const areas = new MeridianIndex(marked);
  const arcs = new ArcTree(coast);
  return {
    contains: (latDeg, lonDeg) => areas.markAt(latDeg, lonDeg) !== 0,
    nearestCoast: (latDeg, lonDeg, withinKm) => arcs.nearest(latDeg, lonDeg, withinKm),
  };
}
