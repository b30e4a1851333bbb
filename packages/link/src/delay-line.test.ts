// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkState } from "@perigee/network";
import fc from "fast-check";
import { DelayLine, type Direction, type Due, type Order } from "./delay-line.ts";
import { LinkSchedule } from "./link-schedule.ts";
import { oneWayMsAt } from "./propagation.ts";
import { type LinkStateChange, linkState } from "./test-bed.ts";

const T0 = 1_790_000_010_000;
const newOrder = (): Order => ({ lastMs: Number.NEGATIVE_INFINITY });
const exactGrants = { missProbability: 0, grantPeriodMs: 4, frameMs: 4 / 3, seed: 5 };

function slot(number: number, change: LinkStateChange = {}): LinkState {
  const fromMs = T0 + number * 15_000;
  return linkState({ slot: number, fromMs, untilMs: fromMs + 15_000, access: exactGrants, ...change });
}

function lineOver(direction: Direction, ...states: LinkState[]): DelayLine {
  const links = new LinkSchedule();
  for (const state of states) links.set(state, T0);
  return new DelayLine(direction, links);
}

function at(due: Due): number {
  assert.equal(due.kind, "release");
  return due.kind === "release" ? due.atMs : Number.NaN;
}

const chunk = (offeredMs: number, bytes = 0) => ({ offeredMs, bytes, datagram: false });
const datagram = (offeredMs: number, bytes = 0) => ({ offeredMs, bytes, datagram: true });

test("propagation runs through the three samples on a parabola", () => {
  // 4 u^2 + 2 u + 3 at u = 0, 1/2, 1, worked out by hand; at u = 1/4: 0.25 + 0.5 + 3.
  const state = slot(0, { oneWayMs: [3, 5, 9] });
  for (const [share, ms] of [
    [0, 3],
    [0.25, 3.75],
    [0.5, 5],
    [1, 9],
    [2, 9],
    [-1, 3],
  ] as const) {
    assert.ok(Math.abs(oneWayMsAt(state, T0 + share * 15_000) - ms) < 1e-9, `at ${share}`);
  }
});

test("uplink: at the next grant, one frame, the path, half of the fixed part; downlink: at the next frame", () => {
  const state = slot(0, { oneWayMs: [8, 8, 8], fixedMs: 5 });
  for (let offset = 0; offset < 40; offset += 0.37) {
    const waits = { up: 4, down: 4 / 3 };
    for (const direction of ["up", "down"] as const) {
      const extraMs =
        at(lineOver(direction, state).due(chunk(T0 + offset), newOrder())) - (T0 + offset) - 8 - 2.5 - 4 / 3;
      assert.ok(extraMs >= -1e-3 && extraMs <= waits[direction] + 1e-3, `${direction} ${offset}: ${extraMs}`);
    }
  }
});

test("the sender puts out its rate, whatever the sizes", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 16_384 }), { minLength: 1, maxLength: 60 }), sizes => {
      const line = lineOver("down", slot(0, { downMbps: 40 }));
      const order = newOrder();
      for (const bytes of sizes) line.due(chunk(T0 + 100, bytes), order);
      const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
      assert.ok(Math.abs(line.freeMs - (T0 + 100) - (total * 8) / 40e3) < 1e-2);
    }),
  );
});

test("no link, no release; the answer names the next known beginning", () => {
  const line = lineOver("up", slot(1));
  assert.deepEqual(line.due(chunk(T0 + 10), newOrder()), { kind: "noLink", retryMs: T0 + 15_000 });
  assert.deepEqual(line.due(chunk(T0 + 40_000), newOrder()), { kind: "noLink", retryMs: null });
});

test("gap: a stream's bytes wait for its end, one round trip longer if they would have been lost", () => {
  const gap = { fromMs: T0, dropUntilMs: T0 + 390, untilMs: T0 + 600 };
  const state = slot(0, { gap, rttMs: { floor: 20, median: 30 } });
  // After the end at most: a grant's wait, a frame, 5 ms of path.
  const bounds = [600 + 5 + 4 / 3 - 1e-3, 600 + 5 + 4 / 3 + 4 + 1e-3] as const;
  for (const direction of ["up", "down"] as const) {
    const early = at(lineOver(direction, state).due(chunk(T0 + 100), newOrder())) - T0 - 30;
    const late = at(lineOver(direction, state).due(chunk(T0 + 500), newOrder())) - T0;
    for (const ms of [early, late]) assert.ok(ms >= bounds[0] && ms <= bounds[1], `${direction}: ${ms}`);
  }
});

test("gap: datagrams are dropped in its first part and queued in the rest", () => {
  const gap = { fromMs: T0, dropUntilMs: T0 + 390, untilMs: T0 + 600 };
  const line = lineOver("up", slot(0, { gap }));
  assert.equal(line.due(datagram(T0 + 100), newOrder()).kind, "lost");
  const queued = at(line.due(datagram(T0 + 400), newOrder()));
  assert.ok(queued >= T0 + 600);
  const after = at(line.due(datagram(T0 + 700), newOrder()));
  assert.ok(after < T0 + 720);
});

test("gap: a datagram offered while it drops is lost even behind a stream that occupies the sender past its end", () => {
  const gap = { fromMs: T0, dropUntilMs: T0 + 390, untilMs: T0 + 600 };
  const line = lineOver("up", slot(0, { gap, upMbps: 1 }));
  line.due(chunk(T0 + 10, 16_384), newOrder());
  assert.ok(line.freeMs > T0 + 600);
  assert.equal(line.due(datagram(T0 + 20), newOrder()).kind, "lost");
});

test("gap: bytes sent before it whose grant falls into it are held too", () => {
  const gap = { fromMs: T0 + 1_000, dropUntilMs: T0 + 1_100, untilMs: T0 + 1_500 };
  const order = newOrder();
  const line = lineOver("up", slot(0, { gap, access: { ...exactGrants, grantPeriodMs: 400 } }));
  const releases = [900, 990, 995, 999].map(ms => at(line.due(chunk(T0 + ms), order)));
  for (const ms of releases) assert.ok(ms < T0 + 1_000 + 7 || ms >= T0 + 1_500, `${ms - T0}`);
  assert.ok(releases.some(ms => ms >= T0 + 1_500));
});

test("loss: a chunk is late by one round trip as often as one of its packets is lost; a datagram disappears", () => {
  const p = 0.02;
  const state = slot(0, { lossProbability: p, rttMs: { floor: 400, median: 500 } });
  const n = 4_000;
  const line = lineOver("down", state);
  let late = 0;
  let gone = 0;
  for (let index = 0; index < n; index++) {
    const offeredMs = T0 + 3 * index;
    if (at(line.due(chunk(offeredMs, 15_000), newOrder())) - offeredMs > 400) late++;
    if (line.due(datagram(offeredMs, 200), newOrder()).kind === "lost") gone++;
  }
  const near = (count: number, share: number) =>
    Math.abs(count / n - share) < 4 * Math.sqrt((share * (1 - share)) / n);
  assert.ok(near(late, 1 - 0.98 ** 10), `${late} of ${n} chunks of ten packets`);
  assert.ok(near(gone, p), `${gone} of ${n} datagrams`);
});

test("loss: what is behind a lost chunk waits for it, and the rate is unaffected", () => {
  const state = slot(0, { lossProbability: 0.3, rttMs: { floor: 40, median: 50 }, downMbps: 12 });
  const line = lineOver("down", state);
  const order = newOrder();
  const releases = Array.from({ length: 200 }, () => at(line.due(chunk(T0 + 5, 1_500), order)));
  assert.deepEqual(
    releases,
    releases.toSorted((a, b) => a - b),
  );
  // 1,500 bytes at 12 Mbit/s take 1 ms.
  assert.ok(releases.at(-1)! - T0 < 5 + 200 + 50 + 10);
});

test("never reordered, never early, over falling delays, slot edges, gaps and losses; and repeatable", () => {
  const states = [
    slot(0, { oneWayMs: [35, 30, 33], lossProbability: 0.05, upMbps: 3 }),
    slot(1, {
      oneWayMs: [4, 5, 6],
      upMbps: 50,
      gap: { fromMs: T0 + 15_000, dropUntilMs: T0 + 15_300, untilMs: T0 + 15_500 },
    }),
    slot(2, { oneWayMs: [20, 12, 3] }),
  ];
  const steps = fc.array(
    fc.tuple(fc.double({ min: 0, max: 900, noNaN: true }), fc.nat(16_384), fc.boolean()),
    {
      maxLength: 80,
    },
  );
  fc.assert(
    fc.property(steps, offers => {
      const run = (): Due[] => {
        const line = lineOver("up", ...states);
        const order = newOrder();
        let offeredMs = T0;
        return offers.map(([pauseMs, bytes, isDatagram]) => {
          offeredMs = Math.min(offeredMs + pauseMs, T0 + 40_000);
          const due = line.due({ offeredMs, bytes, datagram: isDatagram }, order);
          if (due.kind === "release") assert.ok(due.atMs >= offeredMs + 3 + 4 / 3 - 1e-3);
          return due;
        });
      };
      const first = run();
      const released = first.flatMap(due => (due.kind === "release" ? [due.atMs] : []));
      assert.deepEqual(
        released,
        released.toSorted((a, b) => a - b),
      );
      assert.deepEqual(run(), first);
    }),
    { numRuns: 60 },
  );
});

test("schedule: a later word for a slot replaces the earlier one, and past slots are forgotten", () => {
  const links = new LinkSchedule();
  links.set(slot(0, { downMbps: 1 }), T0);
  links.set(slot(1, { downMbps: 2 }), T0);
  links.set(slot(1, { downMbps: 3 }), T0);
  assert.equal(links.at(T0 + 15_000)?.downMbps, 3);
  assert.equal(links.at(T0 + 14_999.999)?.downMbps, 1);
  assert.equal(links.nextFromMs(T0), T0 + 15_000);
  links.set(slot(5), T0 + 60_000);
  assert.equal(links.at(T0), null);
});
