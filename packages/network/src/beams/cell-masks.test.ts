// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris, geodeticToEcef } from "@perigee/orbit";
import type { FleetState } from "../fleet-motion.ts";
import { defaultPolicy, type SchedulerPolicy } from "../policy.ts";
import { groupCells } from "./cell-groups.ts";
import { createCellMasks, NEAR_ARC, OUT_OF_VIEW, PASSES } from "./cell-masks.ts";
import { createGsoMask } from "./gso-mask.ts";
import { createSkyIndexer } from "./sky-index.ts";
import { looksOf } from "./testing/check-beams.ts";
import { builtInFleet, cellsIn, SLOT, slotFleetOf } from "./testing/small-planet.ts";

const policy = defaultPolicy.scheduler;
const fleet = builtInFleet();
const cells = cellsIn(
  [51, 19, 53, 22],
  [-1.5, 36, 0.3, 38],
  [58, 9, 61, 13],
  [-18, 179.3, -17, 180],
  [-18, -180, -17, -179.3],
  [-84, 0, -82.5, 8],
);
const groups = groupCells(cells);

function slotOf(start: FleetState, end: FleetState, by: SchedulerPolicy) {
  const slotFleet = slotFleetOf(fleet, by, { start, end });
  const masks = createCellMasks(groups, slotFleet, createGsoMask(by.userGsoSeparationDeg));
  return { slotFleet, masks };
}

test("no satellite that may serve a cell is missing from its block, and every look is what the angles say", () => {
  const indexer = createSkyIndexer(groups);
  const counts = [0, 0, 0];
  for (const slot of [SLOT, SLOT + 37]) {
    const { start, end } = fleet.at(slot);
    const { slotFleet, masks } = slotOf(start, end, policy);
    const { first, satellite } = indexer.index(slotFleet);
    const { margins } = looksOf({ start, end }, cells, fleet.satellites, policy);
    for (let c = 0; c < cells.count; c += 11) {
      const block = groups.blockOfGroup[groups.groupOfCell[c]!]!;
      const listed = satellite.subarray(first[block]!, first[block + 1]!);
      assert.ok(listed.every((i, k) => k === 0 || listed[k - 1]! < i));
      for (let i = 0; i < fleet.count; i++) {
        const found = masks.look(c, i);
        if (found !== OUT_OF_VIEW) assert.ok(listed.includes(i), `satellite ${i} over cell ${c}`);
        // The angles are asked of the fleet's near part only: they are slow.
        if (!listed.includes(i)) continue;
        const { view, arc } = margins(c, i);
        if (Math.abs(view) < 1e-6 || Math.abs(arc) < 0.001) continue;
        assert.equal(
          found,
          view < 0 ? OUT_OF_VIEW : arc < 0 ? NEAR_ARC : PASSES,
          `${c} ${i}: ${view} ${arc}`,
        );
        counts[found]! += 1;
      }
    }
  }
  assert.ok(
    counts.every(count => count > 100),
    `${counts}`,
  );
});

test("a satellite that crosses the arc's neighbourhood within the slot is seen to do so", () => {
  // Over the equator the arc passes the zenith. From 24 degrees south of it to 24 north, clear at both ends.
  const c = cells.latDeg.findIndex(latDeg => Math.abs(latDeg) < 0.1);
  const aside = (latDeg: number): FleetState => {
    const state = createEphemeris(fleet.count);
    const { xKm, yKm, zKm } = geodeticToEcef({ latDeg, lonDeg: cells.lonDeg[c]!, altitudeKm: 550 });
    state.xKm.fill(xKm);
    state.yKm.fill(yKm);
    state.zKm.fill(zKm);
    state.vzKmS.fill(7);
    return state;
  };
  const wide = { ...policy, minElevationDeg: 25, lowShellMinElevationDeg: 25 };
  assert.equal(slotOf(aside(-3), aside(3), wide).masks.look(c, 0), NEAR_ARC);
  assert.equal(slotOf(aside(3), aside(3.5), wide).masks.look(c, 0), PASSES);
  assert.equal(slotOf(aside(3), aside(30), wide).masks.look(c, 0), OUT_OF_VIEW);
});
