// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { displayWidth } from "../table/display-width.ts";
import { durationText, progressLine } from "./progress-line.ts";

test("a line says share, count, rate and time left", () => {
  const state = { label: "Planning", done: 1440, total: 5760, unit: "slots", elapsedMs: 12_000 };
  assert.equal(
    progressLine(state, 80),
    "Planning  █████▊░░░░░░░░░░░░░░░░░   25 %  1,440 of 5,760 slots  120/s  36 s left",
  );
  assert.equal(
    progressLine({ ...state, done: 5760, elapsedMs: 65_000 }, 40),
    "Planning  100 %  1 min 05 s  5,760 of 5…",
  );
  assert.equal(
    progressLine({ label: "Reading", done: 0, unit: "rows", elapsedMs: 0 }),
    "Reading  0 rows  0 s",
  );
});

test("no line is wider than its terminal, whatever the numbers", () => {
  const state = fc.record(
    {
      label: fc.string({ maxLength: 12 }),
      done: fc.nat(1e9),
      total: fc.nat(1e9),
      unit: fc.constantFrom("slots", "cells"),
      elapsedMs: fc.nat(1e10),
    },
    { requiredKeys: ["label", "done", "unit", "elapsedMs"] },
  );
  fc.assert(
    fc.property(state, fc.integer({ min: 10, max: 200 }), (one, width) => {
      const line = progressLine(one, width);
      assert.ok(displayWidth(line) <= width, line);
      assert.doesNotMatch(line, /NaN|Infinity|undefined|\n/);
    }),
  );
});

test("lengths of time in two units", () => {
  assert.deepEqual([0, 59_400, 59_600, 3_599_000, 7_380_000, 273_600_000].map(durationText), [
    "0 s",
    "59 s",
    "1 min 00 s",
    "59 min 59 s",
    "2 h 03 min",
    "3 d 4 h",
  ]);
});
