// SPDX-License-Identifier: MIT

/** What every picture may say about itself. */
export interface FigureOptions {
  /** The finding in a few words. */
  readonly title: string;
  /** What is shown: place, time, method. */
  readonly subtitle?: string;
  /** What the picture shows, for those who cannot see it; made from title, subtitle and series where it is missing. */
  readonly description?: string;
  /** Small line at the bottom: data, version, seed, hash of the inputs. */
  readonly source?: string;
  /** CSS pixels (1/96 inch); 720 × 440 without them, maps 960 × 560. From 200 to 4,000. */
  readonly width?: number;
  readonly height?: number;
  /** `light` without it. */
  readonly theme?: ThemeName;
}

export type ThemeName = "light" | "dark";

/** One axis of a plot. */
export interface AxisOptions {
  /** What is measured; printed with the unit: "Round-trip time, ms". */
  readonly label: string;
  readonly unit?: string;
  /** First and last value; from the data, rounded outwards to ticks, where missing. */
  readonly min?: number;
  readonly max?: number;
  /** `linear` without it; `log` to base 10, all values above 0; `time`: values are UTC milliseconds. */
  readonly scale?: "linear" | "log" | "time";
}

/** A thin line across a plot at one value, with a label. */
export interface ReferenceLine {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly label?: string;
}

/** One line of a plot. */
export interface Series {
  readonly name: string;
  /** Ascending. */
  readonly x: ArrayLike<number>;
  /** As many as `x`; NaN and infinities break the line. */
  readonly y: ArrayLike<number>;
  /** Hold each value until the next x, as in a slot plan. */
  readonly step?: boolean;
  /** Draw the points too. */
  readonly points?: boolean;
  /** `#rrggbb`; the next colour of the palette without it. */
  readonly colour?: string;
  readonly dash?: "solid" | "dashed" | "dotted";
}

/** An area between two values per x, such as a range of quantiles. */
export interface Band {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly colour?: string;
}

export interface LinePlotOptions extends FigureOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly series: readonly Series[];
  readonly bands?: readonly Band[];
  readonly lines?: readonly ReferenceLine[];
}

/** A named set of numbers; NaN is left out and counted in the description. */
export interface Sample {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly colour?: string;
}

export interface CdfPlotOptions extends FigureOptions {
  /** The measured quantity. */
  readonly x: AxisOptions;
  readonly samples: readonly Sample[];
  /** `cdf`: share at or below x. `tail`: share above x, on a logarithmic axis. `cdf` without it. */
  readonly form?: "cdf" | "tail";
  readonly lines?: readonly ReferenceLine[];
}

export interface HistogramOptions extends FigureOptions {
  readonly x: AxisOptions;
  readonly samples: readonly Sample[];
  /** Width of a bin in the unit of x, bins starting at multiples of it; by the rule of Freedman and Diaconis without it. */
  readonly binWidth?: number;
  /** What the bars measure; `share` without it. */
  readonly measure?: "count" | "share";
  readonly lines?: readonly ReferenceLine[];
}

export interface BarPlotOptions extends FigureOptions {
  /** One per group of bars, from the top. */
  readonly categories: readonly string[];
  /** The value axis; bars start at 0. */
  readonly value: AxisOptions;
  /** One bar per category each; NaN: no bar. */
  readonly series: readonly {
    readonly name: string;
    readonly values: ArrayLike<number>;
    readonly colour?: string;
  }[];
  readonly lines?: readonly Omit<ReferenceLine, "axis">[];
  /** Digits after the point of the values printed at the bars' ends; no values without it. */
  readonly digits?: number;
}

export interface ScatterPlotOptions extends FigureOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly groups: readonly {
    readonly name: string;
    readonly x: ArrayLike<number>;
    readonly y: ArrayLike<number>;
    /** Printed beside the points, where there is room. */
    readonly labels?: readonly string[];
    readonly colour?: string;
  }[];
  /** Draw y = x, and give both axes the same range. */
  readonly diagonal?: boolean;
}

/** How values become colours. */
export interface ColourScaleOptions {
  readonly label: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** `sequential` from dark to bright; `diverging` around `middle`. `sequential` without it. */
  readonly palette?: "sequential" | "diverging";
  /** Middle of a diverging palette; 0 without it. */
  readonly middle?: number;
  readonly scale?: "linear" | "log";
}

export interface HeatMapOptions extends FigureOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly columns: number;
  readonly rows: number;
  /** Ranges that the columns and rows span, in equal parts. */
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** Row by row, the row of the lowest y first; NaN: nothing. */
  readonly values: ArrayLike<number>;
  readonly colour: ColourScaleOptions;
}
