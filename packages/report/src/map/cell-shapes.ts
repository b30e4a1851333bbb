// SPDX-License-Identifier: MIT
import { geoPath } from "d3-geo";
import type { GridShape, Shape } from "../drawing/drawing.ts";
import type { ColourScale } from "../figure/colour-scale.ts";
import { CellIndex } from "./cell-index.ts";
import { rewound } from "./land.ts";
import type { CellLayer } from "./map.ts";
import type { FittedProjection } from "./projection.ts";

const OUTLINE_LIMIT = 8000;
/** Cells whose centre lies this far outside the map may still reach into it. */
const MARGIN_KM = 30;
/** Area of an H3 cell of resolution 5, mean over the globe, km² (h3geo.org, table of cell statistics). */
const CELL_AREA_KM2 = 252.9;
/** Side of a pixel of aggregated cells, CSS pixels. */
const PIXEL = 1.25;

/** A layer of cells as shapes: outlines of few, a raster of many. */
export function cellShapes(layer: CellLayer, scale: ColourScale, fitted: FittedProjection): Shape[] {
  const { boundary, outlineLimit = OUTLINE_LIMIT } = layer;
  if (boundary !== undefined) {
    const inView = cellsInView(layer, fitted, outlineLimit);
    if (inView !== null) return outlines(layer, inView, boundary, scale, fitted);
  }
  return [raster(layer, scale, fitted)];
}

/** Cells whose centres lie in the map's box or near it; `null` when they are more than `limit`. */
function cellsInView(
  { latDeg, lonDeg, values }: CellLayer,
  map: FittedProjection,
  limit: number,
): number[] | null {
  const { projection, pxPerKm, box } = map;
  const margin = MARGIN_KM * pxPerKm;
  const inView: number[] = [];
  for (let cell = 0; cell < values.length; cell++) {
    const [x, y] = projection([lonDeg[cell]!, latDeg[cell]!]) ?? [Number.NaN, Number.NaN];
    const inX = x >= box.left - margin && x <= box.right + margin;
    const inY = y >= box.top - margin && y <= box.bottom + margin;
    if (inX && inY && inView.push(cell) > limit) return null;
  }
  return inView;
}

/** One path per colour; a thin stroke in the same colour closes the seams between neighbours. */
function outlines(
  { values }: CellLayer,
  cells: readonly number[],
  boundary: NonNullable<CellLayer["boundary"]>,
  scale: ColourScale,
  { projection }: FittedProjection,
): Shape[] {
  const path = geoPath(projection).digits(2);
  const paths: string[] = scale.colours.map(() => "");
  for (const cell of cells) {
    const level = scale.level(values[cell]!);
    if (level === 0) continue;
    const corners = boundary(cell).map(([lon, lat]): [number, number] => [lon, lat]);
    if (corners.length < 3) continue;
    const coordinates = rewound([[...corners, corners[0]!]]);
    paths[level - 1]! += path({ type: "Polygon", coordinates }) ?? "";
  }
  return paths.flatMap((d, i): Shape[] => {
    const colour = scale.colours[i]!;
    return d === "" ? [] : [{ kind: "path", d, fill: colour, stroke: colour, strokeWidth: 0.4 }];
  });
}

/** Every pixel asks which place it shows and takes that place's value. */
function raster(
  layer: CellLayer,
  scale: ColourScale,
  { projection, pxPerKm, box }: FittedProjection,
): GridShape {
  const spacingKm = 1.4 * Math.sqrt(layer.cellAreaKm2 ?? CELL_AREA_KM2);
  const index = new CellIndex(layer, Math.max(spacingKm, PIXEL / pxPerKm));
  const columns = Math.max(1, Math.round((box.right - box.left) / PIXEL));
  const rows = Math.max(1, Math.round((box.bottom - box.top) / PIXEL));
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const levels = new Uint8Array(columns * rows);
  const invert = projection.invert;
  if (invert === undefined) throw new RangeError("The projection has no inverse.");
  for (let row = 0; row < rows; row++) {
    const y = box.top + ((row + 0.5) * height) / rows;
    for (let column = 0; column < columns; column++) {
      const x = box.left + ((column + 0.5) * width) / columns;
      const place = invert([x, y]);
      if (place === null || !Number.isFinite(place[0]) || !Number.isFinite(place[1])) continue;
      // Beyond the map's edge an inverse still gives some place, but that place is drawn elsewhere.
      const back = projection(place);
      if (back === null || Math.abs(back[0] - x) + Math.abs(back[1] - y) > 0.5) continue;
      levels[row * columns + column] = scale.level(index.at(place[1], place[0]));
    }
  }
  return {
    kind: "grid",
    x: box.left,
    y: box.top,
    width,
    height,
    columns,
    rows,
    levels,
    colours: scale.colours,
  };
}
