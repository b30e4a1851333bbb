// SPDX-License-Identifier: MIT
import type { Shape } from "../drawing/drawing.ts";
import { linePath, rectanglePath } from "../drawing/path-data.ts";
import { textWidth } from "../drawing/stroke-text.ts";
import type { AxisOptions, ReferenceLine } from "./figure.ts";
import { type Box, type Layout, SIZE } from "./layout.ts";
import { domainOf, type Scale, scaleOf } from "./scale.ts";
import type { Theme } from "./theme.ts";

const X_TICK_SPACING = 76;
const Y_TICK_SPACING = 34;
const LINE = 14;

/** Two axes around a box. */
export interface PlotArea {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  /** Clip path of the box. */
  readonly clip: string;
  /** Grid lines, to be drawn before the data. */
  readonly under: readonly Shape[];
  /** Axis, ticks and labels, to be drawn after the data. */
  readonly over: readonly Shape[];
}

/** Range of the data along an axis; `null` without any. */
type Extent = readonly [number, number] | null;

/** Axes that fill a layout's box; with `sameTicks` both have the steps of the one with less room. */
export function plotArea(
  layout: Layout,
  xAxis: AxisOptions,
  xData: Extent,
  yAxis: AxisOptions,
  yData: Extent,
  sameTicks = false,
): PlotArea {
  const { theme } = layout;
  const top = layout.box.top + LINE + 10;
  let mostX = Math.max(2, Math.floor((layout.box.right - layout.box.left - 40) / X_TICK_SPACING));
  const timeLines = xAxis.scale === "time" ? 2 : 1;
  const bottom = layout.box.bottom - timeLines * LINE - LINE - 14;
  let mostY = Math.max(2, Math.floor((bottom - top) / Y_TICK_SPACING));
  if (sameTicks) mostX = mostY = Math.min(mostX, mostY);
  const y = scaleOf(yAxis.scale ?? "linear", domainOf(yAxis, yData, mostY), [bottom, top], mostY);
  const widest = y.ticks.reduce((most, { label }) => Math.max(most, textWidth(label, SIZE.tick)), 0);
  const xDomain = domainOf(xAxis, xData, mostX);
  const left = layout.box.left + widest + 10;
  const right = layout.box.right - 14;
  const x = scaleOf(xAxis.scale ?? "linear", xDomain, [left, right], mostX);
  const box = { left, top, right, bottom };
  return {
    box,
    x,
    y,
    clip: rectanglePath(left - 1, top - 1, right - left + 2, bottom - top + 2),
    under: [...yGrid(box, y, theme), ...xGrid(box, x, theme)],
    over: [
      { kind: "path", d: linePath(left, bottom, right, bottom), stroke: theme.axis, strokeWidth: 1.2 },
      ...xLabels(box, x, theme),
      ...yLabels(box, y, theme),
      axisTitle(xAxis, right, bottom + timeLines * LINE + LINE + 8, "end", theme),
      axisTitle(yAxis, layout.box.left, layout.box.top + LINE - 3, "start", theme),
    ],
  };
}

/** "Round-trip time, ms"; for times that they are UTC. */
export function axisLabel({ label, unit, scale }: Pick<AxisOptions, "label" | "unit" | "scale">): string {
  const shown = unit ?? (scale === "time" ? "UTC" : undefined);
  return shown === undefined ? label : `${label}, ${shown}`;
}

/** Thin dashed lines with labels, over the data. */
export function referenceLines(lines: readonly ReferenceLine[], area: PlotArea, theme: Theme): Shape[] {
  const { box } = area;
  return lines.flatMap(({ axis, at, label }): Shape[] => {
    const place = (axis === "x" ? area.x : area.y).at(at);
    const along =
      axis === "x" ? place >= box.left && place <= box.right : place >= box.top && place <= box.bottom;
    if (!along) return [];
    const d =
      axis === "x"
        ? linePath(place, box.top, place, box.bottom)
        : linePath(box.left, place, box.right, place);
    const shapes: Shape[] = [
      { kind: "path", d, stroke: theme.ink, strokeWidth: 1.1, dash: [4, 4], opacity: 0.8 },
    ];
    if (label !== undefined) {
      const style = {
        kind: "text",
        text: label,
        size: SIZE.tick,
        fill: theme.ink,
        halo: theme.background,
      } as const;
      const leftward = axis === "x" && place + 6 + textWidth(label, SIZE.tick) > box.right;
      shapes.push(
        axis === "x"
          ? { ...style, x: place + (leftward ? -6 : 6), y: box.top + 10, anchor: leftward ? "end" : "start" }
          : { ...style, x: box.right - 4, y: place - 5, anchor: "end" },
      );
    }
    return shapes;
  });
}

export function axisTitle(
  axis: Pick<AxisOptions, "label" | "unit" | "scale">,
  x: number,
  y: number,
  anchor: "start" | "end",
  theme: Theme,
): Shape {
  return { kind: "text", text: axisLabel(axis), x, y, size: SIZE.label, fill: theme.ink, anchor };
}

export function xGrid(box: Box, x: Scale, theme: Theme): Shape[] {
  const d = x.ticks.map(({ value }) => linePath(x.at(value), box.top, x.at(value), box.bottom)).join("");
  return [{ kind: "path", d, stroke: theme.gridLine }];
}

function yGrid(box: Box, y: Scale, theme: Theme): Shape[] {
  const d = y.ticks.map(({ value }) => linePath(box.left, y.at(value), box.right, y.at(value))).join("");
  return [{ kind: "path", d, stroke: theme.gridLine }];
}

/** Tick labels below an axis; a second line after a line feed; one that would touch its neighbour is left out. */
export function xLabels(box: Box, x: Scale, theme: Theme): Shape[] {
  const shapes: Shape[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const { value, label } of x.ticks) {
    const lines = label.split("\n");
    const half = Math.max(...lines.map(line => textWidth(line, SIZE.tick))) / 2;
    const centre = x.at(value);
    if (centre - half < free) continue;
    free = centre + half + 6;
    lines.forEach((text, i) => {
      const y = box.bottom + LINE + 2 + i * LINE;
      shapes.push({ kind: "text", text, x: centre, y, size: SIZE.tick, fill: theme.quiet, anchor: "middle" });
    });
  }
  return shapes;
}

function yLabels(box: Box, y: Scale, theme: Theme): Shape[] {
  return y.ticks.map(({ value, label }) => ({
    kind: "text",
    text: label.replace("\n", " "),
    x: box.left - 8,
    y: y.at(value) + SIZE.tick * 0.35,
    size: SIZE.tick,
    fill: theme.quiet,
    anchor: "end",
  }));
}
