// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { demo } from "../testing.ts";
import { runScenario, type ScenarioSummary } from "./run-scenario.ts";

const reviewed = new URL("../../../../demo/summary-24h.json", import.meta.url);

test("the same scenario and seed give the same summary, byte for byte", async () => {
  const [once, again] = [
    await runScenario(demo(), { hours: 0.25 }),
    await runScenario(demo(), { hours: 0.25 }),
  ];
  assert.equal(JSON.stringify(once), JSON.stringify(again));
});

test("another seed gives another day on the air, and the same decisions", async () => {
  const one = await runScenario(demo(), { hours: 0.25 });
  const other = await runScenario({ ...demo(), seed: 7 }, { hours: 0.25 });
  assert.notDeepEqual(one.terminals, other.terminals);
  assert.deepEqual(one.timeline, other.timeline);
  assert.deepEqual(one.terminalSlots.refused, other.terminalSlots.refused);
});

test("the standing day is the one that was reviewed", async () => {
  const expected = JSON.parse(readFileSync(reviewed, "utf8")) as ScenarioSummary;
  const actual = await runScenario(demo());
  // When this fails because the product became better: `pnpm perigee sim --out demo/summary-24h.json`, and review it.
  assert.deepEqual(JSON.parse(JSON.stringify(actual)), expected);
});
