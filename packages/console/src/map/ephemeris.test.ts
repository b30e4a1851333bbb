// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeEphemeris, parabolaWeights, positionKm, slotShare } from "./ephemeris.ts";

/** The body as the contract describes it, written independently of the reader. */
function body(count: number, value: (index: number) => number): ArrayBuffer {
  const buffer = new ArrayBuffer(24 + 36 * count);
  const view = new DataView(buffer);
  view.setFloat64(0, 1_700_000_000_000, true);
  view.setFloat64(8, 15_000, true);
  view.setUint32(16, count, true);
  for (let i = 0; i < 9 * count; i++) view.setFloat32(24 + 4 * i, value(i), true);
  return buffer;
}

test("reads the layout of the contract", () => {
  const answer = decodeEphemeris(body(2, i => i));
  assert.ok(answer.ok);
  const { value } = answer;
  assert.deepEqual([value.slotStartMs, value.slotMs, value.count], [1_700_000_000_000, 15_000, 2]);
  assert.deepEqual(positionKm(value, 1, 0), [1, 3, 5]);
  assert.deepEqual(positionKm(value, 1, 0.5), [7, 9, 11]);
  assert.deepEqual(positionKm(value, 1, 1), [13, 15, 17]);
  assert.equal(slotShare(value, 1_700_000_007_500), 0.5);
});

test("a satellite without a position has none at any time", () => {
  const answer = decodeEphemeris(body(1, () => Number.NaN));
  assert.ok(answer.ok);
  assert.ok(positionKm(answer.value, 0, 0.3).every(Number.isNaN));
});

test("a body that is cut short or too large is refused with its place", () => {
  for (const length of [0, 23, 24 + 35]) {
    const answer = decodeEphemeris(body(1, () => 0).slice(0, length));
    assert.equal(!answer.ok && answer.error.code, "EPHEMERIS_SHORT");
  }
  const huge = new ArrayBuffer(24);
  new DataView(huge).setUint32(16, 4e9, true);
  const answer = decodeEphemeris(huge);
  assert.equal(!answer.ok && answer.error.place, "count");
});

test("any parabola is met exactly, the weights always add up to one", () => {
  const reals = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(reals, reals, reals, fc.double({ min: -0.5, max: 1.5, noNaN: true }), (p, q, r, share) => {
      const f = (t: number) => p + q * t + r * t * t;
      const [a, b, c] = parabolaWeights(share);
      assert.ok(Math.abs(a + b + c - 1) < 1e-12);
      assert.ok(
        Math.abs(a * f(0) + b * f(0.5) + c * f(1) - f(share)) <
          1e-9 * (1 + Math.abs(p) + Math.abs(q) + Math.abs(r)),
      );
    }),
  );
});

test("over a slot the parabola stays within 100 m of a circular orbit", () => {
  const radiusKm = 6918;
  const rate = Math.sqrt(398_600.4418 / radiusKm ** 3); // rad/s, Kepler's third law
  const at = (seconds: number) =>
    [radiusKm * Math.cos(rate * seconds), radiusKm * Math.sin(rate * seconds)] as const;
  for (let share = 0; share <= 1; share += 0.05) {
    const [a, b, c] = parabolaWeights(share);
    const truth = at(15 * share);
    const error = Math.hypot(
      ...([0, 1] as const).map(k => a * at(0)[k] + b * at(7.5)[k] + c * at(15)[k] - truth[k]),
    );
    assert.ok(error < 0.1, `${error} km at ${share}`);
  }
});
