// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  activationsFrom,
  attemptsFrom,
  countryDaysFrom,
  type SlotRow,
  visitsFrom,
} from "./from-telemetry.ts";

const slotMs = 15_000;
const row: fc.Arbitrary<SlotRow> = fc.record({
  terminal: fc.constantFrom("ut-1", "ut-2"),
  account: fc.constantFrom("acc-1", null),
  cell: fc.constantFrom(1n, 2n, null),
  country: fc.constantFrom("AA", "BB", null),
  reason: fc.constantFrom("", "AREA_NOT_ACTIVE", "PLAN_SPEED"),
  atMs: fc.nat({ max: 40 }).map(slot => slot * slotMs),
});
const rows = fc.uniqueArray(row, { maxLength: 60, selector: ({ terminal, atMs }) => `${terminal} ${atMs}` });

test("every slot with a place is in exactly one visit, and no other time is", () => {
  fc.assert(
    fc.property(rows, given => {
      const visits = visitsFrom(given, slotMs);
      for (const { terminal, account, cell, country, atMs } of given) {
        const holding = visits.filter(
          visit => visit.terminal === terminal && visit.fromMs <= atMs && atMs < visit.untilMs,
        );
        assert.deepEqual(
          holding.map(visit => [visit.account, visit.cell, visit.country]),
          cell === null ? [] : [[account, cell, country]],
        );
      }
      const spent = visits.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);
      assert.equal(spent, given.filter(({ cell }) => cell !== null).length * slotMs);
      // As long as they can be: no visit ends where the next of the same kind begins.
      const starts = new Set(visits.map(v => [v.terminal, v.account, v.cell, v.country, v.fromMs].join()));
      assert.ok(!visits.some(v => starts.has([v.terminal, v.account, v.cell, v.country, v.untilMs].join())));
    }),
  );
});

test("staying refused is one attempt; coming back, or another cell, is another", () => {
  const at = (slot: number, reason: string, cell = 1n): SlotRow => ({
    ...{ terminal: "ut-1", account: null, cell, country: "BB", reason, atMs: slot * slotMs },
  });
  const refused = "AREA_NOT_ACTIVE";
  const attempts = attemptsFrom([
    at(0, refused),
    at(1, refused),
    at(2, ""),
    at(3, refused),
    at(4, refused, 2n),
    at(5, "PLAN_SPEED"),
  ]);
  assert.deepEqual(
    attempts.map(({ atMs }) => atMs / slotMs),
    [0, 3, 4],
  );
});

test("days have all their countries, and the first slot in order begins service", () => {
  const dayMs = 86_400_000;
  const at = (atMs: number, country: string | null, reason = ""): SlotRow => ({
    ...{ terminal: "ut-1", account: "acc-1", cell: 1n, country, reason, atMs },
  });
  const given = [at(dayMs, "BB"), at(0, "AA", "AREA_NOT_ACTIVE"), at(dayMs - 1, "BB"), at(dayMs + 1, null)];
  assert.deepEqual(countryDaysFrom(given), [
    {
      terminal: "ut-1",
      stays: [
        { day: 0, countries: ["AA", "BB"] },
        { day: 1, countries: ["BB"] },
      ],
    },
  ]);
  assert.deepEqual(activationsFrom(given), [
    { terminal: "ut-1", account: "acc-1", atMs: dayMs - 1, area: "BB" },
  ]);
});
