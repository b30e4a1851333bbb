// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { uniform } from "../draw.ts";
import { fillToLevels } from "./water-filling.ts";

/** Groups of many flows behind one resource; ratios in tight clusters, with ties. */
function crowd(seed: number, sizes: readonly number[], capacity: number) {
  const flowOffset = Int32Array.of(0, ...sizes);
  for (let g = 0; g < sizes.length; g++) flowOffset[g + 1]! += flowOffset[g]!;
  const flows = flowOffset[sizes.length]!;
  const weight = Float64Array.from({ length: flows }, (_, f) => 0.5 + uniform(seed, f, 0, 1));
  const cluster = (f: number): number => 1 + Math.floor(4 * uniform(seed, f, 0, 2));
  const demand = weight.map((w, f) => w * cluster(f) * (1 + 1e-11 * Math.floor(3 * uniform(seed, f, 0, 3))));
  return {
    groups: sizes.length,
    flowOffset,
    demand,
    weight,
    pathOffset: Int32Array.from({ length: sizes.length + 1 }, (_, g) => g),
    path: new Int32Array(sizes.length),
    capacity: Float64Array.of(capacity * demand.reduce((sum, d) => sum + d, 0)),
  };
}

test("one resource: the level that bisection finds", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (seed, sizes, part) => {
        const problem = crowd(seed, sizes, part);
        const { demand, weight, capacity } = problem;
        const load = (level: number): number =>
          demand.reduce((sum, d, f) => sum + Math.min(d, weight[f]! * level), 0);
        let low = 0;
        let high = 10;
        for (let k = 0; k < 60; k++) {
          const middle = (low + high) / 2;
          if (load(middle) < capacity[0]!) low = middle;
          else high = middle;
        }
        const { level, bottleneck } = fillToLevels(problem);
        // A group that was served before the resource was full has no bottleneck.
        level.forEach((at, g) => {
          if (at === Number.POSITIVE_INFINITY) assert.equal(bottleneck[g], -1);
          else assert.ok(Math.abs(at - high) < 1e-10 * high, `${at}, bisection ${high}`);
        });
        assert.ok(level.some(at => at < Number.POSITIVE_INFINITY));
      },
    ),
    { numRuns: 60 },
  );
});

test("no capacity gives nothing, endless capacity everything", () => {
  const problem = crowd(1, [3, 4], 1);
  assert.deepEqual([...fillToLevels({ ...problem, capacity: Float64Array.of(0) }).level], [0, 0]);
  const free = fillToLevels({ ...problem, capacity: Float64Array.of(Number.POSITIVE_INFINITY) });
  assert.deepEqual([...free.level], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  assert.deepEqual([...free.bottleneck], [-1, -1]);
});
