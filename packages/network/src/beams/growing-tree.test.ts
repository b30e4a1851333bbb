// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { calmPolicy, defaultPolicy, type SchedulerPolicy } from "../policy.ts";
import { createBeamPlanner } from "./beam-planner.ts";
import { NO_ROUTE, type RouteTree } from "./cell-plan.ts";
import { type GrowingTree, hasRoute } from "./growing-tree.ts";
import { builtInFleet, cellsIn, drawnDemand, inputsOf, SLOT, withBeams } from "./testing/small-planet.ts";

/** A tree that hides what is longer than it was asked for, over one that is known. */
function hiding(tree: RouteTree, firstMs: number): GrowingTree & { readonly grown: () => number } {
  const delayMs = new Float64Array(tree.delayMs.length).fill(Number.POSITIVE_INFINITY);
  const next = new Int32Array(delayMs.length).fill(NO_ROUTE);
  let knownMs = 0;
  let grown = -1;
  const growing = {
    pop: tree.pop,
    delayMs,
    next,
    get knownMs() {
      return knownMs;
    },
    grown: () => grown,
    mayHaveRoute: (i: number) => tree.next[i] !== NO_ROUTE,
    grow(untilMs: number) {
      grown += 1;
      let hidden = 0;
      for (let i = 0; i < delayMs.length; i++) {
        if (tree.delayMs[i]! <= untilMs) {
          delayMs[i] = tree.delayMs[i]!;
          next[i] = tree.next[i]!;
        } else if (tree.next[i] !== NO_ROUTE) hidden += 1;
      }
      knownMs = hidden === 0 ? Number.POSITIVE_INFINITY : untilMs;
    },
  };
  growing.grow(firstMs);
  return growing;
}

const cells = cellsIn([51, 19, 51.6, 19.8], [-1, 36, -0.4, 36.8], [47, -122, 47.4, -121]);
const steep = (path: number): SchedulerPolicy => ({
  ...defaultPolicy.scheduler,
  weights: { ...defaultPolicy.scheduler.weights, path },
});

for (const [name, policy, beams] of [
  ["default", defaultPolicy.scheduler, 48],
  ["delay counts much, few beams", steep(3), 2],
  ["delay counts for nothing", steep(0), 3],
  ["longer is better", steep(-1), 48],
  ["landings count", calmPolicy.scheduler, 3],
] as const) {
  test(`trees that grow when they are asked give the plan of trees known from the start: ${name}`, () => {
    const fleet = withBeams(builtInFleet(), beams);
    const planner = createBeamPlanner({ cells, satellites: fleet.satellites, policy, seed: 1 });
    let never = 0;
    for (let slot = SLOT; slot < SLOT + 3; slot++) {
      const inputs = inputsOf(cells, fleet, drawnDemand(cells, slot), slot);
      // Some satellites have no route at all, and no growing finds one.
      for (const { delayMs, next } of inputs.trees)
        for (let i = slot % 5; i < next.length; i += 5) {
          delayMs[i] = Number.POSITIVE_INFINITY;
          next[i] = NO_ROUTE;
        }
      const expected = planner.plan(inputs);
      for (const firstMs of [0.5, 3, 6, 20]) {
        const trees = inputs.trees.map(tree => hiding(tree, firstMs));
        assert.deepEqual(planner.plan({ ...inputs, trees: () => trees }), expected);
        for (const tree of trees)
          if (tree.grown() === 0 && tree.knownMs < Number.POSITIVE_INFINITY) never += 1;
      }
    }
    if (name === "default") assert.ok(never > 0, "some of them need not grow");
  });
}

test("whether there is a route is found out by growing as far as need be", () => {
  const far: RouteTree = {
    pop: 0,
    delayMs: Float64Array.of(1, 900, Number.POSITIVE_INFINITY),
    next: Int32Array.of(-1, -1, NO_ROUTE),
  };
  const tree = hiding(far, 2);
  assert.equal(hasRoute(tree, 0), true);
  assert.equal(hasRoute(tree, 2), false);
  assert.equal(tree.grown(), 0);
  assert.equal(hasRoute(tree, 1), true);
  assert.deepEqual(tree.delayMs, far.delayMs);
  assert.equal(hasRoute(hiding(far, 0), 1), true);
});
