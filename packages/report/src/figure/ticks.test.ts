// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { domainOf } from "./scale.ts";
import { linearTicks, logTicks, numberLabel, shortNumber, tickStep } from "./ticks.ts";
import { timeTicks } from "./time-ticks.ts";

const labels = (ticks: readonly { label: string }[]): string[] => ticks.map(({ label }) => label);

test("ticks a person would choose", () => {
  assert.deepEqual(labels(linearTicks(0, 1, 5)), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  assert.deepEqual(labels(linearTicks(-20, 20, 4)), ["−20", "−10", "0", "10", "20"]);
  assert.deepEqual(labels(linearTicks(0, 590_000, 6)), [
    "0",
    "100,000",
    "200,000",
    "300,000",
    "400,000",
    "500,000",
  ]);
  assert.deepEqual(labels(linearTicks(31.2, 31.5, 3)), ["31.2", "31.3", "31.4", "31.5"]);
  assert.deepEqual(labels(logTicks(0.001, 1000)), ["0.001", "0.01", "0.1", "1", "10", "100", "1000"]);
  assert.deepEqual(labels(logTicks(1, 100)), ["1", "2", "5", "10", "20", "50", "100"]);
  assert.deepEqual(labels(logTicks(1e5, 1e8)), ["100,000", "10⁶", "10⁷", "10⁸"]);
  assert.deepEqual(labels(logTicks(25, 160)), ["50", "100", "150"]);
  assert.equal(numberLabel(-0.001, 2), "0.00");
  assert.equal(numberLabel(1e20, 0), "1 × 10²⁰");
  assert.equal(shortNumber(1234.5), "1235");
  assert.equal(shortNumber(0.012345), "0.0123");
  assert.equal(shortNumber(31), "31");
});

test("steps are 1, 2 or 5 times a power of ten, few enough, and none larger than needed", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
      fc.integer({ min: 2, max: 20 }),
      (span, most) => {
        const step = tickStep(span, most);
        const digit = Number(step.toExponential(9).split("e")[0]);
        assert.ok(
          [1, 2, 5].some(nice => Math.abs(digit - nice) < 1e-6),
          String(step),
        );
        assert.ok(span / step <= most * (1 + 1e-8));
        const smaller = digit < 1.5 || digit > 4 ? step / 2 : step / 2;
        assert.ok(span / smaller > most * 0.79, `${step} for ${span} and ${most}`);
      },
    ),
  );
});

test("an axis from the data begins and ends at ticks, down to a millionth of its values", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000_000, max: 10_000_000 }),
      fc.integer({ min: 10, max: 1_000_000_000 }),
      (lowThousandths, spanThousandths) => {
        const [low, span] = [lowThousandths / 1000, spanThousandths / 1000];
        const [min, max] = domainOf({ label: "x" }, [low, low + span], 6);
        const ticks = linearTicks(min, max, 6).map(({ value }) => value);
        const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * (max - min);
        assert.ok(min <= low + 1e-6 * span && max >= low + span - 1e-6 * span);
        assert.ok(near(ticks[0]!, min) && near(ticks.at(-1)!, max), `${ticks} for ${min} to ${max}`);
      },
    ),
  );
});

test("any data make an axis with few ticks, or a reason why not", () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), fc.integer({ min: 2, max: 12 }), (a, b, most) => {
      fc.pre(Number.isFinite(a) && Number.isFinite(b));
      try {
        const [min, max] = domainOf({ label: "x" }, [Math.min(a, b), Math.max(a, b)], most);
        assert.ok(min < max && linearTicks(min, max, most).length <= most + 1, `${min} to ${max}`);
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error));
      }
    }),
    {
      examples: [
        [0, 5e-324, 6],
        [1e16, 1e16 + 2, 6],
        [-1.7e308, 1.7e308, 6],
        [5, 5, 6],
        [0, 0, 6],
      ],
    },
  );
});

test("an axis without a range says so", () => {
  assert.throws(() => domainOf({ label: "RTT", min: 5, max: 5 }, null, 5), /"RTT": 5 to 5/);
  assert.throws(() => domainOf({ label: "RTT", scale: "log", min: 0 }, [1, 2], 5), /above 0/);
  assert.deepEqual(domainOf({ label: "RTT" }, null, 5), [0, 1]);
});

test("time ticks are round in UTC and say the date where it changes", () => {
  const from = Date.UTC(2026, 2, 1, 22, 0);
  assert.deepEqual(labels(timeTicks(from, from + 4 * 3_600_000, 4)), [
    "22:00\n1 Mar 2026",
    "23:00",
    "00:00\n2 Mar",
    "01:00",
    "02:00",
  ]);
  const slots = timeTicks(Date.UTC(2026, 2, 1, 12, 0, 12), Date.UTC(2026, 2, 1, 12, 1, 12), 5);
  assert.deepEqual(labels(slots), ["12:00:15\n1 Mar 2026", "12:00:30", "12:00:45", "12:01:00"]);
  assert.deepEqual(labels(timeTicks(Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31), 5)), [
    "Jan\n2026",
    "Apr",
    "Jul",
    "Oct",
  ]);
});
