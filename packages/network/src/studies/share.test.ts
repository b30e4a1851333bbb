// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { walkerShell } from "@perigee/orbit";
import fc from "fast-check";
import { createPlanner } from "../plan.ts";
import { defaultPolicy } from "../policy.ts";
import { coverage } from "./coverage.ts";
import { type LatencyOptions, latency } from "./latency.ts";
import { looksOfShare } from "./share.ts";
import { EPOCH_MS, evenDemand, patches, smallPlanner } from "./testing/small-network.ts";

const cells = patches([50, 20], [-33, 151]);
const demand = evenDemand(cells, 20);
const [kyiv, lisbon] = [
  { name: "Kyiv", latDeg: 50.45, lonDeg: 30.52 },
  { name: "Lisbon", latDeg: 38.72, lonDeg: -9.14 },
];
const partsOf = (of: number): number[] => Array.from({ length: of }, (_, k) => k + 1);

/** A shell that comes and goes: gaps lie within shares and across their edges. */
function thinPlanner() {
  const shell = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 120, planes: 12, phasing: 1 },
    EPOCH_MS,
  );
  assert.ok(shell.ok);
  return createPlanner({ elements: shell.value, serviceOf: () => "broadband", seed: 1 });
}

test("shares take every look once, in order, and differ by one at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (a, b) => {
      const [of, looks] = [Math.min(a, b), Math.max(a, b)];
      const shares = partsOf(of).map(part => looksOfShare(looks, { part, of, lead: 7 }));
      const sizes = shares.map(({ first, end }) => end - first);
      assert.equal(shares[0]!.first, 0);
      assert.equal(shares.at(-1)!.end, looks);
      assert.ok(shares.every(({ first }, k) => k === 0 || first === shares[k - 1]!.end));
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1 && Math.min(...sizes) >= 1);
      assert.ok(shares.every(({ lead, first }) => lead === Math.max(0, first - 7)));
    }),
    { numRuns: 50 },
  );
  for (const share of [
    { part: 0, of: 2 },
    { part: 3, of: 2 },
    { part: 1, of: 5 },
    { part: 1, of: 2, lead: -1 },
  ])
    assert.throws(() => looksOfShare(4, share), RangeError);
});

test("coverage by shares is coverage in one go, and gaps reach over the edges", () => {
  const span = { cells, demand, fromMs: EPOCH_MS, overMs: 195_000 };
  for (const [planner, lead] of [
    [smallPlanner(), 4],
    [thinPlanner(), 4],
  ] as const) {
    const whole = coverage(planner, span);
    for (const count of [1, 2, 3, 13]) {
      const tallies = partsOf(count).map(
        part => coverage(planner, { ...span, share: { part, of: count, lead } }).tally,
      );
      assert.deepEqual(coverage(planner, { ...span, tallies }), whole, `${count} shares`);
    }
  }
  // With looks a minute apart no plan knows another: a share needs no lead.
  const minutes = { ...span, overMs: 3_600_000, stepMs: 60_000 };
  const thin = thinPlanner();
  const whole = coverage(thin, minutes);
  assert.ok(
    whole.longestGapSlots.some(slots => slots > 80),
    "some gap is longer than a share",
  );
  const tallies = partsOf(3).map(
    part => coverage(thin, { ...minutes, share: { part, of: 3, lead: 0 } }).tally,
  );
  assert.deepEqual(coverage(thin, { ...minutes, tallies }), whole);
});

test("latency by shares is latency in one go, in both modes", () => {
  const planner = smallPlanner();
  const service: LatencyOptions = { from: kyiv, to: lisbon, fromMs: EPOCH_MS, overMs: 180_000, paths: 2 };
  const direct: LatencyOptions = { ...service, mode: "direct", stepMs: 7_000 };
  for (const options of [service, direct]) {
    const whole = latency(planner, options);
    for (const count of [1, 2, 3]) {
      const series = partsOf(count).map(part =>
        latency(planner, { ...options, share: { part, of: count, lead: 3 } }),
      );
      assert.deepEqual(latency(planner, { ...options, series }), whole, `${options.mode} ${count}`);
    }
  }
});

test("a share that begins otherwise than the one before ends is seen, and not put together", () => {
  // Who was served stays where he was as long as he can: what a process begins with matters for minutes.
  const { scheduler } = defaultPolicy;
  const sticky = {
    ...defaultPolicy,
    scheduler: { ...scheduler, weights: { ...scheduler.weights, stickiness: 50 } },
  };
  const planner = smallPlanner({ policy: sticky });
  const span = { cells, demand, fromMs: EPOCH_MS, overMs: 240_000 };
  const whole = coverage(planner, span);
  const tally = (part: number, lead: number) =>
    coverage(planner, { ...span, share: { part, of: 2, lead } }).tally;
  const [head, cold, led] = [tally(1, 0), tally(2, 1), tally(2, 8)];
  assert.notEqual(cold.mark.before, head.mark.after);
  assert.throws(() => coverage(planner, { ...span, tallies: [head, cold] }), RangeError);
  assert.deepEqual(coverage(planner, { ...span, tallies: [head, led] }), whole);
  for (const tallies of [[], [head], [led], [led, head], [head, head], [head, led, led]])
    assert.throws(() => coverage(planner, { ...span, tallies }), RangeError);
});
