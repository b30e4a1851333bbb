// SPDX-License-Identifier: MIT
// Carriers, lanes and the terminal on virtual time: exact instants, no sockets.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Lane } from "./lane.ts";
import { Lateness } from "./lateness.ts";
import { Terminal } from "./terminal.ts";
import { lease, linkState, VirtualTimeline } from "./test-bed.ts";

const T0 = 1_790_000_010_000;
const slot = (number: number, change = {}) =>
  linkState({ slot: number, fromMs: T0 + number * 15_000, untilMs: T0 + (number + 1) * 15_000, ...change });

function bed(bufferBytes = 32 * 2 ** 20) {
  const timeline = new VirtualTimeline(T0);
  const terminal = new Terminal("t1", timeline, new Lateness(), bufferBytes);
  terminal.install(lease({ issuedAtMs: T0, expiresAtMs: T0 + 600_000 }).claims);
  const arrivals: { readonly what: string; readonly atMs: number }[] = [];
  const lane = (direction: "up" | "down" = "down") =>
    terminal.lane(direction, { reserved: false, emergency: false, room: () => {}, denied: () => {} });
  const send = (into: Lane, what: string, bytes: number, datagram = false) =>
    into.send(bytes, () => arrivals.push({ what, atMs: timeline.now() }) > 0, datagram);
  return { timeline, terminal, arrivals, lane, send };
}

test("a newcomer does not wait behind another connection's queue", () => {
  const { timeline, terminal, arrivals, lane, send } = bed();
  terminal.setLinkState(slot(0, { downMbps: 10 }));
  const bulk = lane();
  const small = lane();
  for (let index = 0; index < 100; index++) send(bulk, "bulk", 16_384);
  timeline.advanceTo(T0 + 50);
  send(small, "small", 1_000);
  timeline.advanceTo(T0 + 3_000);
  const arrivedMs = arrivals.find(({ what }) => what === "small")!.atMs - T0 - 50;
  // 100 chunks take 1.3 s at 10 Mbit/s; the newcomer waits for at most two of them (13.1 ms each) and the path.
  assert.ok(arrivedMs < 2 * 13.2 + 5 + 3 * (4 / 3), `${arrivedMs} ms`);
  assert.equal(arrivals.length, 101);
});

test("two busy connections share by bytes, not by chunks", () => {
  const { timeline, terminal, arrivals, lane, send } = bed();
  terminal.setLinkState(slot(0, { downMbps: 10 }));
  const lanes = { large: lane(), small: lane() };
  for (let index = 0; index < 60; index++) send(lanes.large, "large", 16_384);
  for (let index = 0; index < 960; index++) send(lanes.small, "small", 1_024);
  timeline.advanceTo(T0 + 800);
  const bytes = (what: string, size: number) =>
    arrivals.filter(arrival => arrival.what === what).length * size;
  const ratio = bytes("small", 1_024) / bytes("large", 16_384);
  assert.ok(ratio > 0.9 && ratio < 1.1, `ratio ${ratio}`);
});

test("the rate falls and rises with the slot, on bytes not yet sent; those in the air are not moved", () => {
  const { timeline, terminal, arrivals, lane, send } = bed();
  terminal.setLinkState(slot(0, { downMbps: 80, oneWayMs: [40, 40, 40] }));
  terminal.setLinkState(slot(1, { downMbps: 8, oneWayMs: [4, 4, 4] }));
  timeline.advanceTo(T0 + 14_990);
  const stream = lane();
  for (let index = 0; index < 30; index++) send(stream, String(index), 10_000);
  timeline.advanceTo(T0 + 16_000);
  // 10,000 bytes take 1 ms at 80 Mbit/s, 10 ms at 8: ten cross under the old delay, twenty under the new rate.
  const first = arrivals[0]!.atMs - T0 - 14_990;
  assert.ok(first >= 1 + 40 + 4 / 3 - 1e-3 && first <= 1 + 40 + 8 / 3 + 1e-3, `${first}`);
  assert.deepEqual(
    arrivals.map(({ what }) => Number(what)),
    Array.from({ length: 30 }, (_, index) => index),
  );
  const last = arrivals.at(-1)!.atMs - T0 - 15_000;
  assert.ok(last >= 200 + 4 + 4 / 3 - 1e-3 && last <= 200 + 4 + 8 / 3 + 1e-3, `${last}`);
});

test("without a link a stream stalls, a datagram is refused, and a link that comes late is not used in hindsight", () => {
  const { timeline, terminal, arrivals, lane, send } = bed();
  const stream = lane("up");
  assert.equal(send(stream, "stream", 1_000), null);
  assert.equal(send(lane("up"), "datagram", 1_000, true)?.code, "NO_LINK");
  timeline.advanceTo(T0 + 3_000);
  terminal.setLinkState(slot(0));
  timeline.advanceTo(T0 + 3_005);
  assert.equal(arrivals.length, 0);
  timeline.advanceTo(T0 + 3_100);
  assert.equal(arrivals.length, 1);
});

test("bytes in the air when the last known slot ends wait for the next one, which may already be announced", () => {
  const { timeline, terminal, arrivals, lane, send } = bed();
  terminal.setLinkState(slot(0));
  terminal.setLinkState(slot(2));
  timeline.advanceTo(T0 + 14_999);
  send(lane(), "held", 100);
  timeline.advanceTo(T0 + 29_999);
  assert.equal(arrivals.length, 0);
  timeline.advanceTo(T0 + 30_001);
  assert.equal(arrivals.length, 1);
});

test("revocation: nothing in the delay lines is delivered, and the number of lost bytes is known", () => {
  const { timeline, terminal, arrivals, lane, send } = bed();
  terminal.setLinkState(slot(0, { downMbps: 10 }));
  const stream = lane();
  let cuts = 0;
  terminal.open({
    reserved: false,
    emergency: false,
    cut: () => {
      cuts++;
      return terminal.drop("down", stream);
    },
  });
  for (let index = 0; index < 10; index++) send(stream, "x", 10_000);
  timeline.advanceTo(T0 + 30);
  const before = arrivals.length;
  assert.ok(before > 0 && before < 10);
  assert.equal(terminal.revoke({ code: "SUSPENDED", message: "Stopped." }), 1);
  timeline.advanceTo(T0 + 5_000);
  assert.equal(arrivals.length, before);
  assert.equal(cuts, 1);
  assert.equal(terminal.stats(0).discardedBytes, (10 - before) * 10_000);
  assert.equal(send(lane(), "late", 1)?.code, "SUSPENDED");
});

test("expiry: the alarm rings at that very instant though nothing else happens", () => {
  const { timeline, terminal } = bed();
  terminal.setLinkState(slot(0));
  terminal.install(lease({ issuedAtMs: T0 + 1, expiresAtMs: T0 + 4_321 }).claims);
  let cutAtMs = 0;
  terminal.open({
    reserved: true,
    emergency: true,
    cut: () => {
      cutAtMs = timeline.now();
      return 0;
    },
  });
  timeline.advanceTo(T0 + 4_320.9);
  assert.equal(cutAtMs, 0);
  timeline.advanceTo(T0 + 10_000);
  assert.equal(cutAtMs, T0 + 4_321);
});

test("a byte due at the instant of expiry or after is not delivered even if no alarm came first", () => {
  const { timeline, terminal, arrivals, lane, send } = bed();
  terminal.setLinkState(slot(0, { oneWayMs: [50, 50, 50] }));
  terminal.install(lease({ issuedAtMs: T0 + 1, expiresAtMs: T0 + 40 }).claims);
  send(lane(), "x", 10);
  timeline.advanceTo(T0 + 1_000);
  assert.deepEqual(arrivals, []);
});

test("the window of one connection shrinks with their number: the terminal's buffer is bounded", () => {
  const { terminal, lane } = bed(1_000_000);
  terminal.setLinkState(slot(0, { downMbps: 1_000 }));
  const lanes = Array.from({ length: 100 }, () => lane());
  const total = lanes.reduce((sum, one) => sum + one.carrier.windowBytes(T0), 0);
  assert.ok(total <= 1_000_000, `${total}`);
});
