// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt } from "@perigee/earth";
import { CELL_FATES, outage } from "./outage.ts";
import { evenDemand, patches, SLOT, smallPlanner } from "./testing/small-network.ts";

const planner = smallPlanner();
const cells = patches([50, 20], [40, -100]);
const demand = evenDemand(cells, 20);
const request = { slot: SLOT, cells, demand };
const planned = planner.planCells(request);
const serving = new Set(planned.plan.beams.satellite);

test("nothing fails: nothing changes", () => {
  const result = outage(planner, { ...request, failures: {} });
  assert.equal(result.byFate.unaffected + result.byFate.unserved, cells.count);
  assert.equal(result.difference.changes.length, 0);
  assert.deepEqual(result.after.totals, result.before.totals);
  assert.equal(result.immediate.affected, 0);
  assert.ok(result.addedMs.every(ms => ms === 0 || Number.isNaN(ms)));
});

test("satellites fail: their cells move or lose service, none is left on them", () => {
  const satellites = [...serving].slice(0, Math.ceil(serving.size / 3));
  const result = outage(planner, { ...request, failures: { satellites } });
  const { plan } = result.after.planned;
  const dead = new Set(satellites);
  let touched = 0;
  planned.plan.beam.forEach((beam, c) => {
    const fate = CELL_FATES[result.fate[c]!]!;
    if (beam < 0) {
      assert.ok(fate === "unserved" || fate === "gained");
      return;
    }
    if (!dead.has(planned.plan.beams.satellite[beam]!)) return;
    touched++;
    assert.ok(fate === "moved" || fate === "lost", `cell ${c}: ${fate}`);
  });
  assert.ok(touched > 0);
  for (const beam of plan.beam) if (beam >= 0) assert.ok(!dead.has(plan.beams.satellite[beam]!));
  const { affected, repaired, linkShare, nodeShare } = result.immediate;
  assert.ok(repaired <= affected && nodeShare <= linkShare && linkShare <= 1);
  assert.equal(
    CELL_FATES.reduce((sum, fate) => sum + result.byFate[fate], 0),
    cells.count,
  );
});

test("a gateway fails: no traffic lands there, and a site's way says so", () => {
  const site = {
    id: "cracow",
    latDeg: 50.06,
    lonDeg: 19.94,
    heightM: 200,
    cell: cellAt(50.06, 19.94),
    downMbps: 100,
    upMbps: 10,
    permitted: true,
  };
  const known = [...new Set(Array.from(cells.id, id => id.toString(16)))].includes(site.cell);
  const at = known
    ? site
    : { ...site, latDeg: cells.latDeg[0]!, lonDeg: cells.lonDeg[0]!, cell: cells.id[0]!.toString(16) };
  const before = outage(planner, { ...request, failures: {}, sites: [at] }).sites[0]!;
  assert.ok(before.before !== null);
  const gateway = planner.ground.gateways.findIndex(({ id }) => id === before.before!.gateway);
  const { sites, fate } = outage(planner, { ...request, failures: { gateways: [gateway] }, sites: [at] });
  assert.notEqual(sites[0]!.after?.gateway, before.before.gateway);
  assert.equal(sites[0]!.beforeMs, before.beforeMs);
  // Step by step along its tree, each cell's way ends at a gateway.
  let touched = 0;
  planned.plan.beam.forEach((beam, c) => {
    if (beam < 0) return;
    const { next } = planned.plan.trees.find(({ pop }) => pop === planned.plan.pop[c])!;
    let at = planned.plan.beams.satellite[beam]!;
    while (at >= 0) at = next[at]!;
    if (-1 - at !== gateway) return;
    touched++;
    assert.match(CELL_FATES[fate[c]!]!, /moved|lost/, `cell ${c}`);
  });
  assert.ok(touched > 0);
});

test("cells that only compete are not counted", () => {
  const counted = Uint8Array.from(cells.latDeg, lat => (lat > 45 ? 1 : 0));
  const { byFate } = outage(planner, { ...request, counted, failures: {} });
  assert.equal(
    CELL_FATES.reduce((sum, fate) => sum + byFate[fate], 0),
    counted.reduce((a, b) => a + b, 0),
  );
});

test("where every link fails, no alternate repairs anything", () => {
  const { a, b } = planner.topology;
  const failures = {
    gateways: planner.ground.gateways.map((_, g) => g),
    lasers: Array.from(a, (from, k) => [from, b[k]!] as const),
  };
  const { immediate } = outage(planner, { ...request, failures });
  assert.ok(immediate.affected > 0 && immediate.linkShare > 0);
  assert.equal(immediate.repaired, 0);
});

test("a PoP fails: its cells lose service unless they move to another", () => {
  const pops = planner.popsOf(cells);
  const gone = pops[0]!;
  const other = pops.find(pop => pop !== gone && pop >= 0)!;
  const stay = outage(planner, { ...request, failures: { pops: [gone] } });
  planned.plan.pop.forEach((pop, c) => {
    if (pop === gone && planned.plan.beam[c]! >= 0) assert.equal(CELL_FATES[stay.fate[c]!], "lost");
  });
  const moved = outage(planner, {
    ...request,
    failures: { pops: [gone] },
    popOfCellAfter: pops.map(pop => (pop === gone ? other : pop)),
  });
  assert.ok(moved.byFate.lost < stay.byFate.lost);
});

test("more failures never leave more carried", () => {
  const of = (count: number) =>
    outage(planner, { ...request, failures: { satellites: [...serving].slice(0, count) } });
  const [few, all] = [of(1), of(serving.size)];
  assert.ok(all.after.totals.down.carriedMbps <= few.after.totals.down.carriedMbps + 1e-6);
});
