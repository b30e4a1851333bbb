// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CELL_REASONS, slotAt } from "@perigee/network";
import { builtInConstellation } from "../constellation.ts";
import { planet as contract } from "../contract.ts";
import { EventHub } from "../event-hub.ts";
import { NetworkService } from "../network-service.ts";
import { demo } from "../testing.ts";
import type { PlanetNews, PlanetOrder } from "./planet-messages.ts";
import { PlanetService } from "./planet-service.ts";
import type { startPlanetThread } from "./planet-thread.ts";
import { encodePlanetSlot } from "./slot-record.ts";
import { AT_MS, regionCells, regionPlanet, siteAt, view, WARSAW } from "./testing/region.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-planet-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const cells = regionCells();
const poland = cells.territories.findIndex(({ territory }) => territory === "PL");

/** A service over the region, its thread played by the test, its clock standing where it is put. */
function rig(scope: "land" | "off") {
  const scenario = demo();
  const clock = { mode: "live" as const, ms: AT_MS, nowMs: () => clock.ms };
  const hub = new EventHub();
  const constellation = builtInConstellation(AT_MS, AT_MS);
  const orders: PlanetOrder[] = [];
  const thread = { ended: false, say: (_: PlanetNews) => {}, fail: (_: Error) => {} };
  const startThread: typeof startPlanetThread = (_data, onNews, onFailure) => {
    Object.assign(thread, { say: onNews, fail: onFailure });
    return {
      order: order => orders.push(order),
      async [Symbol.asyncDispose]() {
        thread.ended = true;
      },
    };
  };
  const service = new PlanetService({
    scope,
    data: folder,
    policy: scenario.policy,
    boundaryView: view,
    seed: 1,
    weather: null,
    startMs: AT_MS,
    clock,
    hub,
    constellation: () => constellation,
    sites: () => [siteAt("warsaw", WARSAW)],
    startThread,
  });
  return { service, clock, hub, orders, thread, constellation };
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(done => setTimeout(done, 1));
};

test("off is off", async () => {
  const { service, orders } = rig("off");
  service.start();
  assert.equal(service.status().state, "off");
  assert.equal(service.servingIn(slotAt(AT_MS), ""), null);
  assert.equal(await service.slot(undefined), null);
  assert.deepEqual(orders, []);
});

test("a slot is asked for while it can still be in time, told of, kept, and serves the terminals", async () => {
  await using stack = new AsyncDisposableStack();
  const { service, clock, hub, orders, thread, constellation } = rig("land");
  stack.use(service);
  const heard: unknown[] = [];
  hub.listen((name, event) => heard.push([name, event]));
  service.start();
  thread.say({ kind: "progress", stage: "cells", fraction: 0.2 });
  assert.deepEqual([service.status().state, service.status().progress?.stage], ["preparing", "cells"]);
  thread.say({ kind: "ready", cells: cells.table, ...cells });
  // 7.5 s before a slot's edge there is time for a first plan of it; later, for the one after.
  await until(() => orders.length === 1);
  const [order] = orders;
  assert.ok(order?.kind === "plan");
  const { question } = order;
  assert.ok(question.slot > slotAt(AT_MS + 7_500) && question.slot <= slotAt(AT_MS) + 2);
  assert.equal(question.permitted[poland], 1);
  assert.deepEqual(
    cells.territories.filter((_, k) => question.permitted[k] === 1).map(t => t.territory),
    ["PL", "UA"],
    "the demo says nothing of Belarus",
  );

  const { plan, loads, record, subscribers } = regionPlanet(cells).plan(question);
  const packed = new Uint8Array(encodePlanetSlot(record));
  const { slot } = record;
  // It took longer than a slot has: the next one asked for is the first that can be in time, and begun early enough.
  clock.ms += 17_999;
  thread.say({
    kind: "planned",
    slot,
    elements: constellation.checksum,
    plan,
    loads,
    packed,
    figures: record.figures,
    subscribers,
  });
  await until(() => heard.length > 0);
  assert.deepEqual(heard, [["planet", { slot, state: "ready" }]]);
  const status = service.status();
  assert.deepEqual(contract.parse(status), status);
  assert.deepEqual(
    [status.slot, status.slots, status.served],
    [slot, { first: slot, last: slot }, record.figures.served],
  );
  assert.equal((await service.slot(undefined))?.slot, slot);
  assert.equal(service.servingIn(slot, "other elements"), null);

  const serving = service.servingIn(slot, constellation.checksum);
  assert.ok(serving);
  const network = new NetworkService(constellation, 1);
  const sites = [
    siteAt("lisbon", { latDeg: 38.72, lonDeg: -9.14 }),
    siteAt("warsaw", WARSAW),
    siteAt("no", WARSAW, false),
  ];
  const planned = network.plan(slot, sites, serving).plan;
  assert.deepEqual(
    planned.links.map(l => l.terminalId),
    ["lisbon", "warsaw"],
    "those beyond the table are planned too",
  );
  assert.deepEqual(planned.unserved, [{ siteId: "no", reason: "notPermitted" }]);
  const row = serving.plan.beam[cells.table.id.indexOf(BigInt(`0x${sites[1]!.cell}`))]!;
  assert.equal(planned.links[1]!.satellite.index, serving.plan.beams.satellite[row]);
  assert.deepEqual(
    planned.links.map(({ load }) => load !== undefined),
    [false, true],
    "of a terminal planned by itself no load is made up",
  );

  // Admitted since the plan was made: not left without a link.
  const shut = {
    ...serving,
    plan: { ...serving.plan, reason: serving.plan.reason.map(() => CELL_REASONS.indexOf("notPermitted")) },
  };
  assert.equal(network.plan(slot, sites, shut).plan.links.length, 2);

  await until(() => orders.length === 2);
  assert.ok(orders[1]?.kind === "plan");
  assert.equal(orders[1].question.slot, slot + 2);
  clock.ms += 60_000;
  service.replaceConstellation();
  assert.equal(orders.at(-1)?.kind, "constellation");
  assert.deepEqual([service.status().slots, service.servingIn(slot, constellation.checksum)], [null, null]);
});

test("a plan that was asked for with other elements is neither kept nor told of", async () => {
  await using stack = new AsyncDisposableStack();
  const { service, clock, hub, orders, thread } = rig("land");
  stack.use(service);
  const heard: unknown[] = [];
  hub.listen((name, event) => heard.push([name, event]));
  service.start();
  thread.say({ kind: "ready", cells: cells.table, ...cells });
  await until(() => orders.length === 1);
  const [order] = orders;
  assert.ok(order?.kind === "plan");
  const { plan, loads, record, subscribers } = regionPlanet(cells).plan(order.question);
  const packed = new Uint8Array(encodePlanetSlot(record));
  const { slot, figures } = record;
  clock.ms += 17_999;
  thread.say({ kind: "planned", slot, elements: "of before", plan, loads, packed, figures, subscribers });
  await until(() => orders.length === 2);
  assert.deepEqual([heard, service.status().state, await service.slot(slot)], [[], "preparing", null]);
});

test("when the thread dies the planet has failed, with the reason, and nothing serves by it", async () => {
  const { service, hub, thread } = rig("land");
  const heard: unknown[] = [];
  hub.listen((name, event) => heard.push([name, event]));
  service.start();
  const warned = new Promise(done => process.once("warning", done));
  thread.fail(new Error("out of memory"));
  assert.deepEqual([service.status().state, service.status().error], ["failed", "out of memory"]);
  assert.deepEqual(heard, [["planet", { slot: null, state: "failed" }]]);
  assert.match(String(await warned), /no longer planned/);
  assert.ok(thread.ended);
});
