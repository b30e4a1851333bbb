// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SLOT_MS, slotAt, slotStartMs } from "./slot.ts";

test("slots start at seconds 12, 27, 42 and 57 of every minute", () => {
  const noon = Date.UTC(2026, 4, 21, 12);
  const starts = [0, 1, 2, 3].map(k => new Date(slotStartMs(slotAt(noon + 12_000) + k)).getUTCSeconds());
  assert.deepEqual(starts, [12, 27, 42, 57]);
  assert.equal(new Date(slotStartMs(slotAt(noon))).toISOString(), "2026-05-21T11:59:57.000Z");
  assert.equal(slotStartMs(0), 12_000);
});

test("a slot contains its start, not its end; every instant is in the slot that its number names", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 1e13 }), atMs => {
      const slot = slotAt(atMs);
      assert.ok(slotStartMs(slot) <= atMs && atMs < slotStartMs(slot) + SLOT_MS);
      assert.equal(slotAt(slotStartMs(slot)), slot);
      assert.equal(slotStartMs(slot + 1) - slotStartMs(slot), SLOT_MS);
    }),
  );
});
