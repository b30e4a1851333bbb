// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SLOT_MS, slotAt, slotStartMs } from "@perigee/network";
import { builtInConstellation } from "../constellation.ts";
import { NetworkService } from "../network-service.ts";
import { runScenario, type TerminalSlot } from "../sim/run-scenario.ts";
import { demo, demoPath } from "../testing.ts";
import { unknownTarget } from "./conditions.ts";
import { parseScenario, type Scenario } from "./scenario.ts";

/** Ten slots. */
const HOURS = 1 / 24;

function withConditions(conditions: unknown): ReturnType<typeof parseScenario> {
  const scenario = JSON.parse(readFileSync(demoPath, "utf8")) as object;
  return parseScenario(JSON.stringify({ ...scenario, conditions }), "demo");
}

async function rowsOf(scenario: Scenario): Promise<TerminalSlot[]> {
  const rows: TerminalSlot[] = [];
  await runScenario(scenario, {
    hours: HOURS,
    onSlot: terminals => {
      rows.push(...terminals);
    },
  });
  return rows.filter(({ terminalId }) => terminalId === "warsaw");
}

test("dated conditions act in the slots that begin while they are in force, and nowhere else", async () => {
  const scenario = withConditions([
    { atS: 40, forS: 30, on: "terminal:warsaw", addedMs: 25, downMbps: 10 },
    { atS: 100, forS: 30, on: "terminal:warsaw", off: true },
  ]);
  assert.ok(scenario.ok);
  const [plain, rows] = [await rowsOf(demo()), await rowsOf(scenario.value)];
  const { startMs } = demo();
  assert.equal(rows.length, (HOURS * 3_600_000) / SLOT_MS);
  let [delayed, off] = [0, 0];
  for (const [k, row] of rows.entries()) {
    const was = plain[k]!;
    const atS = (slotStartMs(slotAt(startMs) + 1 + k) - startMs) / 1000;
    if (atS >= 40 && atS < 70) {
      delayed++;
      assert.ok(Math.abs(row.rttMs! - was.rttMs! - 50) < 1e-9);
      assert.equal(row.downMbps, 10);
    } else if (atS >= 100 && atS < 130) {
      off++;
      assert.deepEqual([row.satellite, row.unserved], [null, "outOfOrder"]);
    } else {
      assert.deepEqual(row, was);
    }
  }
  assert.deepEqual([delayed, off], [2, 2]);
});

test("what a scenario names must be there", () => {
  const refused = withConditions([{ atS: 0, on: "terminal:nobody", loss: 0.1 }]);
  assert.ok(!refused.ok && refused.error.place.endsWith("conditions[0].on"), JSON.stringify(refused));
  for (const condition of [
    { on: "terminal:warsaw", loss: 0.1 },
    { atS: 0, on: "terminal:warsaw" },
    { atS: -1, on: "terminal:warsaw", loss: 0.1 },
    { atS: 0, on: "warsaw", loss: 0.1 },
    { atS: 0, on: "terminal:warsaw", off: true, loss: 0.1 },
  ])
    assert.ok(!withConditions([condition]).ok, JSON.stringify(condition));
  // Satellites are those of the run: only it can say.
  const unknown = withConditions([{ atS: 0, on: "satellite:NOBODY", off: true }]);
  assert.ok(unknown.ok);
  const { startMs, seed } = unknown.value;
  const network = new NetworkService(builtInConstellation(startMs, startMs), seed);
  assert.equal(unknownTarget(unknown.value, network)?.place, "conditions[0].on");
  assert.equal(unknownTarget(demo(), network), null);
});
