// SPDX-License-Identifier: MIT
import { cellBoundary, cellName, landOutline } from "@perigee/earth";
import {
  type CellLayer,
  type ColourScaleOptions,
  type Drawing,
  type MapLayer,
  type MapOptions,
  worldMap,
} from "@perigee/report";
import type { StudyCells } from "./cells.ts";

/** Cells of a study coloured by a value each; NaN leaves one out, and so does not being counted. */
export function cellMap(
  study: StudyCells,
  values: ArrayLike<number>,
  colour: ColourScaleOptions,
  texts: Pick<MapOptions, "title" | "subtitle" | "source">,
  options: { readonly combine?: CellLayer["combine"]; readonly layers?: readonly MapLayer[] } = {},
): Drawing {
  const { cells, counted, extent } = study;
  const layer: CellLayer = {
    kind: "cells",
    name: colour.label,
    latDeg: cells.latDeg,
    lonDeg: cells.lonDeg,
    values: Float64Array.from(values, (value, c) => (counted[c] === 1 ? value : Number.NaN)),
    colour,
    boundary: c => cellBoundary(cellName(cells, c)).map(({ latDeg, lonDeg }) => [lonDeg, latDeg] as const),
    ...(options.combine === undefined ? {} : { combine: options.combine }),
  };
  return worldMap({
    ...texts,
    land: landOutline(extent === null ? "110m" : "50m"),
    ...(extent === null ? {} : { extent, projection: "equirectangular" as const }),
    layers: [layer, ...(options.layers ?? [])],
  });
}
