// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "./clock.ts";

test("the clock tells UTC, with parts of a millisecond, and follows the wall clock forward but not back", t => {
  const now = systemClock();
  const wallFirst = Date.now();
  assert.ok(now() >= wallFirst, "never behind the wall clock");
  const readings = Array.from({ length: 2_000 }, now);
  assert.deepEqual(
    readings,
    readings.toSorted((a, b) => a - b),
  );
  assert.ok(readings.some(reading => !Number.isInteger(reading)));

  const wallMs = Date.now();
  const wall = t.mock.method(Date, "now", () => wallMs + 3_600_000);
  assert.ok(now() >= wallMs + 3_600_000, "the machine slept for an hour");
  wall.mock.mockImplementation(() => wallMs);
  assert.ok(now() >= wallMs + 3_600_000, "set back: time does not repeat");
});
