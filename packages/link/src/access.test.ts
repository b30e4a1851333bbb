// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextFrameMs, nextGrantMs } from "./access.ts";
import { draw, purpose } from "./draw.ts";

const frameMs = 4 / 3;

/**
 * P(W <= w) for W = U(0, P) + P Geom(q) + U(0, F) + 2 F, straight from the definition: a sum over the number of missed
 * grants, and over the frame's wait by the midpoint rule.
 */
function waitCdf(waitMs: number, periodMs: number, miss: number): number {
  const steps = 200;
  let total = 0;
  for (let misses = 0; misses < 60; misses++) {
    let share = 0;
    for (let step = 0; step < steps; step++) {
      const left = waitMs - 2 * frameMs - misses * periodMs - ((step + 0.5) / steps) * frameMs;
      share += Math.min(1, Math.max(0, left / periodMs)) / steps;
    }
    total += miss ** misses * (1 - miss) * share;
  }
  return total;
}

for (const { frames, miss } of [
  { frames: 3, miss: 0.2 },
  { frames: 4, miss: 0.45 },
]) {
  test(`round trip waits follow the published distribution: ${frames} frames, ${miss} missed`, () => {
    const periodMs = frames * frameMs;
    const access = { frameMs, grantPeriodMs: periodMs, missProbability: miss, seed: 42 + frames };
    const n = 10_000;
    const waits: number[] = [];
    let atMs = 1_790_000_000_000;
    for (let index = 0; index < n; index++) {
      atMs += 100 + 50 * draw(1, purpose.lossUp, index);
      const upMs = nextGrantMs(access, atMs) + frameMs - atMs;
      const backMs = atMs + 20 * (1 + draw(2, purpose.lossDown, index));
      waits.push(upMs + nextFrameMs(access, backMs) + frameMs - backMs);
    }
    waits.sort((a, b) => a - b);
    let distance = 0;
    for (let rank = 0; rank < n; rank += 10) {
      distance = Math.max(distance, Math.abs(rank / n - waitCdf(waits[rank]!, periodMs, miss)));
    }
    // Kolmogorov-Smirnov: exceeded by chance once in a thousand (1.95 / sqrt(n)); 0.001 for looking at every tenth.
    assert.ok(distance < 1.95 / Math.sqrt(n) + 0.001, `distance ${distance}`);
    assert.ok(waits[0]! >= 2 * frameMs - 1e-3);
  });
}

test("the grid is one grid: packets that become ready between two grants leave together", () => {
  const access = { frameMs, grantPeriodMs: 4, missProbability: 0.2, seed: 3 };
  const grants = new Set<number>();
  for (let at = 0; at < 4_000; at += 0.25) grants.add(nextGrantMs(access, 1e12 + at));
  const sorted = [...grants].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((grant, index) => (grant - sorted[index]!) / 4);
  assert.ok(steps.every(step => Math.abs(step - Math.round(step)) < 1e-3 && step > 0.99));
  assert.ok(Math.abs(sorted.length / 1_000 - 0.8) < 0.05, "one in five is missed");
});

test("something ready exactly at a grant is not sent before it is ready, nor a period later", () => {
  const access = { frameMs, grantPeriodMs: 4, missProbability: 0, seed: 3 };
  const grantMs = nextGrantMs(access, 1_790_000_000_001);
  for (const readyMs of [grantMs, grantMs - 1e-4, grantMs + 1e-4]) {
    const sentMs = nextGrantMs(access, readyMs);
    assert.ok(sentMs >= readyMs && sentMs - readyMs <= 4);
  }
});
