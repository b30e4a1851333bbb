// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Planet } from "@perigee/operator/contract";
import { readAt, slotAt, slotStartMs, timeKind, writeAt } from "./as-of.ts";

const clock = { slot: 1000, startMs: Date.parse("2026-11-22T03:15:12.000Z"), slotMs: 15_000 };
const planet = { state: "ready", slots: { first: 900, last: 1001 } } as Planet;
const at = (slot: number) => ({ slot, startMs: slotStartMs(clock, slot) });

test("an instant belongs to the slot that holds it", () => {
  assert.equal(slotAt(clock, clock.startMs), 1000);
  assert.equal(slotAt(clock, clock.startMs - 1), 999);
  assert.equal(slotAt(clock, Date.parse("2026-11-22T03:15:26.999Z")), 1000);
  assert.equal(slotAt(clock, Date.parse("2026-11-22T03:15:27.000Z")), 1001);
  for (const slot of [-3, 0, 999, 1000, 5000]) assert.equal(slotAt(clock, slotStartMs(clock, slot)), slot);
});

test("an address carries the instant in words that people can read and change", () => {
  assert.equal(writeAt(clock.startMs), "2026-11-22T03:15:12Z");
  assert.equal(readAt("2026-11-22T03:15:12Z"), clock.startMs);
  assert.equal(readAt(null), null);
  assert.equal(readAt("yesterday-ish"), null);
});

test("what is known of a slot depends on what is kept", () => {
  assert.equal(timeKind(clock, planet, null), "live");
  assert.equal(timeKind(clock, planet, at(900)), "recorded");
  assert.equal(timeKind(clock, planet, at(899)), "positions");
  assert.equal(timeKind(clock, planet, at(1002)), "coming");
  assert.equal(timeKind(clock, planet, at(1000 + 240)), "coming");
  assert.equal(timeKind(clock, planet, at(1000 + 241)), "outside");
  assert.equal(timeKind(clock, planet, at(1000 - 5760)), "positions");
  assert.equal(timeKind(clock, planet, at(1000 - 5761)), "outside");
  assert.equal(timeKind(clock, { ...planet, state: "off", slots: null }, at(950)), "positions");
});
