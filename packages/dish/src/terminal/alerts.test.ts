// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { dishFile } from "../schema/files/dish.ts";
import { dishAlertTests, telemetryAlertTests } from "./alerts.ts";
import { ImaginedDish, START_MS } from "./testing/imagined-dish.ts";

test("there is a rule for every alert of the schema", () => {
  const camel = (name: string): string =>
    name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  assert.deepEqual(
    Object.keys(dishAlertTests)
      .map(name => name.toLowerCase())
      .sort(),
    Object.keys(dishFile.messages.DishAlerts)
      .map(name => camel(name).toLowerCase())
      .sort(),
  );
});

test("there is a rule for every documented telemetry alert but those of retired codes", () => {
  // The vendor's list of July 2026, without 58 and 92.
  const documented = [
    ...[50, 51, 52, 53, 54, 55, 56, 57, 59, 60, 61, 62, 63, 64, 65, 66, 67, 79, 80, 81, 83, 84, 89, 93, 94],
    ...[95, 96, 97],
  ];
  assert.deepEqual(
    [...telemetryAlertTests.keys()].sort((a, b) => a - b),
    documented,
  );
});

test("a telemetry alert stays for 15 s after its cause is gone, and no longer", () => {
  const it = new ImaginedDish().pass(30);
  it.dish.sense({ ethernetMbps: 10 });
  it.pass(1).dish.sense({ ethernetMbps: 1000 });
  assert.deepEqual(it.status.alerts, {});
  assert.deepEqual(it.dish.telemetry(it.nowMs).alerts, [50]);
  it.pass(15);
  assert.deepEqual(it.dish.telemetry(it.nowMs).alerts, [50]);
  it.pass(0.001);
  assert.deepEqual(it.dish.telemetry(it.nowMs).alerts, []);
  const event = it.history.eventLog?.events?.find(({ reason }) => reason === 24);
  assert.equal(event?.startTimestampNs, BigInt(START_MS + 30_000) * 1_000_000n);
  assert.equal(event?.durationNs, 1_000_000_000n);
});

test("moving is an alert without a plan for motion, and none with one", () => {
  const it = new ImaginedDish().pass(20).retell({ speedMps: 4.3 });
  const alerts = (): readonly number[] => it.dish.telemetry(it.nowMs).alerts;
  assert.deepEqual(alerts(), []);
  it.retell({ speedMps: 4.5 });
  assert.deepEqual(alerts(), [59]);
  assert.equal(it.status.isMovingFastPersisted, true);
  it.retell({ speedMps: 4.5, plan: { mobilityClass: 2, classOfService: 2, downLimit: 1, upLimit: 1 } });
  it.pass(16);
  assert.deepEqual(alerts(), []);
});
