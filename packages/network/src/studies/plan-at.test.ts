// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeCellPlan, encodeCellPlan, planDigest } from "../beams/cell-plan-bytes.ts";
import { slotAt } from "../slot.ts";
import { planAt } from "./plan-at.ts";
import { EPOCH_MS, evenDemand, patches, smallPlanner } from "./testing/small-network.ts";

const cells = patches([50, 20]);
const demand = evenDemand(cells, 50);

test("the same arguments give the same bytes, whatever was planned before, and they read back", () => {
  const planner = smallPlanner();
  const options = { atMs: EPOCH_MS + 3000, cells, demand, warmSlots: 2 };
  const once = planAt(planner, options);
  planAt(planner, { ...options, atMs: EPOCH_MS + 600_000, warmSlots: 0 });
  const again = planAt(planner, options);
  const elsewhere = planAt(smallPlanner(), options);
  const bytes = encodeCellPlan(once.planned.plan);
  assert.deepEqual(encodeCellPlan(again.planned.plan), bytes);
  assert.deepEqual(encodeCellPlan(elsewhere.planned.plan), bytes);
  assert.equal(again.digest, once.digest);
  assert.equal(once.slot, slotAt(EPOCH_MS + 3000));
  const read = decodeCellPlan(bytes);
  assert.ok(read.ok);
  assert.deepEqual(encodeCellPlan(read.value), bytes);
  assert.notEqual(planAt(smallPlanner({ seed: 4 }), options).digest, once.digest);
});

test("counts are what the arrays hold, and the difference what changed in them", () => {
  const planner = smallPlanner();
  const { planned, digest, summary, difference } = planAt(planner, {
    atMs: EPOCH_MS,
    cells,
    demand,
    warmSlots: 1,
  });
  const { plan } = planned;
  const served = plan.beam.filter(beam => beam >= 0).length;
  assert.equal(summary.byReason.served, served);
  assert.equal(summary.servedShare, served / cells.count);
  assert.equal(summary.satellites, new Set(plan.beams.satellite).size);
  assert.ok(summary.mostCellsPerBeam <= planner.policy.scheduler.beams.cellsPerBeam);
  const before = planAt(planner, { atMs: EPOCH_MS - 15_000, cells, demand });
  const cold = before.planned.plan;
  const byHand = planner.planCells({ slot: before.slot + 1, cells, demand, previous: before.planned });
  assert.equal(digest, planDigest(byHand.plan), "planned from the one before it");
  assert.notEqual(digest, planAt(planner, { atMs: EPOCH_MS, cells, demand }).digest);
  const satellite = (of: typeof plan, c: number) => of.beams.satellite[of.beam[c]!] ?? -1;
  let moved = 0;
  for (let c = 0; c < cells.count; c++) {
    const [a, b] = [satellite(cold, c), satellite(plan, c)];
    if (a >= 0 && b >= 0 && a !== b) moved++;
  }
  assert.ok(difference !== null && moved > 0);
  assert.equal(difference.satelliteChanged, moved);
  assert.ok(difference.changes.length >= moved);
  assert.throws(() => planAt(planner, { atMs: EPOCH_MS, cells, demand, warmSlots: 0.5 }), RangeError);
});
