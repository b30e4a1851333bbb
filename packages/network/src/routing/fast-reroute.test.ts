// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NO_ROUTE } from "../beams/cell-plan.ts";
import { fastReroute } from "./fast-reroute.ts";
import { createRouteEngine } from "./route-engine.ts";
import { slotGraph } from "./slot-graph.ts";
import { leastCosts, type RandomSlot, randomSlot, type Step, stepsTo } from "./testing/random-slot.ts";

/** Sums of the same weights in another order. */
const SAME = 1e-4;

const onwardsOf = (slot: RandomSlot, next: number) => (next >= 0 ? next : slot.satellites - 1 - next);

/** Least cost between all pairs of nodes (Floyd and Warshall). */
function allPairs(nodes: number, steps: readonly Step[]): number[][] {
  const d = Array.from({ length: nodes }, (_, i) =>
    Array.from({ length: nodes }, (_, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)),
  );
  for (const { from, to, cost } of steps) d[from]![to] = Math.min(d[from]![to]!, cost);
  for (let k = 0; k < nodes; k++) {
    for (let i = 0; i < nodes; i++) {
      for (let j = 0; j < nodes; j++) d[i]![j] = Math.min(d[i]![j]!, d[i]![k]! + d[k]![j]!);
    }
  }
  return d;
}

test("traffic that takes the alternate arrives, without the failed link, and where promised without the next hop", () => {
  let alternates = 0;
  fc.assert(
    fc.property(randomSlot(), fc.nat(1), (slot, pop) => {
      const graph = slotGraph(slot);
      const tree = createRouteEngine(slot.satellites).treeTo(graph, pop);
      const alternate = fastReroute(graph, tree);
      for (let s = 0; s < slot.satellites; s++) {
        if (alternate.next[s] === NO_ROUTE) continue;
        alternates++;
        assert.notEqual(alternate.next[s], tree.next[s]);
        const visited = [onwardsOf(slot, alternate.next[s]!)];
        while (visited.at(-1)! < slot.satellites) {
          assert.ok(!visited.includes(s), "it came back");
          visited.push(onwardsOf(slot, tree.next[visited.at(-1)!]!));
          assert.ok(visited.length <= slot.satellites + 1);
        }
        const failed = onwardsOf(slot, tree.next[s]!);
        if (alternate.avoidsNode[s] === 1) assert.ok(!visited.includes(failed));
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(alternates > 150, `${alternates}`);
});

test("where shortest ways are unique, exactly those have one that inequalities 1 and 3 of RFC 5286 give one", () => {
  const counted = { links: 0, nodes: 0, none: 0 };
  fc.assert(
    fc.property(randomSlot({ spread: 1_000_000 }), slot => {
      const graph = slotGraph(slot);
      const tree = createRouteEngine(slot.satellites).treeTo(graph, 0);
      const alternate = fastReroute(graph, tree);
      const steps = stepsTo(slot, 0);
      const nodes = slot.satellites + slot.fibre.gateways + 1;
      const d = allPairs(nodes, steps);
      const pop = nodes - 1;
      let routed = 0;
      for (let s = 0; s < slot.satellites; s++) {
        if (tree.next[s] === NO_ROUTE) continue;
        routed++;
        const e = onwardsOf(slot, tree.next[s]!);
        const candidates = steps.filter(({ from, to }) => from === s && to !== e).map(({ to }) => to);
        const loopFree = candidates.filter(n => d[n]![pop]! < d[n]![s]! + d[s]![pop]! - SAME);
        const protecting = loopFree.filter(n => d[n]![pop]! < d[n]![e]! + d[e]![pop]! - SAME);
        assert.equal(alternate.next[s] !== NO_ROUTE, loopFree.length > 0);
        assert.equal(alternate.avoidsNode[s] === 1, protecting.length > 0);
        if (loopFree.length === 0) counted.none++;
        else counted[protecting.length > 0 ? "nodes" : "links"]++;
      }
      if (routed > 0) {
        const protectedCount = alternate.next.filter(n => n !== NO_ROUTE).length;
        assert.ok(Math.abs(alternate.linkShare - protectedCount / routed) < 1e-12);
        assert.ok(alternate.nodeShare <= alternate.linkShare);
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(Math.min(counted.links, counted.nodes, counted.none) > 20, JSON.stringify(counted));
});

test("of several the one that avoids the next hop, then the cheapest", () => {
  fc.assert(
    fc.property(randomSlot({ spread: 1_000_000, priced: false }), slot => {
      const graph = slotGraph(slot);
      const tree = createRouteEngine(slot.satellites).treeTo(graph, 1);
      const alternate = fastReroute(graph, tree);
      const steps = stepsTo(slot, 1);
      const toPop = leastCosts(slot, steps);
      const d = allPairs(toPop.length, steps);
      for (let s = 0; s < slot.satellites; s++) {
        if (alternate.next[s] === NO_ROUTE) continue;
        const e = onwardsOf(slot, tree.next[s]!);
        const pick = onwardsOf(slot, alternate.next[s]!);
        const cost = (n: number) => steps.find(({ from, to }) => from === s && to === n)!.cost + toPop[n]!;
        for (const { to: n } of steps.filter(({ from, to }) => from === s && to !== e)) {
          const loopFree = toPop[n]! < d[n]![s]! + toPop[s]! - SAME;
          const protecting = loopFree && toPop[n]! < d[n]![e]! + toPop[e]! - SAME;
          if (!loopFree || (!protecting && alternate.avoidsNode[s] === 1)) continue;
          assert.ok(cost(pick) <= cost(n) + 1e-6);
        }
      }
    }),
    { numRuns: 100 },
  );
});
