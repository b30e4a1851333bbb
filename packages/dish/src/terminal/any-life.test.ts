// SPDX-License-Identifier: MIT
// Whatever happens to a terminal, in whatever order, what it shows fits together.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decode, encode } from "../codec/codec.ts";
import { scenes } from "../scenes/scenes.ts";
import type { DeviceRequest } from "../server/device.ts";
import { isRefusal } from "../server/rpc-status.ts";
import { outageCauses } from "./outage-causes.ts";
import {
  ImaginedDish,
  imaginedIdentity,
  imaginedPorts,
  imaginedSlot,
  START_MS,
} from "./testing/imagined-dish.ts";

type Step =
  | { readonly kind: "pass"; readonly tenths: number }
  | { readonly kind: "ask"; readonly request: DeviceRequest }
  | { readonly kind: "scene"; readonly index: number }
  | { readonly kind: "network"; readonly offer: "link" | "nothing" | "silence" };

const requests: readonly DeviceRequest[] = [
  { reboot: {} },
  { dishStow: {} },
  { dishStow: { unstow: true } },
  { dishInhibitRf: { inhibitRf: true } },
  { dishInhibitRf: {} },
  { dishPowerSave: { enablePowerSave: true, powerSaveStartMinutes: 721, powerSaveDurationMinutes: 2 } },
  { dishPowerSave: {} },
  { dishClearObstructionMap: {} },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("pass"), tenths: fc.integer({ min: 0, max: 600 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("ask"), request: fc.constantFrom(...requests) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("scene"), index: fc.nat(scenes.length) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("network"),
      offer: fc.constantFrom("link", "nothing", "silence"),
    }),
  },
) as fc.Arbitrary<Step>;

function take(it: ImaginedDish, taken: Step): void {
  if (taken.kind === "pass") it.pass(taken.tenths / 10);
  else if (taken.kind === "ask") it.dish.handle(taken.request, "lan");
  else if (taken.kind === "scene") it.dish.setScene(scenes[taken.index] ?? null);
  else if (taken.offer === "silence") it.tell = null;
  else {
    const changes = taken.offer === "link" ? {} : { link: null, unserved: "noBeam" };
    it.tell = fromMs => imaginedSlot(fromMs, changes);
  }
}

const imagined = (): ImaginedDish =>
  new ImaginedDish({
    identity: { ...imaginedIdentity, hasActuators: true },
    ports: { ...imaginedPorts, ping: (_, atMs) => (atMs % 7000 === 0 ? null : 25) },
  });

/** Everything that a client can see. */
function seen(it: ImaginedDish): unknown {
  const answers = [
    { getStatus: {} },
    { getHistory: {} },
    { dishGetObstructionMap: {} },
    { getDiagnostics: {} },
  ];
  return [...answers.map(request => it.dish.handle(request, "lan")), it.dish.telemetry(it.nowMs)];
}

test("status, history, outages and radio agree after any sequence of events", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), steps => {
      const it = imagined();
      const radio: boolean[] = [it.dish.radio(it.nowMs).onAir];
      it.dish.changed = ({ onAir }) => radio.push(onAir);
      for (const taken of steps) {
        take(it, taken);
        const { onAir, why } = it.dish.radio(it.nowMs);
        assert.equal(radio.at(-1), onAir, "every change was told");
        assert.equal(onAir, why === null);
        const answer = it.dish.handle({ getStatus: {} }, "lan");
        assert.equal(isRefusal(answer), why === "unplugged" || why === "restarting");
        if (isRefusal(answer)) continue;
        const { outage } = it.status;
        const row = Object.entries(outageCauses).find(([cause]) => cause === why);
        if (row !== undefined) assert.equal(row[1].onAir, false);
        if (outage === undefined) assert.ok(onAir, "connected and silent cannot be");
        checkOutages(it);
      }
      assert.ok(
        radio.every((onAir, i) => i === 0 || onAir !== radio[i - 1]),
        "on and off take turns",
      );
    }),
    { numRuns: 300 },
  );
});

test("the same events give the same terminal", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), steps => {
      const [one, two] = [imagined(), imagined()];
      for (const taken of steps) {
        take(one, taken);
        take(two, taken);
      }
      assert.deepEqual(seen(one), seen(two));
    }),
    { numRuns: 100 },
  );
});

test("every answer goes through the wire and comes back as it was", () => {
  const type = "SpaceX.API.Device.Response";
  const it = imagined().pass(100);
  it.dish.setScene(scenes.find(({ name }) => name === "ethernet-10") ?? null);
  for (const request of [
    { getHistory: {} },
    { getDiagnostics: {} },
    { dishGetConfig: {} },
    { getPing: {} },
  ]) {
    const bytes = encode(type, it.ask(request));
    const decoded = decode(type, bytes);
    assert.ok(decoded.ok);
    assert.deepEqual(encode(type, decoded.value), bytes);
    assert.ok(bytes.length > 20);
  }
});

/** Outages are in order, apart from each other, of some length, and the open one is the one that the status shows. */
function checkOutages(it: ImaginedDish): void {
  const outages = it.history.outages ?? [];
  let endNs = 0n;
  for (const { startTimestampNs = 0n, durationNs = 0n } of outages.slice(0, -1)) {
    assert.ok(startTimestampNs >= endNs && durationNs > 0n);
    endNs = startTimestampNs + durationNs;
  }
  const last = outages.at(-1);
  if (last !== undefined) assert.ok((last.startTimestampNs ?? 0n) >= endNs);
  const { outage } = it.status;
  if (outage !== undefined) assert.deepEqual(last, outage);
  const ring = it.history.popPingDropRate ?? [];
  const current = Number(it.history.current);
  assert.ok(current <= (it.nowMs - START_MS) / 1000);
  assert.ok([...ring].every((rate, i) => rate >= 0 && rate <= 1 && (i < current || rate === 0)));
}
