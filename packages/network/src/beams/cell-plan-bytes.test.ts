// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultPolicy } from "../policy.ts";
import { createBeamPlanner } from "./beam-planner.ts";
import type { CellPlan } from "./cell-plan.ts";
import { decodeCellPlan, encodeCellPlan, planDigest } from "./cell-plan-bytes.ts";
import { diffCellPlans, serviceOfCell } from "./cell-plan-diff.ts";
import { cellPlanFromJson, cellPlanToJson } from "./cell-plan-json.ts";
import { cellsIn, drawnDemand, inputsOf, sparseFleet } from "./testing/small-planet.ts";

const policy = defaultPolicy.scheduler;
const cells = cellsIn([51, 19, 52, 20.5]);
const fleet = sparseFleet(30, policy);
const demand = drawnDemand(cells, 3, 0.3, 0.1);

function planWith(seed: number): CellPlan {
  const inputs = inputsOf(cells, fleet, demand);
  inputs.trees[0]!.delayMs[3] = Number.POSITIVE_INFINITY;
  const beams = createBeamPlanner({ cells, satellites: fleet.satellites, policy, seed }).plan(inputs);
  return {
    ...beams,
    inputs: {
      elements: "e1",
      ground: "g1",
      cells: "c1",
      demand: demand.version,
      policy: "p1",
      permitted: "all",
      previous: "",
      outage: "",
      seed,
    },
    contacts: {
      satellite: Int32Array.of(1, 1, 7),
      gateway: Int32Array.of(0, 4, 2),
      downMbps: Float32Array.of(20_000, 18_500.25, 3.1),
      upMbps: Float32Array.of(1, 2, 3),
      rangeKm: Float32Array.of(600, 700, 800),
    },
    trees: inputs.trees,
  };
}

const plan = planWith(1);
const bytes = encodeCellPlan(plan);

test("a plan comes back from its bytes and from its JSON as it was, and gives them again", () => {
  assert.ok(plan.extra.cell.length > 0 && plan.beams.satellite.length > 10);
  const decoded = decodeCellPlan(bytes);
  assert.ok(decoded.ok);
  assert.deepEqual(decoded.value, plan);
  assert.deepEqual(encodeCellPlan(decoded.value), bytes);
  const read = cellPlanFromJson(cellPlanToJson(plan));
  assert.ok(read.ok);
  assert.deepEqual(read.value, plan);
  assert.equal(cellPlanToJson(read.value), cellPlanToJson(plan));
});

test("replay from the same inputs gives the same bytes, and a digest that tells others apart", () => {
  assert.deepEqual(encodeCellPlan(planWith(1)), bytes);
  assert.match(planDigest(plan), /^[0-9a-f]{16}$/);
  assert.equal(planDigest(planWith(1)), planDigest(plan));
  assert.notEqual(planDigest(planWith(2)), planDigest(plan));
  assert.notEqual(planDigest({ ...plan, slot: plan.slot + 1 }), planDigest(plan));
});

test("bytes cut short, changed or made up never throw, and what is accepted is sound", () => {
  for (let length = 0; length < bytes.length; length += 97) {
    const cut = decodeCellPlan(bytes.subarray(0, length));
    assert.ok(!cut.ok && cut.error.place.length > 0);
  }
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = bytes.slice();
      changed[at]! ^= flip;
      const decoded = decodeCellPlan(changed);
      if (!decoded.ok) return;
      const { beam, beams, extra, pop } = decoded.value;
      assert.ok(beam.every(b => b >= -1 && b < beams.satellite.length) && pop.every(p => p >= -1));
      assert.ok(extra.cell.every(c => c >= 0 && c < beam.length));
    }),
    { numRuns: 400, seed: 3 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), made => {
      assert.ok(!decodeCellPlan(made).ok);
    }),
  );
});

test("a plan that cannot be is refused, with its place", () => {
  const cases: [string, CellPlan, string][] = [
    ["a beam past the last", { ...plan, beam: plan.beam.with(2, plan.beams.satellite.length) }, "beam[2]"],
    ["a beam that is not there", { ...plan, beam: plan.beam.with(2, 1e6) }, "beam[2]"],
    ["a share without a beam", { ...plan, share: plan.share.with(2, 0) }, "share[2]"],
    ["more than a whole beam", { ...plan, share: plan.share.map(() => 60) }, "beams["],
    ["a reason for a served cell", { ...plan, reason: plan.reason.with(2, 3) }, "reason[2]"],
    [
      "a row torn apart",
      { ...plan, beams: { ...plan.beams, satellite: plan.beams.satellite.toReversed() } },
      "beams.satellite[",
    ],
    [
      "a route out of the fleet",
      { ...plan, trees: [{ ...plan.trees[0]!, next: plan.trees[0]!.next.with(0, 1e6) }] },
      "trees[0].next[0]",
    ],
    [
      "extra out of order",
      { ...plan, extra: { ...plan.extra, cell: plan.extra.cell.toReversed() } },
      "extra.cell[",
    ],
  ];
  for (const [name, wrong, place] of cases) {
    for (const read of [decodeCellPlan(encodeCellPlan(wrong)), cellPlanFromJson(cellPlanToJson(wrong))]) {
      assert.ok(!read.ok, name);
      assert.equal(read.error.code, "range");
      assert.ok(read.error.place.startsWith(place), `${name}: ${read.error.message}`);
    }
  }
  const future = bytes.slice();
  future[4] = 9;
  const refused = decodeCellPlan(future);
  assert.ok(!refused.ok && refused.error.code === "version");
  for (const text of ["", "{}", "[]", "null", '{"format":"perigee-cell-plan/1"}'])
    assert.ok(!cellPlanFromJson(text).ok);
  const json = JSON.parse(cellPlanToJson(plan)) as { share: unknown[] };
  json.share[0] = 300;
  const overflow = cellPlanFromJson(JSON.stringify(json));
  assert.ok(!overflow.ok && overflow.error.place === "share[0]");
});

test("the difference of two plans is exactly the cells that are served otherwise", () => {
  assert.deepEqual(diffCellPlans(plan, plan), []);
  const other = planWith(2);
  const changes = diffCellPlans(plan, other);
  const changed = new Set(changes.map(({ cell }) => cell));
  for (let c = 0; c < cells.count; c++) {
    const alike = JSON.stringify(serviceOfCell(plan, c)) === JSON.stringify(serviceOfCell(other, c));
    assert.equal(changed.has(c), !alike);
  }
  assert.ok(changes.length > 0);
  const [a] = changes;
  assert.deepEqual(a!.before, serviceOfCell(plan, a!.cell));
  assert.throws(() => diffCellPlans(plan, { ...plan, beam: new Int32Array(1) }), RangeError);
});
