// SPDX-License-Identifier: MIT
import type { Drawing } from "../drawing/drawing.ts";
import { axisLabel, type PlotArea, plotArea } from "./axes.ts";
import { COLOUR_BAR_HEIGHT, colourBar } from "./colour-bar.ts";
import { colourScale } from "./colour-scale.ts";
import type { HeatMapOptions } from "./figure.ts";
import { drawing, layOut } from "./layout.ts";
import { extentOf } from "./scale.ts";
import { shortNumber } from "./ticks.ts";

/**
 * A table of values as colours, such as the share of terminals per delay (y) and time (x). Where there are more columns or
 * rows than pixels, neighbours are averaged.
 *
 * @throws RangeError when there are not columns × rows values, or an axis or the colours have no range.
 *
 * @example
 * ```ts
 * import { drawingToSvg, heatMap } from "@perigee/report";
 *
 * const svg = drawingToSvg(
 *   heatMap({
 *     title: "Load of the gateways over the day",
 *     x: { label: "Hour" },
 *     y: { label: "Gateway" },
 *     columns: 24,
 *     rows: 8,
 *     xRange: [0, 24],
 *     yRange: [0, 8],
 *     values: Array.from({ length: 192 }, (_, i) => Math.sin(i / 12) ** 2),
 *     colour: { label: "Load", min: 0, max: 1 },
 *   }),
 * );
 * ```
 */
export function heatMap(options: HeatMapOptions): Drawing {
  const { columns, rows, values, xRange, yRange, colour } = options;
  if (!(columns >= 1 && rows >= 1 && columns * rows === values.length)) {
    throw new RangeError(`${columns} × ${rows} cells need as many values, not ${values.length}.`);
  }
  const layout = layOut(options, []);
  const scale = colourScale(colour, extentOf([values], colour.scale === "log"), options.theme ?? "light");
  const below = { ...layout.box, top: layout.box.top + COLOUR_BAR_HEIGHT };
  const fixed = { min: xRange[0], max: xRange[1] };
  const area = plotArea(
    { ...layout, box: below },
    { ...fixed, ...options.x },
    xRange,
    { min: yRange[0], max: yRange[1], ...options.y },
    yRange,
  );
  const extent = extentOf([values]);
  const range = extent === null ? "no values" : `${shortNumber(extent[0])} to ${shortNumber(extent[1])}`;
  const description = `${axisLabel(colour)} by ${axisLabel(options.x)} and ${axisLabel(options.y)}: ${range}`;
  return drawing(layout, options, description, [
    ...colourBar(scale, colour, layout.box, layout.theme),
    { kind: "group", clip: area.clip, shapes: [grid(options, area, scale.colours, scale.level)] },
    ...area.over,
  ]);
}

function grid(
  { columns, rows, values, xRange, yRange }: HeatMapOptions,
  { x, y, box }: PlotArea,
  colours: readonly string[],
  level: (value: number) => number,
) {
  const wide = Math.min(columns, Math.ceil(box.right - box.left));
  const high = Math.min(rows, Math.ceil(box.bottom - box.top));
  const sum = new Float64Array(wide * high);
  const count = new Uint32Array(wide * high);
  for (let row = 0; row < rows; row++) {
    // Rows come from the lowest y up, a drawing's from the top down.
    const line = high - 1 - Math.floor((row * high) / rows);
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      if (Number.isNaN(value)) continue;
      const i = line * wide + Math.floor((column * wide) / columns);
      sum[i]! += value;
      count[i]! += 1;
    }
  }
  const levels = Uint8Array.from(sum, (total, i) => (count[i] === 0 ? 0 : level(total / count[i]!)));
  const [left, right] = [x.at(xRange[0]), x.at(xRange[1])];
  const [bottom, top] = [y.at(yRange[0]), y.at(yRange[1])];
  return {
    kind: "grid",
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
    columns: wide,
    rows: high,
    levels,
    colours,
  } as const;
}
