// SPDX-License-Identifier: MIT
// The ping against the delay line that carries datagrams, and against the waits' own distribution.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DelayLine } from "./delay-line.ts";
import { LinkSchedule } from "./link-schedule.ts";
import { pingRttMs } from "./ping.ts";
import { linkState } from "./test-bed.ts";

const T0 = 1_790_000_010_000;
const slot = (change = {}) =>
  linkState({ fromMs: T0, untilMs: T0 + 15_000, oneWayMs: [9, 8, 7.5], ...change });

/** The same datagram through both directions of a fresh data plane. */
function carried(link: ReturnType<typeof slot>, atMs: number): number | null {
  const links = new LinkSchedule();
  links.set(link, atMs);
  const offer = (offeredMs: number) => ({ offeredMs, bytes: 0, datagram: true });
  const up = new DelayLine("up", links).due(offer(atMs), { lastMs: 0 });
  if (up.kind !== "release") return null;
  const down = new DelayLine("down", links).due(offer(up.atMs), { lastMs: 0 });
  return down.kind === "release" ? down.atMs - atMs : null;
}

test("a ping takes what a datagram of no size takes, in and out of a gap", () => {
  const gap = { fromMs: T0, dropUntilMs: T0 + 200, untilMs: T0 + 500 };
  const link = slot({ gap, fixedMs: 6.5 });
  let held = 0;
  for (let atMs = T0; atMs < T0 + 14_900; atMs += 37.25) {
    const [ping, expected] = [pingRttMs(link, atMs), carried(link, atMs)];
    if (expected === null) assert.equal(ping, null, `${atMs - T0}`);
    else assert.ok(Math.abs(ping! - expected) < 1e-3, `${atMs - T0}: ${ping}, not ${expected}`);
    if (atMs >= gap.dropUntilMs && atMs < gap.untilMs) {
      assert.ok(ping! >= gap.untilMs - atMs);
      held++;
    }
  }
  assert.ok(held > 5);
});

test("pings are lost as often as packets are, both ways counted", () => {
  const link = slot({ lossProbability: 0.1 });
  const lost = Array.from({ length: 10_000 }, (_, k) => pingRttMs(link, T0 + k * 1.4)).filter(
    p => p === null,
  );
  // 1 - 0.9^2 = 0.19; four standard deviations of 10,000 are 0.016.
  assert.ok(Math.abs(lost.length / 10_000 - 0.19) < 0.016, String(lost.length));
  assert.equal(pingRttMs(slot({ lossProbability: 1 }), T0 + 1), null);
});
