// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fixedText, float32Text, float64Text } from "./number-text.ts";

test("single precision takes the fewest digits that give the number back", () => {
  const digits = (text: string): number => text.replace(/e.*|[-.]/g, "").replace(/^0+|0+$/g, "").length;
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), value => {
      const text = float32Text(value);
      assert.ok(Object.is(Math.fround(Number(text)), value), text);
      for (let fewer = 1; fewer < digits(text); fewer++) {
        assert.notEqual(Math.fround(Number(value.toPrecision(fewer))), value);
      }
    }),
    { numRuns: 500 },
  );
  assert.equal(float32Text(Math.fround(0.1)), "0.1");
  assert.equal(float32Text(Math.fround(3.4028235e38)), "3.4028235e+38");
});

test("zero keeps its sign, except where digits are cut", () => {
  assert.equal(float64Text(-0), "-0");
  assert.equal(fixedText(-0.004, 2), "0.00");
  assert.equal(fixedText(-0.006, 2), "-0.01");
  assert.equal(fixedText(1e21, 2), "1e+21");
});
