// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mean, median, quantile } from "./quantiles.ts";

test("quantiles of type 7, as NumPy's default prints them", () => {
  const sample = [7, 1, 3, 10];
  assert.deepEqual(
    [0, 0.2, 0.5, 0.8, 1].map(p => Number(quantile(sample, p).toFixed(6))),
    [1, 2.2, 5, 8.2, 10],
  );
  assert.equal(mean(sample), 5.25);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

test("a quantile lies in the sample's range and rises with p", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (sample, p, q) => {
        const [low, high] = [quantile(sample, Math.min(p, q)), quantile(sample, Math.max(p, q))];
        assert.ok(low <= high + 1e-9 && low >= Math.min(...sample) && high <= Math.max(...sample));
        assert.equal(median(sample), quantile(sample, 0.5));
      },
    ),
  );
});
