// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { rateLimitReason } from "../schema/constants.ts";
import { imaginedSlot, START_MS } from "./testing/imagined-dish.ts";
import { carriedBps } from "./traffic.ts";

/** Four pings of 84 bytes a second. */
const OWN = 2688;
const slot = imaginedSlot(START_MS);
const limited = (reason: number): typeof slot => ({
  ...slot,
  plan: { mobilityClass: 0, classOfService: 1, downLimit: reason, upLimit: reason },
});

test("carried is what is asked for, as far as link and plan go", () => {
  assert.equal(carriedBps(40e6, 200e6, 1, slot, "down"), OWN + 40e6);
  assert.equal(carriedBps(400e6, 200e6, 1, slot, "down"), OWN + 200e6);
  assert.equal(carriedBps(40e6, 200e6, 0.5, slot, "down"), (OWN + 40e6) / 2);
  assert.equal(carriedBps(40e6, 200e6, 1, limited(rateLimitReason.OVERAGE_LIMIT), "down"), OWN + 1e6);
  assert.equal(carriedBps(40e6, 200e6, 1, limited(rateLimitReason.OVERAGE_LIMIT), "up"), OWN + 0.5e6);
  assert.equal(
    carriedBps(40e6, 200e6, 1, limited(rateLimitReason.LOW_SPEED_POLICY_LIMIT), "down"),
    OWN + 0.5e6,
  );
});

test("nothing but its own pings passes where nothing may be reached but the account site, or nobody has spoken", () => {
  const admission = { wireCode: 12, linked: true, reach: "accountAndEmergency", reason: "X" } as const;
  assert.equal(carriedBps(40e6, 200e6, 1, { ...slot, admission }, "down"), OWN);
  assert.equal(carriedBps(40e6, 200e6, 1, { ...slot, admission: null }, "up"), OWN);
});
