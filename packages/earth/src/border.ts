// SPDX-License-Identifier: MIT
import { ArcEdges, ArcTree } from "./arc-tree.ts";
import { type BoundaryView, countryUnder } from "./boundary-view.ts";
import { disputedTerritories } from "./disputed-territory.ts";
import { distanceKm, EARTH_RADIUS_KM } from "./geodesy.ts";
import { land } from "./land.ts";
import { type PartitionEdge, partition } from "./partition.ts";
import { COAST_TOLERANCE_KM } from "./place.ts";
import { assertPosition } from "./position.ts";
import { stitch } from "./stitch.ts";
import { territories } from "./territory.ts";

/** The land border between two countries under a view: a GeoJSON feature (RFC 7946), longitude first. */
export interface BorderFeature {
  readonly type: "Feature";
  readonly properties: {
    /** Country codes, sorted; the territory's id for a side that belongs to no country. */
    readonly between: readonly [string, string];
    /** Whether a disputed territory lies along it, on either side. */
    readonly disputed: boolean;
  };
  readonly geometry: {
    readonly type: "MultiLineString";
    readonly coordinates: readonly (readonly (readonly [lonDeg: number, latDeg: number])[])[];
  };
}

export interface BorderCollection {
  readonly type: "FeatureCollection";
  readonly features: readonly BorderFeature[];
}

/** Step in which a border is asked whether it runs over land. */
const STEP_KM = 4;

const disputedIds: ReadonlySet<string> = new Set(disputedTerritories.map(({ id }) => id));

let landPieces: readonly PartitionEdge[] | undefined;
const treeByView = new WeakMap<BoundaryView, ArcTree>();

/**
 * Every land border under a view, one feature for each pair of neighbours, lines joined end to end. Territories of one
 * country leave no line between them. Borders over water are left out, except within {@link COAST_TOLERANCE_KM} of
 * a coast; the line is never more than 4 km too long or short there. No line crosses the antimeridian.
 */
export function bordersOf(view: BoundaryView): BorderCollection {
  const groups = Map.groupBy(borderPieces(view), piece => `${piece.between.join(" ")} ${piece.disputed}`);
  const features = [...groups.keys()].sort().map((key): BorderFeature => {
    const pieces = groups.get(key)!;
    const { between, disputed } = pieces[0]!;
    const coordinates = stitch(pieces.map(piece => piece.edge));
    return {
      type: "Feature",
      properties: { between, disputed },
      geometry: { type: "MultiLineString", coordinates },
    };
  });
  return { type: "FeatureCollection", features };
}

/**
 * Distance in kilometres from a point to the nearest land border under a view, as drawn by {@link bordersOf}.
 * Measured on the sphere; the border data itself lies within about 0.5 km of surveyed borders (median), 4 km at worst.
 *
 * @throws RangeError on a position that is none.
 */
export function distanceToBorderKm(latDeg: number, lonDeg: number, view: BoundaryView): number {
  assertPosition(latDeg, lonDeg);
  let tree = treeByView.get(view);
  if (!tree) {
    const arcs = new ArcEdges();
    for (const { edge } of borderPieces(view)) arcs.add(edge.lon1, edge.lat1, edge.lon2, edge.lat2, 0);
    tree = new ArcTree(arcs);
    treeByView.set(view, tree);
  }
  // A view that gives the whole world to one country has no border at all.
  return tree.nearest(latDeg, lonDeg)?.distanceKm ?? Math.PI * EARTH_RADIUS_KM;
}

interface BorderPiece {
  readonly edge: PartitionEdge;
  readonly between: readonly [string, string];
  readonly disputed: boolean;
}

function borderPieces(view: BoundaryView): BorderPiece[] {
  const holders = territories.map(territory => countryUnder(view, territory) ?? territory.id);
  landPieces ??= partition()
    .edges.filter(edge => edge.sideB !== 0)
    .flatMap(overLand);
  return landPieces.flatMap(edge => {
    const [a, b] = [edge.sideA - 1, edge.sideB - 1];
    const [holderA, holderB] = [holders[a]!, holders[b]!];
    if (holderA === holderB) return [];
    const disputed = disputedIds.has(territories[a]!.id) || disputedIds.has(territories[b]!.id);
    return [{ edge, between: holderA < holderB ? [holderA, holderB] : [holderB, holderA], disputed }];
  });
}

/** The parts of an edge that run over land or close to it; the edge itself when it does so throughout. */
function overLand(edge: PartitionEdge): PartitionEdge[] {
  const { lon1, lat1, lon2, lat2 } = edge;
  const lengthKm = distanceKm({ latDeg: lat1, lonDeg: lon1 }, { latDeg: lat2, lonDeg: lon2 });
  const steps = Math.max(1, Math.ceil(lengthKm / STEP_KM));
  const lonAt = (i: number) => (i === steps ? lon2 : lon1 + ((lon2 - lon1) * i) / steps);
  const latAt = (i: number) => (i === steps ? lat2 : lat1 + ((lat2 - lat1) * i) / steps);
  const parts: PartitionEdge[] = [];
  let start = -1;
  for (let i = 0; i <= steps; i++) {
    const isOver = i < steps && isLandAt(latAt(i + 0.5), lonAt(i + 0.5));
    if (isOver && start < 0) start = i;
    if (!isOver && start >= 0) {
      parts.push({ ...edge, lon1: lonAt(start), lat1: latAt(start), lon2: lonAt(i), lat2: latAt(i) });
      start = -1;
    }
  }
  return parts;
}

function isLandAt(latDeg: number, lonDeg: number): boolean {
  return land().contains(latDeg, lonDeg) || land().nearestCoast(latDeg, lonDeg, COAST_TOLERANCE_KM) !== null;
}
