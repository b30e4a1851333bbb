// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "../explain.ts";
import { admit, locatedIn, noonMs, terminal } from "../fixture.ts";
import { leaseClaims } from "../lease.ts";
import type { TxOffOrder } from "./admission-input.ts";

const order: TxOffOrder = {
  ...{ id: "txo_1", issuer: "AA regulator", ground: "It disturbs a radio telescope" },
  ...{ fromMs: noonMs, untilMs: noonMs + 3_600_000, sparesEmergency: true },
};

test("F9: an order to fall silent takes link and lease at its first instant, and a lease issued before ends there", () => {
  const silent = admit({ txOffOrders: [order] });
  assert.deepEqual([silent.outcome, silent.linked, silent.leaseMs], ["txOff", false, null]);
  assert.match(explain(silent).paragraph, /must not transmit: TX_OFF.*AA regulator ordered it silent/);
  const before = admit({
    txOffOrders: [order],
    atMs: noonMs - 7_000,
    location: locatedIn("AA", { ageMs: 7_000 }),
  });
  assert.deepEqual([before.reason, before.leaseMs], ["ALLOW", 7_000]);
  const after = admit({
    txOffOrders: [order],
    atMs: noonMs + 3_600_000,
    location: locatedIn("AA", { ageMs: -3_600_000 }),
  });
  assert.equal(after.reason, "ALLOW");
});

test("F9: safety of life is spared, unless the order says otherwise", () => {
  const calling = admit({ txOffOrders: [order], emergency: true });
  assert.deepEqual(
    [calling.reason, calling.reach, calling.leaseMs],
    ["EMERGENCY", "accountAndEmergency", 15_000],
  );
  const strict = { ...order, sparesEmergency: false };
  assert.equal(admit({ txOffOrders: [strict], emergency: true }).reason, "TX_OFF");
  assert.equal(admit({ txOffOrders: [order, { ...strict, id: "txo_2" }], emergency: true }).reason, "TX_OFF");
});

test("a call for help opens the emergency path where service is denied, and nothing more", () => {
  for (const territory of ["CC", "AA-3", "DD"]) {
    const calling = admit({ location: locatedIn(territory), emergency: true });
    assert.equal(calling.reason, "EMERGENCY");
    assert.equal(leaseClaims(calling, ["cell-1"])?.reach, "accountAndEmergency");
    assert.equal(calling.lifted[0]?.by, "emergency");
  }
  assert.equal(admit({ emergency: true }).reason, "ALLOW");
  const failed = { state: "failed", sinceMs: noonMs } as const;
  assert.equal(admit({ identity: failed, emergency: true }).reason, "AUTH_FAILED");
});

test("F7: whoever is restricted, for whatever reason, reaches the account site and emergency services", () => {
  const paused = admit({ terminal: terminal({ state: "paused" }) });
  assert.deepEqual(
    [paused.outcome, paused.linked, paused.reach],
    ["restricted", true, "accountAndEmergency"],
  );
  assert.equal(leaseClaims(paused, ["cell-1"])?.reach, "accountAndEmergency");
});
