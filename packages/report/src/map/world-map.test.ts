// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Drawing, GridShape, PathShape, Shape } from "../drawing/drawing.ts";
import { drawingToSvg } from "../drawing/svg.ts";
import { colourScale } from "../figure/colour-scale.ts";
import { xmlFault } from "../testing/well-formed-xml.ts";
import { CellIndex } from "./cell-index.ts";
import type { CellLayer, LandOutline, MapOptions } from "./map.ts";
import { worldMap } from "./world-map.ts";

function* all(shapes: readonly Shape[]): Generator<Shape> {
  for (const shape of shapes) {
    yield shape;
    if (shape.kind === "group") yield* all(shape.shapes);
  }
}

function layerPath(drawing: Drawing, title: string): string {
  for (const shape of all(drawing.shapes)) {
    if (shape.kind === "group" && shape.title === title) return (shape.shapes.at(-1) as PathShape).d;
  }
  return assert.fail(`no layer ${title}`);
}

const square = (ring: number[][]): LandOutline => ({ type: "Polygon", coordinates: [ring] });
const RING = [
  [0, 0],
  [0, 20],
  [20, 20],
  [20, 0],
  [0, 0],
];
const PROJECTIONS = ["equalEarth", "equirectangular", "orthographic"] as const;

/** About 2,000 places, even over the sphere (Fibonacci lattice). */
function lattice(count: number): { latDeg: Float64Array; lonDeg: Float64Array } {
  const latDeg = Float64Array.from(
    { length: count },
    (_, i) => (Math.asin((2 * i + 1) / count - 1) * 180) / Math.PI,
  );
  const lonDeg = Float64Array.from({ length: count }, (_, i) => ((i * 222.49223594996215) % 360) - 180);
  return { latDeg, lonDeg };
}

test("a path across the antimeridian leaves on one side and enters on the other", () => {
  for (const projection of ["equalEarth", "equirectangular"] as const) {
    const drawing = worldMap({
      title: "t",
      projection,
      layers: [
        {
          kind: "paths",
          name: "path",
          paths: [
            [
              [170, 10],
              [-170, 20],
            ],
          ],
        },
      ],
    });
    const strands = layerPath(drawing, "path").split("M").slice(1);
    assert.equal(strands.length, 2);
    for (const strand of strands) {
      const xs = Array.from(strand.matchAll(/(-?[\d.]+),(-?[\d.]+)/g), match => Number(match[1]));
      assert.ok(Math.max(...xs) - Math.min(...xs) < 60, "no line runs across the map");
    }
  }
});

test("a great circle is one: the map of its ends and its middle agrees with vectors", () => {
  // Berlin to Tokyo: the middle of the arc, by adding unit vectors, lies at 67.6° N on the way over Siberia.
  const drawing = worldMap({
    title: "t",
    projection: "equirectangular",
    width: 1000,
    layers: [
      {
        kind: "paths",
        name: "path",
        paths: [
          [
            [13.4, 52.5],
            [139.7, 35.7],
          ],
        ],
      },
      { kind: "points", name: "middle", latDeg: [midpoint()[0]], lonDeg: [midpoint()[1]] },
    ],
  });
  const [, px = "", py = ""] = /M(-?[\d.]+) (-?[\d.]+)/.exec(layerPath(drawing, "middle")) ?? [];
  const points = Array.from(
    layerPath(drawing, "path").matchAll(/(-?[\d.]+),(-?[\d.]+)/g),
    m => [Number(m[1]), Number(m[2])] as const,
  );
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    for (let t = 0; t <= 1; t += 0.02) {
      const x = points[i - 1]![0] + t * (points[i]![0] - points[i - 1]![0]);
      const y = points[i - 1]![1] + t * (points[i]![1] - points[i - 1]![1]);
      nearest = Math.min(nearest, Math.hypot(x - Number(px), y - Number(py)));
    }
  }
  assert.ok(nearest < 0.5, `${nearest} px off`);
});

function midpoint(): [number, number] {
  const unit = (lon: number, lat: number): [number, number, number] => {
    const [l, p] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
    return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
  };
  const [a, b] = [unit(13.4, 52.5), unit(139.7, 35.7)];
  const [x, y, z] = [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
  return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
}

test("land is land, whichever way its outline runs", () => {
  const map = (land: LandOutline): string => drawingToSvg(worldMap({ title: "t", land, layers: [] }));
  const one = map(square(RING));
  const other = map(square([...RING].reverse()));
  const fill = (svg: string): number[] =>
    Array.from(/<path d="([^"]*)" fill="#dfe3e8"/.exec(svg)?.[1]?.matchAll(/-?[\d.]+/g) ?? [], Number).sort(
      (a, b) => a - b,
    );
  assert.ok(fill(one).length > 8);
  assert.deepEqual(fill(one), fill(other));
  const wrapped = {
    type: "FeatureCollection",
    features: [
      { type: "Feature", geometry: square(RING) },
      { type: "Feature", geometry: null },
    ],
  } as const;
  assert.equal(map(wrapped), one);
});

test("the far side of a globe is not shown", () => {
  const drawing = worldMap({
    title: "t",
    projection: "orthographic",
    centre: { latDeg: 0, lonDeg: 0 },
    layers: [{ kind: "points", name: "sites", latDeg: [0, 0, 50], lonDeg: [10, 170, -80] }],
  });
  assert.equal(layerPath(drawing, "sites").split("M").length - 1, 2);
});

test("the index gives the mean, largest or smallest of the cells in a square", () => {
  const { latDeg, lonDeg } = lattice(3000);
  const values = Float64Array.from(latDeg, (lat, i) => (i % 50 === 0 ? Number.NaN : lat + (i % 7)));
  const layer: CellLayer = { kind: "cells", name: "c", latDeg, lonDeg, values, colour: { label: "v" } };
  for (const [combine, join] of [
    ["mean", (all: number[]) => all.reduce((sum, value) => sum + value, 0) / all.length],
    ["max", (all: number[]) => Math.max(...all)],
    ["min", (all: number[]) => Math.min(...all)],
  ] as const) {
    const sideKm = 1500;
    const index = new CellIndex({ ...layer, combine }, sideKm);
    // The squares again, by their definition.
    const rows = Math.round(180 / (sideKm / 111.195));
    const squareOf = (lat: number, lon: number): string => {
      const row = Math.min(rows - 1, Math.floor(((lat + 90) / 180) * rows));
      const squares = Math.max(
        1,
        Math.round((360 * Math.cos((((row + 0.5) * 180) / rows - 90) * (Math.PI / 180))) / (180 / rows)),
      );
      return `${row} ${Math.floor(((((lon % 360) + 360) % 360) / 360) * squares)}`;
    };
    const squares = Map.groupBy(
      Array.from(values, (_, i) => i).filter(i => !Number.isNaN(values[i]!)),
      i => squareOf(latDeg[i]!, lonDeg[i]!),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -90_000, max: 90_000 }),
        fc.integer({ min: -180_000, max: 180_000 }),
        (north, east) => {
          const [lat, lon] = [north / 1000, east / 1000];
          const members = squares.get(squareOf(lat, lon));
          const expected = members === undefined ? Number.NaN : join(members.map(i => values[i]!));
          const found = index.at(lat, lon);
          assert.ok(Number.isNaN(expected) ? Number.isNaN(found) : Math.abs(found - expected) < 1e-9);
        },
      ),
    );
  }
});

test("very many cells fill the map without holes, and the colour is the place's", () => {
  const count = 200_000;
  const { latDeg, lonDeg } = lattice(count);
  const values = Float64Array.from(latDeg, (lat, i) => lat + lonDeg[i]! / 4);
  const colour = { label: "v", min: -135, max: 135 };
  const layer: CellLayer = {
    kind: "cells",
    name: "cells",
    latDeg,
    lonDeg,
    values,
    colour,
    cellAreaKm2: 510_065_600 / count,
  };
  for (const projection of PROJECTIONS) {
    const drawing = worldMap({ title: "t", projection, layers: [layer], width: 600 });
    const grid = [...all(drawing.shapes)]
      .filter((shape): shape is GridShape => shape.kind === "grid")
      .at(-1)!;
    for (let row = 1; row < grid.rows - 1; row++) {
      for (let column = 1; column < grid.columns - 1; column++) {
        const at = row * grid.columns + column;
        const around = [at - 1, at + 1, at - grid.columns, at + grid.columns].filter(
          i => grid.levels[i]! > 0,
        );
        assert.ok(grid.levels[at]! > 0 || around.length < 4, `${projection}: hole at ${column}, ${row}`);
      }
    }
    const middle = grid.levels[Math.floor(grid.rows / 2) * grid.columns + Math.floor(grid.columns / 2)]!;
    assert.ok(Math.abs(middle - colourScale(colour, null, "light").level(0)) <= 1);
    assert.equal(xmlFault(drawingToSvg(drawing)), null);
  }
});

test("few cells are drawn with their outlines, more than the limit are not", () => {
  const layer: CellLayer = {
    kind: "cells",
    name: "cells",
    latDeg: [50, 52],
    lonDeg: [10, 12],
    values: [1, 2],
    colour: { label: "v" },
    boundary: cell => [
      [9 + 2 * cell, 49 + 2 * cell],
      [11 + 2 * cell, 49 + 2 * cell],
      [11 + 2 * cell, 51 + 2 * cell],
    ],
  };
  const extent = { southDeg: 45, northDeg: 56, westDeg: 5, eastDeg: 16 };
  const kinds = (options: Partial<CellLayer>): string[] => {
    const drawing = worldMap({ title: "t", extent, layers: [{ ...layer, ...options }] });
    const group = [...all(drawing.shapes)].find(shape => shape.kind === "group" && shape.title === "cells");
    return group?.kind === "group" ? group.shapes.map(({ kind }) => kind) : [];
  };
  assert.deepEqual(kinds({}), ["path", "path"]);
  assert.deepEqual(kinds({ outlineLimit: 1 }), ["grid"]);
});

test("an extent across the antimeridian is as wide as it is", () => {
  const fiji: MapOptions = {
    title: "Fiji",
    projection: "equirectangular",
    extent: { southDeg: -25, northDeg: -10, westDeg: 170, eastDeg: -170 },
    layers: [{ kind: "points", name: "sites", latDeg: [-18, -18, -18], lonDeg: [179, -179, 0] }],
  };
  const drawing = worldMap(fiji);
  assert.equal(layerPath(drawing, "sites").split("M").length - 1, 2);
  assert.ok(drawing.width > drawing.height);
});

test("a caller's mistakes are named", () => {
  const cells: CellLayer = {
    kind: "cells",
    name: "c",
    latDeg: [0],
    lonDeg: [0],
    values: [1],
    colour: { label: "v" },
  };
  assert.throws(() => worldMap({ title: "t", layers: [cells, cells] }), /one layer of cells/);
  assert.throws(() => worldMap({ title: "t", layers: [{ ...cells, lonDeg: [] }] }), /"c" has arrays/);
  const upsideDown = { southDeg: 10, northDeg: -10, westDeg: 0, eastDeg: 10 };
  assert.throws(() => worldMap({ title: "t", extent: upsideDown, layers: [] }), /extent/);
});
