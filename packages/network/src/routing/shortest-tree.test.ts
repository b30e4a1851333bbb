// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { topologyOf } from "./laser-topology.ts";
import { aimAround } from "./search-aim.ts";
import { bucketWidth, createTreeSearch, type TreeOptions } from "./shortest-tree.ts";

/** Links with a cost in each direction, some of them very long, some closed. */
const graphs = fc.integer({ min: 2, max: 30 }).chain(nodes =>
  fc.record({
    nodes: fc.constant(nodes),
    pairs: fc
      .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 4 * nodes })
      .map(pairs => pairs.filter(([a, b]) => a !== b)),
    costs: fc.infiniteStream(
      fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 1, max: 1_000_000 }).map(n => n / 9973) },
        { weight: 5, arbitrary: fc.constantFrom(1, 2, 3) },
        fc.constant(1e9),
        fc.constant(Number.POSITIVE_INFINITY),
      ),
    ),
    seeds: fc.uniqueArray(fc.tuple(fc.nat(nodes - 1), fc.nat(5)), {
      minLength: 1,
      maxLength: 4,
      selector: ([node]) => node,
    }),
    bucketMs: fc.constantFrom(0.001, 0.3, 7, 1e6),
  }),
);

test("the bits that Bellman and Ford find, whatever the width of the buckets; ties to the lowest neighbour", () => {
  fc.assert(
    fc.property(graphs, ({ nodes, pairs, costs, seeds, bucketMs }) => {
      const { rows } = topologyOf(nodes, pairs);
      const inward = Float64Array.from(rows.to, () => costs.next().value);
      const cost = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
      const next = new Int32Array(nodes).fill(-99);
      for (const [node, at] of seeds) {
        cost[node] = at;
        next[node] = -1;
      }
      const expected = cost.slice();
      const steps = Array.from({ length: nodes }, (_, v) => v).flatMap(v =>
        Array.from(rows.to.subarray(rows.offset[v]!, rows.offset[v + 1]!), (i, k) => ({
          v,
          i,
          ms: inward[rows.offset[v]! + k]!,
        })),
      );
      for (let changed = true; changed; ) {
        changed = false;
        for (const { v, i, ms } of steps) {
          if (expected[v]! + ms >= expected[i]!) continue;
          expected[i] = expected[v]! + ms;
          changed = true;
        }
      }
      const search = createTreeSearch(nodes);
      const list = Int32Array.from(seeds, ([node]) => node);
      search.run(rows, inward, list, list.length, cost, next, bucketMs);
      assert.deepEqual(cost, expected);
      for (let i = 0; i < nodes; i++) {
        const ways = steps
          .filter(s => s.i === i && cost[s.v]! + s.ms === cost[i]! && s.ms < 1e300)
          .map(s => s.v);
        const seed = seeds.find(([node, at]) => node === i && at === cost[i]);
        if (seed !== undefined) assert.equal(next[i], -1);
        else if (cost[i] === Number.POSITIVE_INFINITY) assert.equal(next[i], -99);
        else assert.equal(next[i], Math.min(...ways));
      }
    }),
    { numRuns: 400 },
  );
});

test("of two equally good neighbours the lower one, whichever was met first", () => {
  // 3 is reached over 2 (1 + 4) before 1 (2 + 3), and over 0 (5 + 0.5) too late.
  const { rows } = topologyOf(4, [
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
  const inward = Float64Array.of(0.5, 3, 4, 9, 9, 9);
  const cost = Float64Array.of(5, 2, 1, Number.POSITIVE_INFINITY);
  const next = new Int32Array(4).fill(-1);
  createTreeSearch(4).run(rows, inward, Int32Array.of(0, 1, 2), 3, cost, next, 1);
  assert.deepEqual([...cost], [5, 2, 1, 5]);
  assert.equal(next[3], 1);
});

test("searches leave nothing behind for the next", () => {
  const { rows } = topologyOf(3, [
    [0, 1],
    [1, 2],
  ]);
  const search = createTreeSearch(3);
  for (let round = 0; round < 3; round++) {
    const cost = Float64Array.of(0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    const next = new Int32Array(3).fill(-1);
    search.run(rows, Float64Array.of(2, 2, 3, 3), Int32Array.of(0), 1, cost, next, 1);
    assert.deepEqual([...cost], [0, 2, 5]);
    assert.deepEqual([...next], [-1, 0, 1]);
  }
  assert.equal(bucketWidth(Float64Array.of(2, Number.POSITIVE_INFINITY, 4)), 1.5);
  assert.equal(bucketWidth(new Float64Array(0)), 1);
});

/** Nodes in a plane whose links cost what their length says, or more. */
const spread = fc
  .record({
    places: fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), {
      minLength: 2,
      maxLength: 40,
    }),
    ends: fc.array(fc.tuple(fc.nat(39), fc.nat(39), fc.integer({ min: 0, max: 3 })), { maxLength: 120 }),
    landings: fc.uniqueArray(fc.tuple(fc.nat(39), fc.nat(30)), {
      minLength: 1,
      maxLength: 5,
      selector: ([i]) => i,
    }),
    wanted: fc.array(fc.nat(39), { minLength: 1, maxLength: 5 }),
    uptoMs: fc.integer({ min: 0, max: 60 }),
    bucketMs: fc.constantFrom(0.4, 3, 1e6),
  })
  .map(drawn => {
    const n = drawn.places.length;
    const pairs = drawn.ends.map(([a, b, more]) => [a % n, b % n, more] as const).filter(([a, b]) => a !== b);
    const { rows, a, b } = topologyOf(
      n,
      pairs.map(([p, q]) => [p, q]),
    );
    const length = (p: number, q: number) =>
      Math.hypot(drawn.places[p]![0] - drawn.places[q]![0], drawn.places[p]![1] - drawn.places[q]![1]);
    const costs = Float64Array.from(a, (p, k) =>
      Math.max(0.01, length(p, b[k]!) * (1 + (pairs[k]?.[2] ?? 0) / 7)),
    );
    return {
      ...drawn,
      n,
      rows,
      inward: Float64Array.from(rows.link, k => costs[k]!),
      wanted: Int32Array.from(drawn.wanted, i => i % n),
      landings: {
        order: Int32Array.of(0),
        baseMs: Float64Array.of(1),
        leastMs: 0,
        offset: Int32Array.of(0, drawn.landings.length),
        node: Int32Array.from(drawn.landings, ([i]) => i % n),
        ms: Float64Array.from(drawn.landings, ([, ms]) => ms),
      },
    };
  });

test("up to a cost, and aimed at who is wanted: what is near enough is found with all its way, the rest is left out", () => {
  fc.assert(
    fc.property(spread, ({ n, rows, inward, landings, wanted, uptoMs, bucketMs, places }) => {
      const names = Int32Array.from({ length: n }, (_, i) => i);
      const search = createTreeSearch(n);
      const run = (options: Omit<TreeOptions, "landings" | "names">) => {
        const cost = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
        const next = new Int32Array(n).fill(-99);
        const none = new Int32Array(0);
        const { complete } = search.run(rows, inward, none, 0, cost, next, bucketMs, {
          ...options,
          landings,
          names,
        });
        return { cost, next, complete };
      };
      const whole = run({});
      assert.equal(whole.complete, true);
      const near = run({ uptoMs });
      for (let i = 0; i < n; i++) {
        const known = whole.cost[i]! <= uptoMs;
        assert.equal(near.cost[i], known ? whole.cost[i] : Number.POSITIVE_INFINITY);
        if (known) assert.equal(near.next[i], whole.next[i]);
      }
      if (near.complete) assert.deepEqual(near.cost, whole.cost);
      const xKm = Float64Array.from(places, ([x]) => x);
      const yKm = Float64Array.from(places, ([, y]) => y);
      const aim = { ...aimAround(wanted, { xKm, yKm, zKm: new Float64Array(n) }), kmPerMs: 1 + 1e-9 };
      const part = new Int32Array(n);
      const aimed = run({ uptoMs, aim, wanted: { nodes: wanted, part, parts: 1 } });
      for (const w of wanted) {
        const known = whole.cost[w]! <= uptoMs;
        if (aimed.complete || known) assert.equal(aimed.cost[w], whole.cost[w]);
        else assert.equal(aimed.cost[w], Number.POSITIVE_INFINITY);
        for (let i = w; known && i >= 0; i = whole.next[i]!) assert.equal(aimed.next[i], whole.next[i]);
      }
    }),
    { numRuns: 500 },
  );
});
