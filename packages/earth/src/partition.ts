// SPDX-License-Identifier: MIT
import { ArcEdges, ArcTree } from "./arc-tree.ts";
import { MarkedEdges, MeridianIndex } from "./meridian-index.ts";
import { type Territory, territories, territoryShapes } from "./territory.ts";

/** One edge of the border data. Sides are 1-based indexes into {@link territories}; 0 is nobody's sea. */
export interface PartitionEdge {
  readonly lon1: number;
  readonly lat1: number;
  readonly lon2: number;
  readonly lat2: number;
  readonly sideA: number;
  readonly sideB: number;
}

/** The division of the Earth into territories and the sea around them: no two territories overlap. */
export interface Partition {
  readonly edges: readonly PartitionEdge[];
  /** The territory whose outline holds the point. Outlines reach far out to sea. */
  at(latDeg: number, lonDeg: number): Territory | null;
  /** The territory with the nearest outline, for a point in none. */
  nearest(
    latDeg: number,
    lonDeg: number,
    withinKm: number,
  ): { territory: Territory; distanceKm: number } | null;
}

let shared: Partition | undefined;

/** The partition of the border data, indexed at the first call. */
export function partition(): Partition {
  shared ??= indexPartition(distinctEdges());
  return shared;
}

function indexPartition(edges: readonly PartitionEdge[]): Partition {
  const marked = new MarkedEdges();
  const outlines = new ArcEdges();
  for (const edge of edges) {
    // A shared edge is met once and carries both sides: leaving one territory is entering the other.
    eachPart(edge, (lon1, lat1, lon2, lat2) => {
      marked.add(lon1, lat1, lon2, lat2, edge.sideA ^ edge.sideB);
      if (!isSeam(edge)) outlines.add(lon1, lat1, lon2, lat2, edge.sideA);
    });
  }
  const areas = new MeridianIndex(marked);
  const tree = new ArcTree(outlines);
  return {
    edges,
    at(latDeg, lonDeg) {
      const mark = areas.markAt(latDeg, lonDeg);
      return mark === 0 ? null : territories[mark - 1]!;
    },
    nearest(latDeg, lonDeg, withinKm) {
      const found = tree.nearest(latDeg, lonDeg, withinKm);
      return found && { territory: territories[found.label - 1]!, distanceKm: found.distanceKm };
    },
  };
}

/** Every edge once, with the one or two territories it bounds. */
function distinctEdges(): PartitionEdge[] {
  const edges = new Map<string, PartitionEdge>();
  territoryShapes.forEach(({ polygons }, index) => {
    for (const ring of polygons.flat()) {
      for (let i = 1; i < ring.length; i++) {
        const [lon1, lat1] = ring[i - 1]!;
        const [lon2, lat2] = ring[i]!;
        const backwards = lon2 < lon1 || (lon2 === lon1 && lat2 < lat1);
        const key = backwards ? `${lon2} ${lat2} ${lon1} ${lat1}` : `${lon1} ${lat1} ${lon2} ${lat2}`;
        const known = edges.get(key);
        edges.set(
          key,
          known ? { ...known, sideB: index + 1 } : { lon1, lat1, lon2, lat2, sideA: index + 1, sideB: 0 },
        );
      }
    }
  });
  return [...edges.values()];
}

/** The border data cuts shapes at the antimeridian and at the pole; such cuts are no outline. */
function isSeam({ lon1, lat1, lon2, lat2 }: PartitionEdge): boolean {
  return (Math.abs(lon1) === 180 && lon1 === lon2) || (Math.abs(lat1) === 90 && lat1 === lat2);
}

/** The edge in parts short enough that "the short way round" is the way the border data means. */
function eachPart(
  { lon1, lat1, lon2, lat2 }: PartitionEdge,
  visit: (lon1: number, lat1: number, lon2: number, lat2: number) => void,
): void {
  const parts = Math.ceil(Math.abs(lon2 - lon1) / 90) || 1;
  const lon = (i: number) => (i === parts ? lon2 : lon1 + ((lon2 - lon1) * i) / parts);
  const lat = (i: number) => (i === parts ? lat2 : lat1 + ((lat2 - lat1) * i) / parts);
  for (let i = 0; i < parts; i++) visit(lon(i), lat(i), lon(i + 1), lat(i + 1));
}
