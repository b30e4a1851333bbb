// SPDX-License-Identifier: MIT
import type { Drawing, Shape } from "../drawing/drawing.ts";
import { dotsPath } from "../drawing/path-data.ts";
import { axisLabel, type PlotArea, plotArea, referenceLines } from "./axes.ts";
import { bandPath, curvePath } from "./curve.ts";
import type { Band, LinePlotOptions, Series } from "./figure.ts";
import { drawing, type LegendEntry, layOut } from "./layout.ts";
import { extentOf } from "./scale.ts";
import { seriesColour, type Theme, themeOf } from "./theme.ts";
import { shortNumber } from "./ticks.ts";

const DASH = { solid: undefined, dashed: [7, 5], dotted: [1, 5] } as const;
const BAND_OPACITY = 0.28;
const AUTO_DASH = ["solid", "dashed", "dotted"] as const;

/**
 * Lines over a common axis, such as the delay of several places over a day: steps, gaps, bands and reference lines. A
 * series of any length makes a small file, as no more points are kept than pixels show.
 *
 * @throws RangeError when a series has not as many y as x, or an axis has no range.
 *
 * @example
 * ```ts
 * import { drawingToSvg, linePlot } from "@perigee/report";
 *
 * const at = Array.from({ length: 240 }, (_, i) => Date.UTC(2026, 2, 1) + 15_000 * i);
 * const svg = drawingToSvg(
 *   linePlot({
 *     title: "Delay steps at the slot's edge",
 *     source: "perigee 0.1.0 · seed 7",
 *     x: { label: "Time", scale: "time" },
 *     y: { label: "Round-trip time", unit: "ms", min: 0 },
 *     series: [{ name: "Berlin", x: at, y: at.map((_, i) => 30 + (i % 7)), step: true }],
 *     lines: [{ axis: "y", at: 33, label: "median" }],
 *   }),
 * );
 * ```
 */
export function linePlot(options: LinePlotOptions): Drawing {
  const { series, bands = [], lines = [] } = options;
  for (const { name, x, y } of series) {
    if (x.length !== y.length) throw new RangeError(`Series "${name}" has ${x.length} x and ${y.length} y.`);
  }
  for (const { name, x, low, high } of bands) {
    if (x.length !== low.length || x.length !== high.length) {
      throw new RangeError(`Band "${name}" has not one length in x, low and high.`);
    }
  }
  const theme = themeOf(options.theme);
  const several = series.length + bands.length > 1;
  const legend = [
    ...series.map((one, i): LegendEntry => {
      const dash = dashOf(one, i, theme);
      return {
        name: one.name,
        colour: colourOf(one, i, theme),
        mark: "line",
        ...(dash === undefined ? {} : { dash }),
      };
    }),
    ...bands.map(
      (band, i): LegendEntry => ({
        name: band.name,
        colour: bandColour(band, i, theme),
        mark: "area",
        opacity: BAND_OPACITY,
      }),
    ),
  ];
  const layout = layOut(options, several ? legend : []);
  const xData = extentOf([...series, ...bands].map(({ x }) => x));
  const yData = extentOf(
    [...series.map(({ y }) => y), ...bands.flatMap(({ low, high }) => [low, high])],
    options.y.scale === "log",
  );
  const area = plotArea(layout, fitted(options.x, xData), xData, options.y, yData);
  const data: Shape[] = [
    ...bands.map(
      (band, i): Shape => ({
        kind: "path",
        d: bandPath(band.x, band.low, band.high, area.x, area.y),
        fill: bandColour(band, i, theme),
        opacity: BAND_OPACITY,
      }),
    ),
    ...series.map((one, i) => line(one, i, area, theme)),
  ];
  return drawing(layout, options, described(options), [
    ...area.under,
    { kind: "group", clip: area.clip, shapes: data },
    ...area.over,
    ...series.flatMap((one, i) => dots(one, i, area, theme)),
    ...referenceLines(lines, area, theme),
  ]);
}

/** A time axis ends where its data end, not at the next tick, which may be hours away. */
function fitted(axis: LinePlotOptions["x"], data: readonly [number, number] | null): LinePlotOptions["x"] {
  if (axis.scale !== "time" || data === null || data[0] === data[1]) return axis;
  // Slots begin 12 s after the quarter minute: an end that close to a round time moves there, and the tick is shown.
  const near = 0.01 * (data[1] - data[0]);
  const round = [86_400_000, 3_600_000, 600_000, 60_000].find(unit => unit <= data[1] - data[0]) ?? 1000;
  const first = Math.floor(data[0] / round) * round;
  const last = Math.ceil(data[1] / round) * round;
  return {
    ...axis,
    min: axis.min ?? (data[0] - first < near ? first : data[0]),
    max: axis.max ?? (last - data[1] < near ? last : data[1]),
  };
}

function line(series: Series, i: number, area: PlotArea, theme: Theme): Shape {
  const { name, x, y, step = false } = series;
  const stroke = colourOf(series, i, theme);
  const dash = dashOf(series, i, theme);
  const d = curvePath(x, y, area.x, area.y, step);
  // A line that goes up and down in every pixel is an area; a thin pen leaves some of its shape.
  const strokeWidth = turns(y) > area.box.right - area.box.left ? 1.1 : 1.8;
  const path: Shape = { kind: "path", d, stroke, strokeWidth, ...(dash === undefined ? {} : { dash }) };
  return { kind: "group", title: name, shapes: [path] };
}

/** The points of a series inside the axes, whole also where they lie on an edge. */
function dots({ x, y, points = false, ...series }: Series, i: number, area: PlotArea, theme: Theme): Shape[] {
  const inside: [number, number][] = [];
  for (let p = 0; points && p < x.length; p++) {
    const [px, py] = [area.x.at(x[p]!), area.y.at(y[p]!)];
    const { left, right, top, bottom } = area.box;
    if (px >= left - 0.5 && px <= right + 0.5 && py >= top - 0.5 && py <= bottom + 0.5) inside.push([px, py]);
  }
  return [{ kind: "path", d: dotsPath(inside), stroke: colourOf(series, i, theme), strokeWidth: 5 }];
}

/** How often a curve turns from up to down or back. */
function turns(y: ArrayLike<number>): number {
  let count = 0;
  for (let i = 2; i < y.length; i++) if ((y[i]! - y[i - 1]!) * (y[i - 1]! - y[i - 2]!) < 0) count++;
  return count;
}

function colourOf({ colour }: { readonly colour?: string }, i: number, theme: Theme): string {
  return colour ?? seriesColour(theme, i);
}

function bandColour({ colour }: Band, i: number, theme: Theme): string {
  return colour ?? seriesColour(theme, i);
}

function dashOf({ dash }: Series, i: number, theme: Theme): readonly number[] | undefined {
  return DASH[dash ?? AUTO_DASH[Math.floor(i / theme.series.length) % AUTO_DASH.length]!];
}

function described({ x, y, series }: LinePlotOptions): string {
  const ranges = series.slice(0, 12).map(one => {
    const extent = extentOf([one.y]);
    return extent === null
      ? `${one.name}: no values`
      : `${one.name}: ${shortNumber(extent[0])} to ${shortNumber(extent[1])}`;
  });
  const more = series.length > 12 ? `; and ${series.length - 12} more` : "";
  return `${axisLabel(y)} over ${axisLabel(x)}. ${ranges.join("; ")}${more}`;
}
