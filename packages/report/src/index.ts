// SPDX-License-Identifier: MIT

/**
 * Tables and pictures that a person can put in a report: CSV, Parquet, JSON and terminal text; plots and maps as SVG
 * and PNG; the text of a progress bar. Pure: values in, text or bytes out.
 *
 * @packageDocumentation
 */
export type { Drawing, GridShape, GroupShape, PathShape, Shape, TextShape } from "./drawing/drawing.ts";
export { drawingToPng, type PngOptions } from "./drawing/png.ts";
export { drawingToSvg } from "./drawing/svg.ts";
export { barPlot } from "./figure/bar-plot.ts";
export { cdfPlot } from "./figure/cdf-plot.ts";
export type {
  AxisOptions,
  Band,
  BarPlotOptions,
  CdfPlotOptions,
  ColourScaleOptions,
  FigureOptions,
  HeatMapOptions,
  HistogramOptions,
  LinePlotOptions,
  ReferenceLine,
  Sample,
  ScatterPlotOptions,
  Series,
  ThemeName,
} from "./figure/figure.ts";
export { heatMap } from "./figure/heat-map.ts";
export { histogram } from "./figure/histogram.ts";
export { linePlot } from "./figure/line-plot.ts";
export { scatterPlot } from "./figure/scatter-plot.ts";
export type {
  CellLayer,
  LandGeometry,
  LandOutline,
  MapLayer,
  MapOptions,
  PathLayer,
  PointLayer,
} from "./map/map.ts";
export { worldMap } from "./map/world-map.ts";
export { durationText, type ProgressState, progressLine } from "./progress/progress-line.ts";
export { type CsvOptions, type CsvWriter, createCsvWriter, csvChunks, tableToCsv } from "./table/csv.ts";
export { tableToJson } from "./table/json.ts";
export {
  createParquetWriter,
  type ParquetHead,
  type ParquetOptions,
  type ParquetWriter,
  tableToParquet,
} from "./table/parquet.ts";
export type {
  BoolColumn,
  Column,
  ColumnHeading,
  ColumnSpec,
  ColumnType,
  Int64Column,
  NumberColumn,
  Table,
  TextColumn,
} from "./table/table.ts";
export { type TextOptions, tableToText } from "./table/text.ts";
