// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, createPropagator, planesOf } from "@perigee/orbit";
import fc from "fast-check";
import { NO_ROUTE, type Outage } from "../beams/cell-plan.ts";
import { builtInGround } from "../ground-segment.ts";
import { defaultPolicy } from "../policy.ts";
import { bellmanFord, linksUp } from "../testing/bellman-ford.ts";
import { fastReroute } from "./fast-reroute.ts";
import { LIGHT_KM_PER_MS } from "./laser-geometry.ts";
import { laserLayout } from "./laser-layout.ts";
import { lasersInSlot } from "./laser-slot.ts";
import { createRouteEngine, type PricedTree } from "./route-engine.ts";
import { fibreTable, type SlotGraph, slotGraph, withOutage } from "./slot-graph.ts";
import { leastCosts, type RandomSlot, randomSlot, type Step, stepsTo } from "./testing/random-slot.ts";
import { treePath } from "./tree-path.ts";

const near = (a: number, b: number) => a === b || Math.abs(a - b) < 1e-4;

/** Steps a tree takes from a satellite to the PoP. */
function walk(slot: RandomSlot, steps: readonly Step[], tree: PricedTree, from: number): Step[] {
  const way: Step[] = [];
  let node = from;
  for (;;) {
    const onwards = tree.next[node]!;
    const to = onwards >= 0 ? onwards : slot.satellites - 1 - onwards;
    way.push(steps.find(step => step.from === node && step.to === to)!);
    node = to;
    if (onwards < 0) break;
    assert.ok(way.length <= slot.satellites, "a loop");
  }
  way.push(steps.find(step => step.from === node)!);
  return way;
}

test("small random slots, with and without prices: costs of Bellman and Ford, and routes that add up to them", () => {
  fc.assert(
    fc.property(randomSlot(), fc.nat(1), (slot, pop) => {
      const steps = stepsTo(slot, pop);
      const expected = leastCosts(slot, steps);
      const tree = createRouteEngine(slot.satellites).treeTo(slotGraph(slot), pop);
      for (let i = 0; i < slot.satellites; i++) {
        assert.ok(near(tree.costMs[i]!, expected[i]!), `${i}: ${tree.costMs[i]} and ${expected[i]}`);
        if (tree.next[i] === NO_ROUTE) {
          assert.equal(tree.delayMs[i], Number.POSITIVE_INFINITY);
          continue;
        }
        const way = walk(slot, steps, tree, i);
        assert.ok(near(sum(way, "cost"), tree.costMs[i]!));
        assert.ok(near(sum(way, "ms"), tree.delayMs[i]!));
      }
    }),
    { numRuns: 300 },
  );
});

test("of equally good next hops a landing comes first, then the lowest number", () => {
  // Float32 ranges of contacts are no whole milliseconds: ties are asked for among lasers, and among landings.
  fc.assert(
    fc.property(randomSlot({ spread: 2, priced: false }), slot => {
      const graph = slotGraph(slot);
      const { rows, ms } = graph;
      const tree = createRouteEngine(slot.satellites).treeTo(graph, 0);
      for (let i = 0; i < slot.satellites; i++) {
        const onwards = tree.next[i]!;
        if (onwards < 0) continue;
        for (let e = rows.offset[i]!; e < rows.offset[i + 1]!; e++) {
          if (rows.to[e]! < onwards) assert.ok(tree.costMs[rows.to[e]!]! + ms[e]! > tree.costMs[i]!);
        }
      }
    }),
    { numRuns: 200 },
  );
  const half = (gateway: number[], satellite: number[]) => ({
    satellite: Int32Array.from(satellite),
    gateway: Int32Array.from(gateway),
    downMbps: new Float32Array(2),
    upMbps: new Float32Array(2),
    rangeKm: Float32Array.of(600, 600),
  });
  fc.assert(
    fc.property(randomSlot({ priced: false }), slot => {
      const graph = slotGraph({
        ...slot,
        contacts: half([0, 1], [1, 1]),
        fibre: { gateways: 2, pops: 1, ms: Float64Array.of(3, 3) },
      });
      assert.equal(createRouteEngine(slot.satellites).treeTo(graph, 0).next[1], -1);
    }),
    { numRuns: 5 },
  );
});

/** What is out of order, of a slot of any size. */
const outages = fc.record({
  satellites: fc.array(fc.nat(11), { maxLength: 2 }),
  gateways: fc.array(fc.nat(2), { maxLength: 1 }),
  lasers: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 }),
  pops: fc.array(fc.nat(1), { maxLength: 1 }).filter(pops => pops.length === 0 || pops[0] === 1),
});

function within(outage: Outage, satellites: number): Outage {
  return {
    ...outage,
    satellites: outage.satellites!.filter(i => i < satellites),
    lasers: outage.lasers!.filter(([a, b]) => a < satellites && b < satellites),
  };
}

test("a repaired tree is the tree found from scratch, byte for byte; failures may follow each other", () => {
  fc.assert(
    fc.property(randomSlot(), outages, outages, fc.nat(1), (slot, one, two, pop) => {
      const engine = createRouteEngine(slot.satellites);
      const whole = slotGraph(slot);
      const first = within(one, slot.satellites);
      const repaired = engine.rerouteAfter(whole, engine.treeTo(whole, pop), first);
      const broken = withOutage(whole, first);
      assert.deepEqual(engine.repair(broken, engine.treeTo(whole, pop)), repaired);
      assert.deepEqual(repaired, engine.treeTo(broken, pop));
      const second = within(two, slot.satellites);
      assert.deepEqual(
        engine.rerouteAfter(broken, repaired, second),
        engine.treeTo(withOutage(broken, second), pop),
      );
      assert.deepEqual(broken, slotGraph({ ...slot, lasers: downIn(slot, first), outage: first }));
    }),
    { numRuns: 300 },
  );
});

/** The lasers of a slot less those that an outage takes: what `lasersInSlot` would have said. */
function downIn({ lasers, satellites }: RandomSlot, outage: Outage) {
  const { a, b } = lasers.topology;
  const dead = (k: number) =>
    outage.satellites!.includes(a[k]!) ||
    outage.satellites!.includes(b[k]!) ||
    outage.lasers!.some(pair => pair.includes(a[k]!) && pair.includes(b[k]!) && satellites > 0);
  return { ...lasers, up: lasers.up.map((up, k) => (dead(k) ? 0 : up)) };
}

function sum(way: readonly Step[], field: "ms" | "cost"): number {
  return way.reduce((total, step) => total + step[field], 0);
}

const EPOCH = Date.UTC(2026, 4, 21, 12);

/** A tenth of the built-in fleet and a twelfth of the gateways over one slot, with contacts from the listed links. */
function fleetSlot() {
  const elements = builtInElements(EPOCH).elements.filter((_, i) => i % 10 === 0);
  const propagator = createPropagator(elements);
  const start = propagator.propagate(EPOCH + 5_000_000);
  const end = propagator.propagate(EPOCH + 5_015_000);
  const usable = Uint8Array.from(elements, (_, i) => (i % 17 === 3 ? 0 : 1));
  const topology = laserLayout(planesOf(elements), new Uint8Array(elements.length).fill(1), "plusGrid");
  const full = builtInGround();
  const ground = { ...full, gateways: full.gateways.filter((_, g) => g % 12 === 0) };
  const { routes } = defaultPolicy;
  const grid = { offset: topology.rows.offset, neighbour: topology.rows.to };
  const links = linksUp(start, end, usable, grid, ground, routes);
  const landings = links.edges
    .filter(([from]) => from >= elements.length)
    .map(([from, to, ms]) => ({ satellite: to, gateway: from - elements.length, ms }))
    .sort((p, q) => p.satellite - q.satellite || p.gateway - q.gateway);
  const lasers = lasersInSlot({
    topology,
    fromMs: EPOCH + 5_000_000,
    untilMs: EPOCH + 5_015_000,
    start,
    end,
    usable,
    rules: routes,
    seed: 1,
  });
  const graph = slotGraph({
    lasers,
    contacts: {
      satellite: Int32Array.from(landings, l => l.satellite),
      gateway: Int32Array.from(landings, l => l.gateway),
      downMbps: new Float32Array(landings.length),
      upMbps: new Float32Array(landings.length),
      rangeKm: Float32Array.from(landings, l => l.ms * LIGHT_KM_PER_MS),
    },
    fibre: fibreTable(ground, routes),
    hopMs: routes.laserHopMs,
  });
  return { elements, ground, links, graph, routes, start };
}

test("a tenth of the real fleet: what Bellman and Ford find over links listed with geometry of their own", () => {
  const { elements, ground, links, graph, routes } = fleetSlot();
  const engine = createRouteEngine(elements.length);
  for (const code of ["wrswpol1", "sydyaus1", "lgosnga1"]) {
    const pop = ground.pops.findIndex(p => p.code === code);
    const tree = engine.treeTo(graph, pop);
    const expected = bellmanFord(links, ground, ground.pops[pop]!, routes);
    let routed = 0;
    expected.forEach((ms, i) => {
      // Contacts hold single precision: 0.1 m.
      assert.ok(ms === tree.delayMs[i] || Math.abs(ms - tree.delayMs[i]!) < 1e-6, `${i}: ${ms}`);
      if (ms < Number.POSITIVE_INFINITY) routed++;
    });
    assert.ok(routed > 100, `${routed}`);
    // A hundred satellites lost: what was repaired is what would have been found.
    const outage = { satellites: Array.from({ length: 100 }, (_, k) => 9 * k), gateways: [2] };
    assert.deepEqual(engine.rerouteAfter(graph, tree, outage), engine.treeTo(withOutage(graph, outage), pop));
  }
});

test("a tree that grows has what was asked for, as far as it is known; a route is promised where there is one", () => {
  const { elements, ground, graph, start } = fleetSlot();
  const engine = createRouteEngine(elements.length);
  for (const code of ["wrswpol1", "sydyaus1", "lgosnga1"]) {
    const pop = ground.pops.findIndex(p => p.code === code);
    const whole = engine.treeTo(graph, pop);
    // Neighbours of some satellite, as those over a few cells are.
    const wanted = Int32Array.from(elements.keys()).filter(
      i =>
        Math.hypot(
          start.xKm[i]! - start.xKm[7]!,
          start.yKm[i]! - start.yKm[7]!,
          start.zKm[i]! - start.zKm[7]!,
        ) < 3000,
    );
    assert.ok(wanted.length > 5);
    const tree = engine.growingTreeTo(graph, pop, wanted, 5, start);
    for (let untilMs = 10; ; untilMs *= 2) {
      for (const i of wanted) {
        assert.equal(tree.mayHaveRoute(i), whole.next[i] !== NO_ROUTE);
        const known = whole.delayMs[i]! < tree.knownMs;
        assert.equal(tree.delayMs[i], known ? whole.delayMs[i] : Number.POSITIVE_INFINITY);
        if (known) assert.deepEqual(treePath(tree, i), treePath(whole, i));
      }
      if (tree.knownMs === Number.POSITIVE_INFINITY) break;
      tree.grow(untilMs);
    }
    // A few far from each way to the ground, for whom the search leaves out most of the sky.
    for (let i = 0; i < elements.length; i += 9) {
      if (whole.next[i]! < 0) continue;
      const one = engine.growingTreeTo(graph, pop, Int32Array.of(i), whole.delayMs[i]! + 0.01, start);
      assert.deepEqual(treePath(one, i), treePath(whole, i));
      engine.release(one);
    }
    const short = engine.growingTreeTo(graph, pop, wanted, 0.1, start);
    assert.ok(short.knownMs < 1);
    engine.release(short);
    const other = engine.treeTo(graph, pop);
    short.grow(50);
    assert.deepEqual(other, whole);
  }
  const priced = slotGraph({ ...graph, hopMs: 0.2, laserPriceMs: new Float64Array(graph.rows.to.length) });
  assert.throws(() => engine.growingTreeTo(priced, 0, new Int32Array(0), 5, start), /prices/);
});

test("prices turn traffic away without changing what a delay is", () => {
  const { graph, elements } = fleetSlot();
  const engine = createRouteEngine(elements.length);
  const free = engine.treeTo(graph, 3);
  const { next: alternate } = fastReroute(graph, free);
  const busy = free.next.findIndex((onwards, i) => onwards >= 0 && alternate[i] !== NO_ROUTE);
  const entry = Array.from(graph.rows.to.keys()).find(
    e =>
      e >= graph.rows.offset[busy]! &&
      e < graph.rows.offset[busy + 1]! &&
      graph.rows.to[e] === free.next[busy],
  )!;
  const laserPriceMs = new Float64Array(graph.rows.to.length);
  laserPriceMs[entry] = 1000;
  const priced: SlotGraph = slotGraph({ ...graph, lasers: graph.lasers, hopMs: 0.2, laserPriceMs });
  const tree = engine.treeTo(priced, 3);
  assert.notEqual(tree.next[busy], free.next[busy]);
  assert.ok(tree.delayMs[busy]! > free.delayMs[busy]! && tree.delayMs[busy]! < free.delayMs[busy]! + 1000);
  const other = free.next[busy]!;
  assert.ok(
    Math.abs(tree.delayMs[other]! - free.delayMs[other]!) < 1e-12,
    "the other direction has no price",
  );
});

test("refuses prices and contacts that do not fit", () => {
  const [slot] = fc.sample(randomSlot(), { numRuns: 1, seed: 7 });
  assert.throws(() => slotGraph({ ...slot!, laserPriceMs: new Float64Array(999) }), /one price/);
  const { contacts } = slot!;
  const behind = (values: Int32Array, first: number) => Int32Array.from([first, ...values]);
  assert.throws(
    () =>
      slotGraph({
        lasers: slot!.lasers,
        fibre: slot!.fibre,
        hopMs: 0,
        contacts: {
          ...contacts,
          satellite: behind(contacts.satellite, contacts.satellite[0]!),
          gateway: behind(contacts.gateway, contacts.gateway[0]! + 1),
        },
      }),
    /out of order/,
  );
});
