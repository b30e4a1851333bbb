// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { divideBeam } from "./beam-shares.ts";

function shares(load: readonly number[], idleParts = 1): number[] {
  const out = new Uint8Array(load.length);
  divideBeam(Float64Array.from(load), load.length, idleParts, out);
  return Array.from(out);
}

test("time follows demand, by largest remainder", () => {
  assert.deepEqual(shares([0.5, 0.25, 0.25]), [32, 16, 16]);
  assert.deepEqual(shares([0.1, 0.1, 0.1]), [22, 21, 21]);
  assert.deepEqual(shares([0.7]), [64]);
});

test("a cell without demand gets its few parts, and no more when there is nothing else to do", () => {
  assert.deepEqual(shares([0, 0.3, 0]), [1, 62, 1]);
  assert.deepEqual(shares([0, 0]), [1, 1]);
  assert.deepEqual(shares([0, 0.3], 4), [4, 60]);
});

test("a heavy cell does not starve light ones", () => {
  // 0.1 of a beam is 6.4 parts: the light cells get it, the heavy one the rest.
  assert.deepEqual(shares([5, 0.1, 0.1]), [51, 7, 6]);
  assert.deepEqual(shares([5, 3]), [32, 32]);
});

test("shares: each at least 1, together 64, more for who wants more, max-min up to one part", () => {
  const load = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 12, noNaN: true }));
  fc.assert(
    fc.property(
      fc.array(load, { minLength: 1, maxLength: 32 }),
      fc.integer({ min: 1, max: 64 }),
      (loads, idle) => {
        const parts = shares(loads, idle);
        const sum = parts.reduce((a, b) => a + b, 0);
        const total = loads.reduce((a, b) => a + b, 0);
        assert.ok(parts.every(one => one >= 1) && (total > 0 ? sum === 64 : sum <= 64));
        for (let a = 0; a < loads.length; a++)
          for (let b = 0; b < loads.length; b++)
            if (loads[a]! > loads[b]! && loads[b]! > 0)
              assert.ok(parts[a]! >= parts[b]! - 1, `${loads} ${parts}`);
      },
    ),
  );
});
