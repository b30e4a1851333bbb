// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CellTable, cellAt, cellName, cellTableOf } from "@perigee/earth";
import fc from "fast-check";
import type { CellDemand } from "../beams/cell-plan.ts";
import type { Site } from "../slot-plan.ts";
import { DAY_CURVE, dayFactor, solarHour } from "./day-curve.ts";
import { defaultDemand, demandOf } from "./default-demand.ts";
import { addDemand, demandOfClasses, demandVersion } from "./demand-classes.ts";
import { DEMAND_CSV_BOUNDS, formatDemandCsv, parseDemandCsv } from "./demand-csv.ts";
import { defaultCellLimit, serviceStatus, subscriberLimit, subscribersOf } from "./subscribers.ts";
import { terminalDemand } from "./terminal-demand.ts";

/** Twelve cells between Kyiv and the Black Sea, the last ones open water. */
const cells: CellTable = (() => {
  const result = cellTableOf(Array.from({ length: 12 }, (_, i) => cellAt(50.4 - 0.7 * i, 30.5 + 0.1 * i)));
  assert.ok(result.ok);
  return result.value;
})();

const count = cells.count;
const population = fc
  .array(fc.double({ min: 0, max: 5e6, noNaN: true }), { minLength: count, maxLength: count })
  .map(people => Float32Array.from(people));
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
const totalDown = (demand: CellDemand): number => sum(demand.classes.flatMap(part => [...part.downMbps]));

test("a cell's limit is what the reference figures say: the uplink binds", () => {
  assert.equal(subscriberLimit(), 600 / 0.325);
  assert.equal(subscriberLimit({ ...defaultCellLimit, cellUpMbps: 6000 }), 5600 / 2.75);
  assert.equal(subscriberLimit({ ...defaultCellLimit, oversubscription: 2 }), 1200 / 0.325);
});

test("sold out at the limit, a waiting list above nine tenths of it", () => {
  assert.equal(serviceStatus(90, 100), "available");
  assert.equal(serviceStatus(90.1, 100), "waitlist");
  assert.equal(serviceStatus(99.9, 100), "waitlist");
  assert.equal(serviceStatus(100, 100), "soldOut");
  assert.equal(serviceStatus(Math.fround(subscriberLimit())), "soldOut");
});

test("customers add up to the number asked for, as far as cells have room", () => {
  fc.assert(
    fc.property(population, fc.double({ min: 0, max: 40_000, noNaN: true }), (people, customers) => {
      const limit = subscriberLimit();
      const subscribers = subscribersOf(cells, { population: people, customers });
      const room = sum(people.map((p, i) => Math.min(limit, p / Math.sqrt(1 + p / cells.areaKm2[i]! / 300))));
      const expected = Math.min(customers, room);
      assert.ok(Math.abs(sum(subscribers) - expected) <= 1e-4 * expected + 1e-4, `${sum(subscribers)}`);
      subscribers.forEach((subscriber, i) => {
        assert.ok(subscriber >= 0 && subscriber <= limit * (1 + 1e-6));
        if (people[i] === 0) assert.equal(subscriber, 0);
      });
    }),
  );
});

test("the share of interested people who are customers is one, but where sold out", () => {
  fc.assert(
    fc.property(population, people => {
      const subscribers = subscribersOf(cells, { population: people, customers: 9000 });
      const takeUps: number[] = [];
      for (let i = 0; i < count; i++) {
        if (subscribers[i]! < 1e-3 || serviceStatus(subscribers[i]!) === "soldOut") continue;
        const density = people[i]! / cells.areaKm2[i]!;
        takeUps.push(subscribers[i]! / (people[i]! / Math.sqrt(1 + density / 300)));
      }
      for (const takeUp of takeUps) assert.ok(Math.abs(takeUp / takeUps[0]! - 1) < 1e-4);
    }),
  );
});

test("more customers never means fewer anywhere; the countryside takes up service more readily", () => {
  fc.assert(
    fc.property(population, fc.nat(20_000), fc.nat(20_000), (people, some, more) => {
      const before = subscribersOf(cells, { population: people, customers: some });
      const after = subscribersOf(cells, { population: people, customers: some + more });
      for (let i = 0; i < count; i++) assert.ok(after[i]! >= before[i]! * (1 - 1e-6));
    }),
  );
  const people = new Float32Array(count);
  people[0] = 2000;
  people[1] = 2_000_000;
  const [village, city] = subscribersOf(cells, { population: people, customers: 500 });
  assert.ok(village! / 2000 > (5 * city!) / 2_000_000);
  assert.ok(city! > village!);
});

test("nobody is a customer where service is not sold, or where nobody lives", () => {
  const people = new Float32Array(count).fill(10_000);
  const sold = new Uint8Array(count).fill(1);
  sold[3] = 0;
  people[4] = 0;
  const subscribers = subscribersOf(cells, { population: people, sold, customers: 100 });
  assert.equal(subscribers[3], 0);
  assert.equal(subscribers[4], 0);
  assert.ok(Math.abs(sum(subscribers) - 100) < 1e-3);
  assert.throws(() => subscribersOf(cells, { population: new Float32Array(3) }), RangeError);
  assert.throws(() => subscribersOf(cells, { population: people, customers: -1 }), RangeError);
});

test("a table of part of the world has its part of the customers", () => {
  const people = new Float32Array(count).fill(8.2e9 / 1000 / count);
  assert.ok(Math.abs(sum(subscribersOf(cells, { population: people })) - 14_000) < 1);
});

test("local mean solar time: noon at Greenwich is evening in the east", () => {
  const noon = Date.UTC(2026, 8, 21, 12);
  assert.equal(solarHour(noon, 0), 12);
  assert.equal(solarHour(noon, 120), 20);
  assert.equal(solarHour(noon, -180), 0);
  assert.equal(solarHour(noon, 180), 0);
  assert.equal(solarHour(-1, 0) < 24, true);
  fc.assert(
    fc.property(
      fc.integer({ min: -4e12, max: 4e12 }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (ms, lon) => {
        const hour = solarHour(ms, lon);
        assert.ok(hour >= 0 && hour < 24);
        const factor = dayFactor(hour);
        assert.ok(factor >= Math.min(...DAY_CURVE) && factor <= 1);
      },
    ),
  );
});

test("the busiest hour is in the evening, the calmest before dawn", () => {
  assert.equal(DAY_CURVE.length, 24);
  const busiest = DAY_CURVE.indexOf(Math.max(...DAY_CURVE));
  assert.ok(busiest >= 18 && busiest <= 21);
  assert.equal(dayFactor(busiest), 1);
  assert.ok(DAY_CURVE.indexOf(Math.min(...DAY_CURVE)) === 4);
  assert.ok(Math.abs(dayFactor(23.5) - (DAY_CURVE[23]! + DAY_CURVE[0]!) / 2) < 1e-12, "over midnight");
});

test("demand is subscribers times the busy hour times the time of day, split into classes", () => {
  const subscribers = new Float32Array(count).fill(100);
  const dry = { ...cells, land: new Uint8Array(count).fill(1) };
  const busy = demandOf(dry, subscribers);
  assert.deepEqual(
    busy.classes.map(({ name }) => name),
    ["priority", "standard"],
  );
  assert.ok(Math.abs(busy.classes[0]!.downMbps[0]! - 27.5) < 1e-4);
  assert.ok(Math.abs(busy.classes[1]!.upMbps[0]! - 29.25) < 1e-4);
  assert.equal(busy.classes[1]!.weight[0], 100);
  const atMs = Date.UTC(2026, 8, 21, 2);
  const night = demandOf(dry, subscribers, { atMs });
  for (let i = 0; i < count; i++) {
    const factor = dayFactor(solarHour(atMs, cells.lonDeg[i]!));
    assert.ok(Math.abs(night.classes[1]!.downMbps[i]! / busy.classes[1]!.downMbps[i]! - factor) < 1e-6);
  }
  assert.equal(demandOf(dry, subscribers, { priorityShare: 0 }).classes[0]!.weight[0], 0);
});

test("open water has a little demand, the same in every cell, and none if so told", () => {
  const wet = { ...cells, land: new Uint8Array(count) };
  const nobody = new Float32Array(count);
  const atSea = demandOf(wet, nobody);
  assert.ok(Math.abs(totalDown(atSea) - 0.13 * count) < 1e-5);
  assert.ok(atSea.classes.every(part => part.weight.every(weight => weight > 0)));
  assert.equal(totalDown(demandOf(wet, nobody, { oceanDownMbps: 0, oceanUpMbps: 0 })), 0);
});

test("options out of range are bugs of the caller", () => {
  const subscribers = new Float32Array(count);
  for (const options of [
    { busyHourDownMbps: -1 },
    { busyHourUpMbps: Number.NaN },
    { oceanDownMbps: Number.POSITIVE_INFINITY },
    { priorityShare: 1.1 },
  ]) {
    assert.throws(() => demandOf(cells, subscribers, options), RangeError);
  }
  assert.throws(() => demandOf(cells, new Float32Array(1)), RangeError);
});

const demand = fc
  .record({
    population,
    customers: fc.nat(20_000),
    atMs: fc.integer({ min: 0, max: 2e12 }),
    priorityShare: fc.constantFrom(0, 0.1, 1),
  })
  .map(options => defaultDemand(cells, options));

test("where there is demand its weight is above 0", () => {
  fc.assert(
    fc.property(demand, ({ classes }) => {
      for (const { downMbps, upMbps, weight } of classes) {
        for (let i = 0; i < count; i++) assert.equal(weight[i]! > 0, downMbps[i]! > 0 || upMbps[i]! > 0);
      }
    }),
  );
});

test("the version names every number: the same demand the same name, another another", () => {
  fc.assert(
    fc.property(demand, fc.nat(count - 1), fc.constantFrom(0, 1), (before, cell, k) => {
      assert.equal(demandVersion(before.classes), before.version);
      for (const field of ["downMbps", "upMbps", "weight"] as const) {
        const changed = before.classes.map(part => ({ ...part, [field]: part[field].slice() }));
        changed[k]![field][cell]! += 1;
        assert.notEqual(demandVersion(changed), before.version);
      }
      assert.notEqual(demandVersion(before.classes.toReversed()), before.version);
    }),
  );
});

test("demands add up, class by class, whichever comes first", () => {
  fc.assert(
    fc.property(demand, demand, (a, b) => {
      const both = addDemand(a, b);
      assert.equal(addDemand(b, a).version, both.version);
      both.classes.forEach((part, k) => {
        for (const field of ["downMbps", "upMbps", "weight"] as const) {
          part[field].forEach((value, i) => {
            assert.equal(value, Math.fround(a.classes[k]![field][i]! + b.classes[k]![field][i]!));
          });
        }
      });
    }),
  );
});

test("classes keep the order of both demands; a disagreement is a bug", () => {
  const of = (...names: string[]) =>
    demandOfClasses(
      names.map(name => ({
        name,
        downMbps: new Float32Array(2),
        upMbps: new Float32Array(2),
        weight: new Float32Array(2),
      })),
    );
  const order = (a: CellDemand, b: CellDemand) => addDemand(a, b).classes.map(({ name }) => name);
  assert.deepEqual(order(of("a", "c"), of("a", "b", "c", "d")), ["a", "b", "c", "d"]);
  assert.deepEqual(order(of("a", "b", "c"), of("c")), ["a", "b", "c"]);
  assert.deepEqual(order(of(), of("x")), ["x"]);
  assert.throws(() => addDemand(of("a", "b"), of("b", "a")), RangeError);
  assert.throws(
    () => addDemand(of("priority", "standard"), demandOf(cells, new Float32Array(count))),
    RangeError,
  );
});

const siteIn = (cell: string, i: number, permitted = true): Site => ({
  id: `t${i}`,
  latDeg: 0,
  lonDeg: 0,
  heightM: 0,
  cell,
  downMbps: 100 + i,
  upMbps: 10,
  permitted,
});

test("terminals want what their plans allow, in their cells; the forbidden want nothing", () => {
  const sites = [
    siteIn(cellName(cells, 2), 0),
    siteIn(cellName(cells, 2), 1),
    siteIn(cellName(cells, 5), 2),
    siteIn(cellName(cells, 5), 3, false),
  ];
  const result = terminalDemand(cells, sites);
  assert.ok(result.ok);
  const [priority, standard] = result.value.classes;
  assert.equal(sum(priority!.downMbps), 0);
  assert.deepEqual([standard!.downMbps[2], standard!.upMbps[2], standard!.weight[2]], [201, 20, 2]);
  assert.deepEqual([standard!.downMbps[5], standard!.weight[5]], [102, 1]);
  assert.equal(sum(standard!.weight), 3);
  const urgent = terminalDemand(cells, sites, "priority");
  assert.ok(urgent.ok && sum(urgent.value.classes[0]!.weight) === 3);
});

test("a terminal that no cell of the table holds is told of, not forgotten", () => {
  const afar = cellAt(0, 0);
  const result = terminalDemand(cells, [siteIn(cellName(cells, 0), 1), siteIn(afar, 2)]);
  assert.deepEqual(result.ok ? null : [result.error.code, result.error.place], ["unknownCell", "site t2"]);
  assert.ok(terminalDemand(cells, [siteIn(afar, 2, false)]).ok);
});

test("a demand outlives its CSV, number by number", () => {
  fc.assert(
    fc.property(demand, before => {
      assert.deepEqual(parseDemandCsv(formatDemandCsv(before, cells), cells), { ok: true, value: before });
    }),
  );
});

const header = "cell,class,down_mbps,up_mbps,weight";
const name = cellName(cells, 1);

test("a demand of one's own: CRLF, no last line end, other classes", () => {
  const result = parseDemandCsv(`${header}\r\n${name},gold,12.5,3,4\r\n${name},iron,0,0,0`, cells, [
    "gold",
    "iron",
  ]);
  assert.ok(result.ok);
  const [gold] = result.value.classes;
  assert.deepEqual([gold!.downMbps[1], gold!.upMbps[1], gold!.weight[1]], [12.5, 3, 4]);
  const empty = parseDemandCsv(header, cells);
  assert.ok(empty.ok && totalDown(empty.value) === 0);
});

test("a table with anything wrong is refused whole, by line and reason", () => {
  const good = `${name},standard,1,1,1`;
  const refusals: readonly (readonly [text: string, code: string, place: string])[] = [
    ["", "format", "line 1"],
    ["cell;class", "format", "line 1"],
    [`${header}\n${good}\n\n`, "format", "line 3"],
    [`${header}\n${good},9`, "format", "line 2"],
    [`${header}\n${name},standard,1,1`, "format", "line 2"],
    [`${header}\n${good}\n${good}`, "repeated", "line 3"],
    [`${header}\n${cellAt(0, 0)},standard,1,1,1`, "unknownCell", "line 2"],
    [`${header}\nnowhere,standard,1,1,1`, "unknownCell", "line 2"],
    [`${header}\n${name},royal,1,1,1`, "range", "line 2"],
    [`${header}\n${name},standard,-1,1,1`, "format", "line 2"],
    [`${header}\n${name},standard,1e3,1,1`, "format", "line 2"],
    [`${header}\n${name},standard, 1,1,1`, "format", "line 2"],
    [`${header}\n${name},standard,0x1,1,1`, "format", "line 2"],
    [`${header}\n${name},standard,Infinity,1,1`, "format", "line 2"],
    [`${header}\n${name},standard,,1,1`, "format", "line 2"],
    [`${header}\n"${name}",standard,1,1,1`, "unknownCell", "line 2"],
    [`${header}\n${name},standard,1000001,1,1`, "range", "line 2"],
    [`${header}\n${name},standard,1,1000001,1`, "range", "line 2"],
    [`${header}\n${name},standard,1,1,1000000001`, "range", "line 2"],
    [`${header}\n${name},standard,1,1,0`, "range", "line 2"],
    [`${header}\n${name},standard,0,0.5,0`, "range", "line 2"],
  ];
  for (const [text, code, place] of refusals) {
    const result = parseDemandCsv(text, cells);
    assert.deepEqual(result.ok ? null : [result.error.code, result.error.place], [code, place], text);
    assert.ok(!result.ok && result.error.message.endsWith("."));
  }
  assert.throws(() => parseDemandCsv(header, cells, Array.from("abcdefghi")), RangeError);
});

test("noise is never demand, and never throws", () => {
  fc.assert(
    fc.property(fc.string(), noise => {
      const result = parseDemandCsv(`${header}\n${noise}`, cells);
      assert.equal(result.ok, noise === "");
    }),
  );
  assert.equal(DEMAND_CSV_BOUNDS.classes, 8);
});
