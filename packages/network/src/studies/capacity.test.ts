// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris } from "@perigee/orbit";
import { BOTTLENECKS } from "../capacity/allocation.ts";
import { certify } from "../capacity/certify.ts";
import { createChannelRater } from "../capacity/channel-rates.ts";
import { satelliteRates } from "../capacity/rates.ts";
import { slotStartMs } from "../slot.ts";
import { capacity } from "./capacity.ts";
import { evenDemand, patches, SLOT, smallPlanner } from "./testing/small-network.ts";

const planner = smallPlanner();
const cells = patches([50, 20], [-33, 151]);

for (const downMbps of [5, 400]) {
  test(`${downMbps} Mbit/s a cell: the allocation is certified fair, and the totals are its sums`, () => {
    const demand = evenDemand(cells, downMbps);
    const result = capacity(planner, { slot: SLOT, cells, demand });
    const { allocation, planned, totals } = result;
    const middle = planner.motion.fleetAt(slotStartMs(SLOT) + 7500, createEphemeris(planner.elements.length));
    const certificate = certify(allocation, planned.plan, demand, {
      channels: createChannelRater(cells).ratesOf(planned.plan, middle),
      satellites: satelliteRates(planner.generation),
    });
    assert.deepEqual(certificate.violations, []);
    assert.ok(Math.abs(totals.down.demandMbps - downMbps * cells.count) < 1e-3 * downMbps * cells.count);
    const carried = allocation.downMbps.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(totals.down.carriedMbps - carried) <= 1e-6 * carried);
    const missing = BOTTLENECKS.reduce((sum, name) => sum + totals.down.bottlenecks[name].missingMbps, 0);
    assert.ok(Math.abs(totals.down.demandMbps - carried - missing) < 1e-3 * totals.down.demandMbps);
    const atGateways = result.gateways.reduce((sum, row) => sum + row.downMbps, 0);
    assert.ok(Math.abs(atGateways - carried) < 1e-3 * carried, "all of it comes from some gateway");
  });
}

test("more demand is never carried by a larger share; counting less counts less", () => {
  const shares = [5, 50, 400].map(
    mbps =>
      capacity(planner, { slot: SLOT, cells, demand: evenDemand(cells, mbps) }).totals.down.satisfiedShare,
  );
  assert.ok(shares[0]! >= shares[1]! && shares[1]! >= shares[2]!, shares.join());
  const counted = Uint8Array.from(cells.latDeg, lat => (lat > 0 ? 1 : 0));
  const { cellsWithDemand } = capacity(planner, { slot: SLOT, cells, demand: evenDemand(cells, 5), counted });
  assert.equal(
    cellsWithDemand,
    counted.reduce((a, b) => a + b, 0),
  );
});
