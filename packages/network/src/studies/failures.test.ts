// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { capacity } from "./capacity.ts";
import { failuresOf, shellName } from "./failures.ts";
import { outage } from "./outage.ts";
import { evenDemand, patches, SLOT, smallPlanner } from "./testing/small-network.ts";

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

test("the busiest fall first, and hurt more than as many drawn", () => {
  const cells = patches([50, 20], [40, -100]);
  const request = { slot: SLOT, cells, demand: evenDemand(cells, 200) };
  const busy = capacity(planner, request);
  const busiest = failuresOf(planner, ["share:1%", "gateways:1%", "lasers:1%"], 1, busy);
  assert.ok(busiest.ok);
  const { satellites, gateways, lasers } = busiest.value;
  assert.deepEqual([satellites!.length, lasers!.length], [16, Math.round(planner.topology.a.length / 100)]);
  // Every one left carries no more than the least of the chosen: by the shares of users, counted anew.
  const { a, b, aToB, bToA } = busy.allocation.lasers;
  const load = new Float64Array(1584);
  for (const { satellite, downMbps, upMbps } of busy.satellites) load[satellite]! += downMbps + upMbps;
  for (let k = 0; k < a.length; k++) {
    const mbps = aToB.carriedMbps[k]! + bToA.carriedMbps[k]!;
    load[a[k]!]! += mbps;
    load[b[k]!]! += mbps;
  }
  const chosen = new Set(satellites);
  const least = Math.min(...satellites!.map(i => load[i]!));
  assert.ok(least > 0 && load.every((mbps, i) => chosen.has(i) || mbps <= least));
  const landed = new Map(busy.gateways.map(({ gateway, downMbps, upMbps }) => [gateway, downMbps + upMbps]));
  const leastLanded = Math.min(...gateways!.map(g => landed.get(g) ?? 0));
  assert.ok(
    busy.gateways.every(({ gateway }) => gateways!.includes(gateway) || landed.get(gateway)! <= leastLanded),
  );
  const choose = (before: typeof busy) => {
    const found = failuresOf(planner, ["share:1%"], 1, before);
    assert.ok(found.ok);
    return found.value;
  };
  const attacked = outage(planner, { ...request, failures: choose });
  const unlucky = outage(planner, { ...request, failures: of("share:1%") });
  assert.deepEqual(attacked.failures.satellites, satellites);
  assert.ok(attacked.after.totals.down.carriedMbps < unlucky.after.totals.down.carriedMbps);
  assert.equal(of("gateways:5%").gateways!.length, Math.round(planner.ground.gateways.length / 20));
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
