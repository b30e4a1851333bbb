// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellToBoundary, cellToChildren, getPentagons, latLngToCell } from "h3-js";
import { toMercator } from "../camera.ts";
import { cellMesh } from "./cell-mesh.ts";

/** Twice the area of a ring in the Mercator square, by the shoelace formula. */
function ringArea(cell: string): number {
  const ring = cellToBoundary(cell).map(([lat, lon]) => toMercator(lat, lon));
  const [x0 = 0] = ring[0] ?? [];
  const points = ring.map(([x, y]) => [x + Math.round(x0 - x), y] as const);
  return points.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
}

function meshAreas({ vertices, indices }: ReturnType<typeof cellMesh>, cells: number): number[] {
  const areas = new Array<number>(cells).fill(0);
  const point = (i: number) => [vertices[4 * i]!, vertices[4 * i + 1]!] as const;
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map(k => point(indices[i + k]!)) as [
      readonly [number, number],
      readonly [number, number],
      readonly [number, number],
    ];
    const place = vertices[4 * indices[i]! + 2]!;
    areas[place]! += (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
  }
  return areas;
}

test("the triangles of a cell fill its boundary: hexagons, pentagons, and those across the antimeridian", () => {
  const cells = [
    ...cellToChildren(latLngToCell(49.8, 24, 2), 3),
    ...getPentagons(3).filter(cell => Math.abs(cellToBoundary(cell)[0]![0]) < 80),
    latLngToCell(-17.5, 179.99, 3),
    latLngToCell(66.1, -179.98, 3),
  ];
  const mesh = cellMesh(cells);
  const areas = meshAreas(mesh, cells.length);
  cells.forEach((cell, i) => {
    const wanted = ringArea(cell);
    assert.ok(
      Math.abs(areas[i]! - wanted) < 2e-3 * Math.abs(wanted),
      `${cell}: ${areas[i]} instead of ${wanted}`,
    );
  });
  const xs = cells.map((_, i) => {
    const own: number[] = [];
    for (let v = 0; v < mesh.vertices.length; v += 4)
      if (mesh.vertices[v + 2] === i) own.push(mesh.vertices[v]!);
    return Math.max(...own) - Math.min(...own);
  });
  assert.ok(Math.max(...xs) < 0.02, "no cell is drawn around the world");
});

test("areas lie where H3's own table puts them", () => {
  const { areasKm2 } = cellMesh(cellToChildren(latLngToCell(50, 10, 3), 5));
  assert.equal(areasKm2.length, 49);
  // Table of H3 statistics: 252.9 km² is the mean of resolution 5; single cells lie between 0.6 and 1.3 times that.
  for (const area of areasKm2) assert.ok(area > 150 && area < 330, String(area));
});

test("a cell at a pole has a middle but no triangles", () => {
  const { indices, centres } = cellMesh([latLngToCell(90, 0, 3)]);
  assert.equal(indices.length, 0);
  assert.ok(centres[1]! > 89);
});
