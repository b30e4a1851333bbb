// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { enumOf } from "../schema/directory.ts";
import { type Condition, causeOf, outageCauses, outageTable } from "./outage-causes.ts";

const fine: Condition = {
  unknownFault: false,
  booting: false,
  tooHot: false,
  stowed: false,
  asleep: false,
  rfInhibited: false,
  cableTest: false,
  motorsMoving: false,
  attitudeFound: true,
  linked: true,
  unserved: null,
  obstructed: false,
  signalLost: false,
  pingsLost: false,
};

test("a terminal to which nothing applies is connected", () => {
  assert.equal(causeOf(fine), null);
});

test("each cause is reached, and what a terminal does to itself hides what happens to it", () => {
  const alone: readonly (readonly [string, Partial<Condition>])[] = [
    ["BOOTING", { booting: true }],
    ["THERMAL_SHUTDOWN", { tooHot: true }],
    ["STOWED", { stowed: true }],
    ["SLEEPING", { asleep: true }],
    ["INHIBIT_RF", { rfInhibited: true }],
    ["CABLE_TEST", { cableTest: true }],
    ["ACTUATOR_ACTIVITY", { motorsMoving: true }],
    ["UNKNOWN", { unknownFault: true }],
    ["SKY_SEARCH", { attitudeFound: false }],
    ["NO_SATS", { linked: false, unserved: "geostationaryArc" }],
    ["NO_SCHEDULE", { linked: false, unserved: "notPermitted" }],
    ["OBSTRUCTED", { obstructed: true }],
    ["NO_DOWNLINK", { signalLost: true }],
    ["NO_PINGS", { pingsLost: true }],
  ];
  for (const [cause, change] of alone) assert.equal(causeOf({ ...fine, ...change }), cause);
  // Any two at once: the earlier in this list.
  fc.assert(
    fc.property(fc.nat(alone.length - 1), fc.nat(alone.length - 1), (a, b) => {
      const [first, second] = [alone[Math.min(a, b)]!, alone[Math.max(a, b)]!];
      assert.equal(causeOf({ ...fine, ...second[1], ...first[1] }), first[0]);
    }),
  );
});

test("every cause has its event in the log, by name, where the log knows one", () => {
  const events = enumOf("SpaceX.API.Device.EventReason") as Readonly<Record<string, number>>;
  for (const [cause, row] of Object.entries(outageCauses)) {
    assert.equal(row.event, events[`EVENT_REASON_OUTAGE_${cause}`] ?? events["EVENT_REASON_OUTAGE_UNKNOWN"]);
    assert.ok(outageTable().includes(`| \`${cause}\` |`));
  }
});
