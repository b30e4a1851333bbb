// SPDX-License-Identifier: MIT
import { type GeoPath, geoDistance, geoGraticule, geoPath } from "d3-geo";
import type { Drawing, Shape } from "../drawing/drawing.ts";
import { dotsPath, rectanglePath } from "../drawing/path-data.ts";
import { axisLabel } from "../figure/axes.ts";
import { COLOUR_BAR_HEIGHT, colourBar } from "../figure/colour-bar.ts";
import { type ColourScale, colourScale } from "../figure/colour-scale.ts";
import { type LabelledPoint, pointLabels } from "../figure/labels.ts";
import { drawing, type LegendEntry, layOut } from "../figure/layout.ts";
import { extentOf } from "../figure/scale.ts";
import { seriesColour, themeOf } from "../figure/theme.ts";
import { numberLabel, shortNumber } from "../figure/ticks.ts";
import { cellShapes } from "./cell-shapes.ts";
import { landPolygons } from "./land.ts";
import type { CellLayer, MapLayer, MapOptions, PathLayer, PointLayer } from "./map.ts";
import { aspectOf, type FittedProjection, fitted } from "./projection.ts";

const WIDTH = 960;
const POINT_RADIUS = 2.2;

/**
 * A map of the Earth or a part of it: cells coloured by value, great circles, points, over land that the caller gives as
 * GeoJSON. Paths are cut at the map's edges, so one across the antimeridian goes off on one side and comes in on the other.
 * Without a height the figure is as high as its map.
 *
 * @throws RangeError when a layer's arrays differ in length, there is more than one layer of cells, or the extent is empty.
 *
 * @example
 * ```ts
 * import { drawingToSvg, worldMap } from "@perigee/report";
 *
 * const svg = drawingToSvg(
 *   worldMap({
 *     title: "Two gateways and a laser path",
 *     projection: "equalEarth",
 *     layers: [
 *       { kind: "paths", name: "path", paths: [[[139.7, 35.7], [-122.3, 47.6]]] },
 *       { kind: "points", name: "gateway", latDeg: [35.7, 47.6], lonDeg: [139.7, -122.3], labels: ["Tokyo", "Seattle"] },
 *     ],
 *   }),
 * );
 * ```
 */
export function worldMap(options: MapOptions): Drawing {
  const { layers } = options;
  checkLayers(layers);
  const theme = themeOf(options.theme);
  const cells = layers.find(layer => layer.kind === "cells");
  const legend: LegendEntry[] = layers.flatMap((layer, i) =>
    layer.kind === "cells" || layer.name === ""
      ? []
      : [
          {
            name: layer.name,
            colour: layer.colour ?? seriesColour(theme, colourIndex(layers, i)),
            mark: layer.kind === "points" ? "dot" : "line",
          } as const,
        ],
  );
  const keyHeight = cells === undefined ? 0 : COLOUR_BAR_HEIGHT + 4;
  const width = options.width ?? WIDTH;
  const height = options.height ?? heightFor({ ...options, width }, legend, keyHeight);
  const layout = layOut({ ...options, width, height }, legend);
  const map = fitted(options, { ...layout.box, top: layout.box.top + keyHeight });
  const path = geoPath(map.projection).digits(2);
  const round = options.extent === undefined;
  const frame = round
    ? (path({ type: "Sphere" }) ?? "")
    : rectanglePath(map.box.left, map.box.top, map.box.right - map.box.left, map.box.bottom - map.box.top);

  const shapes: Shape[] = [{ kind: "path", d: frame, fill: theme.ocean }];
  let land: string | null = null;
  if (options.land !== undefined) land = path(landPolygons(options.land));
  if (land !== null) shapes.push({ kind: "path", d: land, fill: theme.land });
  shapes.push({
    kind: "path",
    d: path(geoGraticule().step([30, 30])()) ?? "",
    stroke: theme.gridLine,
    strokeWidth: 0.7,
  });
  const scale = cells === undefined ? null : scaleOf(cells, options);
  if (cells !== undefined && scale !== null) {
    shapes.push({ kind: "group", title: cells.name, shapes: cellShapes(cells, scale, map) });
  }
  if (land !== null) shapes.push({ kind: "path", d: land, stroke: theme.coast, strokeWidth: 0.6 });
  const names: Shape[] = [];
  layers.forEach((layer, i) => {
    if (layer.kind === "cells") return;
    const colour = layer.colour ?? seriesColour(theme, colourIndex(layers, i));
    if (layer.kind === "paths") {
      shapes.push(greatCircles(layer, colour, path));
      return;
    }
    const visible = visiblePoints(layer, options, map);
    const radius = layer.radius ?? POINT_RADIUS;
    const d = dotsPath(visible.map(({ x, y }) => [x, y] as const));
    shapes.push({
      kind: "group",
      title: layer.name,
      shapes: [
        { kind: "path", d, stroke: theme.background, strokeWidth: 2 * radius + 1.2, opacity: 0.7 },
        { kind: "path", d, stroke: colour, strokeWidth: 2 * radius },
      ],
    });
    names.push(...pointLabels(visible, radius, map.box, theme));
  });
  return drawing({ ...layout, width, height }, options, described(options, cells), [
    ...(cells === undefined || scale === null ? [] : colourBar(scale, cells.colour, layout.box, theme)),
    { kind: "group", clip: frame, shapes },
    { kind: "path", d: frame, stroke: theme.coast, strokeWidth: 0.8 },
    ...names,
  ]);
}

function checkLayers(layers: readonly MapLayer[]): void {
  if (layers.filter(({ kind }) => kind === "cells").length > 1) {
    throw new RangeError("A map has one layer of cells at most: one colour scale can be read, two cannot.");
  }
  for (const layer of layers) {
    if (layer.kind === "paths") continue;
    const rows = layer.kind === "cells" ? layer.values.length : layer.latDeg.length;
    const labels = layer.kind === "points" ? (layer.labels?.length ?? rows) : rows;
    if (layer.latDeg.length !== rows || layer.lonDeg.length !== rows || labels !== rows) {
      throw new RangeError(`Layer "${layer.name}" has arrays of different length.`);
    }
  }
}

/** Layers without a colour of their own take the palette in order, cells not counted. */
function colourIndex(layers: readonly MapLayer[], i: number): number {
  return layers.slice(0, i).filter(({ kind }) => kind !== "cells").length;
}

/** The texts' height and what the map needs at full width, at most a square of 1.1 times it. */
function heightFor(options: MapOptions, legend: readonly LegendEntry[], keyHeight: number): number {
  const { box, height } = layOut({ ...options, height: 4000 }, legend);
  const across = box.right - box.left;
  const around = height - (box.bottom - box.top) + keyHeight;
  return Math.round(Math.max(200, Math.min(4000, around + across * Math.min(1.1, aspectOf(options)))));
}

function scaleOf({ values, colour }: CellLayer, { theme = "light" }: MapOptions): ColourScale {
  return colourScale(colour, extentOf([values], colour.scale === "log"), theme);
}

function greatCircles({ name, paths, strokeWidth = 1.2 }: PathLayer, stroke: string, path: GeoPath): Shape {
  const coordinates = paths.map(points => points.map(([lon, lat]): [number, number] => [lon, lat]));
  const d = path({ type: "MultiLineString", coordinates }) ?? "";
  return { kind: "group", title: name, shapes: [{ kind: "path", d, stroke, strokeWidth, opacity: 0.9 }] };
}

/** Points on the near side and inside the map's box, with their names. */
function visiblePoints(
  { latDeg, lonDeg, labels }: PointLayer,
  { projection: kind }: MapOptions,
  { projection, box }: FittedProjection,
): LabelledPoint[] {
  const [lambda = 0, phi = 0] = projection.rotate();
  const points: LabelledPoint[] = [];
  for (let i = 0; i < latDeg.length; i++) {
    const place: [number, number] = [lonDeg[i]!, latDeg[i]!];
    if (kind === "orthographic" && !(geoDistance(place, [-lambda, -phi]) < Math.PI / 2)) continue;
    const [x, y] = projection(place) ?? [Number.NaN, Number.NaN];
    if (!(x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)) continue;
    points.push({ x, y, text: labels?.[i] ?? "" });
  }
  return points;
}

function described({ layers }: MapOptions, cells: CellLayer | undefined): string {
  const parts = layers.map(layer => {
    const count =
      layer.kind === "points"
        ? layer.latDeg.length
        : layer.kind === "paths"
          ? layer.paths.length
          : layer.values.length;
    return `${layer.name}: ${numberLabel(count, 0)}`;
  });
  const extent = cells === undefined ? null : extentOf([cells.values]);
  const range =
    cells === undefined || extent === null
      ? ""
      : `. ${axisLabel({ label: cells.colour.label, ...(cells.colour.unit === undefined ? {} : { unit: cells.colour.unit }) })}: ${shortNumber(extent[0])} to ${shortNumber(extent[1])}`;
  return `Map. ${parts.join(", ")}${range}`;
}
