// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HISTORY_SAMPLES, History } from "./history.ts";

test("the rings hold what a growing list would, and the means are its means", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2500 }), fc.integer({ min: 1, max: 1000 }), (count, window) => {
      const history = new History();
      const twin: { drop: number; latency: number; down: number }[] = [];
      for (let i = 0; i < count; i++) {
        const sample = { drop: (i % 5) / 4, latency: i % 5 === 4 ? 0 : 20 + (i % 7), down: i * 8 };
        twin.push(sample);
        history.push(sample.drop, sample.latency, sample.down, sample.down / 2, 60);
      }
      const kept = twin.slice(-HISTORY_SAMPLES);
      for (const [i, { down }] of kept.entries()) {
        assert.equal(history.downBps[(count - kept.length + i) % HISTORY_SAMPLES], down);
      }
      const newest = kept.slice(-window);
      const heard = newest.filter(({ drop }) => drop < 1);
      const mean = (list: readonly number[]): number =>
        list.reduce((a, b) => a + b, 0) / Math.max(list.length, 1);
      const recent = history.recent(window);
      assert.ok(Math.abs(recent.dropRate - mean(newest.map(({ drop }) => drop))) < 1e-9);
      assert.ok(Math.abs(recent.downBps - mean(newest.map(({ down }) => down))) < 1e-6);
      assert.ok(Math.abs((recent.latencyMs ?? 0) - mean(heard.map(({ latency }) => latency))) < 1e-9);
      assert.equal(recent.latencyMs === null, heard.length === 0);
    }),
    { numRuns: 50 },
  );
});

test("clearing leaves no trace", () => {
  const history = new History();
  history.push(1, 2, 3, 4, 5);
  history.clear();
  assert.deepEqual(history, new History());
});
