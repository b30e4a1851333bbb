// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { rowsOf } from "../routing/link-graph.ts";
import { allocate } from "./allocate.ts";
import { busiestLinks, capacityByGateway, capacityByPop, capacityBySatellite } from "./capacity-tables.ts";
import { congestionPrices, defaultPricePolicy, laserPricesByRow, pricesByContact } from "./prices.ts";
import { networkSizes, smallNetwork } from "./testing/random-network.ts";

const anyNetwork = networkSizes({ cells: 30, classes: 2 });
const EMPTY = {
  lasers: { a: new Int32Array(), b: new Int32Array(), ms: new Float32Array() },
  contacts: { satellite: new Int32Array(), gateway: new Int32Array(), ms: new Float32Array() },
};

test("prices: bounded steps, sorted, none below the target", () => {
  fc.assert(
    fc.property(anyNetwork, size => {
      const { plan, demand, rates } = smallNetwork(size);
      const allocation = allocate(plan, demand, rates);
      const { lasers, contacts } = congestionPrices(allocation, plan);
      const { target, stepMs, mostAbove } = defaultPricePolicy;
      for (const ms of [...lasers.ms, ...contacts.ms]) assert.ok(ms > 0 && ms <= stepMs * mostAbove);
      for (let k = 1; k < lasers.ms.length; k++) {
        assert.ok(
          lasers.a[k - 1]! < lasers.a[k]! ||
            (lasers.a[k - 1] === lasers.a[k] && lasers.b[k - 1]! < lasers.b[k]!),
        );
      }
      plan.contacts.satellite.forEach((satellite, c) => {
        const at = contacts.satellite.findIndex(
          (s, k) => s === satellite && contacts.gateway[k] === plan.contacts.gateway[c],
        );
        /** Over all contacts of the pair. */
        const load = (d: "up" | "down"): number => {
          const { offeredMbps, capacityMbps } = allocation.contacts[d];
          let [wanted, room] = [0, 0];
          plan.contacts.satellite.forEach((s, other) => {
            if (s !== satellite || plan.contacts.gateway[other] !== plan.contacts.gateway[c]) return;
            wanted += offeredMbps[other]!;
            room += capacityMbps[other]!;
          });
          return wanted > 0 ? wanted / room : 0;
        };
        const expected =
          stepMs * Math.min(mostAbove, Math.max(0, load("up") - target, load("down") - target));
        assert.ok(Math.abs((at < 0 ? 0 : contacts.ms[at]!) - expected) < 2e-3);
      });
    }),
    { numRuns: 100 },
  );
});

test("prices: under the same load they rise to the most and stay, without load they vanish", () => {
  const size = {
    seed: 2,
    satellites: 6,
    gateways: 3,
    pops: 2,
    cells: 40,
    extras: 0,
    classes: 1,
    fibre: false,
  };
  const { plan, demand, rates } = smallNetwork(size);
  const loaded = allocate(plan, demand, rates);
  let prices = congestionPrices(loaded, plan, EMPTY);
  assert.ok(prices.contacts.ms.length > 0);
  for (let slot = 0; slot < 2000; slot++) {
    const next = congestionPrices(loaded, plan, prices);
    next.contacts.ms.forEach((ms, k) => {
      assert.ok(ms >= prices.contacts.ms[k]! && ms <= defaultPricePolicy.mostMs);
    });
    prices = next;
  }
  assert.deepEqual(congestionPrices(loaded, plan, prices), prices);
  const [only] = demand.classes;
  const none = new Float32Array(plan.beam.length);
  const idle = allocate(
    plan,
    { version: "idle", classes: [{ ...only!, downMbps: none, upMbps: none }] },
    rates,
  );
  for (let slot = 0; slot < 45; slot++) prices = congestionPrices(idle, plan, prices);
  assert.deepEqual(prices, EMPTY);
});

test("prices find their links again in the next slot, whatever it has besides", () => {
  const prices = {
    lasers: { a: Int32Array.of(0, 2), b: Int32Array.of(3, 9), ms: Float32Array.of(1.5, 2) },
    contacts: {
      satellite: Int32Array.of(1, 4, 4),
      gateway: Int32Array.of(7, 0, 2),
      ms: Float32Array.of(1, 2, 3),
    },
  };
  const rows = rowsOf(4, Int32Array.of(0, 0, 1), Int32Array.of(1, 3, 3));
  const byRow = laserPricesByRow(prices, rows);
  for (let i = 0; i < 4; i++) {
    for (let e = rows.offset[i]!; e < rows.offset[i + 1]!; e++) {
      const ends = [i, rows.to[e]!].sort();
      assert.equal(byRow[e], ends[0] === 0 && ends[1] === 3 ? 1.5 : 0);
    }
  }
  const contacts = {
    satellite: Int32Array.of(0, 1, 4, 4, 4, 5),
    gateway: Int32Array.of(7, 7, 1, 2, 2, 0),
    downMbps: new Float32Array(6),
    upMbps: new Float32Array(6),
    rangeKm: new Float32Array(6),
  };
  assert.deepEqual([...pricesByContact(prices, contacts)], [0, 1, 0, 3, 3, 0]);
});

test("tables: their sums are those of the whole network", () => {
  fc.assert(
    fc.property(anyNetwork, size => {
      const { plan, demand, rates } = smallNetwork(size);
      const allocation = allocate(plan, demand, rates);
      const { down, up } = allocation.totals;
      const near = (a: number, b: number): void =>
        assert.ok(Math.abs(a - b) <= 1e-4 * Math.max(1, b), `${a} and ${b}`);
      const total = <T>(rows: readonly T[], of: (row: T) => number): number =>
        rows.reduce((sum, row) => sum + of(row), 0);
      const pops = capacityByPop(allocation, plan, demand);
      near(
        total(pops, row => row.downMbps),
        down.carriedMbps,
      );
      near(
        total(pops, row => row.upMbps),
        up.carriedMbps,
      );
      assert.equal(
        total(pops, row => row.cells),
        plan.pop.filter(pop => pop >= 0).length,
      );
      const gateways = capacityByGateway(allocation, plan);
      near(
        total(gateways, row => row.downMbps),
        down.carriedMbps,
      );
      near(
        total(gateways, row => row.upMbps),
        up.carriedMbps,
      );
      assert.equal(
        total(gateways, row => row.contacts),
        plan.contacts.gateway.length,
      );
      const satellites = capacityBySatellite(allocation, plan);
      near(
        total(satellites, row => row.downMbps),
        down.carriedMbps,
      );
      assert.equal(
        total(satellites, row => row.beams),
        plan.beams.satellite.length,
      );
      const links = busiestLinks(allocation, plan, 5);
      assert.ok(links.length <= 5);
      for (let k = 1; k < links.length; k++) assert.ok(links[k]!.utilisation <= links[k - 1]!.utilisation);
    }),
    { numRuns: 100 },
  );
});
