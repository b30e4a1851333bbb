// SPDX-License-Identifier: MIT
import type { Drawing } from "../drawing/drawing.ts";
import type { CdfPlotOptions, Series } from "./figure.ts";
import { linePlot } from "./line-plot.ts";
import { describedSample, finiteRange, type SortedSample, sortedSample } from "./sample.ts";

/**
 * Empirical distribution of samples: which share of the values lies at or below x, as steps without smoothing; or, with
 * `form: "tail"`, which share lies above, on a logarithmic axis. Infinite values (no route) count in the share and are
 * never reached; NaN is left out and counted in the description.
 *
 * @throws RangeError when an axis has no range.
 *
 * @example
 * ```ts
 * import { cdfPlot, drawingToSvg } from "@perigee/report";
 *
 * const svg = drawingToSvg(
 *   cdfPlot({
 *     title: "Half of all slots stay below 31 ms",
 *     x: { label: "Round-trip time", unit: "ms" },
 *     samples: [
 *       { name: "Berlin", values: [28, 31, 30, 44] },
 *       { name: "Nairobi", values: [61, 70, 58, Number.POSITIVE_INFINITY] },
 *     ],
 *     lines: [{ axis: "y", at: 0.5, label: "median" }],
 *   }),
 * );
 * ```
 */
export function cdfPlot(options: CdfPlotOptions): Drawing {
  const { samples, form = "cdf", x, lines = [] } = options;
  const sorted = samples.map(sortedSample);
  const largest = Math.max(10, ...sorted.map(one => one.sorted.length));
  const description = samples.map(({ name }, i) => describedSample(name, sorted[i]!, x.unit)).join("; ");
  const what = form === "cdf" ? "Share of values at or below" : "Share of values above";
  return linePlot({
    description: `${options.subtitle === undefined ? "" : `${options.subtitle}. `}${what} each value. ${description}`,
    ...options,
    y:
      form === "cdf"
        ? { label: what, min: 0, max: 1 }
        : { label: what, scale: "log", min: 10 ** -Math.ceil(Math.log10(largest)), max: 1 },
    series: samples.map(({ name, colour }, i): Series => {
      const curve = form === "cdf" ? cdfCurve(sorted[i]!) : tailCurve(sorted[i]!);
      return { name, ...curve, step: true, ...(colour === undefined ? {} : { colour }) };
    }),
    lines,
  });
}

function cdfCurve({ sorted }: SortedSample): { x: Float64Array; y: Float64Array } {
  const [from, until] = finiteRange(sorted);
  const x = new Float64Array(until - from + 1);
  const y = new Float64Array(until - from + 1);
  if (until === from) return { x: x.subarray(1), y: y.subarray(1) };
  x[0] = sorted[from]!;
  y[0] = from / sorted.length;
  for (let i = from; i < until; i++) {
    x[i - from + 1] = sorted[i]!;
    y[i - from + 1] = (i + 1) / sorted.length;
  }
  return { x, y };
}

/** From 1 down; the last value, above which there is none, ends the curve because a logarithm has no 0. */
function tailCurve(sample: SortedSample): { x: Float64Array; y: Float64Array } {
  const { x, y } = cdfCurve(sample);
  for (let i = 0; i < y.length; i++) {
    const above = 1 - y[i]!;
    y[i] = above > 1e-12 ? above : Number.NaN;
  }
  return { x, y };
}
