// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Camera, eyeOf, hidden, project, toMercator, toSphere } from "./camera.ts";

/** A camera looking from (0, 0, d) to the centre: the textbook perspective matrix (column-major) times a translation. */
function lookingDown(d: number, tilt = 0): number[] {
  const f = 1 / Math.tan(0.3);
  const [near, far] = [0.1, 20];
  const p = [
    f,
    0,
    0,
    0,
    0,
    f,
    0,
    0,
    0,
    0,
    (far + near) / (near - far),
    -1,
    0,
    0,
    (2 * far * near) / (near - far),
    0,
  ];
  const [c, s] = [Math.cos(tilt), Math.sin(tilt)];
  const view = [1, 0, 0, 0, 0, c, s, 0, 0, -s, c, 0, 0, 0, -d, 1];
  return Array.from({ length: 16 }, (_, i) => {
    const [row, column] = [i % 4, Math.floor(i / 4)];
    return [0, 1, 2, 3].reduce((sum, k) => sum + (p[row + 4 * k] ?? 0) * (view[k + 4 * column] ?? 0), 0);
  });
}

test("finds the eye of a perspective matrix, tilted or not", () => {
  for (const tilt of [0, 0.7]) {
    const eye = eyeOf(lookingDown(3, tilt));
    const expected = [0, 3 * Math.sin(tilt), 3 * Math.cos(tilt)];
    for (const [i, value] of eye.entries()) assert.ok(Math.abs(value - (expected[i] ?? 0)) < 1e-9, `${eye}`);
  }
});

test("the Earth hides what is behind it and nothing beside or before it", () => {
  const eye = [0, 0, 3] as const;
  assert.equal(hidden(eye, [0, 0, 1]), false, "the near side");
  assert.equal(hidden(eye, [0, 0, -1.1]), true, "a satellite over the far side");
  assert.equal(hidden(eye, [1.5, 0, -1.1]), false, "beside the limb");
});

test("places of the sphere and the Mercator square are where the definitions put them", () => {
  assert.deepEqual(
    toSphere(0, 90, 0).map(v => Math.round(v * 1e9) + 0),
    [1e9, 0, 0],
  );
  assert.deepEqual(toMercator(0, 0), [0.5, 0.5]);
  assert.ok(Math.abs(toMercator(85.0511287798, 180)[1]) < 1e-9, "the square's edge, EPSG:3857");
});

test("projects to the middle, drops the far side", () => {
  const main = lookingDown(3);
  const camera: Camera = { main, flat: main, globe: 1, eye: [0, 0, 3] };
  assert.deepEqual(project(camera, 0, 0, 500), [0, 0]);
  assert.equal(project(camera, 0, 180, 500), null);
});
