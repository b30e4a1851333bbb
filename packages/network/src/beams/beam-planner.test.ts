// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CellTable } from "@perigee/earth";
import fc from "fast-check";
import { calmPolicy, defaultPolicy, type SchedulerPolicy } from "../policy.ts";
import { type BeamInputs, createBeamPlanner } from "./beam-planner.ts";
import type { BeamSatellites } from "./beam-satellites.ts";
import { type BeamPlan, CELL_REASONS, type RouteTree } from "./cell-plan.ts";
import { diffCellPlans } from "./cell-plan-diff.ts";
import { checkBeams, looksOf } from "./testing/check-beams.ts";
import {
  builtInFleet,
  cellsIn,
  drawnDemand,
  inputsOf,
  plainTrees,
  SLOT,
  sparseFleet,
  withBeams,
} from "./testing/small-planet.ts";

const policy = defaultPolicy.scheduler;
const fleet = builtInFleet();
/** Poland, Kenya, the coast of Norway where few look down, and cells over the antimeridian and near a pole. */
const cells = cellsIn(
  [51, 19, 53, 22],
  [-1.5, 36, 0.3, 38],
  [63, 9, 64.5, 13],
  [-18, 179.3, -17, 180],
  [-18, -180, -17, -179.3],
  [-83, 0, -82.5, 8],
  [47, -123, 48, -121],
);
const demand = drawnDemand(cells, 1);

type PlainInputs = BeamInputs & { readonly trees: readonly RouteTree[] };

const servedBusy = (plan: BeamPlan, { demand: { classes } }: BeamInputs): number => {
  let count = 0;
  for (let c = 0; c < plan.beam.length; c++)
    if (plan.beam[c]! >= 0 && classes.some(({ downMbps }) => downMbps[c]! > 0)) count++;
  return count;
};

/** Everything binds: few colours, wide separation, narrow cone, few cells to a beam, two beams of a colour to a cell. */
const tight: SchedulerPolicy = {
  ...policy,
  userGsoSeparationDeg: 30,
  beamsPerSatellite: 5,
  beams: {
    ...policy.beams,
    maxSteerDeg: 48,
    colours: 3,
    sameColourSeparationDeg: 17,
    cellsPerBeam: 3,
    coFrequencyBeamsPerCell: 2,
    beamsPerCell: 4,
  },
};
const perverse: SchedulerPolicy = {
  ...policy,
  weights: { ...policy.weights, elevation: -2, remaining: -1, path: -0.1, contention: 0.1, load: -0.5 },
};

for (const [name, by] of [
  ["default", policy],
  ["calm", calmPolicy.scheduler],
  ["tight", tight],
  ["perverse", perverse],
] as const) {
  test(`every rule of a plan holds, pair by pair: ${name} policy, three slots on`, () => {
    const its = { ...fleet, satellites: builtInFleet(by).satellites };
    const planner = createBeamPlanner({ cells, satellites: its.satellites, policy: by, seed: 5 });
    let previous: BeamInputs["previous"] = null;
    for (let slot = SLOT; slot < SLOT + 3; slot++) {
      const inputs: PlainInputs = { ...inputsOf(cells, its, demand, slot), previous };
      inputs.permitted.fill(0, 40, 60);
      inputs.popOfCell.fill(-1, 80, 90);
      inputs.trees[0]!.delayMs.forEach((_, i, delay) => {
        if (i % 3 === 0) delay[i] = Number.POSITIVE_INFINITY;
      });
      const plan = planner.plan(inputs);
      checkBeams(plan, inputs, cells, its.satellites, by);
      previous = { ...plan, trees: inputs.trees };
    }
  });
}

test("the same inputs give the same plan, whatever was asked before", () => {
  const options = { cells, satellites: fleet.satellites, policy, seed: 9 };
  const inputs = inputsOf(cells, fleet, demand);
  const used = createBeamPlanner(options);
  used.plan(inputsOf(cells, fleet, drawnDemand(cells, 2), SLOT + 7));
  assert.deepEqual(used.plan(inputs), createBeamPlanner(options).plan(inputs));
  const other = createBeamPlanner({ ...options, seed: 10 }).plan(inputs);
  assert.notDeepEqual(other.beams, used.plan(inputs).beams);
});

test("where beams are plenty, a cell is served alike in a plan of all cells and in one of a few", () => {
  const inputs = inputsOf(cells, fleet, drawnDemand(cells, 3, 0, 0));
  const whole = createBeamPlanner({ cells, satellites: fleet.satellites, policy, seed: 4 }).plan(inputs);
  const rows = Array.from({ length: 60 }, (_, k) => Math.floor((k * cells.count) / 60));
  const pick = <T extends Float64Array | Uint8Array | BigUint64Array>(array: T): T =>
    array.filter((_, c) => rows.includes(c)) as T;
  const few = {
    count: rows.length,
    id: pick(cells.id),
    latDeg: pick(cells.latDeg),
    lonDeg: pick(cells.lonDeg),
    areaKm2: pick(cells.areaKm2),
    land: pick(cells.land),
  };
  const part = createBeamPlanner({ cells: few, satellites: fleet.satellites, policy, seed: 4 }).plan({
    ...inputsOf(few, fleet, drawnDemand(few, 3, 0, 0)),
  });
  // Load moves a score by 0.2 at most, and cells at the edge of a view may be split from their neighbours.
  const alike = rows.filter((c, k) => {
    const [a, b] = [whole.beam[c]!, part.beam[k]!];
    return a >= 0 && b >= 0 && whole.beams.satellite[a] === part.beams.satellite[b];
  });
  assert.ok(alike.length >= 0.9 * rows.length, `${alike.length} of ${rows.length}`);
});

test("cells without demand yield to those with it, and get the policy's few parts", () => {
  const few = withBeams(sparseFleet(24, policy), 2);
  const inputs = inputsOf(cells, few, drawnDemand(cells, 6, 0.5, 0));
  const plan = createBeamPlanner({ cells, satellites: few.satellites, policy, seed: 1 }).plan(inputs);
  const { margins } = looksOf(inputs, cells, few.satellites, policy);
  const busy = inputs.demand.classes[0]!.downMbps;
  const servingIdle = new Set<number>();
  for (let c = 0; c < cells.count; c++) {
    if (busy[c]! > 0 || plan.beam[c]! < 0) continue;
    assert.equal(plan.share[c], 1);
    servingIdle.add(plan.beams.satellite[plan.beam[c]!]!);
  }
  let waiting = 0;
  for (let c = 0; c < cells.count; c++) {
    if (busy[c]! === 0 || CELL_REASONS[plan.reason[c]!] !== "noBeam") continue;
    waiting += 1;
    for (const i of servingIdle) {
      const { view, arc } = margins(c, i);
      assert.ok(!(view > 0 && arc > 0), `satellite ${i} serves idle cells, and cell ${c} waits`);
    }
  }
  assert.ok(waiting > 0 && servingIdle.size > 0, `${waiting} wait, ${servingIdle.size} satellites`);
});

test("a cell that wants more than a beam gets more beams, of other colours", () => {
  const one = cellsIn([52, 21, 52.05, 21.05]);
  const heavy = drawnDemand(one, 1, 0, 0);
  for (const beams of [1, 3, 7.5]) {
    const wants = {
      ...heavy,
      classes: heavy.classes.map(k => ({ ...k, downMbps: k.downMbps.fill(beams * 696) })),
    };
    const inputs = inputsOf(one, fleet, wants);
    const plan = createBeamPlanner({ cells: one, satellites: fleet.satellites, policy, seed: 1 }).plan(
      inputs,
    );
    for (let c = 0; c < one.count; c++) {
      const parts = plan.extra.cell.reduce(
        (sum, of, k) => sum + (of === c ? plan.extra.share[k]! : 0),
        plan.share[c]!,
      );
      assert.ok(parts >= Math.min(8, beams) * 64 - 4, `${parts / 64} of ${beams} beams`);
    }
    checkBeams(plan, inputs, one, fleet.satellites, policy);
    const few = { ...policy, beams: { ...policy.beams, beamsPerCell: 3 } };
    const fewer = createBeamPlanner({ cells: one, satellites: fleet.satellites, policy: few, seed: 1 }).plan(
      inputs,
    );
    checkBeams(fewer, inputs, one, fleet.satellites, few);
  }
});

/** The most cells with demand that any assignment could serve: a maximum flow, one augmenting path at a time. */
function mostServable(
  inputs: BeamInputs,
  table: CellTable,
  its: BeamSatellites,
  by: SchedulerPolicy,
): number {
  const { margins } = looksOf(inputs, table, its, by);
  const out = new Set(inputs.outage?.satellites);
  const choices = Array.from(table.latDeg, (_, c) =>
    Array.from(its.beams.keys()).filter(i => {
      const { view, arc } = out.has(i) ? { view: -1, arc: -1 } : margins(c, i);
      return view >= 0 && arc >= 0;
    }),
  );
  const holds: number[][] = Array.from(its.beams, () => []);
  const place = (c: number, tried: Set<number>): boolean =>
    choices[c]!.some(i => {
      if (tried.has(i)) return false;
      tried.add(i);
      const mine = holds[i]!;
      if (mine.length < its.beams[i]! * by.beams.cellsPerBeam) return mine.push(c) > 0;
      const k = mine.findIndex(other => place(other, tried));
      if (k < 0) return false;
      mine[k] = c;
      return true;
    });
  let count = 0;
  for (let c = 0; c < table.count; c++)
    if (inputs.demand.classes[0]!.downMbps[c]! > 0 && place(c, new Set())) count++;
  return count;
}

test("where colours suffice, as many are served as can be; so a further satellite never lowers the number", () => {
  const small = cellsIn([50.5, 19, 51.4, 20.2], [56.4, 19, 57, 20.5]);
  let scarce = 0;
  let gained = 0;
  fc.assert(
    fc.property(
      fc.record({
        planes: fc.integer({ min: 8, max: 30 }),
        beams: fc.integer({ min: 1, max: 5 }),
        perBeam: fc.integer({ min: 1, max: 4 }),
        seed: fc.integer({ min: 0, max: 1000 }),
        slot: fc.integer({ min: 0, max: 300 }),
      }),
      ({ planes, beams, perBeam, seed, slot }) => {
        const by = { ...policy, beams: { ...policy.beams, cellsPerBeam: perBeam } };
        const sparse = withBeams(sparseFleet(planes, by), beams);
        const planner = createBeamPlanner({ cells: small, satellites: sparse.satellites, policy: by, seed });
        const inputs = inputsOf(small, sparse, drawnDemand(small, seed), SLOT + slot);
        const all = planner.plan(inputs);
        const served = servedBusy(all, inputs);
        assert.equal(served, mostServable(inputs, small, sparse.satellites, by));
        const { downMbps } = inputs.demand.classes[0]!;
        if (served > 0 && served < downMbps.filter(mbps => mbps > 0).length) scarce += 1;
        for (const failed of new Set(all.beams.satellite)) {
          const without = servedBusy(planner.plan({ ...inputs, outage: { satellites: [failed] } }), inputs);
          assert.ok(without <= served, `${without} without satellite ${failed}, ${served} with it`);
          if (without < served) gained += 1;
        }
      },
    ),
    { numRuns: 25, seed: 11 },
  );
  assert.ok(scarce > 5 && gained > 10, `${scarce} scarce cases, ${gained} satellites that mattered`);
});

test("a warm plan serves as many as a cold one, and calm keeps satellites and gateways", () => {
  const kept = (by: SchedulerPolicy) => {
    const planner = createBeamPlanner({ cells, satellites: fleet.satellites, policy: by, seed: 2 });
    let previous: BeamInputs["previous"] = null;
    let same = 0;
    let landed = 0;
    let both = 0;
    for (let slot = SLOT; slot < SLOT + 4; slot++) {
      const inputs = inputsOf(cells, fleet, demand, slot);
      const plan = planner.plan({ ...inputs, previous });
      const cold = planner.plan(inputs);
      assert.ok(servedBusy(plan, inputs) >= servedBusy(cold, inputs) - cells.count / 1000);
      for (let c = 0; previous !== null && c < cells.count; c++) {
        const [a, b] = [previous.beam[c]!, plan.beam[c]!];
        if (a < 0 || b < 0) continue;
        const [before, after] = [previous.beams.satellite[a]!, plan.beams.satellite[b]!];
        both += 1;
        if (before === after) same += 1;
        const k = inputs.trees.findIndex(({ pop }) => pop === inputs.popOfCell[c]);
        if (previous.trees[k]!.next[before] === inputs.trees[k]!.next[after]) landed += 1;
      }
      previous = { ...plan, trees: inputs.trees };
    }
    return { satellites: same / both, gateways: landed / both };
  };
  const [usual, calm] = [kept(policy), kept(calmPolicy.scheduler)];
  assert.ok(calm.satellites > usual.satellites + 0.3, JSON.stringify({ usual, calm }));
  assert.ok(calm.gateways >= usual.gateways && calm.gateways > 0.9, JSON.stringify({ usual, calm }));
});

test("after a failure only what it touches is planned again", () => {
  const planner = createBeamPlanner({ cells, satellites: fleet.satellites, policy, seed: 3 });
  const inputs = inputsOf(cells, fleet, demand);
  const plan = planner.plan(inputs);
  assert.deepEqual(diffCellPlans(plan, planner.replan(plan, inputs)), []);

  const failed = plan.beams.satellite[plan.beam[100]!]!;
  const trees = plainTrees(inputs.start);
  // A gateway's failure shows as satellites that no longer reach a PoP.
  const cut = plan.beams.satellite[plan.beam[700]!]!;
  for (const tree of trees) tree.delayMs[cut] = Number.POSITIVE_INFINITY;
  const after: PlainInputs = { ...inputs, trees, outage: { satellites: [failed] } };
  const again = planner.replan(plan, after);
  const touches = (c: number): boolean => {
    const mine = [plan.beam[c]!, ...plan.extra.beam.filter((_, k) => plan.extra.cell[k] === c)];
    return mine.some(b => b >= 0 && [failed, cut].includes(plan.beams.satellite[b]!));
  };
  const changes = diffCellPlans(plan, again);
  assert.ok(changes.length > 0 && changes.length < cells.count / 4);
  for (const { cell } of changes) assert.ok(touches(cell), `cell ${cell} was not touched`);
  for (let c = 0; c < cells.count; c++) {
    if (!touches(c) || again.beam[c]! < 0) continue;
    assert.ok(![failed, cut].includes(again.beams.satellite[again.beam[c]!]!));
  }
  assert.equal(servedBusy(again, after), servedBusy(plan, inputs));
  checkBeams(again, after, cells, fleet.satellites, policy);
});

test("callers' mistakes are told apart", () => {
  const planner = createBeamPlanner({ cells, satellites: fleet.satellites, policy, seed: 3 });
  const inputs = inputsOf(cells, fleet, demand);
  assert.throws(() => planner.plan({ ...inputs, permitted: new Uint8Array(3) }), /cells/);
  assert.throws(
    () => planner.plan({ ...inputs, trees: [{ ...inputs.trees[0]!, delayMs: new Float64Array(2) }] }),
    /satellites/,
  );
  assert.throws(() => planner.plan({ ...inputs, outage: { satellites: [1e6] } }), /outage/);
  assert.throws(() => planner.replan({ ...planner.plan(inputs), slot: 4 }, inputs), /slot 4/);
  const backwards = { ...cells, id: cells.id.toReversed() };
  assert.throws(
    () => createBeamPlanner({ cells: backwards, satellites: fleet.satellites, policy, seed: 3 }),
    /order/,
  );
  const broken = { ...policy, beams: { ...policy.beams, colours: 0 } };
  assert.throws(
    () => createBeamPlanner({ cells, satellites: fleet.satellites, policy: broken, seed: 3 }),
    /colours/,
  );
});
