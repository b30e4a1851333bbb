// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { chiSquareTail } from "./chi-square.ts";

test("the tail agrees with the published table of quantiles", () => {
  // Abramowitz and Stegun, table 26.8: chi-square with an upper tail of 0.05, 0.001 and 0.0001.
  const table: readonly (readonly [freedom: number, tail: number, quantile: number])[] = [
    [1, 0.05, 3.84146],
    [2, 0.05, 5.99147],
    [10, 0.05, 18.307],
    [30, 0.05, 43.7729],
    [100, 0.05, 124.342],
    [1, 0.001, 10.828],
    [4, 0.001, 18.467],
    [12, 0.001, 32.9095],
    [60, 0.001, 99.6072],
    [3, 0.0001, 21.108],
  ];
  for (const [freedom, tail, quantile] of table) {
    const found = chiSquareTail(quantile, freedom);
    assert.ok(Math.abs(found / tail - 1) < 5e-4, `${freedom} ${quantile}: ${found}, not ${tail}`);
  }
});

test("for even degrees it is the closed sum of Poisson's terms, far out too", () => {
  for (const freedom of [2, 4, 16, 48, 200]) {
    for (const x of [0.1, 1, 5, 27.6, 60, 180, 500, 1200]) {
      let term = Math.exp(-x / 2);
      let sum = 0;
      for (let k = 0; k < freedom / 2; k++) {
        sum += term;
        term *= x / 2 / (k + 1);
      }
      const found = chiSquareTail(x, freedom);
      assert.ok(
        Math.abs(found - sum) <= 1e-10 * sum + 1e-15 * Number(sum > 0.5),
        `${freedom} ${x}: ${found}, ${sum}`,
      );
    }
  }
  assert.equal(chiSquareTail(0, 3), 1);
  assert.equal(chiSquareTail(Number.POSITIVE_INFINITY, 3), 0);
});
