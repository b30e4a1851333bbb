// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { failuresOf, shellName } from "./failures.ts";
import { smallPlanner } from "./testing/small-network.ts";

const planner = smallPlanner();
const shell = shellName(planner.planes.shells[0]!);
const of = (...words: string[]) => {
  const found = failuresOf(planner, words, 1);
  assert.ok(found.ok, found.ok ? "" : found.error.message);
  return found.value;
};

test("every kind names what it should", () => {
  const { name, catalogNumber } = planner.elements[5]!;
  assert.deepEqual(of(`satellite:${name}`, `satellite:${catalogNumber}`).satellites, [5]);
  assert.equal(of(`shell:${shell}`).satellites!.length, 1584);
  const planes = Array.from({ length: 72 }, (_, k) => of(`plane:${shell}/${k + 1}`).satellites!);
  assert.ok(planes.every(plane => plane.length === 22));
  assert.equal(new Set(planes.flat()).size, 1584);
  const nodes = planes.map(plane => planner.elements[plane[0]!]!.raanDeg);
  assert.ok(
    nodes.every((deg, k) => k === 0 || Math.abs(((deg - nodes[k - 1]! + 360) % 360) - 5) < 1e-6),
    "eastwards, 5 degrees from one to the next",
  );
  assert.deepEqual(planes[0], [...planner.planes.planes[0]!.satellites], "counted from 1");
  const { topology } = planner;
  const [a, b] = [topology.a[7]!, topology.b[7]!];
  const pair = `laser:${planner.elements[a]!.name}-${planner.elements[b]!.name}`;
  assert.deepEqual(of(pair).lasers, [[a, b]], "names with dashes of their own are told apart");
  assert.equal(planner.ground.gateways[of("gateway:lepe-es").gateways![0]!]!.id, "lepe-es");
  assert.ok(of("country:ES").gateways!.every(g => planner.ground.gateways[g]!.country === "ES"));
  assert.equal(planner.ground.pops[of("pop:wrswpol1").pops![0]!]!.city, "Warsaw");
});

test("a larger share holds a smaller one; another seed draws others", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (p, q) => {
      const few = of(`share:${Math.min(p, q)}%`).satellites!;
      const many = new Set(of(`share:${Math.max(p, q)}%`).satellites!);
      assert.equal(few.length, Math.round((1584 * Math.min(p, q)) / 100));
      assert.ok(few.every(i => many.has(i)));
    }),
    { numRuns: 30 },
  );
  const other = failuresOf(planner, ["share:5%"], 2);
  assert.ok(other.ok);
  assert.notDeepEqual(other.value.satellites, of("share:5%").satellites);
  const lasers = of("lasers:10%").lasers!;
  assert.equal(lasers.length, Math.round(planner.topology.a.length / 10));
  const others = failuresOf(planner, ["lasers:10%"], 2);
  assert.ok(others.ok);
  assert.notDeepEqual(others.value.lasers, lasers);
});

test("one thing wrong refuses all, by its name and with what there is", () => {
  for (const [word, code] of [
    ["satellite:NOBODY-1", "unknown"],
    ["shell:54.0-550", "unknown"],
    [`plane:${shell}/73`, "range"],
    [`plane:${shell}`, "format"],
    ["laser:1-2", "unknown"],
    ["gateway:nowhere", "unknown"],
    ["country:XX", "unknown"],
    ["pop:nowhere", "unknown"],
    ["share:101%", "range"],
    ["share:five", "format"],
    ["constructor:x", "format"],
    ["nothing", "format"],
  ] as const) {
    const found = failuresOf(planner, ["share:1%", word], 1);
    assert.ok(!found.ok, word);
    assert.equal(found.error.code, code, word);
    assert.equal(found.error.place, word);
  }
  const shells = failuresOf(planner, ["shell:54.0-550"], 1);
  assert.ok(!shells.ok && shells.error.message.includes(shell));
});
