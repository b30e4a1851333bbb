// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createCheapestFlow } from "./cheapest-flow.ts";

interface Arc {
  readonly tail: number;
  readonly head: number;
  readonly cost: number;
}

/** A cheap way from the source 0 through all to the last, the sink, which has to be given up for two others where arcs allow it. */
const network = fc.integer({ min: 4, max: 5 }).chain(nodes =>
  fc
    .array(
      fc
        .record({
          tail: fc.integer({ min: 0, max: nodes - 1 }),
          head: fc.integer({ min: 0, max: nodes - 1 }),
          cost: fc.integer({ min: 1, max: 20 }),
        })
        .filter(({ tail, head }) => tail !== head),
      { minLength: 4, maxLength: 11 },
    )
    .map(arcs => ({ nodes, arcs: [...arcs, ...cheapWay(nodes)] })),
);

function cheapWay(nodes: number): Arc[] {
  return Array.from({ length: nodes - 1 }, (_, k) => ({ tail: k, head: k + 1, cost: 1 }));
}

/** Every path without a loop, as its arcs. */
function allPaths(arcs: readonly Arc[], sink: number): number[][] {
  const paths: number[][] = [];
  const go = (at: number, visited: ReadonlySet<number>, path: readonly number[]) => {
    if (at === sink) return void paths.push([...path]);
    arcs.forEach(({ tail, head }, k) => {
      if (tail === at && !visited.has(head)) go(head, new Set([...visited, head]), [...path, k]);
    });
  };
  go(0, new Set([0]), []);
  return paths;
}

/** Most paths that share no arc, up to `units`, and what so many cost at least: by trying all. */
function bruteForce(arcs: readonly Arc[], paths: readonly number[][], units: number) {
  let best = { count: 0, cost: 0 };
  const taken = new Set<number>();
  const go = (from: number, count: number, cost: number) => {
    if (count > best.count || (count === best.count && cost < best.cost)) best = { count, cost };
    for (let p = from; p < paths.length && count < units; p++) {
      const path = paths[p]!;
      if (path.some(k => taken.has(k))) continue;
      for (const k of path) taken.add(k);
      go(
        p + 1,
        count + 1,
        path.reduce((sum, k) => sum + arcs[k]!.cost, cost),
      );
      for (const k of path) taken.delete(k);
    }
  };
  go(0, 0, 0);
  return best;
}

/** Least cost from each node to the sink, by relaxing until nothing changes. */
function costsToGo(arcs: readonly Arc[], nodes: number): number[] {
  const cost = Array.from({ length: nodes }, (_, v) => (v === nodes - 1 ? 0 : Number.POSITIVE_INFINITY));
  for (let round = 0; round < nodes; round++)
    for (const arc of arcs) cost[arc.tail] = Math.min(cost[arc.tail]!, arc.cost + cost[arc.head]!);
  return cost;
}

test("as many units as there is room for, at the least total cost, also where a path is given up again", () => {
  let regretted = 0;
  fc.assert(
    fc.property(network, fc.integer({ min: 1, max: 3 }), ({ nodes, arcs }, units) => {
      const paths = allPaths(arcs, nodes - 1);
      if (paths.length === 0 || paths.length > 60) return;
      const toGo = costsToGo(arcs, nodes);
      const flow = createCheapestFlow(
        nodes,
        Int32Array.from(arcs, arc => arc.tail),
        Int32Array.from(arcs, arc => arc.head),
      );
      const cost = Float64Array.from(arcs, arc => arc.cost);
      const once = new Uint8Array(arcs.length).fill(1);
      const send = () => flow.send(0, nodes - 1, units, cost, once, v => toGo[v]!);
      const found = send();
      const expected = bruteForce(arcs, paths, units);
      assert.equal(found.length, expected.count);
      assert.equal(
        found.reduce((sum, path) => sum + path.cost, 0),
        expected.cost,
      );
      assert.deepEqual(send(), found, "a call leaves nothing behind");
      if (found.length > 1 && found.every(path => path.cost > toGo[0]!)) regretted++;
    }),
    { numRuns: 1000, seed: 7 },
  );
  assert.ok(regretted > 30, `${regretted} flows without the cheapest path`);
});
