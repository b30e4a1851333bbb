// SPDX-License-Identifier: MIT
import type { FlatEdges } from "./rings.ts";

type Span = readonly [south: number, north: number];

/**
 * The edges that are edges on the globe too: without those along a pole, which are a point, and without the seams where
 * an area was cut at the antimeridian and goes on on the other side.
 */
export function trueEdges(edges: FlatEdges): FlatEdges {
  const kept: number[] = [];
  const seams: { readonly [side in "east" | "west"]: Span[] } = { east: [], west: [] };
  for (let e = 0; e < edges.count; e++) {
    const [x1, y1, x2, y2] = [edges.lon1[e]!, edges.lat1[e]!, edges.lon2[e]!, edges.lat2[e]!];
    if (Math.abs(y1) === 90 && y1 === y2) continue;
    if (Math.abs(x1) === 180 && x1 === x2) {
      seams[x1 > 0 ? "east" : "west"].push([Math.min(y1, y2), Math.max(y1, y2)]);
    } else kept.push(e);
  }
  const onSeam = onOneSideOnly(seams.east, seams.west);
  const count = kept.length + onSeam.length;
  const column = (from: Float64Array, ofSeam: (span: Span) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) =>
      i < kept.length ? from[kept[i]!]! : ofSeam(onSeam[i - kept.length]!),
    );
  return {
    count,
    lon1: column(edges.lon1, () => 180),
    lat1: column(edges.lat1, span => span[0]),
    lon2: column(edges.lon2, () => 180),
    lat2: column(edges.lat2, span => span[1]),
    ring: new Int32Array(count),
    place: new Int32Array(count),
  };
}

/** The stretches of the antimeridian that are covered from the east or from the west, not from both. */
function onOneSideOnly(east: readonly Span[], west: readonly Span[]): readonly Span[] {
  const cuts = [...new Set([...east, ...west].flat())].sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const span: Span = [cuts[i]!, cuts[i + 1]!];
    const isIn = (others: readonly Span[]): boolean =>
      others.some(([south, north]) => south <= span[0] && span[1] <= north);
    if (isIn(east) !== isIn(west)) spans.push(span);
  }
  return spans;
}
