// SPDX-License-Identifier: MIT
import type { TerminalRow } from "@perigee/operator/contract";
import type { Feature, FeatureCollection, Point } from "geojson";
import type { CaseOnMap } from "../../data/cases.ts";

/** What the map shows of a case: rings around terminals that are looked at, dots where documents name a place. */
export function caseFeatures(
  { candidates, places }: CaseOnMap,
  terminals: readonly Pick<TerminalRow, "id" | "position">[],
): FeatureCollection<Point> {
  const positions = new Map(terminals.map(({ id, position }) => [id, position]));
  const features: Feature<Point>[] = places.map(({ name, latDeg, lonDeg }) =>
    point(latDeg, lonDeg, { kind: "place", name }),
  );
  for (const { terminalId, protectedSite } of candidates) {
    const at = positions.get(terminalId);
    if (at) features.push(point(at.latDeg, at.lonDeg, { kind: protectedSite ? "protected" : "candidate" }));
  }
  return { type: "FeatureCollection", features };
}

function point(latDeg: number, lonDeg: number, properties: Record<string, string>): Feature<Point> {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lonDeg, latDeg] } };
}
