// SPDX-License-Identifier: MIT
import type { Drawing, Shape } from "../drawing/drawing.ts";
import { coordinate, dotsPath, linePath } from "../drawing/path-data.ts";
import { axisLabel, plotArea } from "./axes.ts";
import type { ScatterPlotOptions } from "./figure.ts";
import { type LabelledPoint, pointLabels } from "./labels.ts";
import { drawing, layOut, SIZE } from "./layout.ts";
import { extentOf } from "./scale.ts";
import { seriesColour, themeOf } from "./theme.ts";

const RADIUS = 3;

/**
 * One dot per pair of values, such as modelled against measured delay; with the line y = x both axes have one range, and
 * dots on it agree. Dots at the same tenth of a pixel are drawn once.
 *
 * @throws RangeError when a group has not as many y as x (and labels), or an axis has no range.
 *
 * @example
 * ```ts
 * import { drawingToSvg, scatterPlot } from "@perigee/report";
 *
 * const svg = drawingToSvg(
 *   scatterPlot({
 *     title: "Modelled against measured medians",
 *     x: { label: "Measured", unit: "ms" },
 *     y: { label: "Modelled", unit: "ms" },
 *     groups: [{ name: "countries", x: [31, 44, 58], y: [30, 45, 61], labels: ["DE", "BR", "KE"] }],
 *     diagonal: true,
 *   }),
 * );
 * ```
 */
export function scatterPlot(options: ScatterPlotOptions): Drawing {
  const { groups, diagonal = false } = options;
  for (const { name, x, y, labels } of groups) {
    if (x.length !== y.length || (labels !== undefined && labels.length !== x.length)) {
      throw new RangeError(`Group "${name}" has not one length in x, y and labels.`);
    }
  }
  const theme = themeOf(options.theme);
  const legend = groups.map(({ name, colour }, i) => {
    return { name, colour: colour ?? seriesColour(theme, i), mark: "dot" } as const;
  });
  const size = diagonal ? { width: 560, height: 600 } : undefined;
  const layout = layOut(options, groups.length > 1 ? legend : [], size);
  const xs = groups.map(({ x }) => x);
  const ys = groups.map(({ y }) => y);
  const xAxis = { ...options.x };
  const yAxis = { ...options.y };
  if (diagonal) {
    const min = xAxis.min ?? yAxis.min;
    const max = xAxis.max ?? yAxis.max;
    if (min !== undefined) xAxis.min = yAxis.min = min;
    if (max !== undefined) xAxis.max = yAxis.max = max;
  }
  const xData = extentOf(diagonal ? [...xs, ...ys] : xs, xAxis.scale === "log");
  const yData = diagonal ? xData : extentOf(ys, yAxis.scale === "log");
  let area = plotArea(layout, xAxis, xData, yAxis, yData, diagonal);
  if (diagonal) {
    // Axes round outwards on their own; the line y = x is only a diagonal if they agree.
    const range = { min: Math.min(area.x.min, area.y.min), max: Math.max(area.x.max, area.y.max) };
    area = plotArea(layout, { ...xAxis, ...range }, xData, { ...yAxis, ...range }, yData, true);
  }

  const names: LabelledPoint[] = [];
  const dots = groups.map(({ name, x, y, labels }, i): Shape => {
    const points = new Map<string, readonly [number, number]>();
    for (let p = 0; p < x.length; p++) {
      const at = [area.x.at(x[p]!), area.y.at(y[p]!)] as const;
      const { left, right, top, bottom } = area.box;
      const inside = at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom;
      if (!inside) continue;
      points.set(`${coordinate(at[0] * 0.1)} ${coordinate(at[1] * 0.1)}`, at);
      names.push({ x: at[0], y: at[1], text: labels?.[p] ?? "" });
    }
    const stroke = legend[i]!.colour;
    const d = dotsPath(points.values());
    return {
      kind: "group",
      title: name,
      shapes: [
        { kind: "path", d, stroke: theme.background, strokeWidth: 2 * RADIUS + 1.4 },
        { kind: "path", d, stroke, strokeWidth: 2 * RADIUS },
      ],
    };
  });
  const line: Shape[] = [];
  if (diagonal) {
    const [from, to] = [area.x.min, area.x.max];
    const d = linePath(area.x.at(from), area.y.at(from), area.x.at(to), area.y.at(to));
    line.push({ kind: "path", d, stroke: theme.axis, strokeWidth: 1.2, dash: [5, 4] });
    line.push({
      kind: "text",
      text: "y = x",
      x: area.x.at(to) - 26,
      y: area.y.at(to) + 16,
      size: SIZE.tick,
      fill: theme.quiet,
      anchor: "end",
      halo: theme.background,
    });
  }
  return drawing(layout, options, described(options), [
    ...area.under,
    ...line,
    ...area.over,
    ...dots,
    ...pointLabels(names, RADIUS, area.box, theme),
  ]);
}

function described({ x, y, groups }: ScatterPlotOptions): string {
  const counts = groups.map(group => `${group.name}: ${group.x.length} points`).join("; ");
  return `${axisLabel(y)} against ${axisLabel(x)}. ${counts}`;
}
