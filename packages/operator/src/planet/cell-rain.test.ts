// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FleetState, SLOT_MS, slotAt, slotStartMs, userRainDb } from "@perigee/network";
import { createEphemeris, type Ephemeris, lookAngles, stateAt } from "@perigee/orbit";
import fc from "fast-check";
import type { Rain } from "../weather/rain.ts";
import { RainOverCells } from "./cell-rain.ts";
import { AT_MS, regionCells, regionPlanet, regionPlanner } from "./testing/region.ts";

const cells = regionCells();
const { table } = cells;
const first = slotAt(AT_MS);
const permitted = new Uint8Array(cells.territories.length).fill(1);
const { plan } = regionPlanet(cells).plan({ slot: first, permitted, sites: [] });
const fleet: FleetState = regionPlanner().motion.fleetAt(
  slotStartMs(first) + SLOT_MS / 2,
  createEphemeris(regionPlanner().elements.length),
);

/** Another rate in every slot, and none south of the middle: it tells when a cell was looked at. */
const rateIn = (slot: number, latDeg: number): number => (latDeg < 52.2 ? 0 : 5 + (slot - first));
const rain: Rain = {
  rateAt: (latDeg, _, atMs) => rateIn(slotAt(atMs), latDeg),
  snapshotAt: atMs => ({ rateAt: latDeg => rateIn(slotAt(atMs), latDeg) }),
};

/** The eighths of the table take turns. */
const isTurn = (slot: number, c: number): boolean => {
  const [from, until] = [slot % 8, (slot % 8) + 1].map(k => Math.floor((k * table.count) / 8));
  return c >= from! && c < until!;
};

test("a cell has the rain of the newest slot of its turn, in whatever order slots are asked about", () => {
  assert.ok(plan.beam.some((beam, c) => beam >= 0 && table.latDeg[c]! > 52.2));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 30 }), { minLength: 1, maxLength: 6 }), steps => {
      const over = new RainOverCells(table, rain);
      let slot = first + 100;
      for (const step of steps) {
        slot += step;
        const { downDb, upDb } = over.lossesIn({ ...plan, slot }, fleet);
        for (let c = 0; c < table.count; c += 7) {
          let looked = slot;
          while (!isTurn(looked, c)) looked -= 1;
          const rate = rateIn(looked, table.latDeg[c]!);
          const beam = plan.beam[c]!;
          const satellite = beam < 0 ? -1 : plan.beams.satellite[beam]!;
          const place = { latDeg: table.latDeg[c]!, lonDeg: table.lonDeg[c]!, altitudeKm: 0 };
          const loss =
            satellite < 0 || rate === 0
              ? { downDb: 0, upDb: 0 }
              : userRainDb(
                  place.latDeg,
                  lookAngles(place, stateAt(fleet as Ephemeris, satellite)).elevationDeg,
                  rate,
                );
          assert.ok(
            Math.abs(downDb[c]! - loss.downDb) < 1e-5 * (1 + loss.downDb) &&
              Math.abs(upDb[c]! - loss.upDb) < 1e-5 * (1 + loss.upDb),
            `cell ${c} in slot ${slot - first}: ${downDb[c]} dB, not ${loss.downDb}`,
          );
        }
      }
    }),
    { numRuns: 25 },
  );
});
