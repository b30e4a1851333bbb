// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { powerW } from "./power.ts";

test("power in service lies in the published ranges, and below them without", () => {
  // Specifications of the vendor: standard 75 to 100 W, idle 20 W; the small model 25 to 40 W, idle 15 W.
  for (const [hardware, least, most, idle] of [
    ["rev4_prod3", 75, 100, 20],
    ["mini1_prod2", 25, 40, 15],
  ] as const) {
    assert.equal(powerW(hardware, null, 0, false), least);
    assert.equal(powerW(hardware, null, 1, false), most);
    assert.equal(powerW(hardware, "STOWED", 0, false), idle);
    assert.ok(powerW(hardware, "SLEEPING", 0, false) < idle);
    assert.ok(powerW(hardware, null, 0, true) > least);
  }
});
