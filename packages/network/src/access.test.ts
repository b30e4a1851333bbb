// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  accessTiming,
  handoverGap,
  oneWayAt,
  plannedRttMs,
  waitProbability,
  waitQuantileMs,
} from "./access.ts";
import type { AccessTiming } from "./link-state.ts";
import { defaultPolicy } from "./policy.ts";

/** Evenly spread: `fc.double` prefers numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map(millionths => millionths / 1e6);

const policy = defaultPolicy.link;
const FRAME = 4 / 3;
const timing = (frames: number, missProbability: number, frameMs = FRAME): AccessTiming => ({
  frameMs,
  grantPeriodMs: frames * FRAME,
  missProbability,
  seed: 1,
});

/** Quantile of the fleet: 35 % of terminals with 3 frames, 65 % with 4. */
function fleetQuantile(missProbability: number, p: number, frameMs = FRAME): number {
  let low = 0;
  let high = 400;
  for (let k = 0; k < 60; k++) {
    const x = (low + high) / 2;
    const share =
      0.35 * waitProbability(timing(3, missProbability, frameMs), x) +
      0.65 * waitProbability(timing(4, missProbability, frameMs), x);
    if (share < p) low = x;
    else high = x;
  }
  return high;
}

/** A small generator of its own (Park and Miller), so that the twin shares nothing with the code. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test("the distribution of waits is that of 200,000 drawn ones", () => {
  for (const access of [timing(3, 0.2), timing(4, 0.45), timing(4, 0)]) {
    const random = lehmer(20_260_521);
    const waits = Float64Array.from({ length: 200_000 }, () => {
      let wait = access.grantPeriodMs * random() + access.frameMs * random() + 2 * access.frameMs;
      while (random() < access.missProbability) wait += access.grantPeriodMs;
      return wait;
    }).sort();
    for (const p of [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]) {
      const drawn = waits[Math.floor(p * waits.length)]!;
      assert.ok(Math.abs(waitProbability(access, drawn) - p) < 0.004, `${p}`);
      assert.ok(Math.abs(waitQuantileMs(access, p) - drawn) < 0.25 + 0.02 * drawn, `${p}: ${drawn}`);
    }
  }
});

test("loaded link, q = .45: the published quantiles of grant waiting (frame waits left out)", () => {
  // 0.4 / 2.1 / 4.4 / 8.8 / 14.5 / 18.8 / 28.7 ms, from 20,000 to 60,000 draws of U(0, P) + P Geom(q).
  const published = [
    [0.05, 0.4],
    [0.25, 2.1],
    [0.5, 4.4],
    [0.75, 8.8],
    [0.9, 14.5],
    [0.95, 18.8],
    [0.99, 28.7],
  ] as const;
  for (const [p, ms] of published) {
    const exact = fleetQuantile(0.45, p, 1e-4);
    assert.ok(Math.abs(exact - ms) < 0.1 + 0.015 * ms, `p${100 * p}: ${exact.toFixed(2)}, published ${ms}`);
  }
});

test("healthy terminal of 2026: the published round trips with propagation 8.4, fibre 0.7 and fixed 5 ms", () => {
  const rtt = (p: number) => 8.4 + 0.7 + policy.fixedMs + fleetQuantile(policy.missProbability, p);
  for (const [p, ms] of [
    [0.05, 17.6],
    [0.5, 20.2],
    [0.95, 26.5],
    [0.99, 31.4],
  ] as const) {
    assert.ok(Math.abs(rtt(p) - ms) < 0.25 + 0.03 * ms, `p${100 * p}: ${rtt(p).toFixed(2)}, published ${ms}`);
  }
  // The floor of 14.6 is that of a satellite overhead of both ends (6.4 ms), not of the median path.
  assert.ok(Math.abs(6.4 + 0.7 + policy.fixedMs + waitQuantileMs(timing(3, 0.2), 0) - 14.6) < 0.25);
});

test("quantile and probability are inverse", () => {
  fc.assert(
    fc.property(fc.constantFrom(3, 4), between(0, 0.9), between(0, 0.999), (frames, miss, p) => {
      const access = timing(frames, miss);
      const ms = waitQuantileMs(access, p);
      assert.ok(Math.abs(waitProbability(access, ms) - p) < 1e-6);
      assert.ok(ms >= 2 * FRAME);
    }),
  );
  for (const p of [1, -0.1, Number.NaN]) assert.throws(() => waitQuantileMs(timing(3, 0.2), p), RangeError);
  for (const miss of [1, -0.1, Number.NaN])
    assert.throws(() => waitQuantileMs(timing(3, miss), 0.5), RangeError);
});

test("a delay along the slot passes through its three values and stays parabolic between", () => {
  const link = { fromMs: 1000, untilMs: 16_000, oneWayMs: [4, 3, 5] as const };
  assert.deepEqual(
    [0, 1000, 8500, 16_000, 20_000].map(at => oneWayAt(link, at)),
    [4, 4, 3, 5, 5],
  );
  const parabola = (t: number) => 2 + 0.3 * t + 0.05 * t * t;
  const bent = { fromMs: 0, untilMs: 15_000, oneWayMs: [parabola(0), parabola(7.5), parabola(15)] as const };
  for (let t = 0; t <= 15; t += 0.5) assert.ok(Math.abs(oneWayAt(bent, 1000 * t) - parabola(t)) < 1e-12);
  const access = timing(4, 0.2);
  assert.equal(plannedRttMs({ ...link, fixedMs: 5, access }, 8500), 2 * 3 + 5 + waitQuantileMs(access, 0.5));
});

test("draws are a function of what they are for: shares as the policy says, the same again, bounded gaps", () => {
  let four = 0;
  const kinds = [0, 0, 0];
  const runs = 20_000;
  for (let k = 0; k < runs; k++) {
    const access = accessTiming(policy, 7, `terminal-${k}`, 5);
    assert.equal(access.grantPeriodMs, accessTiming(policy, 7, `terminal-${k}`, 6).grantPeriodMs);
    assert.notEqual(access.seed, accessTiming(policy, 7, `terminal-${k}`, 6).seed);
    if (access.grantPeriodMs > 5) four += 1;
    const gap = handoverGap(policy, 7, "terminal-1", k, 1e6);
    assert.deepEqual(gap, handoverGap(policy, 7, "terminal-1", k, 1e6));
    const length = gap === null ? 0 : gap.untilMs - gap.fromMs;
    kinds[length === 0 ? 0 : length <= 300 ? 1 : 2]! += 1;
    if (gap === null) continue;
    assert.ok((length >= 50 && length <= 300) || (length >= 450 && length <= 700));
    assert.ok(Math.abs((gap.dropUntilMs - gap.fromMs) / length - 0.65) < 0.02);
  }
  const near = (count: number, share: number) => Math.abs(count / runs - share) < 0.015;
  assert.ok(near(four, 0.65), `${four}`);
  assert.ok(near(kinds[0]!, 0.5) && near(kinds[1]!, 0.3) && near(kinds[2]!, 0.2), `${kinds}`);
});
