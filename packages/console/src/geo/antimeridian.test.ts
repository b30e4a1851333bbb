// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { cutLine, cutRing, type LonLat } from "./antimeridian.ts";
import { type LandAtlas, landPolygons } from "./land.ts";

const area = (ring: readonly LonLat[]) =>
  Math.abs(
    ring
      .slice(1)
      .reduce((sum, b, i) => sum + ((ring[i]?.[0] ?? 0) * b[1] - b[0] * (ring[i]?.[1] ?? 0)) / 2, 0),
  );

test("a box across the antimeridian becomes one box on each side", () => {
  const box: LonLat[] = [
    [170, 10],
    [-170, 10],
    [-170, 20],
    [170, 20],
    [170, 10],
  ];
  const pieces = cutRing(box);
  assert.equal(pieces.length, 2);
  assert.deepEqual(pieces.map(area), [100, 100]);
  for (const piece of pieces) assert.deepEqual(piece[0], piece.at(-1), "closed");
});

test("a ring around the south pole is closed over the pole and keeps its whole band", () => {
  const ring: LonLat[] = [];
  for (let lon = -180; lon < 180; lon += 10) ring.push([lon, -70]);
  ring.push([-180, -70]);
  const pieces = cutRing(ring);
  assert.equal(
    pieces.reduce((sum, piece) => sum + area(piece), 0),
    360 * 20,
  );
});

test("what does not cross is left as it was", () => {
  const box: LonLat[] = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 0],
  ];
  assert.deepEqual(cutRing(box), [box]);
});

test("cutting keeps the area and stays in bounds, wherever the box lies", () => {
  const boxes = fc.record({
    west: fc.double({ min: -180, max: 180, noNaN: true }),
    width: fc.double({ min: 1, max: 170, noNaN: true }),
    south: fc.integer({ min: -80, max: 40 }),
  });
  fc.assert(
    fc.property(boxes, ({ west, width, south }) => {
      const wrap = (lon: number) => (lon > 180 ? lon - 360 : lon);
      const corners: LonLat[] = [
        [west, south],
        [wrap(west + width), south],
        [wrap(west + width), south + 30],
        [west, south + 30],
        [west, south],
      ];
      const pieces = cutRing(corners);
      for (const [lon] of pieces.flat()) assert.ok(Math.abs(lon) <= 180);
      const total = pieces.reduce((sum, piece) => sum + area(piece), 0);
      assert.ok(Math.abs(total - 30 * width) < 1e-6 * 30 * width, `${total} instead of ${30 * width}`);
    }),
  );
});

test("a line breaks on the meridian itself, at the latitude in between", () => {
  assert.deepEqual(
    cutLine([
      [170, 0],
      [-170, 20],
    ]),
    [
      [
        [170, 0],
        [180, 10],
      ],
      [
        [-180, 10],
        [-170, 20],
      ],
    ],
  );
});

test("no edge of the shipped land is longer than the true land allows", () => {
  const atlas = readFileSync(fileURLToPath(import.meta.resolve("world-atlas/land-110m.json")), "utf8");
  const land = landPolygons(JSON.parse(atlas) as LandAtlas, 3);
  for (const { geometry } of land.features)
    for (const ring of geometry.coordinates)
      ring.forEach(([lon = 0, lat = 0], i) => {
        const [nextLon = 0, nextLat = 0] = ring[(i + 1) % ring.length] ?? [];
        const along = Math.abs(lat) === 90 && Math.abs(nextLat) === 90; // the closing over the pole
        assert.ok(along || Math.abs(nextLon - lon) < 60, `a wedge at ${lon}, ${lat}`);
      });
});
