// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CellTable, planetCells } from "@perigee/earth";
import { builtInElements, createPropagator, type Elements, planesOf } from "@perigee/orbit";
import { builtInGround, nearestHomePop } from "../ground-segment.ts";
import { createHomePops } from "../home-pops.ts";
import { sampleNetwork } from "../network-sample.ts";
import { defaultPolicy } from "../policy.ts";
import { laserLayout } from "../routing/laser-layout.ts";
import { bellmanFord, linksUp } from "../testing/bellman-ford.ts";
import { homeDelays } from "./home-delays.ts";
import { createHomeTable } from "./home-table.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12);
const { elements } = builtInElements(EPOCH);
const ground = builtInGround();

/** Every `step`-th satellite, all of them serving. */
function network(step: number, samples: number) {
  const some = elements.filter((_, i) => i % step === 0);
  const serving = new Uint8Array(some.length).fill(1);
  return {
    propagator: createPropagator(some),
    lasers: neighboursOf(some, serving),
    serving,
    ground,
    policy: { ...defaultPolicy, home: { samples, stepMin: 37 } },
    minElevationDeg: Float64Array.from(some, (_, i) => (i % 2 === 0 ? 25 : 35)),
  };
}

function neighboursOf(some: readonly Elements[], serving: Uint8Array) {
  const { rows } = laserLayout(planesOf(some), serving, "plusGrid");
  return { offset: rows.offset, neighbour: rows.to };
}

const land = planetCells({ ocean: false });

/** Rows of a table. */
function take(cells: CellTable, rows: readonly number[]): CellTable {
  return {
    count: rows.length,
    id: BigUint64Array.from(rows, k => cells.id[k]!),
    latDeg: Float64Array.from(rows, k => cells.latDeg[k]!),
    lonDeg: Float64Array.from(rows, k => cells.lonDeg[k]!),
    areaKm2: Float64Array.from(rows, k => cells.areaKm2[k]!),
    land: Uint8Array.from(rows, k => cells.land[k]!),
  };
}

test("delays from all satellites to a PoP are those of Bellman and Ford", () => {
  const inputs = network(12, 1);
  const pops = ground.pops.filter(pop => ["waw", "jnb", "sea"].includes(pop.iata ?? ""));
  const [known] = homeDelays(inputs, pops);
  const { fleet } = sampleNetwork(inputs, defaultPolicy.routes, EPOCH);
  const links = linksUp(fleet, fleet, inputs.serving, inputs.lasers, ground, defaultPolicy.routes);
  pops.forEach((pop, p) => {
    bellmanFord(links, ground, pop, defaultPolicy.routes).forEach((ms, i) => {
      const found = known!.delayMs[i * pops.length + p]!;
      assert.ok(found === ms || Math.abs(found - ms) < 1e-5, `${pop.code} ${i}: ${found}, not ${ms}`);
    });
  });
});

for (const [what, step, samples, allowed] of [
  ["the whole fleet", 1, 2, 0.01],
  ["a third of it, where every satellite matters", 3, 3, 0.02],
] as const) {
  test(`${what}: the table agrees with the search cell by cell, and where it does not little is lost`, t => {
    // Some of H3's base cells, far from each other, chosen for the boundaries that cross them.
    const inputs = network(step, samples);
    const bases = new Set([8, 15, 21, 24, 50, 51, 62].map(BigInt));
    const rows = [...land.id.keys()].filter(k => bases.has((land.id[k]! >> 45n) & 127n));
    const cells = take(land, rows);
    const homes = createHomeTable(inputs).homesOf(cells);
    const exact = createHomePops(inputs);
    let different = 0;
    let lostMs = 0;
    const asked = 400;
    for (let n = 0; n < asked; n++) {
      const k = Math.floor(((n + 0.5) * cells.count) / asked);
      const home = exact.homeOf(cells.id[k]!.toString(16))!;
      if (ground.pops[homes[k]!] === home) continue;
      different += 1;
      const means = exact.meanDelays(cells.latDeg[k]!, cells.lonDeg[k]!);
      lostMs += means.find(({ pop }) => pop === ground.pops[homes[k]!])!.oneWayMs - means[0]!.oneWayMs;
    }
    t.diagnostic(
      `${cells.count} cells, ${new Set(homes).size} homes; ${different} of ${asked} differ, ${lostMs.toFixed(2)} ms in all`,
    );
    assert.ok(new Set(homes).size >= 8);
    assert.ok(different <= allowed * asked && lostMs < 0.02 * asked);
  });
}

test("single cells are decided at their own centre: the same answers as the search", () => {
  const inputs = network(10, 2);
  const rows = Array.from({ length: 60 }, (_, n) => Math.floor(((n + 0.5) * land.count) / 60));
  const cells = take(land, rows);
  const homes = createHomeTable(inputs).homesOf(cells);
  const exact = createHomePops(inputs);
  rows.forEach((_, k) => {
    const home = exact.homeOf(cells.id[k]!.toString(16))!;
    const own = ground.pops[homes[k]!]!;
    if (own === home) return;
    // Ties are real: two PoPs that share every way but an equal piece of fibre.
    const means = exact.meanDelays(cells.latDeg[k]!, cells.lonDeg[k]!);
    const gap = means.find(({ pop }) => pop === own)!.oneWayMs - means[0]!.oneWayMs;
    assert.ok(gap < 1e-5, `${own.code}, not ${home.code}: ${gap} ms`);
  });
});

test("without a network the nearest PoP is home; without PoPs there is none", () => {
  const inputs = network(200, 0);
  const cells = take(land, [1000, 400_000]);
  const homes = createHomeTable(inputs).homesOf(cells);
  homes.forEach((home, k) => {
    assert.equal(ground.pops[home], nearestHomePop(ground, cells.latDeg[k]!, cells.lonDeg[k]!));
  });
  const bare = { ...inputs, ground: { gateways: [], pops: [] } };
  assert.deepEqual([...createHomeTable(bare).homesOf(cells)], [-1, -1]);
});
