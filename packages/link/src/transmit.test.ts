// SPDX-License-Identifier: MIT
// Orders to be silent: 47 CFR 25.228(c) gives 100 ms from receipt. A terminal on time that is moved by hand, a faulty
// control channel, and every byte that leaves the terminal noted.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TransmitOrder } from "./contract.ts";
import { Gate } from "./gate.ts";
import type { Lane } from "./lane.ts";
import { Lateness } from "./lateness.ts";
import { Terminal } from "./terminal.ts";
import { lease, linkState, VirtualTimeline } from "./test-bed.ts";

const runs = Number(process.env["PERIGEE_CASES"]) || 10_000;
const T0 = 1_000_000;
const limitMs = 100;

const order = (sequence: number, transmit: "off" | "on", sparesEmergency = false): TransmitOrder => ({
  ...{ terminalId: "t1", sequence, transmit, sparesEmergency },
  ...{ code: "TX_OFF", message: "Ordered to be silent." },
});

/** Copies of the orders as a bad channel delivers them: each lost, late, doubled and overtaken as chance will. */
const delivery = fc.array(
  fc.record({
    order: fc.nat(5),
    sentMs: fc.nat(400),
    lateMs: fc.constantFrom(0, 0, 1, 20, 150, 390),
    isLost: fc.boolean(),
  }),
  { minLength: 2, maxLength: 8 },
);

test("F9: whatever the channel does to the orders, nothing leaves the terminal later than 100 ms after it received one", () => {
  let worstMs = 0;
  let silences = 0;
  fc.assert(
    fc.property(delivery, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (copies, offs) => {
      const timeline = new VirtualTimeline(T0);
      const terminal = new Terminal("t1", timeline, new Lateness(), 1e6);
      terminal.setLinkState(
        linkState({ fromMs: 0, untilMs: T0 + 10_000, oneWayMs: [30, 30, 30], upMbps: 1 }),
      );
      terminal.install(lease({ issuedAtMs: T0, expiresAtMs: T0 + 60_000 }).claims);
      const arrivals = copies
        .filter(copy => !copy.isLost)
        .map(copy => ({ atMs: T0 + copy.sentMs + copy.lateMs, sequence: copy.order }))
        .sort((a, b) => a.atMs - b.atMs);
      const left: number[] = [];
      // A program that reconnects whenever it is cut, and sends a packet every 10 ms.
      const up: { lane: Lane | null } = { lane: null };
      const connection = {
        reserved: false,
        emergency: false,
        cut: () => (up.lane === null ? 0 : terminal.drop("up", up.lane)),
      };
      const speak = (): void => {
        if (terminal.permit(connection, timeline.now()) !== null) return;
        if (terminal.openConnections === 0) {
          up.lane = terminal.lane("up", { ...connection, room: () => {}, denied: () => terminal.enforce() });
          terminal.open(connection);
        }
        up.lane?.send(100, () => left.push(timeline.now()) > 0);
      };
      let next = 0;
      for (let atMs = T0; atMs <= T0 + 1_000; atMs += 10) {
        for (; next < arrivals.length && arrivals[next]!.atMs <= atMs; next++) {
          const { atMs: arrivedMs, sequence } = arrivals[next]!;
          timeline.advanceTo(arrivedMs);
          const transmit = offs[sequence] === true ? "off" : "on";
          const taken = terminal.transmit(order(sequence, transmit));
          if (taken && transmit === "off") assert.equal(terminal.openConnections, 0);
        }
        timeline.advanceTo(atMs);
        speak();
      }
      // From the definition: at an instant the newest order received says whether the terminal may speak.
      for (const { atMs, sequence } of arrivals) {
        const before = arrivals.filter(other => other.atMs <= atMs);
        const newest = Math.max(...before.map(other => other.sequence));
        if (newest !== sequence || offs[sequence] !== true) continue;
        const endMs =
          arrivals.find(other => other.sequence > sequence && other.atMs > atMs)?.atMs ?? Infinity;
        const during = left.filter(ms => ms > atMs && ms < endMs);
        silences++;
        for (const ms of during) worstMs = Math.max(worstMs, ms - atMs);
        assert.ok(during.every(ms => ms - atMs <= limitMs));
      }
      const last = Math.max(-1, ...arrivals.map(({ sequence }) => sequence));
      if (last < 0 || offs[last] !== true) assert.ok(left.at(-1)! > T0 + 900, "it speaks again when it may");
    }),
    { numRuns: runs },
  );
  assert.ok(silences > 1_000);
  assert.equal(worstMs, 0, "what was on its way is not let out either");
});

test("silent until corrected: no lease, no other lease and no lapse of time gives the transmitter back", () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant("lease" as const), at: fc.nat(50) }),
    fc.record({ kind: fc.constant("revoke" as const), at: fc.nat(50) }),
    fc.record({
      kind: fc.constant("order" as const),
      sequence: fc.nat(6),
      isOff: fc.boolean(),
      spares: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 10 }), fc.nat(300), fc.boolean(), (events, now, emergency) => {
      const gate = new Gate();
      const without = new Gate();
      for (const item of events) {
        if (item.kind === "order") {
          gate.transmit(order(item.sequence, item.isOff ? "off" : "on", item.spares));
          continue;
        }
        for (const each of [gate, without]) {
          if (item.kind === "lease")
            each.install(lease({ issuedAtMs: item.at, expiresAtMs: item.at + 100 }).claims);
          else each.revoke({ code: "R", message: "R", atMs: item.at }, 0);
        }
      }
      const orders = events.flatMap(item => (item.kind === "order" ? [item] : []));
      const newest = Math.max(-1, ...orders.map(item => item.sequence));
      const counts = orders.find(item => item.sequence === newest);
      const silent = counts?.isOff === true && !(counts.spares && emergency);
      const verdict = gate.check(now, emergency, true, emergency);
      if (silent) assert.equal(verdict?.kind, "txOff");
      // The exception spares the safety of life from the order, not from needing a lease.
      else assert.deepEqual(verdict, without.check(now, emergency, true, emergency));
    }),
    { numRuns: runs },
  );
});
