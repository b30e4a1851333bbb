// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkOf, Schedule } from "./schedule.ts";
import { imaginedSlot, START_MS } from "./testing/imagined-dish.ts";

const SLOT_MS = 15_000;
const slotFrom = (index: number, speedMps = 0): ReturnType<typeof imaginedSlot> =>
  imaginedSlot(START_MS + index * SLOT_MS, { speedMps });

test("a slot told ahead waits for its start, and stays while the running one is told again", () => {
  const schedule = new Schedule();
  assert.equal(schedule.at(START_MS), null);
  for (const index of [0, 1]) schedule.enter(slotFrom(index));
  assert.equal(schedule.at(START_MS - 1), null);
  assert.equal(schedule.at(START_MS + SLOT_MS - 1)?.fromMs, START_MS);
  assert.equal(schedule.at(START_MS + SLOT_MS)?.fromMs, START_MS + SLOT_MS);
  schedule.enter(slotFrom(0, 7));
  assert.equal(schedule.at(START_MS)?.speedMps, 7);
  assert.equal(schedule.at(START_MS + SLOT_MS)?.fromMs, START_MS + SLOT_MS);
  // Word of what is long over changes nothing.
  schedule.enter(slotFrom(-9, 7));
  assert.equal(schedule.at(START_MS)?.speedMps, 7);
});

test("a scene changes slots that were told and slots that will be, and its end brings back what was told", () => {
  const schedule = new Schedule();
  schedule.enter(slotFrom(0));
  const pop = { code: "elsewhere", city: "Elsewhere" };
  schedule.override({ slot: { speedMps: 50 }, pop });
  schedule.enter(slotFrom(1));
  for (const atMs of [START_MS, START_MS + SLOT_MS]) {
    assert.equal(schedule.at(atMs)?.speedMps, 50);
    assert.equal(linkOf(schedule.at(atMs))?.pop.code, "elsewhere");
  }
  schedule.override({});
  assert.deepEqual(schedule.at(START_MS), slotFrom(0));
  assert.deepEqual(schedule.at(START_MS + SLOT_MS), slotFrom(1));
});
