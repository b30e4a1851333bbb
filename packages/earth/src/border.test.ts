// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type BoundaryView,
  bordersOf,
  boundaryViews,
  distanceKm,
  distanceToBorderKm,
  territories,
} from "./index.ts";
import { stitch } from "./stitch.ts";

const { un, ru, undetermined } = boundaryViews;
const world = bordersOf(un);

const lengthKm = (features: readonly (typeof world.features)[number][]) => {
  let total = 0;
  for (const line of features.flatMap(feature => feature.geometry.coordinates)) {
    for (let i = 1; i < line.length; i++) {
      const [lon1, lat1] = line[i - 1]!;
      const [lon2, lat2] = line[i]!;
      total += distanceKm({ latDeg: lat1, lonDeg: lon1 }, { latDeg: lat2, lonDeg: lon2 });
    }
  }
  return total;
};
const between = (a: string, b: string, borders = world) =>
  borders.features.filter(({ properties: p }) => p.between[0] === a && p.between[1] === b);

test("borders are as long as published (CIA World Factbook), as far as their coarseness allows", () => {
  // A border's length depends on the scale it is measured at: this line cuts the bends of rivers, so it can only be
  // shorter, by little along parallels and meridians and by up to a quarter along the Bug or the Rio Grande.
  const published: [string, string, number][] = [
    ["CA", "US", 8891],
    ["PL", "UA", 498],
    ["BY", "PL", 375],
    ["ES", "PT", 1224],
    ["CH", "IT", 698],
    ["AE", "OM", 609],
    ["EG", "LY", 1115],
    ["MX", "US", 3155],
    ["CN", "MN", 4630],
    ["FI", "RU", 1309],
  ];
  for (const [a, b, km] of published) {
    const measured = lengthKm(between(a, b));
    assert.ok(
      measured > km * 0.75 && measured < km * 1.02,
      `${a}–${b}: ${measured.toFixed(0)} km, published ${km}`,
    );
  }
});

test("territories of one country leave no line between them, islands no border at all", () => {
  for (const { properties } of world.features) assert.notEqual(properties.between[0], properties.between[1]);
  const sides = new Set(world.features.flatMap(feature => feature.properties.between));
  for (const island of ["IS", "JP", "NZ", "MG", "PH", "CU"]) assert.ok(!sides.has(island), island);
});

test("Crimea's lines are drawn where the view gives it another country than its neighbour", () => {
  const perekop = (view: BoundaryView) => distanceToBorderKm(46.13, 33.68, view);
  const kerch = (view: BoundaryView) => distanceToBorderKm(45.3, 36.55, view);
  assert.ok(perekop(un) > 200 && kerch(un) < 5);
  assert.ok(perekop(ru) < 5 && kerch(ru) > 100);
  assert.ok(perekop(undetermined) < 5 && kerch(undetermined) < 5);
  assert.equal(between("Q7835", "UA").length, 0);
  const lines = between("Q7835", "UA", bordersOf(undetermined));
  assert.equal(lines.length, 1);
  assert.equal(lines[0]!.properties.disputed, true);
  assert.ok(between("PL", "UA").every(feature => !feature.properties.disputed));
});

test("distance to a border: known points, and the drawn lines themselves", () => {
  // The US–Canada border follows the 49th parallel here: one degree of meridian south of it.
  assert.ok(Math.abs(distanceToBorderKm(48, -105, un) - 111.2) < 0.5);
  // Germany–Poland at Görlitz runs through the town; Kyiv is 90 km from Belarus.
  assert.ok(distanceToBorderKm(51.153, 14.987, un) < 2);
  assert.ok(Math.abs(distanceToBorderKm(50.45, 30.52, un) - 90) < 5);
  for (const { geometry } of world.features.slice(0, 60)) {
    const [lon, lat] = geometry.coordinates[0]![0]!;
    assert.ok(distanceToBorderKm(lat, lon, un) < 1e-6);
  }
});

test("the nearest border is what trying every drawn line finds", () => {
  const vertices = world.features.flatMap(feature => feature.geometry.coordinates.flat());
  for (const [latDeg, lonDeg] of [
    [50.45, 30.52],
    [0, -140],
    [-89, 0],
    [64, -173],
    [10, 20],
    [45, 90],
  ] as const) {
    const found = distanceToBorderKm(latDeg, lonDeg, un);
    const byVertex = Math.min(
      ...vertices.map(([lon, lat]) => distanceKm({ latDeg, lonDeg }, { latDeg: lat, lonDeg: lon })),
    );
    // The nearest vertex bounds the nearest line from above; lines are straight for 250 km at most where it matters.
    assert.ok(found <= byVertex + 1e-6 && found >= byVertex - 250, `${found} ${byVertex}`);
  }
});

test("a view that gives all to one country has no border", () => {
  const assignments = Object.fromEntries(territories.map(({ id }) => [id, "UN"]));
  const one: BoundaryView = { ...un, id: "one", assignments };
  assert.equal(bordersOf(one).features.length, 0);
  assert.ok(distanceToBorderKm(10, 10, one) > 20_000);
});

test("segments are joined to lines and rings, each used once, broken where three meet", () => {
  const segment = (lon1: number, lat1: number, lon2: number, lat2: number) => ({ lon1, lat1, lon2, lat2 });
  assert.deepEqual(stitch([segment(1, 0, 2, 0), segment(1, 0, 0, 0)]), [
    [
      [2, 0],
      [1, 0],
      [0, 0],
    ],
  ]);
  const ring = stitch([segment(0, 0, 1, 0), segment(1, 1, 1, 0), segment(1, 1, 0, 0)]);
  assert.deepEqual(ring, [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ]);
  const fork = stitch([segment(0, 0, 1, 0), segment(1, 0, 2, 0), segment(1, 0, 1, 1)]);
  assert.deepEqual(
    fork.map(line => line.length),
    [2, 2, 2],
  );
  assert.deepEqual(stitch([]), []);
});

test("lines keep to the world's edges and to their ends", () => {
  for (const feature of world.features) {
    for (const line of feature.geometry.coordinates) {
      assert.ok(line.length >= 2);
      for (let i = 0; i < line.length; i++) {
        const [lon, lat] = line[i]!;
        assert.ok(Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
        if (i > 0) assert.ok(Math.abs(lon - line[i - 1]![0]) < 90, "a line jumps across the map");
      }
    }
  }
});
