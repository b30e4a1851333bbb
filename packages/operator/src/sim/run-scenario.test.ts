// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import type { Scenario } from "../scenario/scenario.ts";
import { demo } from "../testing.ts";
import { type RunOptions, runScenario, type ScenarioSummary, type TerminalSlot } from "./run-scenario.ts";

const reviewed = new URL("../../../../demo/summary-24h.json", import.meta.url);

/** A quarter of an hour of the demo, and every terminal of every slot of it. */
async function quarter(scenario: Scenario, options: RunOptions = {}) {
  const rows: TerminalSlot[] = [];
  const onSlot = (terminals: readonly TerminalSlot[]): void => {
    rows.push(...terminals);
  };
  return { summary: await runScenario(scenario, { hours: 0.25, onSlot, ...options }), rows };
}

// Each run seeds records of its own, which takes seconds: the tests share them.
type Run = Awaited<ReturnType<typeof quarter>>;
let once: Run;
let again: Run;
let otherSeed: Run;
before(async () => {
  once = await quarter(demo());
  again = await quarter(demo());
  otherSeed = await quarter({ ...demo(), seed: 7 });
});

test("the same scenario and seed give the same summary, byte for byte, and the same rows", () => {
  assert.equal(JSON.stringify(once.summary), JSON.stringify(again.summary));
  assert.deepEqual(once.rows, again.rows);
});

test("another seed gives another day on the air, and the same decisions", () => {
  assert.notDeepEqual(once.summary.terminals, otherSeed.summary.terminals);
  assert.deepEqual(once.summary.timeline, otherSeed.summary.timeline);
  assert.deepEqual(once.summary.terminalSlots.refused, otherSeed.summary.terminalSlots.refused);
});

test("terminals slot by slot add up to the summary", () => {
  const { rows, summary } = once;
  assert.equal(rows.length, summary.slots * Object.keys(summary.terminals).length);
  const served = rows.filter(({ reach, satellite }) => reach === "all" && satellite !== null);
  assert.equal(served.length, summary.terminalSlots.served);
  const gapMs = served.reduce((sum, row) => sum + (row.gapMs ?? 0), 0);
  assert.equal(Number((gapMs / 1000).toFixed(1)), summary.handoverGapSeconds);
  assert.equal(served.filter(({ laserHops }) => laserHops! > 0).length, summary.laserSlots);
  assert.ok(rows.every(row => (row.satellite === null) === (row.rttMs === null)));
});

test("another seed and other satellites can be asked for", async () => {
  assert.deepEqual(await quarter(demo(), { seed: 7 }), otherSeed);
  const code = { text: "D:550:53:1584/72/17", source: "code" };
  assert.equal((await runScenario(demo(), { hours: 0.02, elements: code })).satellites, 1584);
  await assert.rejects(
    runScenario(demo(), { hours: 0.02, elements: { text: "", source: "none" } }),
    RangeError,
  );
});

test("the standing day is the one that was reviewed", async () => {
  const expected = JSON.parse(readFileSync(reviewed, "utf8")) as ScenarioSummary;
  const actual = await runScenario(demo());
  // When this fails because the product became better: `pnpm perigee sim --out demo/summary-24h.json`, and review it.
  assert.deepEqual(JSON.parse(JSON.stringify(actual)), expected);
});
