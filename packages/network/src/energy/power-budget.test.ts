// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { GENERATIONS } from "../payload.ts";
import { parsePowerBudgets } from "./parse-power.ts";
import { chargeAfter, drawW, POWER_BUDGETS, type PowerBudget } from "./power-budget.ts";

const budget = fc.record({
  arrayW: fc.double({ min: 0, max: 20_000, noNaN: true }),
  batteryWh: fc.double({ min: 1, max: 20_000, noNaN: true }),
  batteryEfficiency: fc.double({ min: 0.5, max: 1, noNaN: true }),
  busW: fc.constant(0),
  beamsW: fc.constant(0),
  gatewayLinkW: fc.constant(0),
  laserW: fc.constant(0),
});

/** The battery second by second, shadow first: no formula, only a meter that is read often. */
function metered(own: PowerBudget, chargeWh: number, sunlit: number, draw: number, hours: number) {
  const steps = 2_000;
  let [charge, least] = [chargeWh, chargeWh];
  for (let k = 0; k < steps; k++) {
    const inflow = k < Math.round((1 - sunlit) * steps) ? 0 : own.arrayW;
    const surplusWh = ((inflow - draw) * hours) / steps;
    charge += surplusWh > 0 ? surplusWh * own.batteryEfficiency : surplusWh;
    charge = Math.min(own.batteryWh, Math.max(0, charge));
    least = Math.min(least, charge);
  }
  return { endWh: charge, leastWh: least };
}

test("the battery's formula agrees with a meter read 2,000 times", () => {
  fc.assert(
    fc.property(
      budget,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 20 }),
      fc.double({ min: 0, max: 20_000, noNaN: true }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      (own, filled, twentieths, draw, hours) => {
        const sunlit = twentieths / 20;
        const charge = filled * own.batteryWh;
        const formula = chargeAfter(own, charge, sunlit, draw, hours);
        const meter = metered(own, charge, sunlit, draw, hours);
        const tolerance = 1e-9 * (own.batteryWh + draw + own.arrayW) + 1e-9;
        assert.ok(Math.abs(formula.endWh - meter.endWh) <= tolerance, `${formula.endWh} ${meter.endWh}`);
        assert.ok(Math.abs(formula.leastWh - meter.leastWh) <= tolerance);
      },
    ),
    { numRuns: 500 },
  );
});

test("every generation lives through its shadow at half use, and is not sized so that nothing could hurt it", () => {
  for (const { id, lasers, gatewayLinks } of GENERATIONS) {
    const own = POWER_BUDGETS[id];
    const links = gatewayLinks.reduce((sum, { count }) => sum + count, 0);
    const shadowShare = 36 / 95;
    const half = drawW(own, { beams: 0.5, gatewayLinks: links, lasers });
    const full = drawW(own, { beams: 1, gatewayLinks: links, lasers });
    assert.ok(half < own.arrayW * (1 - shadowShare), `${id}: the array carries half use`);
    assert.ok(half * 0.6 < 0.45 * own.batteryWh, `${id}: and the battery the shadow`);
    assert.ok(
      full > own.arrayW * (1 - shadowShare) * 0.9,
      `${id}: full use is near or above what it can keep up`,
    );
  }
});

test("a file of budgets says only what differs, and is refused whole by the place of its fault", () => {
  const read = parsePowerBudgets('{"v2-mini": {"arrayW": 8000}}');
  assert.ok(read.ok);
  assert.deepEqual(read.value["v2-mini"], { ...POWER_BUDGETS["v2-mini"], arrayW: 8000 });
  assert.deepEqual(read.value["v1.5"], POWER_BUDGETS["v1.5"]);
  for (const [text, code, place] of [
    ["{", "format", "text"],
    ["[]", "format", "text"],
    ['{"v9": {}}', "unknown", "v9"],
    ['{"v3": 1}', "format", "v3"],
    ['{"v3": {"panels": 2}}', "unknown", "v3.panels"],
    ['{"v3": {"batteryEfficiency": 1.2}}', "range", "v3.batteryEfficiency"],
    ['{"v3": {"busW": null}}', "range", "v3.busW"],
    [" ".repeat(70_000), "tooLarge", "text"],
  ] as const) {
    const refused = parsePowerBudgets(text);
    assert.ok(!refused.ok && refused.error.code === code && refused.error.place === place, text.slice(0, 40));
  }
});
