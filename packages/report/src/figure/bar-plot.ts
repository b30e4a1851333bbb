// SPDX-License-Identifier: MIT
import type { Drawing, Shape } from "../drawing/drawing.ts";
import { linePath, rectanglePath } from "../drawing/path-data.ts";
import { textWidth } from "../drawing/stroke-text.ts";
import { axisLabel, axisTitle, referenceLines, xGrid, xLabels } from "./axes.ts";
import type { BarPlotOptions } from "./figure.ts";
import { drawing, layOut, SIZE } from "./layout.ts";
import { domainOf, extentOf, scaleOf } from "./scale.ts";
import { seriesColour, themeOf } from "./theme.ts";
import { numberLabel, shortNumber } from "./ticks.ts";

const BAR = 15;
const GROUP_GAP = 9;

/**
 * Bars from 0 to the right, one group per category, from the top: long names stay readable. Without a height the figure
 * grows with the number of bars.
 *
 * @throws RangeError when a series has not one value per category, the value axis is no linear range with 0 in it, or there
 * are more bars than a figure of 4,000 px holds.
 *
 * @example
 * ```ts
 * import { barPlot, drawingToSvg } from "@perigee/report";
 *
 * const svg = drawingToSvg(
 *   barPlot({
 *     title: "Gateways by load",
 *     categories: ["Usingen", "Aerzen"],
 *     value: { label: "Downlink in use", unit: "%", max: 100 },
 *     series: [{ name: "load", values: [61.2, 48.9] }],
 *     digits: 1,
 *   }),
 * );
 * ```
 */
export function barPlot(options: BarPlotOptions): Drawing {
  const { categories, series, value, lines = [], digits } = options;
  for (const { name, values } of series) {
    if (values.length !== categories.length) {
      throw new RangeError(
        `Series "${name}" has ${values.length} values for ${categories.length} categories.`,
      );
    }
  }
  const theme = themeOf(options.theme);
  const legend = series.map(({ name, colour }, i) => {
    return { name, colour: colour ?? seriesColour(theme, i), mark: "area" } as const;
  });
  const shownLegend = series.length > 1 ? legend : [];
  const needed = categories.length * (series.length * BAR + GROUP_GAP) + 46;
  // Room for the texts around the bars is known only once they are set.
  const height = options.height ?? Math.max(200, Math.ceil(roomAround(options, shownLegend) + needed));
  const layout = layOut({ ...options, height }, shownLegend);
  const data = extentOf(series.map(({ values }) => values)) ?? [0, 1];
  const labelWidth = Math.min(
    categories.reduce((most, name) => Math.max(most, textWidth(name, SIZE.label)), 0),
    0.4 * (layout.box.right - layout.box.left),
  );
  const box = {
    left: layout.box.left + labelWidth + 10,
    right: layout.box.right - (digits === undefined ? 14 : 44),
    top: layout.box.top + 4,
    bottom: layout.box.bottom - 40,
  };
  const most = Math.max(2, Math.floor((box.right - box.left) / 84));
  const domain = domainOf(value, [Math.min(0, data[0]), Math.max(0, data[1])], most);
  if ((value.scale ?? "linear") !== "linear" || domain[0] > 0 || domain[1] < 0) {
    throw new RangeError("Bars start at 0: their axis must be linear and hold it.");
  }
  const x = scaleOf("linear", domain, [box.left, box.right], most);
  const groupHeight = (box.bottom - box.top) / Math.max(1, categories.length);
  const barHeight = Math.min(
    28,
    (groupHeight - Math.min(GROUP_GAP, 0.3 * groupHeight)) / Math.max(1, series.length),
  );

  const shapes: Shape[] = [...xGrid(box, x, theme)];
  categories.forEach((name, c) => {
    const middle = box.top + (c + 0.5) * groupHeight;
    const text = shortened(name, labelWidth);
    const y = middle + SIZE.label * 0.35;
    shapes.push({ kind: "text", text, x: box.left - 8, y, size: SIZE.label, fill: theme.ink, anchor: "end" });
    series.forEach(({ name: seriesName, values }, s) => {
      const bar = values[c]!;
      if (!Number.isFinite(bar)) return;
      const top = middle + (s - series.length / 2) * barHeight;
      const [from, to] = [
        x.at(Math.max(domain[0], Math.min(0, bar))),
        x.at(Math.min(domain[1], Math.max(0, bar))),
      ];
      const d = rectanglePath(from, top + 0.5, to - from, barHeight - 1);
      shapes.push({
        kind: "group",
        title: `${name}, ${seriesName}: ${shortNumber(bar, 6)}`,
        shapes: [{ kind: "path", d, fill: legend[s]!.colour }],
      });
      if (digits !== undefined) {
        shapes.push({
          kind: "text",
          text: numberLabel(bar, digits),
          x: bar < 0 ? from - 5 : to + 5,
          y: top + barHeight / 2 + SIZE.tick * 0.35,
          size: SIZE.tick,
          fill: theme.ink,
          anchor: bar < 0 ? "end" : "start",
          halo: theme.background,
        });
      }
    });
  });
  const zero = linePath(x.at(0), box.top, x.at(0), box.bottom);
  shapes.push(
    { kind: "path", d: zero, stroke: theme.axis, strokeWidth: 1.2 },
    ...xLabels(box, x, theme),
    axisTitle(value, box.right, box.bottom + 34, "end", theme),
    ...referenceLines(
      lines.map(line => ({ ...line, axis: "x" })),
      { box, x, y: x, clip: "", under: [], over: [] },
      theme,
    ),
  );
  return drawing({ ...layout, height }, options, described(options), shapes);
}

function roomAround(options: BarPlotOptions, legend: Parameters<typeof layOut>[1]): number {
  const { box, height } = layOut({ ...options, height: 4000 }, legend);
  return height - (box.bottom - box.top);
}

/** The text, or its start with an ellipsis. */
function shortened(text: string, width: number): string {
  if (textWidth(text, SIZE.label) <= width + 0.5) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, SIZE.label) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

function described({ categories, series, value }: BarPlotOptions): string {
  const rows = categories.slice(0, 20).map((name, c) => {
    const values = series.map(one => shortNumber(one.values[c]!, 4)).join(" and ");
    return `${name} ${values}`;
  });
  const more = categories.length > 20 ? `; and ${categories.length - 20} more` : "";
  return `${axisLabel(value)}: ${rows.join("; ")}${more}`;
}
