// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Lateness } from "./lateness.ts";
import { type Alarm, Scheduler } from "./scheduler.ts";

/** The scheduler on a clock that stands until it is told otherwise; real timers still drive it. */
function stepped() {
  let nowMs = 0;
  const scheduler = new Scheduler(() => nowMs, 1);
  return {
    scheduler,
    advance: async (ms: number) => {
      nowMs = ms;
      // First in the heap and long due: makes the scheduler look at its clock now.
      scheduler.alarm(() => {}).set(Number.NEGATIVE_INFINITY);
      for (let turns = 0; turns < 3; turns++) await new Promise(resolve => setImmediate(resolve));
    },
  };
}

test("alarms ring in the order of their instants, moved and cleared ones included, never early", async () => {
  const step = fc.tuple(fc.nat(20), fc.integer({ min: 0, max: 1_000 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      const { scheduler, advance } = stepped();
      using _ = scheduler;
      const rung: number[] = [];
      const wanted = new Map<number, number>();
      const alarms: Alarm[] = Array.from({ length: 21 }, (_, which) =>
        scheduler.alarm(() => rung.push(wanted.get(which)!)),
      );
      for (const [which, atMs, clear] of steps) {
        if (clear) {
          alarms[which]?.clear();
          wanted.delete(which);
        } else {
          alarms[which]?.set(atMs);
          wanted.set(which, atMs);
        }
      }
      const sorted = [...wanted.values()].sort((a, b) => a - b);
      await advance(499.5);
      assert.deepEqual(
        rung,
        sorted.filter(atMs => atMs <= 499),
      );
      await advance(1_001);
      assert.deepEqual(rung, sorted);
    }),
    { numRuns: 40 },
  );
});

test("an alarm that always sets itself again does not keep the event loop", async () => {
  const { scheduler, advance } = stepped();
  let rung = 0;
  const again = scheduler.alarm(() => {
    rung++;
    again.set(0);
  });
  again.set(0);
  await advance(1);
  scheduler[Symbol.dispose]();
  assert.ok(rung > 0);
});

test("on the real clock nothing rings early, and everything rings", async () => {
  const clock = () => performance.now();
  using scheduler = new Scheduler(clock, 1);
  const start = clock();
  const early = await Promise.all(
    [0.3, 0.9, 1.4, 2.2, 5.5, 5.5, 17.25].map(
      ms =>
        new Promise<number>(resolve => {
          scheduler.alarm(() => resolve(start + ms - clock())).set(start + ms);
        }),
    ),
  );
  for (const ms of early) assert.ok(ms <= 0, `${ms} ms early`);
});

test("lateness: quantiles within a bucket above the truth, forgotten after two windows", () => {
  const lateness = new Lateness();
  for (let index = 1; index <= 1_000; index++) lateness.record(index / 100, 0);
  const stats = lateness.stats(100);
  for (const [measured, truth] of [
    [stats.p50, 5],
    [stats.p95, 9.5],
    [stats.p99, 9.9],
  ] as const) {
    assert.ok(measured >= truth && measured <= truth * 2 ** 0.25, `${measured} for ${truth}`);
  }
  assert.equal(stats.max, 10);
  assert.equal(stats.count, 1_000);
  assert.equal(lateness.stats(10_001).count, 1_000);
  assert.equal(lateness.stats(20_002).count, 0);
  assert.equal(lateness.stats(20_002).p99, 0);
});
