// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAP_SIDE, ObstructionMap, patchOf } from "./obstruction-map.ts";

test("the zenith is in the middle, north at the first row, east at the last column, and nothing below the rim", () => {
  const at = (row: number, column: number): number => row * MAP_SIDE + column;
  assert.equal(patchOf(123, 90), at(61, 61));
  assert.equal(patchOf(0, 10), at(0, 61));
  assert.equal(patchOf(90, 10), at(61, 122));
  assert.equal(patchOf(180, 10), at(122, 61));
  assert.equal(patchOf(270, 70), at(61, 46));
  assert.equal(patchOf(45, 9.9), -1);
  assert.equal(patchOf(45, Number.NaN), -1);
});

const looks = fc.array(
  fc.record({
    azimuth: fc.integer({ min: 0, max: 40 }),
    elevation: fc.integer({ min: 5, max: 30 }),
    blocked: fc.boolean(),
  }),
  { maxLength: 400 },
);

test("the summary is what a list of all looks gives", () => {
  fc.assert(
    fc.property(looks, list => {
      const map = new ObstructionMap();
      for (const { azimuth, elevation, blocked } of list) map.look(azimuth, elevation, blocked);
      const values = [...map.values()].filter(value => value >= 0);
      const summary = map.summary();
      assert.equal(summary.validS, list.length);
      assert.equal(summary.patches, values.length);
      const share = values.reduce((sum, value) => sum + 1 - value, 0) / Math.max(values.length, 1);
      assert.ok(Math.abs(summary.skyShare - share) < 1e-6);
      const blocked = list.filter(look => look.blocked).length;
      assert.equal(summary.timeShare, list.length === 0 ? 0 : blocked / list.length);
      // Prolonged obstructions are runs of two and more.
      const runs = list
        .map(look => (look.blocked ? "x" : " "))
        .join("")
        .split(/ +/)
        .filter(run => run.length > 1);
      const seconds = runs.join("").length;
      assert.equal(summary.prolongedDurationS, runs.length === 0 ? 0 : seconds / runs.length);
      if (runs.length === 0) assert.ok(Number.isNaN(summary.prolongedIntervalS));
      else assert.equal(summary.prolongedIntervalS, list.length / runs.length);
    }),
  );
});

test("a horizon shows in the map where satellites have passed, and nowhere else", () => {
  const map = new ObstructionMap();
  const mask = (azimuthDeg: number): number => (azimuthDeg > 90 && azimuthDeg < 180 ? 50 : 15);
  for (let azimuth = 0; azimuth < 360; azimuth += 0.5) {
    for (const elevation of [30, 60]) map.look(azimuth, elevation, elevation < mask(azimuth));
  }
  const values = map.values();
  assert.equal(values[patchOf(135, 30)], 0);
  assert.equal(values[patchOf(135, 60)], 1);
  assert.equal(values[patchOf(315, 30)], 1);
  assert.equal(values[patchOf(135, 45)], -1);
  assert.equal(values[patchOf(0, 90)], -1);
});

test("the map forgets a tree that was felled, and clearing forgets everything", () => {
  const map = new ObstructionMap();
  for (let i = 0; i < 500; i++) map.look(200, 40, true);
  assert.equal(map.values()[patchOf(200, 40)], 0);
  for (let i = 0; i < 100; i++) map.look(200, 40, false);
  assert.ok((map.values()[patchOf(200, 40)] ?? 0) > 0.99);
  map.clear(5);
  assert.ok(map.values().every(value => value === -1));
  assert.deepEqual(
    { ...map.summary(), prolongedIntervalS: 0 },
    { ...new ObstructionMap().summary(), prolongedIntervalS: 0 },
  );
});
