// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { partialPeriods, planCharges } from "./charges.ts";
import { billingDayOf, cycleAt, cyclesOf, dayMs, daysIn } from "./cycle.ts";
import type { LinePhase, LineStory } from "./story.ts";
import type { Terms } from "./terms.ts";

const prices: Readonly<Record<string, number>> = { slow: 3_000, fast: 9_999, faster: 25_001 };

const terms = (productId: string): Terms | undefined => {
  const priceMinor = prices[productId];
  if (priceMinor === undefined) return undefined;
  const rest = { mobile: false, priorityGB: 0, topUp: null, blocks: [] };
  return { productId, name: productId, priceMinor, currency: "EUR", ...rest };
};

const at = (text: string): number => Date.parse(`${text}Z`);

function line(...phases: [from: string, productId: string, state?: LinePhase["state"]][]): LineStory {
  return {
    lineId: "line-a",
    phases: phases.map(([from, productId, state = "active"], i) => ({
      fromMs: at(from),
      untilMs: phases[i + 1] === undefined ? null : at(phases[i + 1]![0]),
      productId,
      state,
      terminalId: null,
    })),
  };
}

const amounts = (story: LineStory, until: string, billingDay = 10): [string, number][] =>
  planCharges(story, terms, billingDay, at(until)).map(charge => [
    new Date(charge.atMs).toISOString().slice(0, 10),
    charge.subTotalMinor,
  ]);

test("a cycle begins on its day of every month, the 28th for whoever came later in one", () => {
  assert.equal(billingDayOf(at("2026-01-31T23:59")), 28);
  assert.equal(billingDayOf(at("2026-03-01T00:00")), 1);
  const february = cycleAt(28, at("2028-02-28T00:00"));
  assert.deepEqual(february, { fromMs: at("2028-02-28T00:00"), untilMs: at("2028-03-28T00:00") });
  // 2028 has a 29 February: 29 days from the 28th to the 28th.
  assert.equal(daysIn(february), 29);
  assert.deepEqual(cycleAt(5, at("2026-01-04T23:59")), {
    fromMs: at("2025-12-05T00:00"),
    untilMs: at("2026-01-05T00:00"),
  });
});

test("cycles follow one another without a gap, and each instant lies in its own", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.integer({ min: 1, max: 400 * dayMs }),
      (day, fromMs, lengthMs) => {
        const cycles = cyclesOf(day, fromMs, fromMs + lengthMs);
        assert.ok(cycles[0]!.fromMs <= fromMs && cycles.at(-1)!.untilMs >= fromMs + lengthMs);
        for (const [i, cycle] of cycles.entries()) {
          assert.equal(new Date(cycle.fromMs).getUTCDate(), day);
          assert.ok(daysIn(cycle) >= 28 && daysIn(cycle) <= 31);
          assert.equal(cycles[i + 1]?.fromMs ?? cycle.untilMs, cycle.untilMs);
        }
      },
    ),
  );
});

test("a line pays the days left of the cycle in which it is opened, then every cycle in advance", () => {
  // From 2 to 10 March: 8 of the 28 days from 10 February. 3000 × 8 / 28 = 857.14.
  assert.deepEqual(amounts(line(["2026-03-02T15:30", "slow"]), "2026-05-09T00:00"), [
    ["2026-03-02", 857],
    ["2026-03-10", 3_000],
    ["2026-04-10", 3_000],
  ]);
});

test("another product within a cycle credits the days left of the old one and charges those of the new one", () => {
  // 20 of 31 days are left on 21 March: -3000 × 20 / 31 = -1935.48, 9999 × 20 / 31 = 6450.97.
  const changed = line(["2026-03-10T00:00", "slow"], ["2026-03-21T12:00", "fast"]);
  assert.deepEqual(amounts(changed, "2026-04-10T00:00"), [
    ["2026-03-10", 3_000],
    ["2026-03-21", -1_935],
    ["2026-03-21", 6_451],
    ["2026-04-10", 9_999],
  ]);
});

test("a line that is paused or ended gets nothing back and pays for no later cycle", () => {
  const paused = line(
    ["2026-03-10T00:00", "slow"],
    ["2026-03-15T00:00", "slow", "paused"],
    ["2026-03-20T00:00", "slow"],
    ["2026-04-05T00:00", "slow", "paused"],
    ["2026-04-25T00:00", "slow"],
    ["2026-04-30T00:00", "slow", "ended"],
  );
  // Taken up again in a cycle that is paid for: nothing. In one that is not: 15 of its 30 days.
  assert.deepEqual(amounts(paused, "2026-08-01T00:00"), [
    ["2026-03-10", 3_000],
    ["2026-04-25", 1_500],
  ]);
});

test("a product that is not sold costs nothing", () => {
  assert.deepEqual(amounts(line(["2026-03-10T00:00", "gone"]), "2026-06-01T00:00"), []);
});

test("over whole cycles a line pays what its product of each day costs by the day, but for rounding", () => {
  const names = Object.keys(prices);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 28 }),
      fc.array(fc.record({ day: fc.integer({ min: 0, max: 120 }), product: fc.constantFrom(...names) }), {
        minLength: 1,
        maxLength: 8,
      }),
      (billingDay, changes) => {
        const first = cycleAt(billingDay, at("2026-01-15T00:00")).fromMs;
        // The twin: a calendar that says which product each day has, and adds up parts of prices day by day.
        const productOn = new Map<number, string>([[0, "slow"]]);
        for (const { day, product } of changes) productOn.set(day, product);
        const days = [...productOn.keys()].toSorted((a, b) => a - b);
        const phases = days.map((day, i) => ({
          fromMs: first + day * dayMs,
          untilMs: days[i + 1] === undefined ? null : first + days[i + 1]! * dayMs,
          productId: productOn.get(day)!,
          state: "active" as const,
          terminalId: null,
        }));
        const untilMs = cycleAt(billingDay, first + 121 * dayMs).untilMs - 1;
        let expected = 0;
        let product = "slow";
        for (let day = 0; first + day * dayMs <= untilMs; day++) {
          product = productOn.get(day) ?? product;
          expected += prices[product]! / daysIn(cycleAt(billingDay, first + day * dayMs));
        }
        const charges = planCharges({ lineId: "line-a", phases }, terms, billingDay, untilMs);
        const paid = charges.reduce((sum, charge) => sum + charge.subTotalMinor, 0);
        assert.ok(Math.abs(paid - expected) <= charges.length / 2, `${paid} for ${expected}`);
        // What was charged once stays as it was, however much later the bill is made.
        const earlier = planCharges({ lineId: "line-a", phases }, terms, billingDay, first + 50 * dayMs);
        assert.deepEqual(charges.slice(0, earlier.length), earlier);
      },
    ),
  );
});

test("partial periods are the parts of the running cycle with one product each", () => {
  const changed = line(
    ["2026-02-01T00:00", "slow"],
    ["2026-03-21T12:00", "fast"],
    ["2026-03-25T00:00", "fast", "paused"],
    ["2026-03-26T00:00", "fast"],
  );
  assert.deepEqual(partialPeriods(changed, 10, at("2026-03-27T00:00")), [
    { productId: "slow", fromMs: at("2026-03-10T00:00"), untilMs: at("2026-03-21T12:00") },
    { productId: "fast", fromMs: at("2026-03-21T12:00"), untilMs: at("2026-03-25T00:00") },
    { productId: "fast", fromMs: at("2026-03-26T00:00"), untilMs: at("2026-04-10T00:00") },
  ]);
});
