// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { draw, purpose } from "./draw.ts";

/** Pearson's statistic over equal bins. Its 99.9 % point for 15 degrees of freedom is 37.7 (tables). */
function chiSquare16(values: readonly number[]): number {
  const counts = new Array<number>(16).fill(0);
  for (const value of values) counts[Math.floor(value * 16)]! += 1;
  const expected = values.length / 16;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

test("draws are uniform along the counter, the seed, and counters beyond 32 bits", () => {
  const along = {
    counter: range(16_000).map(k => draw(1, purpose.lossUp, k)),
    seed: range(16_000).map(seed => draw(seed, purpose.grantPhase, 0)),
    far: range(16_000, 448_826_341_650).map(k => draw(1, purpose.missedGrant, k)),
  };
  for (const [name, values] of Object.entries(along)) assert.ok(chiSquare16(values) < 37.7, name);
});

test("neighbouring draws, and draws for different purposes, are not correlated", () => {
  const n = 20_000;
  const covariance = (other: (k: number) => number) =>
    range(n).reduce((sum, k) => sum + (draw(9, purpose.lossUp, k) - 0.5) * (other(k) - 0.5), 0) / n;
  // The standard error of the correlation coefficient is 1 / sqrt(n); the variance of U(0, 1) is 1 / 12.
  const limit = 4 / Math.sqrt(n) / 12;
  assert.ok(Math.abs(covariance(k => draw(9, purpose.lossUp, k + 1))) < limit);
  assert.ok(Math.abs(covariance(k => draw(9, purpose.lossDown, k))) < limit);
  assert.ok(Math.abs(covariance(k => draw(10, purpose.lossUp, k))) < limit);
});
