// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellIndex, cellName, placeOf } from "@perigee/earth";
import { CELL_REASONS, GENERATIONS, planDigest, slotAt } from "@perigee/network";
import { coverageBytes } from "./coverage.ts";
import { parentsAt, rowsUnder } from "./parent-cells.ts";
import { PlanetViews } from "./planet-views.ts";
import { decodePlanetSlot, encodePlanetSlot } from "./slot-record.ts";
import {
  AT_MS,
  BREST,
  regionCells,
  regionPlanet,
  regionPlanner,
  siteAt,
  view,
  WARSAW,
} from "./testing/region.ts";

const cells = regionCells();
const { table, territories, territoryOf } = cells;
const slot = slotAt(AT_MS) + 1;
const onlyPoland = Uint8Array.from(territories, ({ territory }) => (territory === "PL" ? 1 : 0));
const reasonOf = (reason: (typeof CELL_REASONS)[number]): number => CELL_REASONS.indexOf(reason);

test("every cell has the territory of its centre", () => {
  assert.ok(territories.some(t => t.territory === "PL") && territories.some(t => t.territory === "BY"));
  for (let c = 0; c < table.count; c++) {
    const { territory } = placeOf(table.latDeg[c]!, table.lonDeg[c]!, view);
    assert.equal(territories[territoryOf[c]!]!.territory, territory);
  }
});

test("cells outside permitted territories have neither beam nor customers, but for a permitted terminal's", () => {
  const planet = regionPlanet(cells);
  const guest = siteAt("guest", BREST);
  const refused = siteAt("refused", { latDeg: 52.3, lonDeg: 23.9 }, false);
  assert.equal(placeOf(guest.latDeg, guest.lonDeg, view).territory, "BY");
  const { plan, record, subscribers } = planet.plan({ slot, permitted: onlyPoland, sites: [guest, refused] });
  const guests = cellIndex(table, guest.cell);
  assert.notEqual(cellIndex(table, refused.cell), guests);
  for (let c = 0; c < table.count; c++) {
    const may = territories[territoryOf[c]!]!.territory === "PL" || c === guests;
    assert.equal(plan.reason[c] === reasonOf("notPermitted"), !may);
    if (!may) assert.equal(plan.beam[c], -1);
    if (!may || c === guests) assert.equal(subscribers[c], 0);
  }
  assert.equal(plan.reason[guests], reasonOf("served"));
  assert.equal(record.demandDownMbps[guests], 200);
  assert.equal(record.figures.byReason.notPermitted, table.count - record.figures.permitted);
});

test("a slot takes up the one before, and a permission that ends takes its beams with it", () => {
  const planet = regionPlanet(cells);
  const first = planet.plan({ slot, permitted: onlyPoland, sites: [] });
  const second = planet.plan({ slot: slot + 1, permitted: onlyPoland, sites: [] });
  assert.equal(first.record.figures.changedCells, null);
  assert.ok(second.record.figures.changedCells! < second.record.figures.served);
  assert.equal(second.subscribers, first.subscribers, "the same while permissions are");
  const last = planet.plan({ slot: slot + 2, permitted: new Uint8Array(territories.length), sites: [] });
  assert.deepEqual([last.record.figures.served, last.record.figures.beams], [0, 0]);
  assert.equal(last.record.figures.demandMbps.down, 0);
});

test("a slot that does not follow on the one before is planned as the first is", () => {
  const planet = regionPlanet(cells);
  planet.plan({ slot, permitted: onlyPoland, sites: [] });
  const later = planet.plan({ slot: slot + 3, permitted: onlyPoland, sites: [] });
  const first = regionPlanet(cells).plan({ slot: slot + 3, permitted: onlyPoland, sites: [] });
  assert.equal(later.record.figures.changedCells, null);
  assert.equal(planDigest(later.plan), planDigest(first.plan));
});

test("who closes sends nobody to the neighbours: as many live where service is sold as if it were sold everywhere", () => {
  const planet = regionPlanet(cells);
  const everywhere = new Uint8Array(territories.length).fill(1);
  const { subscribers: all } = planet.plan({ slot, permitted: everywhere, sites: [] });
  const { subscribers: some } = planet.plan({ slot, permitted: onlyPoland, sites: [] });
  for (let c = 0; c < table.count; c++) assert.equal(some[c], onlyPoland[territoryOf[c]!] === 1 ? all[c] : 0);
  assert.ok(all.reduce((sum, n) => sum + n, 0) > some.reduce((sum, n) => sum + n, 0));
});

test("a slot survives packing; other bytes are refused", async () => {
  const { record } = regionPlanet(cells).plan({ slot, permitted: onlyPoland, sites: [siteAt("t", WARSAW)] });
  const packed = encodePlanetSlot(record);
  const back = await decodePlanetSlot(packed);
  assert.deepEqual(back, { ...record });
  for (const at of [0, 9, packed.length >> 1, packed.length - 1]) {
    const changed = packed.slice();
    changed[at]! ^= 0x40;
    assert.equal(await decodePlanetSlot(changed), null, `byte ${at}`);
  }
  assert.equal(await decodePlanetSlot(packed.subarray(0, -5)), null);
});

test("views agree with each other: cells, satellites, gateways", () => {
  const network = regionPlanner();
  const { record, subscribers } = regionPlanet(cells).plan({
    slot,
    permitted: onlyPoland,
    sites: [siteAt("t", WARSAW)],
  });
  const views = new PlanetViews(record, { ...cells, subscribers }, network);
  const detail = views.detail(cellIndex(table, siteAt("t", WARSAW).cell));
  assert.equal(detail.reason, "served");
  assert.deepEqual([detail.hops[0]!.kind, detail.hops.at(-1)!.kind], ["up", "fibre"]);
  assert.equal(detail.hops[0]!.id, String(detail.satellite!.catalogNumber));
  assert.equal(detail.hops.at(-1)!.id, detail.pop);
  // Up and down take 450 to 1,600 km each.
  assert.ok(detail.hops[0]!.delayMs > 1.5 && detail.hops[0]!.delayMs < 6);

  const all = views.cells(0, table.count);
  const shares = new Map<string, number>();
  for (const number of new Set(all.flatMap(({ satellite }) => satellite?.catalogNumber ?? []))) {
    const index = network.elements.findIndex(e => e.catalogNumber === number);
    const satellite = views.satellite(index);
    assert.ok(satellite.beams.length <= satellite.maxBeams);
    assert.equal(satellite.limitDownMbps, GENERATIONS[network.generation[index]!]!.userDownMbps);
    for (const { cell, share } of satellite.beams.flatMap(beam => beam.cells))
      shares.set(cell, (shares.get(cell) ?? 0) + share);
  }
  for (const { cell, share, reason } of all) {
    if (reason === "served") assert.ok(Math.abs(shares.get(cell)! - share) < 1e-9, cell);
    else assert.equal(shares.get(cell), undefined);
  }
  const gateways = views.gateways();
  assert.equal(
    gateways.reduce((sum, { used }) => sum + used, 0),
    record.figures.contacts,
  );
});

test("coverage sums the cells of each parent", () => {
  const { record } = regionPlanet(cells).plan({ slot, permitted: onlyPoland, sites: [] });
  for (const resolution of [2, 3, 4]) {
    const parents = parentsAt(table, resolution);
    const bytes = coverageBytes(record, table, parents, resolution);
    const count = bytes.readUInt32LE(0);
    assert.deepEqual(
      [count, bytes.readUInt32LE(4), bytes.readDoubleLE(8)],
      [parents.id.length, resolution, slot],
    );
    let cellsInAll = 0;
    for (let p = 0; p < count; p++) {
      const id = bytes.readBigUInt64LE(16 + 8 * p).toString(16);
      const { from, until } = rowsUnder(table, id)!;
      const rows = Array.from({ length: until - from }, (_, k) => from + k);
      const permitted = rows.filter(c => record.reason[c] !== reasonOf("notPermitted"));
      const wanting = permitted.filter(c => record.demandDownMbps[c]! > 0);
      const of = wanting.length > 0 ? wanting : permitted;
      const served = of.filter(c => record.beam[c]! >= 0);
      const share = of.length === 0 ? 0 : served.length / of.length;
      assert.ok(Math.abs(bytes.readFloatLE(16 + 8 * count + 4 * p) - share) < 1e-6);
      const km2 = rows.reduce((sum, c) => sum + table.areaKm2[c]!, 0);
      const carried = rows.reduce((sum, c) => sum + record.downMbps[c]!, 0);
      assert.ok(
        Math.abs(bytes.readFloatLE(16 + 16 * count + 4 * p) - carried / km2) < 1e-4 * (1 + carried / km2),
      );
      assert.equal(bytes.readUInt16LE(16 + 20 * count + 2 * p), rows.length);
      assert.equal(bytes.readUInt16LE(16 + 22 * count + 2 * p), permitted.length);
      const reason = bytes.readUInt8(16 + 24 * count + p);
      assert.equal(
        reason === 0,
        rows.every(c => record.beam[c]! >= 0),
      );
      cellsInAll += rows.length;
    }
    assert.equal(cellsInAll, table.count);
    assert.equal(bytes.length, 16 + 25 * count);
  }
});

test("rain over the cells costs rate, and shows at the gateways under it", () => {
  const everywhere = { rateAt: () => 60, snapshotAt: () => ({ rateAt: () => 60 }) };
  const dry = regionPlanet(cells).plan({ slot, permitted: onlyPoland, sites: [] }).record;
  const wet = regionPlanet(cells, everywhere).plan({ slot, permitted: onlyPoland, sites: [] }).record;
  assert.ok(dry.gatewayRainDb.every(db => db === 0));
  assert.ok(wet.gatewayRainDb.every(db => db > 3));
  assert.ok(wet.figures.carriedMbps.down < 0.8 * dry.figures.carriedMbps.down);
});

test("what is no parent's index has no rows", () => {
  const [parent] = parentsAt(table, 3).id;
  assert.ok(rowsUnder(table, parent!.toString(16)));
  for (const bad of [
    "",
    "8",
    cellName(table, 0),
    "8f".padEnd(15, "0"),
    parent!.toString(16).replace("83", "82"),
  ]) {
    assert.equal(rowsUnder(table, bad), null, bad);
  }
});

test("terminals have what their cell's share leaves them, and wait where others do", () => {
  const here = Array.from({ length: 12 }, (_, k) => ({
    ...siteAt(`t${k}`, WARSAW),
    downMbps: 40 * (k + 1),
    upMbps: 4,
  }));
  const permitted = new Uint8Array(territories.length).fill(1);
  const { plan, loads, record } = regionPlanet(cells).plan({ slot, permitted, sites: here });
  const c = cellIndex(table, here[0]!.cell);
  const network = regionPlanner();
  const { links } = network.plan(slot, here, null, { cells: table, plan, loads });
  const bare = network.plan(slot, here, null, { cells: table, plan }).links;
  assert.equal(links.length, here.length);
  const level = loads.downMbps[c]!;
  assert.ok(level < 480, `not all have what they want: ${level}`);
  // Who wants less than the level is not held back by it.
  links.forEach((link, k) => {
    assert.equal(link.downMbps, Math.min(bare[k]!.downMbps, level));
    const added = loads.downQueueMs[c]! + loads.upQueueMs[c]!;
    assert.ok(Math.abs(link.fixedMs - bare[k]!.fixedMs - added) < 1e-9);
    assert.ok(link.rttMs.median >= bare[k]!.rttMs.median);
  });
  // The record is rounded to half a percent.
  const given = links.reduce((sum, link) => sum + link.downMbps, 0);
  assert.ok(given <= record.downMbps[c]! * 1.005, `${given} of ${record.downMbps[c]}`);
});
