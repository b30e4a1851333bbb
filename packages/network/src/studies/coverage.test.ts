// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { walkerShell } from "@perigee/orbit";
import { CELL_REASONS } from "../beams/cell-plan.ts";
import { createPlanner, type PlannedCells } from "../plan.ts";
import { coverage } from "./coverage.ts";
import { EPOCH_MS, evenDemand, patches, SLOT, smallPlanner } from "./testing/small-network.ts";

const planner = smallPlanner();
const cells = patches([50, 20], [-33, 151]);
const demand = evenDemand(cells, 20);

test("shares, gaps and reasons are those of the plans, slot by slot", () => {
  const result = coverage(planner, { cells, demand, fromMs: EPOCH_MS, overMs: 60_000 });
  assert.deepEqual(result.slots, [SLOT, SLOT + 1, SLOT + 2, SLOT + 3]);
  const served = new Float64Array(cells.count);
  const gap = new Int32Array(cells.count);
  const longest = new Int32Array(cells.count);
  let previous = null;
  for (const slot of result.slots) {
    previous = planner.planCells({ slot, cells, demand, previous });
    previous.plan.beam.forEach((beam, c) => {
      served[c]! += beam >= 0 ? 0.25 : 0;
      gap[c] = beam >= 0 ? 0 : gap[c]! + 1;
      longest[c] = Math.max(longest[c]!, gap[c]!);
    });
  }
  assert.deepEqual(Float64Array.from(result.servedShare), served);
  assert.deepEqual(Int32Array.from(result.longestGapSlots), longest);
  const mean = served.reduce((a, b) => a + b) / cells.count;
  assert.ok(Math.abs(result.totals.servedShare - mean) < 1e-12);
  const all = CELL_REASONS.reduce((sum, name) => sum + result.totals.byReason[name], 0);
  assert.equal(all, cells.count);
  assert.equal(
    result.latitudes.reduce((sum, row) => sum + row.cells, 0),
    cells.count,
  );
});

test("gaps begin and end: a thin shell comes and goes", () => {
  const shell = walkerShell(
    { kind: "delta", inclinationDeg: 53, altitudeKm: 550, satellites: 120, planes: 12, phasing: 1 },
    EPOCH_MS,
  );
  assert.ok(shell.ok);
  const thin = createPlanner({ elements: shell.value, serviceOf: () => "broadband", seed: 1 });
  const { slots, longestGapSlots, servedShare, totals } = coverage(thin, {
    cells,
    demand,
    fromMs: EPOCH_MS,
    overMs: 3_600_000,
    stepMs: 60_000,
  });
  const longest = new Int32Array(cells.count);
  const gap = new Int32Array(cells.count);
  let previous: PlannedCells | null = null;
  for (const slot of slots) {
    previous = thin.planCells({ slot, cells, demand, previous });
    previous.plan.beam.forEach((beam, c) => {
      gap[c] = beam >= 0 ? 0 : gap[c]! + 4;
      longest[c] = Math.max(longest[c]!, gap[c]!);
    });
  }
  assert.deepEqual(Int32Array.from(longestGapSlots), longest);
  assert.equal(totals.longestGapS, 15 * longest.reduce((a, b) => Math.max(a, b), 0));
  const missing = servedShare.map(share => 4 * slots.length * (1 - share));
  assert.ok(
    longest.some((slots, c) => slots > 0 && slots < missing[c]! - 1),
    "some gap ends before the next",
  );
});

test("without satellites nobody is served, and the gap is as long as the look", () => {
  const outage = { satellites: planner.elements.map((_, i) => i) };
  const result = coverage(planner, { cells, demand, fromMs: EPOCH_MS, overMs: 30_000, outage });
  assert.equal(result.totals.servedShare, 0);
  assert.equal(result.totals.visibleMean, 0);
  assert.equal(result.totals.longestGapS, 30);
  assert.equal(result.totals.byReason.noSatellite, cells.count);
});

test("only the counted cells are counted, only the permitted judged", () => {
  const counted = Uint8Array.from(cells.latDeg, lat => (lat > 0 ? 1 : 0));
  const permitted = Uint8Array.from(cells.lonDeg, (_, c) => (c % 3 === 0 ? 0 : 1));
  const { totals, latitudes } = coverage(planner, { cells, demand, fromMs: EPOCH_MS, counted, permitted });
  assert.equal(
    totals.cells,
    counted.reduce((a, b) => a + b, 0),
  );
  assert.ok(latitudes.every(({ southDeg }) => southDeg >= 0));
  const refused = counted.filter((is, c) => is === 1 && permitted[c] === 0).length;
  assert.equal(totals.byReason.notPermitted, refused);
  assert.ok(totals.servedShare > 0.9, "cells that may not be served are not held against it");
  assert.throws(
    () => coverage(planner, { cells, demand, fromMs: EPOCH_MS, counted: new Uint8Array(1) }),
    RangeError,
  );
});
