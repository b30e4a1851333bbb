// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDisjointPaths, type Disjoint } from "./disjoint-paths.ts";
import { topologyOf } from "./laser-topology.ts";
import { createRouteEngine } from "./route-engine.ts";
import { slotGraph } from "./slot-graph.ts";
import { allPaths, randomSlot, type Step, stepsTo } from "./testing/random-slot.ts";

const KINDS: readonly Disjoint[] = ["links", "nodes"];

/** What a path keeps to itself. */
function own(path: readonly Step[], kind: Disjoint): string[] {
  const links = path.slice(0, -1).map(({ link }) => link);
  return kind === "links" ? links : [...links, ...path.slice(1).map(({ from }) => `node ${from}`)];
}

const costOf = (path: readonly Step[]) => path.reduce((sum, { cost }) => sum + cost, 0);

/** By trying all: most paths, at most `count`, and the least total cost of so many. */
function bruteForce(paths: readonly Step[][], count: number, kind: Disjoint): { size: number; cost: number } {
  let best = { size: 0, cost: 0 };
  const used = new Set<string>();
  const go = (from: number, size: number, cost: number) => {
    if (size > best.size || (size === best.size && cost < best.cost)) best = { size, cost };
    if (size === count) return;
    for (let p = from; p < paths.length; p++) {
      const needs = own(paths[p]!, kind);
      if (needs.some(name => used.has(name))) continue;
      for (const name of needs) used.add(name);
      go(p + 1, size + 1, cost + costOf(paths[p]!));
      for (const name of needs) used.delete(name);
    }
  };
  go(0, 0, 0);
  return best;
}

test("small random slots: as many disjoint paths as there are, at the least total cost", () => {
  const several = { links: 0, nodes: 0 };
  fc.assert(
    fc.property(randomSlot({ satellites: 6 }), fc.integer({ min: 1, max: 4 }), (slot, count) => {
      const graph = slotGraph(slot);
      const tree = createRouteEngine(slot.satellites).treeTo(graph, 0);
      const disjoint = createDisjointPaths(graph);
      const steps = stepsTo(slot, 0);
      const from = slot.satellites - 1;
      const paths = allPaths(steps, from, slot.satellites + slot.fibre.gateways);
      if (paths.length > 60) return;
      for (const kind of KINDS) {
        const found = disjoint.from(from, tree, count, kind);
        const expected = bruteForce(paths, count, kind);
        assert.equal(found.length, expected.size);
        const total = found.reduce((sum, { costMs }) => sum + costMs, 0);
        assert.ok(Math.abs(total - expected.cost) < 1e-4, `${kind}: ${total} and ${expected.cost}`);
        const used = new Set<string>();
        found.forEach(({ satellites, gateway, costMs }, k) => {
          const nodes = [...satellites, slot.satellites + gateway, slot.satellites + slot.fibre.gateways];
          const way = nodes.slice(1).map((to, n) => steps.find(s => s.from === nodes[n] && s.to === to)!);
          assert.equal(nodes[0], from);
          assert.ok(Math.abs(costOf(way) - costMs) < 1e-9);
          assert.ok(k === 0 || costMs >= found[k - 1]!.costMs);
          for (const name of own(way, kind)) {
            assert.ok(!used.has(name), `${name} twice`);
            used.add(name);
          }
        });
        if (found.length > 1) several[kind]++;
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(several.links > 20 && several.nodes > 5, JSON.stringify(several));
});

test("two paths may both differ from the single shortest one", () => {
  // The trap of Suurballe's paper: 0-1-2-landing is shortest, and blocks both others.
  const [slot] = fc.sample(randomSlot(), { numRuns: 1, seed: 1 });
  const light = 299.792458;
  const topologyPairs = [
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
  ] as const;
  const km = Float64Array.of(1, 4, 1, 4).map(ms => ms * light);
  const graph = slotGraph({
    lasers: { ...slot!.lasers, topology: topologyOf(4, topologyPairs), up: new Uint8Array(4).fill(1), km },
    contacts: {
      satellite: Int32Array.of(2, 3),
      gateway: Int32Array.of(0, 1),
      downMbps: new Float32Array(2),
      upMbps: new Float32Array(2),
      rangeKm: Float32Array.of(light, light),
    },
    fibre: { gateways: 2, pops: 1, ms: Float64Array.of(1, 1) },
    hopMs: 0,
  });
  const tree = createRouteEngine(4).treeTo(graph, 0);
  const disjoint = createDisjointPaths(graph);
  assert.deepEqual(
    disjoint.from(0, tree, 1, "nodes").map(({ satellites }) => satellites),
    [[0, 1, 2]],
  );
  assert.deepEqual(
    disjoint.from(0, tree, 2, "nodes").map(({ satellites }) => satellites),
    [
      [0, 2],
      [0, 1, 3],
    ],
  );
  // Calls leave nothing behind.
  assert.equal(disjoint.from(0, tree, 1, "links")[0]!.satellites.length, 3);
  assert.throws(() => disjoint.from(0, tree, 9, "links"), RangeError);
});
