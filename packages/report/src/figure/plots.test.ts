// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Drawing, PathShape, Shape, TextShape } from "../drawing/drawing.ts";
import { drawingToSvg } from "../drawing/svg.ts";
import { xmlFault } from "../testing/well-formed-xml.ts";
import { barPlot } from "./bar-plot.ts";
import { cdfPlot } from "./cdf-plot.ts";
import { curvePath } from "./curve.ts";
import { heatMap } from "./heat-map.ts";
import { histogram } from "./histogram.ts";
import { linePlot } from "./line-plot.ts";
import { quantile } from "./sample.ts";
import { scaleOf } from "./scale.ts";
import { scatterPlot } from "./scatter-plot.ts";

function* all(shapes: readonly Shape[]): Generator<Shape> {
  for (const shape of shapes) {
    yield shape;
    if (shape.kind === "group") yield* all(shape.shapes);
  }
}
const texts = (drawing: Drawing): string[] =>
  [...all(drawing.shapes)]
    .filter((shape): shape is TextShape => shape.kind === "text")
    .map(({ text }) => text);

/** Corners of a path of M, L, H and V. */
function corners(d: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, a = "0", b] of d.matchAll(/([MLHV])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    if (command === "V") y = Number(a);
    else {
      x = Number(a);
      if (b !== undefined) y = Number(b);
    }
    points.push([x, y]);
  }
  return points;
}

/** The data of the first series: the first path inside a titled group. */
function dataPath(drawing: Drawing): string {
  for (const shape of all(drawing.shapes)) {
    if (shape.kind !== "group" || shape.title === undefined) continue;
    const path = shape.shapes.find((inner): inner is PathShape => inner.kind === "path");
    if (path !== undefined) return path.d;
  }
  return "";
}

const rtt = { label: "Round-trip time", unit: "ms" };

test("every plot is a well-formed picture that says what it shows", () => {
  const values = Float64Array.from({ length: 300 }, (_, i) => 30 + 5 * Math.sin(i));
  const figure = { title: "A & B <c>", subtitle: "sub", source: "perigee 0.1.0 · seed 7" };
  const x = Float64Array.from(values, (_, i) => i);
  const plots = [
    linePlot({
      ...figure,
      x: { label: "n" },
      y: rtt,
      series: [{ name: "s", x, y: values, points: true }],
      bands: [{ name: "b", x, low: values, high: values }],
    }),
    cdfPlot({
      ...figure,
      x: rtt,
      samples: [{ name: "s", values }],
      lines: [{ axis: "y", at: 0.5, label: "median" }],
    }),
    cdfPlot({ ...figure, form: "tail", x: rtt, samples: [{ name: "s", values }] }),
    histogram({
      ...figure,
      x: rtt,
      samples: [
        { name: "s", values },
        { name: "t", values },
      ],
    }),
    barPlot({
      ...figure,
      categories: ["a", "b"],
      value: rtt,
      series: [{ name: "s", values: [1, -2] }],
      digits: 1,
    }),
    scatterPlot({ ...figure, x: rtt, y: rtt, groups: [{ name: "g", x: values, y: values }], diagonal: true }),
    heatMap({
      ...figure,
      x: { label: "n" },
      y: rtt,
      columns: 20,
      rows: 15,
      xRange: [0, 20],
      yRange: [0, 15],
      values,
      colour: rtt,
    }),
  ];
  for (const theme of ["light", "dark"] as const) {
    const dark = linePlot({
      ...figure,
      theme,
      x: { label: "n" },
      y: rtt,
      series: [{ name: "s", x, y: values }],
    });
    assert.equal(dark.background === "#ffffff", theme === "light");
  }
  for (const plot of plots) {
    const svg = drawingToSvg(plot);
    assert.equal(xmlFault(svg), null);
    assert.equal(drawingToSvg(plot), svg);
    assert.ok(texts(plot).includes(figure.source) && texts(plot).includes(figure.title));
    assert.ok(
      texts(plot).includes("Round-trip time, ms") || texts(plot).includes("Share of values above"),
      texts(plot).join("|"),
    );
    assert.match(plot.description, /seed 7|values|Share/);
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  }
});

test("a thinned line keeps the extremes of every pixel", () => {
  const scale = scaleOf("linear", [0, 50_000], [0, 500], 5);
  const yScale = { ...scaleOf("linear", [-2, 2], [200, 0], 5) };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.boolean(), (seed, step) => {
      const x = Float64Array.from({ length: 50_000 }, (_, i) => i);
      const y = Float64Array.from(x, i => Math.sin(i * seed * 0.37) + Math.sin(i / 977));
      const points = corners(curvePath(x, y, scale, yScale, step));
      assert.ok(points.length < 500 * 10);
      const low = new Map<number, number>();
      const high = new Map<number, number>();
      const drawnLow = new Map<number, number>();
      const drawnHigh = new Map<number, number>();
      const note = (
        lows: Map<number, number>,
        highs: Map<number, number>,
        column: number,
        value: number,
      ): void => {
        lows.set(column, Math.min(lows.get(column) ?? value, value));
        highs.set(column, Math.max(highs.get(column) ?? value, value));
      };
      for (let i = 0; i < x.length; i++) note(low, high, Math.floor(scale.at(i)), yScale.at(y[i]!));
      for (const [px, py] of points) note(drawnLow, drawnHigh, Math.floor(px), py);
      for (const [column, value] of low) {
        assert.ok(
          drawnLow.get(column)! <= value + 0.01 && drawnHigh.get(column)! >= high.get(column)! - 0.01,
        );
      }
    }),
    { numRuns: 5 },
  );
});

test("a gap is a gap, a lone point a dot, a step holds its value", () => {
  const scale = scaleOf("linear", [0, 10], [0, 10], 5);
  const path = (y: number[], step = false): string =>
    curvePath(
      y.map((_, i) => i),
      y,
      scale,
      scale,
      step,
    );
  assert.equal(path([1, 2, Number.NaN, 4, 5]), "M0 1L1 2M3 4L4 5");
  assert.equal(path([Number.NaN, 3, Number.NaN]), "M1 3h.01M1 3");
  assert.equal(path([1, 4, 4, 2], true), "M0 1H1V4H2H3V2");
});

test("the distribution's steps stand where a count by hand puts them", () => {
  const sample = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(Number.POSITIVE_INFINITY)), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(sample, values => {
      const finite = values.filter(Number.isFinite);
      fc.pre(finite.length > 0);
      const x = { ...rtt, min: -1, max: 21 };
      const points = corners(dataPath(cdfPlot({ title: "t", x, samples: [{ name: "s", values }] })));
      // The same axes with one step at each end tell where their corners lie.
      const ends = corners(dataPath(cdfPlot({ title: "t", x, samples: [{ name: "s", values: [-1, 21] }] })));
      const [[x0, y0], [x1, y1]] = [ends[0]!, ends.at(-1)!];
      const highest = new Map<number, number>();
      for (const [px, py] of points) {
        const value = Math.round(-1 + ((px - x0) / (x1 - x0)) * 22);
        highest.set(value, Math.max(highest.get(value) ?? 0, (y0 - py) / (y0 - y1)));
      }
      for (const value of new Set(finite)) {
        const share = values.filter(other => other <= value).length / values.length;
        assert.ok(
          Math.abs(highest.get(value)! - share) < 1e-3,
          `${value}: ${highest.get(value)} for ${share}`,
        );
      }
    }),
    { numRuns: 60 },
  );
});

test("quantiles by their definition", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.integer({ min: 0, max: 100 }),
      (values, percent) => {
        const sorted = Float64Array.from(values).sort();
        const q = quantile(sorted, percent / 100);
        const share = (test: (value: number) => boolean): number => sorted.filter(test).length * 100;
        assert.ok(share(value => value <= q) >= percent * sorted.length);
        assert.ok(percent === 0 || share(value => value < q) < percent * sorted.length);
      },
    ),
  );
});

test("bars of a histogram count what lies in them", () => {
  const values = [0, 0.1, 0.2, 0.3, 0.3, 0.95, 1, Number.NaN, Number.POSITIVE_INFINITY];
  const plot = histogram({
    title: "t",
    x: { label: "x" },
    samples: [{ name: "s", values }],
    binWidth: 0.1,
    measure: "count",
  });
  const bars = Array.from(dataPath(plot).matchAll(/M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)/g), match =>
    Number(match[4]),
  );
  const unit = Math.min(...bars);
  assert.deepEqual(
    bars.map(height => Math.round((10 * height) / unit) / 10),
    [1, 1, 1, 2, 1, 1],
  );
  assert.match(plot.description, /8 values, 1 missing, median 0.3/);
  assert.throws(
    () => histogram({ title: "t", x: rtt, samples: [{ name: "s", values: [0, 1] }], binWidth: 1e-9 }),
    /5000/,
  );
  assert.throws(() => histogram({ title: "t", x: rtt, samples: [], binWidth: 0 }), /binWidth/);
});

test("bars are as long as their values and start at zero", () => {
  const plot = barPlot({
    title: "t",
    categories: ["a", "b", "c"],
    value: { label: "v" },
    series: [{ name: "s", values: [10, -5, Number.NaN] }],
  });
  const lengths = [...all(plot.shapes)]
    .filter(shape => shape.kind === "group")
    .map(shape => Number(/h(-?[\d.]+)/.exec((shape.shapes[0] as PathShape).d)?.[1]));
  assert.equal(lengths.length, 2);
  assert.ok(Math.abs(lengths[0]! / lengths[1]! - 2) < 1e-3);
  assert.throws(
    () =>
      barPlot({
        title: "t",
        categories: ["a"],
        value: { label: "v", min: 1 },
        series: [{ name: "s", values: [2] }],
      }),
    /start at 0/,
  );
});

test("a heat map averages what no pixel can show", () => {
  const columns = 2000;
  const values = Float64Array.from({ length: columns * 2 }, (_, i) => (i < columns ? 0 : i % 2));
  const plot = heatMap({
    title: "t",
    x: { label: "x" },
    y: { label: "y" },
    columns,
    rows: 2,
    xRange: [0, 1],
    yRange: [0, 1],
    values,
    colour: { label: "v", min: 0, max: 1 },
  });
  const grid = [...all(plot.shapes)].filter(shape => shape.kind === "grid").at(-1)!;
  assert.ok(grid.columns < 800 && grid.rows === 2);
  assert.ok(
    grid.levels.slice(grid.columns).every(level => level === 1),
    "the lower row lies below",
  );
  const upper = Array.from(grid.levels.slice(0, grid.columns));
  assert.ok(
    upper.every(level => level > 12 && level < 37),
    "ones and zeros mix",
  );
});

test("with y = x both axes agree and the line is one of 45 degrees of the data", () => {
  const plot = scatterPlot({
    title: "t",
    x: rtt,
    y: rtt,
    groups: [{ name: "g", x: [20, 90], y: [33, 71], labels: ["a", "b"] }],
    diagonal: true,
  });
  const shown = texts(plot);
  assert.ok(shown.includes("y = x") && shown.includes("a") && shown.includes("b"));
  const numbers = shown.filter(text => /^\d+$/.test(text));
  assert.equal(new Set(numbers).size * 2, numbers.length, "the same ticks on both axes");
});

test("a caller's mistakes are named", () => {
  const series = { name: "s", x: [1, 2], y: [1] };
  assert.throws(() => linePlot({ title: "t", x: rtt, y: rtt, series: [series] }), /"s" has 2 x and 1 y/);
  assert.throws(() => linePlot({ title: "t", width: 100, x: rtt, y: rtt, series: [] }), /sides/);
  assert.throws(() => linePlot({ title: "word ".repeat(400), x: rtt, y: rtt, series: [] }), /no room/);
  assert.throws(
    () =>
      heatMap({
        title: "t",
        x: rtt,
        y: rtt,
        columns: 2,
        rows: 2,
        xRange: [0, 1],
        yRange: [0, 1],
        values: [1],
        colour: rtt,
      }),
    /2 × 2/,
  );
});
