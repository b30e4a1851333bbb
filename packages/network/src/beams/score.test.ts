// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultPolicy } from "../policy.ts";
import { type Candidate, score } from "./score.ts";

const policy = defaultPolicy.scheduler;

const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  satellite: 1,
  elevationDeg: 50,
  minElevationDeg: 25,
  remainingS: 100,
  oneWayMs: 5,
  sunlit: true,
  newness: 0.5,
  contention: 0.5,
  ...more,
});

const plain = score(candidate(), 0, -1, policy);

test("each term alone decides, the way its sentence says", () => {
  const better: [string, Partial<Candidate>][] = [
    ["higher", { elevationDeg: 51 }],
    ["longer in view", { remainingS: 101 }],
    ["newer", { newness: 0.6 }],
    ["less contended", { contention: 0.6 }],
  ];
  for (const [what, more] of better) assert.ok(score(candidate(more), 0, -1, policy) > plain, what);
  assert.ok(score(candidate({ sunlit: false }), 0, -1, policy) < plain, "dark");
  assert.ok(score(candidate(), 0.1, -1, policy) < plain, "a detour");
  assert.ok(score(candidate(), 0, 1, policy) > plain, "served it before");
});

test("terms run from 0 to 1, so that the best sky is worth the sum of the weights", () => {
  const { weights } = policy;
  const best = candidate({ elevationDeg: 90, remainingS: policy.remainingCapS, newness: 1, contention: 1 });
  const sum =
    weights.elevation +
    weights.remaining +
    weights.path +
    weights.sunlit +
    weights.newness +
    weights.contention +
    weights.stickiness;
  assert.ok(Math.abs(score(best, 0, 1, policy) - sum) < 1e-12);
  const worst = candidate({ elevationDeg: 25, remainingS: 0, newness: 0, contention: 0, sunlit: false });
  assert.ok(Math.abs(score(worst, policy.pathScaleMs, -1, policy)) < 1e-12);
});

test("a detour of tens of milliseconds outweighs the best sky", () => {
  const high = candidate({ elevationDeg: 89, remainingS: 180, contention: 0.9 });
  assert.ok(score(high, 145, -1, policy) < plain);
});
