// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris, sunEcef } from "@perigee/orbit";
import type { PowerBudget } from "../energy/power-budget.ts";
import { slotStartMs } from "../slot.ts";
import { attackedDemand, energy } from "./energy.ts";
import { EPOCH_MS, evenDemand, patches, SLOT, smallPlanner } from "./testing/small-network.ts";

const planner = smallPlanner();
const cells = patches([50, 20]);
const demand = evenDemand(cells, 20);
const orbitMs = 95.5 * 60_000;
const frugal: PowerBudget = {
  ...{ arrayW: 1_000, batteryWh: 1_000, batteryEfficiency: 1 },
  ...{ busW: 200, beamsW: 0, gatewayLinkW: 0, laserW: 0 },
};

test("over an orbit each satellite is in sunlight for as long as the geometry of its shadow says", () => {
  // A circular orbit, the Earth's shadow a cylinder: Wertz and Larson, Space Mission Analysis and Design, 5.1.
  const none = evenDemand(cells, 0);
  const stepMs = 30_000 * 20;
  const { sunlitShare } = energy(planner, {
    cells,
    demand: none,
    fromMs: EPOCH_MS,
    overMs: stepMs * 10,
    stepMs,
  });
  const fleet = planner.motion.fleetAt(slotStartMs(SLOT), createEphemeris(planner.elements.length));
  const later = planner.motion.fleetAt(slotStartMs(SLOT) + 30_000, createEphemeris(planner.elements.length));
  const sun = sunEcef(slotStartMs(SLOT));
  const sunKm = Math.hypot(sun.xKm, sun.yKm, sun.zKm);
  const turnRad = (30 / 86_164.1) * 2 * Math.PI;
  let worst = 0;
  for (let i = 0; i < planner.elements.length; i += 7) {
    const at = [fleet.xKm[i]!, fleet.yKm[i]!, fleet.zKm[i]!] as const;
    // Back into axes that do not turn with the Earth between the two looks.
    const [x, y] = [later.xKm[i]!, later.yKm[i]!];
    const then = [
      x * Math.cos(turnRad) - y * Math.sin(turnRad),
      x * Math.sin(turnRad) + y * Math.cos(turnRad),
      later.zKm[i]!,
    ] as const;
    const normal = [
      at[1] * then[2] - at[2] * then[1],
      at[2] * then[0] - at[0] * then[2],
      at[0] * then[1] - at[1] * then[0],
    ] as const;
    const length = Math.hypot(...normal);
    const sinBeta = (normal[0] * sun.xKm + normal[1] * sun.yKm + normal[2] * sun.zKm) / (length * sunKm);
    const radiusKm = Math.hypot(...at);
    const cosine = Math.sqrt(1 - (6378.137 / radiusKm) ** 2) / Math.sqrt(1 - sinBeta ** 2);
    const shadow = cosine >= 1 ? 0 : Math.acos(cosine) / Math.PI;
    worst = Math.max(worst, Math.abs(sunlitShare[i]! - (1 - shadow)));
  }
  // 100 min are looked at, 4.5 more than an orbit, every 30 s.
  assert.ok(worst < 0.045, `${worst}`);
});

test("without traffic the books balance: what the arrays give is drawn, kept, or has no room", () => {
  const stepMs = 60_000;
  const result = energy(planner, {
    ...{ cells, demand: evenDemand(cells, 0), fromMs: EPOCH_MS, overMs: 600_000, stepMs },
    ...{ budgetOf: () => frugal, startCharge: 0.5 },
  });
  assert.ok(result.meanDrawW.every(watts => Math.abs(watts - 200) < 1e-6));
  for (let i = 0; i < result.charge.length; i += 97) {
    const inflowWh = (1_000 * result.sunlitShare[i]! * 600_000) / 3_600_000;
    const expected = 500 + inflowWh - (200 * 600_000) / 3_600_000;
    assert.ok(Math.abs(result.charge[i]! * 1_000 - expected) < 1e-6);
  }
});

test("traffic costs those who carry it, an attack more; who runs low falls silent and the customers notice", () => {
  const span = { cells, fromMs: EPOCH_MS, overMs: orbitMs / 6, stepMs: 120_000 };
  const thin: PowerBudget = { ...frugal, arrayW: 0, batteryWh: 400, beamsW: 40_000 };
  const run = (wanted: typeof demand) => energy(planner, { ...span, demand: wanted, budgetOf: () => thin });
  const quiet = run(evenDemand(cells, 0));
  const usual = run(demand);
  const everywhere = new Uint8Array(cells.count).fill(1);
  const attacked = run(attackedDemand(demand, everywhere, { down: 2_000, up: 0 }, 100));
  const discharged = (result: typeof usual): number => result.dischargedWh.reduce((a, b) => a + b, 0);
  assert.ok(discharged(quiet) < discharged(usual) && discharged(usual) < discharged(attacked));
  for (let i = 0; i < quiet.meanDrawW.length; i++)
    assert.ok(quiet.meanDrawW[i]! <= usual.meanDrawW[i]! + 1e-6, "nobody draws less for having traffic");
  assert.ok(attacked.silentSteps.some(steps => steps > 0));
  assert.ok(attacked.steps.some(({ silent }) => silent > 0));
  // Compared with the same demand on satellites that never tire: what is lost is lost to the batteries.
  const tireless = energy(planner, {
    ...span,
    demand: attackedDemand(demand, everywhere, { down: 2_000, up: 0 }, 100),
    budgetOf: () => ({ ...thin, batteryWh: 1e9 }),
  });
  assert.ok(
    attacked.carriedShare < tireless.carriedShare,
    `${attacked.carriedShare} ${tireless.carriedShare}`,
  );
  assert.equal(
    tireless.silentSteps.reduce((a, b) => a + b, 0),
    0,
  );
});

test("what cannot be is refused", () => {
  const options = { cells, demand, fromMs: EPOCH_MS };
  assert.throws(() => energy(planner, { ...options, reserveShare: 0.5, resumeShare: 0.4 }), RangeError);
  assert.throws(() => energy(planner, { ...options, startCharge: 1.1 }), RangeError);
  assert.throws(() => energy(planner, { ...options, stepMs: 1 }), RangeError);
});
