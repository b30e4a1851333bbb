// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { encodeCellTable } from "@perigee/earth";
import { slotAt } from "@perigee/network";
import { builtInConstellation } from "../constellation.ts";
import { CellFiles } from "./cell-files.ts";
import type { PlanetNews, PlanetWorkerData } from "./planet-messages.ts";
import { startPlanetThread } from "./planet-thread.ts";
import { decodePlanetSlot } from "./slot-record.ts";
import { AT_MS, regionCells, siteAt, view, WARSAW } from "./testing/region.ts";

const { table } = regionCells();
const { elements, checksum, shells, shellOf } = builtInConstellation(AT_MS, AT_MS);
const slot = slotAt(AT_MS) + 1;

/** Where the file of the planet's land already is, and holds the region. */
function smallPlanet(): PlanetWorkerData & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "perigee-thread-"));
  new CellFiles(folder).get(
    "land.cells",
    "land",
    () => table,
    encodeCellTable,
    () => null,
  );
  return {
    folder,
    scope: "land",
    boundaryView: view.id,
    seed: 1,
    weather: { seed: 3 },
    startMs: AT_MS,
    constellation: { elements, checksum, services: Array.from(shellOf, s => shells[s]!.service) },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

test("the thread prepares, plans what it is told to, and says so", async () => {
  using small = smallPlanet();
  const news: PlanetNews[] = [];
  let heard = Promise.withResolvers<void>();
  const next = async <K extends PlanetNews["kind"]>(kind: K): Promise<Extract<PlanetNews, { kind: K }>> => {
    for (;;) {
      const at = news.findIndex(n => n.kind === kind);
      if (at >= 0) return news.splice(at, 1)[0] as Extract<PlanetNews, { kind: K }>;
      await heard.promise;
      heard = Promise.withResolvers();
    }
  };
  await using thread = startPlanetThread(
    without(small),
    n => {
      news.push(n);
      heard.resolve();
    },
    error => heard.reject(error),
  );
  const ready = await next("ready");
  assert.deepEqual(ready.cells.id, table.id);
  assert.ok(ready.cells.id.buffer instanceof SharedArrayBuffer);
  const permitted = new Uint8Array(ready.territories.length).fill(1);
  const site = siteAt("t", WARSAW);
  thread.order({ kind: "plan", question: { slot, permitted, sites: [site] } });
  const first = await next("planned");
  assert.deepEqual([first.slot, first.elements, first.plan.slot], [slot, checksum, slot]);
  assert.ok(first.figures.served > 0.9 * table.count);
  assert.equal(first.subscribers?.length, table.count);
  assert.deepEqual((await decodePlanetSlot(first.packed))?.beam, first.plan.beam);
  thread.order({ kind: "plan", question: { slot: slot + 1, permitted, sites: [site] } });
  const second = await next("planned");
  assert.equal(second.subscribers, null, "sent once");
  assert.equal(typeof second.figures.changedCells, "number");
  // Another constellation: every other satellite.
  const fewer = elements.filter((_, i) => i % 2 === 0);
  const services = fewer.map((_, k) => shells[shellOf[2 * k]!]!.service);
  thread.order({ kind: "constellation", constellation: { elements: fewer, checksum: "fewer", services } });
  thread.order({ kind: "plan", question: { slot: slot + 2, permitted, sites: [site] } });
  const third = await next("planned");
  assert.deepEqual([third.elements, third.figures.changedCells], ["fewer", null]);
  assert.ok(Math.max(...third.plan.beams.satellite) < fewer.length);
});

test("a thread that cannot work is a failure told once, not a crash", async () => {
  using small = smallPlanet();
  const failed = Promise.withResolvers<Error>();
  const thread = startPlanetThread(
    { ...without(small), boundaryView: "nobody's" },
    () => undefined,
    failed.resolve,
  );
  assert.ok((await failed.promise) instanceof Error);
  await thread[Symbol.asyncDispose]();
});

/** What can go to another thread. */
function without({ [Symbol.dispose]: _, ...data }: PlanetWorkerData & Disposable): PlanetWorkerData {
  return data;
}
