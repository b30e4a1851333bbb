// SPDX-License-Identifier: MIT
// The whole planner before its checker, and how far it stays from what could be had at most.
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, createEphemeris } from "@perigee/orbit";
import type { Outage } from "./beams/cell-plan.ts";
import { allocate } from "./capacity/allocate.ts";
import { createChannelRater } from "./capacity/channel-rates.ts";
import { satelliteRates } from "./capacity/rates.ts";
import { loadSolver } from "./capacity/testing/linear-programs.ts";
import { uniform } from "./draw.ts";
import { createPlanner } from "./plan.ts";
import { calmPolicy, defaultPolicy } from "./policy.ts";
import { slotAt } from "./slot.ts";
import { carriedBound } from "./testing/carried-bound.ts";
import { checkCellPlan } from "./testing/check-cell-plan.ts";
import { checkReplan } from "./testing/check-replan.ts";
import type { Findings } from "./testing/plan-findings.ts";
import {
  cellsOfRegions,
  checkedNetwork,
  checkedSlot,
  nearestPops,
  randomDemand,
} from "./testing/region-plans.ts";
import { servedBound } from "./testing/served-bound.ts";

const AT_MS = Date.UTC(2026, 4, 31, 3);
const { elements } = builtInElements(AT_MS);
const planner = createPlanner({ elements, seed: 5 });
/** Dense and sparse skies, the tropics with the arc overhead, islands of cells far apart. */
const cells = cellsOfRegions([
  { south: 43, north: 52, west: 4, east: 13 },
  { south: -4, north: 4, west: 34, east: 41 },
  { south: 62, north: 66, west: 14, east: 24 },
  { south: -50, north: 50, west: -180, east: 174, stepDeg: 6 },
]);
const popOfCell = nearestPops(cells, planner);
const network = checkedNetwork(planner, cells);

/** The k-th random slot of a week, with its own demand and cells that may not be served. */
function requestOf(k: number) {
  const slot = slotAt(AT_MS) + Math.floor(40_320 * uniform(77, k, 0, 0));
  const permitted = Uint8Array.from({ length: cells.count }, (_, c) => (uniform(77, k, c, 1) < 0.05 ? 0 : 1));
  return { slot, cells, permitted, popOfCell, demand: randomDemand(cells, k) };
}

function passes({ counts, violations }: Findings, what: string): void {
  assert.deepEqual([...counts], [], `${what}: ${JSON.stringify(violations.slice(0, 5))}`);
}

test("random slots, cold and warm: nothing that a plan promises is broken", () => {
  for (let k = 0; k < 3; k++) {
    const request = requestOf(k);
    const cold = planner.planCells(request);
    passes(checkCellPlan(network, checkedSlot(request, cold)), `slot ${request.slot}`);
    const next = { ...request, slot: request.slot + 1, previous: cold };
    passes(checkCellPlan(network, checkedSlot(next, planner.planCells(next))), `slot ${next.slot}, warm`);
  }
});

test("the same request gives the same bytes, whatever was asked before and whoever is asked", () => {
  const request = requestOf(4);
  const once = planner.planCells(request).plan;
  planner.planCells(requestOf(5));
  assert.deepEqual(planner.planCells(request).plan, once);
  assert.deepEqual(createPlanner({ elements, seed: 5 }).planCells(request).plan, once);
});

test("a failure: nothing uses what failed, and nothing else moved", () => {
  const request = requestOf(6);
  const before = planner.planCells(request);
  const { beams, contacts, trees } = before.plan;
  const relay = trees[0]!.next.findIndex(hop => hop >= 0);
  const outage: Outage = {
    satellites: [beams.satellite[0]!, beams.satellite[900]!, beams.satellite.at(-1)!],
    gateways: [contacts.gateway[10]!, contacts.gateway[200]!],
    lasers: [[relay, trees[0]!.next[relay]!]],
  };
  const again = { ...request, outage };
  const after = planner.replanCells(before, again);
  passes(checkCellPlan(network, checkedSlot(again, after, true)), "after the failure");
  const { figures, ...found } = checkReplan(before.plan, after.plan, outage.satellites!, request.permitted);
  passes({ ...found, figures } as Findings, "what changed");
  assert.ok(figures["touched"]! > 0 && figures["kept"]! > 20 * figures["touched"]!);
});

test("satellites that carry no lasers hold none, and are served from the ground below them", () => {
  const isBare = (i: number) => i % 5 === 0;
  const mixed = createPlanner({
    elements,
    seed: 5,
    generationOf: (_, i) => (isBare(i) ? "v1.0" : undefined),
  });
  const { a, b } = mixed.topology;
  assert.ok(a.length > 5000 && ![...a, ...b].some(isBare));
  const request = requestOf(8);
  const { plan, ...made } = mixed.planCells(request);
  passes(checkCellPlan(checkedNetwork(mixed, cells), checkedSlot(request, { plan, ...made })), "mixed");
  const landing = new Set(plan.contacts.satellite);
  assert.ok(plan.beams.satellite.some(isBare));
  for (const i of plan.beams.satellite) assert.ok(!isBare(i) || landing.has(i), `satellite ${i}`);
});

test("the calm policy keeps the same promises", () => {
  const calm = createPlanner({ elements, seed: 5, policy: calmPolicy });
  const request = requestOf(7);
  const cold = calm.planCells(request);
  const next = { ...request, slot: request.slot + 1, previous: cold };
  passes(checkCellPlan(checkedNetwork(calm, cells), checkedSlot(next, calm.planCells(next))), "calm");
});

/** A ninth of the fleet over one region, whose cells want more than it has. */
function scarce(beams: number, cellsPerBeam: number, stepDeg: number) {
  const few = elements.filter((_, i) => i % 9 === 0);
  const { scheduler } = defaultPolicy;
  const policy = {
    ...defaultPolicy,
    scheduler: { ...scheduler, beamsPerSatellite: beams, beams: { ...scheduler.beams, cellsPerBeam } },
  };
  const own = createPlanner({ elements: few, policy, seed: 2 });
  const region = cellsOfRegions([{ south: 40, north: 52, west: -4, east: 20, stepDeg }]);
  const request = {
    slot: slotAt(AT_MS),
    cells: region,
    permitted: new Uint8Array(region.count).fill(1),
    popOfCell: nearestPops(region, own),
    demand: randomDemand(region, 1),
  };
  const over = checkedNetwork(own, region);
  const slot = checkedSlot(request, own.planCells(request));
  passes(checkCellPlan(over, slot), `${beams} beams of ${cellsPerBeam} cells`);
  return { over, slot, request, own };
}

test("cells that want something: served within one percent of a maximum flow over all pairs", () => {
  const { over, slot } = scarce(48, 8, 0.2);
  const { wanting, served, bound } = servedBound(over, slot, { exact: true });
  assert.ok(wanting > 4000 && served <= bound && served >= 0.99 * bound, `${served} of ${bound}`);
});

test("where beams are few, the flow of single cells bounds what is served, and that of groups bounds the flow", () => {
  const { over, slot } = scarce(12, 2, 0.2);
  const single = servedBound(over, slot, { exact: true });
  const grouped = servedBound(over, slot, { exact: false });
  // The bound binds: it is far from all that could be served one at a time.
  assert.ok(single.bound < single.servable / 5);
  assert.ok(
    single.served <= single.bound && single.bound <= grouped.bound,
    JSON.stringify([single, grouped]),
  );
  assert.ok(single.served > 0.9 * single.bound);
});

test("what is carried: within the optimum of a linear programme that may split everything", async () => {
  const { over, slot, own, request } = scarce(48, 8, 0.9);
  const fleet = own.motion.fleetAt(slot.plan.fromMs + 7500, createEphemeris(own.elements.length));
  const rater = createChannelRater(request.cells);
  const rates = {
    channels: rater.ratesOf(slot.plan, fleet),
    satellites: satelliteRates(own.generation),
  };
  const { carriedMbps } = allocate(slot.plan, request.demand, rates).totals.down;
  // Channels of any pairs: as if each were a further beam, one per satellite.
  const noBeam = new Int32Array(request.cells.count).fill(-1);
  const satellite = Int32Array.from(own.elements.keys());
  const beams = { satellite, colour: new Uint8Array(satellite.length) };
  const bound = carriedBound(await loadSolver(), over, slot, (cell, beam) => {
    const extra = { cell, beam, share: new Uint8Array(cell.length) };
    return rater.ratesOf({ ...slot.plan, beam: noBeam, beams, extra }, fleet).extra.downMbps;
  });
  assert.ok(carriedMbps > 0.9 * bound && carriedMbps <= bound * (1 + 1e-6), `${carriedMbps} of ${bound}`);
});
