// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { uniform } from "../draw.ts";
import { defaultQueuePolicy, missProbabilityAt, queueMs } from "./queueing.ts";

const WITHOUT_BOUNDS = { ...defaultQueuePolicy, utilisationCap: 0.999, bufferMs: 1e9 };

test("one packet at a time: the wait of M/M/1, as in any textbook", () => {
  const single = { ...WITHOUT_BOUNDS, burstPackets: 1 };
  // 1,500 bytes at 12 Mbit/s take 1 ms: half load waits 1 ms, nine tenths 9 ms.
  assert.ok(Math.abs(queueMs(0.5, 12, single) - 1) < 1e-12);
  assert.ok(Math.abs(queueMs(0.9, 12, single) - 9) < 1e-9);
});

test("in bursts: a queue played through, packet by packet", () => {
  // Lindley's recursion over 300,000 bursts; sizes geometric with mean b, services exponential with mean 1 ms.
  for (const [load, b] of [
    [0.3, 10],
    [0.7, 4],
    [0.5, 1],
  ] as const) {
    const exponential = (k: number, purpose: number): number => -Math.log(1 - uniform(11, k, b, purpose));
    let work = 0;
    let delay = 0;
    let packets = 0;
    for (let k = 0; k < 300_000; k++) {
      // The wait between bursts makes the load.
      work = Math.max(0, work - exponential(k, 1) * (b / load));
      const size = b === 1 ? 1 : 1 + Math.floor(Math.log(1 - uniform(11, k, b, 2)) / Math.log(1 - 1 / b));
      for (let i = 0; i < size; i++) {
        work += exponential(k * 256 + i, 3);
        delay += work;
        packets += 1;
      }
    }
    const alone = b;
    const simulated = delay / packets - alone;
    const formula = queueMs(load, 12, { ...WITHOUT_BOUNDS, burstPackets: b });
    assert.ok(
      Math.abs(simulated - formula) < 0.04 * (formula + alone),
      `load ${load}, bursts of ${b}: ${simulated}, ${formula}`,
    );
  }
});

test("idle links do not wait, more load waits longer, and never beyond the buffer", () => {
  assert.equal(queueMs(0, 100), 0);
  assert.equal(queueMs(0.5, 0), 0);
  assert.equal(queueMs(1, 0.1), defaultQueuePolicy.bufferMs);
  assert.equal(queueMs(1, 20_000), queueMs(0.98, 20_000));
  const load = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(load, load, fc.double({ min: 1, max: 1e6, noNaN: true }), (u, v, mbps) => {
      const [less, more] = [Math.min(u, v), Math.max(u, v)];
      assert.ok(queueMs(less, mbps) <= queueMs(more, mbps));
      assert.ok(missProbabilityAt(less) <= missProbabilityAt(more));
    }),
  );
});

test("missed grants: the published fits, and straight lines between", () => {
  assert.equal(missProbabilityAt(0), 0.2);
  assert.equal(missProbabilityAt(0.5), 0.2);
  assert.ok(Math.abs(missProbabilityAt(0.7) - 0.325) < 1e-12);
  assert.ok(Math.abs(missProbabilityAt(0.9) - 0.45) < 1e-12);
  assert.equal(missProbabilityAt(1), 0.55);
  assert.equal(missProbabilityAt(3), 0.55);
});
