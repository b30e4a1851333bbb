// SPDX-License-Identifier: MIT
import type { Feature, FeatureCollection, MultiPolygon } from "geojson";
import type { OperatorAreaRow } from "../../pages/areas/operator-area-row.ts";

/** Areas as polygons; each ring is a piece of its own. @param open the area whose page is open */
export function areaOutlines(
  areas: readonly Pick<OperatorAreaRow, "id" | "title" | "rings">[],
  open: string | null,
): FeatureCollection<MultiPolygon> {
  const features = areas.map(
    ({ id, title, rings }): Feature<MultiPolygon> => ({
      type: "Feature",
      properties: { id, title, open: id === open },
      geometry: {
        type: "MultiPolygon",
        coordinates: rings.map(ring => [ring.map(([lon, lat]) => [lon, lat])]),
      },
    }),
  );
  return { type: "FeatureCollection", features };
}
