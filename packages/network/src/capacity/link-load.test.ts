// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plannedRttMs } from "../access.ts";
import type { CellDemand } from "../beams/cell-plan.ts";
import type { LinkState } from "../link-state.ts";
import type { Allocation } from "./allocation.ts";
import { cellLoads, fairLevel, loadedLink } from "./link-load.ts";

const user = fc.record({
  count: fc.double({ min: 0.01, max: 500, noNaN: true }),
  eachMbps: fc.double({ min: 0, max: 1000, noNaN: true }),
});
const used = (users: readonly { count: number; eachMbps: number }[], level: number): number =>
  users.reduce((sum, { count, eachMbps }) => sum + count * Math.min(eachMbps, level), 0);

test("the level gives away all there is and no more; who wants less than it has all he wants", () => {
  fc.assert(
    fc.property(
      fc.array(user, { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (users, share) => {
        const wanted = used(users, Number.POSITIVE_INFINITY);
        const total = wanted * share;
        const level = fairLevel(total, users);
        if (level === Number.POSITIVE_INFINITY) return assert.ok(total >= wanted * (1 - 1e-9));
        assert.ok(Math.abs(used(users, level) - total) <= 1e-9 * (1 + total));
        // A second way to it: halve an interval.
        let [low, high] = [0, 1001];
        for (let k = 0; k < 80; k++) {
          const middle = (low + high) / 2;
          if (used(users, middle) < total) low = middle;
          else high = middle;
        }
        assert.ok(Math.abs(used(users, low) - used(users, level)) <= 1e-6 * (1 + total));
      },
    ),
  );
});

/** Three cells: one short, one content, one with nothing to give. */
function small(): { allocation: Allocation; demand: CellDemand } {
  const mbps = (...values: number[]) => Float32Array.from(values);
  const demand = {
    version: "",
    classes: [
      { name: "priority", downMbps: mbps(10, 10, 1), upMbps: mbps(1, 1, 1), weight: mbps(4, 4, 1) },
      // Four users who want 20 more between them, and one terminal that wants 200.
      { name: "standard", downMbps: mbps(220, 20, 1), upMbps: mbps(22, 2, 1), weight: mbps(5, 4, 1) },
    ],
  };
  const allocation = {
    downMbps: mbps(90, 30, 0),
    upMbps: mbps(23, 3, 0),
    downQueueMs: mbps(1.5, 0, 0),
    upQueueMs: mbps(2.5, 0, 0),
    accessUtilisation: mbps(0.95, 0.1, 0),
  };
  return { demand, allocation: allocation as unknown as Allocation };
}

test("a short cell has a level, a content one has none", () => {
  const { allocation, demand } = small();
  const loads = cellLoads(allocation, demand, [{ cell: 0, downMbps: 200, upMbps: 20 }]);
  // 90 for four users of 7.5 and a terminal: 30 for the users, 60 for the terminal.
  assert.deepEqual([...loads.downMbps], [60, Number.POSITIVE_INFINITY, 0]);
  assert.deepEqual([...loads.upMbps], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0]);
  // The terminal not named is one of five equal users.
  assert.equal(cellLoads(allocation, demand, []).downMbps[0], 18);
});

const link = {
  oneWayMs: [20, 21, 22],
  fromMs: 0,
  untilMs: 15_000,
  fixedMs: 5,
  access: { frameMs: 4 / 3, grantPeriodMs: 4, missProbability: 0.2, seed: 1 },
  downMbps: 150,
  upMbps: 20,
  rttMs: { floor: 47.67, median: 51 },
} as unknown as LinkState;

test("load takes rate and adds waiting, where there is load", () => {
  const { allocation, demand } = small();
  const loads = cellLoads(allocation, demand, [{ cell: 0, downMbps: 200, upMbps: 20 }]);
  const busy = loadedLink(link, loads, 0);
  assert.deepEqual([busy.downMbps, busy.upMbps, busy.fixedMs], [60, 20, 9]);
  assert.deepEqual(busy.load?.queueMs, { down: 1.5, up: 2.5 });
  // Half way between 0.45 at nine tenths and 0.55 at the whole.
  assert.ok(Math.abs(busy.access.missProbability - 0.5) < 1e-6);
  assert.ok(Math.abs(busy.rttMs.median - plannedRttMs(busy, 0)) < 1e-6);
  assert.ok(Math.abs(busy.rttMs.floor - (2 * 20 + 9 + 8 / 3)) < 1e-9);
  const idle = loadedLink(link, loads, 1);
  assert.deepEqual(
    [idle.downMbps, idle.upMbps, idle.fixedMs, idle.access],
    [link.downMbps, link.upMbps, link.fixedMs, link.access],
  );
  const starved = loadedLink(link, loads, 2);
  assert.ok(starved.downMbps > 0 && starved.downMbps < 0.1, "the data plane knows no rate of 0");
});
