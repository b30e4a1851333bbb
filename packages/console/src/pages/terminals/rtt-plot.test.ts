// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { plotRtt } from "./rtt-plot.ts";

const sample = (slot: number, satellite: string, medianMs: number) => ({
  slot,
  fromMs: slot * 15_000,
  untilMs: (slot + 1) * 15_000,
  satellite,
  medianMs,
  floorMs: [medianMs - 6, medianMs - 5, medianMs - 4] as const,
});

test("nothing seen, nothing drawn", () => {
  assert.equal(plotRtt([], 400, 100), null);
});

test("the newest slot ends at the right edge, changes of satellite are marked at their slot's edge", () => {
  const plot = plotRtt([sample(100, "A", 31), sample(101, "A", 33), sample(102, "B", 48)], 400, 100);
  assert.ok(plot);
  assert.equal(plot.edges[0], 400);
  assert.deepEqual(plot.handovers, [390], "one slot is 10 of 400 pixels");
  assert.deepEqual([plot.leastMs, plot.mostMs], [20, 50]);
  assert.equal(plot.edges.length, 41);
});

test("a slot that is missing breaks the line", () => {
  const plot = plotRtt([sample(100, "A", 31), sample(102, "A", 33)], 400, 100);
  assert.equal(plot?.median.match(/M/g)?.length, 2);
  assert.deepEqual(plot?.handovers, []);
});
