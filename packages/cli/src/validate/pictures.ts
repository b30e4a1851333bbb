// SPDX-License-Identifier: MIT
import type { ReportPlot } from "@perigee/network";
import { cdfPlot, drawingToSvg, linePlot, scatterPlot } from "@perigee/report";

/** A report's picture as SVG. */
export function pictureOf(plot: ReportPlot, source: string): string {
  return drawingToSvg(drawingOf(plot, source));
}

function drawingOf(plot: ReportPlot, source: string) {
  const { title } = plot;
  switch (plot.kind) {
    case "cdf":
      return cdfPlot({
        title,
        source,
        x: {
          label: plot.xLabel,
          unit: plot.xUnit,
          min: 0,
          ...(plot.xMax === undefined ? {} : { max: plot.xMax }),
        },
        samples: plot.samples,
      });
    case "scatter":
      return scatterPlot({
        title,
        source,
        width: 640,
        height: 640,
        x: { label: plot.xLabel, unit: plot.unit },
        y: { label: plot.yLabel, unit: plot.unit },
        groups: plot.groups,
        diagonal: true,
      });
    case "line":
      return linePlot({
        title,
        source,
        x: { label: plot.xLabel, ...(plot.xUnit === undefined ? {} : { unit: plot.xUnit }) },
        y: { label: plot.yLabel, ...(plot.yUnit === undefined ? {} : { unit: plot.yUnit }), min: 0 },
        series: plot.series,
      });
  }
}
