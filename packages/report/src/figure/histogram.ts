// SPDX-License-Identifier: MIT
import type { Drawing, Shape } from "../drawing/drawing.ts";
import { PathBuilder, rectanglePath } from "../drawing/path-data.ts";
import { plotArea, referenceLines } from "./axes.ts";
import type { HistogramOptions } from "./figure.ts";
import { drawing, layOut } from "./layout.ts";
import { describedSample, finiteRange, quantile, type SortedSample, sortedSample } from "./sample.ts";
import { extentOf } from "./scale.ts";
import { seriesColour, themeOf } from "./theme.ts";
import { tickStep } from "./ticks.ts";

const MOST_BINS = 5000;

/**
 * How values spread: bars for one sample, outlines for several over the same bins. A value on the edge of two bins belongs
 * to the upper one. The share is of all values, infinite ones included, NaN left out.
 *
 * @throws RangeError when `binWidth` is not above 0 or would give more than 5,000 bins, or an axis has no range.
 *
 * @example
 * ```ts
 * import { drawingToSvg, histogram } from "@perigee/report";
 *
 * const svg = drawingToSvg(
 *   histogram({
 *     title: "Round-trip times come in steps of 4/3 ms",
 *     x: { label: "Round-trip time", unit: "ms" },
 *     samples: [{ name: "dish", values: [28, 29.3, 29.4, 30.7, 32] }],
 *     binWidth: 0.5,
 *     measure: "count",
 *   }),
 * );
 * ```
 */
export function histogram(options: HistogramOptions): Drawing {
  const { samples, measure = "share", lines = [] } = options;
  const theme = themeOf(options.theme);
  const sorted = samples.map(sortedSample);
  const binWidth = options.binWidth ?? chosenWidth(sorted);
  if (!(binWidth > 0)) throw new RangeError("binWidth must be above 0.");
  const extent = extentOf(sorted.map(one => one.sorted)) ?? [0, binWidth];
  const first = Math.floor(Math.max(extent[0], options.x.min ?? extent[0]) / binWidth + 1e-9);
  const last = Math.floor(Math.min(extent[1], options.x.max ?? extent[1]) / binWidth + 1e-9);
  const bins = Math.max(1, last - first + 1);
  if (bins > MOST_BINS)
    throw new RangeError(`Bins of ${binWidth} would be ${bins}; at most ${MOST_BINS} are drawn.`);
  const heights = sorted.map(one => counted(one, first, bins, binWidth, measure));

  const legend = samples.map(({ name, colour }, i) => {
    return { name, colour: colour ?? seriesColour(theme, i), mark: "area" } as const;
  });
  const layout = layOut(options, samples.length > 1 ? legend : []);
  const yData = extentOf(heights);
  const y = { label: measure === "count" ? "Values" : "Share of values", min: 0 };
  const area = plotArea(layout, options.x, [first * binWidth, (first + bins) * binWidth], y, [
    0,
    yData?.[1] || 1,
  ]);
  const left = (bin: number): number => area.x.at((first + bin) * binWidth);
  const data = heights.map((height, i): Shape => {
    const fill = legend[i]!.colour;
    const shapes =
      samples.length === 1 ? bars(height, left, area.y.at, fill) : outline(height, left, area.y.at, fill);
    return { kind: "group", title: samples[i]!.name, shapes };
  });
  const description = samples
    .map(({ name }, i) => describedSample(name, sorted[i]!, options.x.unit))
    .join("; ");
  return drawing(layout, options, description, [
    ...area.under,
    { kind: "group", clip: area.clip, shapes: data },
    ...area.over,
    ...referenceLines(lines, area, theme),
  ]);
}

/**
 * Freedman and Diaconis, "On the histogram as a density estimator", Z. Wahrscheinlichkeitstheorie 57 (1981): twice the
 * quartile range over the cube root of the count, here rounded up to 1, 2 or 5 times a power of ten; the finest of all samples.
 */
function chosenWidth(samples: readonly SortedSample[]): number {
  let finest = Number.POSITIVE_INFINITY;
  for (const { sorted } of samples) {
    const [from, until] = finiteRange(sorted);
    const finite = sorted.subarray(from, until);
    if (finite.length === 0) continue;
    const range = finite.at(-1)! - finite[0]!;
    const spread = quantile(finite, 0.75) - quantile(finite, 0.25);
    const rule = spread > 0 ? (2 * spread) / Math.cbrt(finite.length) : range / 20;
    if (rule > 0) finest = Math.min(finest, Math.max(rule, range / 400));
  }
  return tickStep(Number.isFinite(finest) ? finest : 1, 1);
}

function counted(
  { sorted }: SortedSample,
  first: number,
  bins: number,
  binWidth: number,
  measure: "count" | "share",
): Float64Array {
  const height = new Float64Array(bins);
  const [from, until] = finiteRange(sorted);
  for (let i = from; i < until; i++) {
    // The tolerance puts decimal edges such as 0.3 with bins of 0.1 where a person expects them.
    const bin = Math.floor(sorted[i]! / binWidth + 1e-9) - first;
    if (bin >= 0 && bin < bins) height[bin]! += measure === "count" ? 1 : 1 / sorted.length;
  }
  return height;
}

function bars(
  height: Float64Array,
  left: (bin: number) => number,
  at: (y: number) => number,
  fill: string,
): Shape[] {
  let d = "";
  for (let bin = 0; bin < height.length; bin++) {
    const width = left(bin + 1) - left(bin);
    const gap = width > 4 ? 1 : 0;
    if (height[bin]! > 0)
      d += rectanglePath(left(bin), at(height[bin]!), width - gap, at(0) - at(height[bin]!));
  }
  return [{ kind: "path", d, fill }];
}

function outline(
  height: Float64Array,
  left: (bin: number) => number,
  at: (y: number) => number,
  colour: string,
): Shape[] {
  const path = new PathBuilder();
  path.moveTo(left(0), at(0));
  for (let bin = 0; bin < height.length; bin++) {
    path.lineTo(left(bin), at(height[bin]!));
    path.lineTo(left(bin + 1), at(height[bin]!));
  }
  path.lineTo(left(height.length), at(0));
  const d = path.toString();
  return [
    { kind: "path", d: `${d}Z`, fill: colour, opacity: 0.22 },
    { kind: "path", d, stroke: colour, strokeWidth: 1.8 },
  ];
}
