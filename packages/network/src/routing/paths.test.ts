// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { topologyOf } from "./laser-topology.ts";
import type { LinkGraph } from "./link-graph.ts";
import { fewestHops, type GraphPath, kShortestPaths, lengthMs, shortestPath } from "./paths.ts";

const graphs = fc.integer({ min: 2, max: 7 }).chain(nodes =>
  fc
    .record({
      pairs: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 14 }),
      weights: fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
      mayPass: fc.uint8Array({ minLength: nodes, maxLength: nodes, max: 3 }),
    })
    .map(({ pairs, weights, mayPass }) => {
      const topology = topologyOf(
        nodes,
        pairs.filter(([a, b]) => a !== b),
      );
      const ms = Float64Array.from(topology.rows.to, () => weights.next().value);
      const graph: LinkGraph = { ...topology.rows, ms };
      return { graph, mayPass };
    }),
);

/** Every path without repeated nodes, the shortest first, then by its nodes. */
function everyPath(graph: LinkGraph, from: number, to: number, mayPass: Uint8Array): GraphPath[] {
  const found: GraphPath[] = [];
  const go = (nodes: number[]) => {
    const last = nodes.at(-1)!;
    if (last === to) {
      found.push({ nodes: [...nodes], ms: lengthMs(graph, nodes) });
      return;
    }
    if (last !== from && mayPass[last] === 0) return;
    for (const i of graph.to.subarray(graph.offset[last]!, graph.offset[last + 1]!)) {
      if (!nodes.includes(i)) go([...nodes, i]);
    }
  };
  go([from]);
  const name = ({ nodes }: GraphPath) => nodes.join("");
  return found.sort((a, b) => a.ms - b.ms || (name(a) < name(b) ? -1 : 1));
}

test("Yen's paths are the shortest of all paths, in order", () => {
  fc.assert(
    fc.property(graphs, fc.integer({ min: 1, max: 12 }), ({ graph, mayPass }, count) => {
      const every = everyPath(graph, 0, graph.nodes - 1, mayPass);
      const found = kShortestPaths(graph, 0, graph.nodes - 1, count, { mayPass });
      assert.deepEqual(
        found.map(({ ms }) => ms),
        every.slice(0, count).map(({ ms }) => ms),
      );
      assert.equal(new Set(found.map(({ nodes }) => nodes.join())).size, found.length);
      for (const { nodes } of found) assert.ok(every.some(path => path.nodes.join() === nodes.join()));
      assert.deepEqual(shortestPath(graph, 0, graph.nodes - 1, { mayPass }), found[0] ?? null);
    }),
    { numRuns: 300 },
  );
});

test("in a graph where everybody knows everybody, all 65 paths come once, in order", () => {
  const every = topologyOf(
    6,
    Array.from({ length: 36 }, (_, k) => [Math.floor(k / 6), k % 6] as const).filter(([a, b]) => a < b),
  );
  const ms = Float64Array.from(every.rows.link, k => 1 + ((7 * k * k + 3 * k) % 17));
  const graph: LinkGraph = { ...every.rows, ms };
  const expected = everyPath(graph, 0, 5, new Uint8Array(6).fill(1));
  assert.equal(expected.length, 65);
  assert.deepEqual(kShortestPaths(graph, 0, 5, 100), expected);
});

test("fewest hops, and of those the shortest", () => {
  fc.assert(
    fc.property(graphs, ({ graph, mayPass }) => {
      const every = everyPath(graph, 0, graph.nodes - 1, mayPass);
      const best = every.toSorted((a, b) => a.nodes.length - b.nodes.length || a.ms - b.ms)[0];
      const found = fewestHops(graph, 0, graph.nodes - 1, { mayPass });
      assert.equal(found?.nodes.length, best?.nodes.length);
      assert.equal(found?.ms, best?.ms);
    }),
    { numRuns: 300 },
  );
});

test("asks for a sensible number of paths", () => {
  const { rows } = topologyOf(2, [[0, 1]]);
  const graph = { ...rows, ms: Float64Array.of(1, 1) };
  assert.throws(() => kShortestPaths(graph, 0, 1, 0), RangeError);
  assert.throws(() => kShortestPaths(graph, 0, 1, 1000), RangeError);
  assert.deepEqual(kShortestPaths(graph, 0, 1, 5), [{ nodes: [0, 1], ms: 1 }]);
  assert.deepEqual(shortestPath(graph, 1, 1), { nodes: [1], ms: 0 });
});
