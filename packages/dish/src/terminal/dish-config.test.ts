// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applySettings, asleep, factorySettings, shownSettings } from "./dish-config.ts";

const DAY_MS = 86_400_000;

test("a terminal sleeps in exactly the minutes of its schedule, past midnight too", () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(minute, fc.integer({ min: 0, max: 1440 }), minute, (start, duration, now) => {
      const settings = {
        ...factorySettings,
        powerSaveMode: true,
        powerSaveStartMinutes: start,
        powerSaveDurationMinutes: duration,
      };
      const minutes = new Set(Array.from({ length: duration }, (_, i) => (start + i) % 1440));
      assert.equal(asleep(settings, 20_000 * DAY_MS + now * 60_000), minutes.has(now));
      assert.equal(asleep({ ...settings, powerSaveMode: false }, now * 60_000), false);
    }),
  );
});

test("a member is taken where its apply companion is set, and a default that the wire leaves out too", () => {
  const set = { ...factorySettings, swupdateRebootHour: 5, powerSaveMode: true, levelDishMode: 1 };
  assert.deepEqual(applySettings(set, { swupdateRebootHour: 9, powerSaveMode: false }), {
    ok: true,
    value: set,
  });
  assert.deepEqual(applySettings(set, { applySwupdateRebootHour: true, applyPowerSaveMode: true }), {
    ok: true,
    value: { ...set, swupdateRebootHour: 0, powerSaveMode: false },
  });
  assert.deepEqual(applySettings(factorySettings, shownSettings(set)), { ok: true, value: set });
});

test("a value that cannot be is refused, and nothing of its request is taken", () => {
  const result = applySettings(factorySettings, {
    ...{ levelDishMode: 1, applyLevelDishMode: true },
    ...{ powerSaveStartMinutes: 1440, applyPowerSaveStartMinutes: true },
  });
  assert.ok(!result.ok);
  assert.deepEqual(result.error, {
    code: "outOfRange",
    message: "powerSaveStartMinutes is 1440; the largest value is 1439",
    place: "powerSaveStartMinutes",
  });
});
