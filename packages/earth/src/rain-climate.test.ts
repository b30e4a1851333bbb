// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  rainClimateFrom001,
  rainClimateOf,
  rainRateExceededMmPerH,
  rainRatePercent,
  zonalRainClimate,
} from "./rain-climate.ts";

test("a tropical place: P.837-7's published rates for five percentages follow from one of them", () => {
  // ITU-R Study Group 3, CG-3M3J-13, 3.133° N 101.7° E: rain for 4.53654368 % of the time, hardly any seasons.
  const climate = rainClimateFrom001(99.15117186, 0.0453654368);
  for (const [percent, mmPerH] of [
    [0.01, 99.15117186],
    [0.1, 34.64798123],
    [0.15, 27.7636201],
    [0.3, 18.26254364],
    [0.35, 16.49493229],
  ] as const) {
    const found = rainRateExceededMmPerH(climate, percent);
    assert.ok(Math.abs(found / mmPerH - 1) < 0.001, `${percent} %: ${found}, published ${mmPerH}`);
  }
});

const normals = (temperaturesC: readonly number[], rainsMm: readonly number[]) =>
  temperaturesC.map((temperatureC, i) => ({ temperatureC, rainMm: rainsMm[i] as number }));
const LONDON = normals(
  [5.7, 6, 8, 10.5, 13.7, 16.8, 19, 18.7, 15.9, 12.3, 8.4, 5.9],
  [58.8, 45, 38.8, 42.3, 45.9, 47.3, 45.8, 52.8, 49.6, 65.1, 66.6, 57.1],
);
const KYIV = normals(
  [-3.5, -3, 1.8, 9.3, 15.5, 18.5, 20.5, 19.7, 14.2, 8.4, 1.9, -2.3],
  [36, 39, 37, 46, 57, 82, 71, 60, 57, 41, 50, 45],
);
const MIAMI = normals(
  [20.3, 21.5, 22.8, 24.8, 26.7, 28.2, 28.9, 29, 28.3, 26.7, 23.8, 21.8],
  [46, 55, 62, 85, 161, 267, 187, 243, 260, 194, 90, 62],
);
const SINGAPORE = normals(
  [26.5, 27.1, 27.5, 28, 28.3, 28.3, 27.9, 27.9, 27.6, 27.6, 27, 26.4],
  [235, 113, 170, 155, 171, 131, 155, 149, 157, 155, 259, 319],
);

test("stations' normals give the rates that maps and tables have for the places", () => {
  // London: P.837-7's map for 51.5° N 0.14° W (CG-3M3J-13). The others: the site table's rates for 0.01 %.
  const london = rainClimateOf(LONDON);
  for (const [percent, mmPerH] of [
    [0.01, 26.48052],
    [0.1, 8.9924712],
    [0.3, 4.69033625],
  ] as const) {
    assert.ok(Math.abs(rainRateExceededMmPerH(london, percent) / mmPerH - 1) < 0.06);
  }
  for (const [months, mmPerH] of [
    [KYIV, 29],
    [MIAMI, 92],
    [SINGAPORE, 105],
  ] as const) {
    assert.ok(Math.abs(rainRateExceededMmPerH(rainClimateOf(months), 0.01) / mmPerH - 1) < 0.06);
  }
});

test("by latitude alone: within a factor of 1.7 at wet low places, where longitude decides the rest", () => {
  for (const [latDeg, mmPerH] of [
    // P.837-7's validation points below 1 km that are no desert, then the site table.
    [3.133, 99.15],
    [-22.9, 50.64],
    [25.78, 78.3],
    [28.717, 63.62],
    [33.94, 27.14],
    [41.9, 33.94],
    [51.5, 26.48],
    [50.45, 29],
    [51.5, 24],
    [25.76, 92],
    [1.35, 105],
  ] as const) {
    const ratio = rainRateExceededMmPerH(zonalRainClimate(latDeg), 0.01) / mmPerH;
    assert.ok(ratio > 1 / 1.7 && ratio < 1.7, `${latDeg}°: ${ratio} of ${mmPerH} mm/h`);
  }
});

test("a month that is nearly all rain is held at seven tenths, its rate raised", () => {
  const drizzle = rainClimateOf(Array.from({ length: 12 }, () => ({ rainMm: 600, temperatureC: -1 })));
  const january = drizzle.months[0];
  assert.equal(january?.wetShare, 0.7);
  assert.ok(Math.abs((january?.meanMmPerH ?? 0) * 0.7 * 24 * 31 - 600) < 1e-9, "the month's rain stays");
});

test("property: percent and rate are each other's inverse, and seasons keep each other's place", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      (latDeg, percent) => {
        const climate = zonalRainClimate(latDeg);
        const rate = rainRateExceededMmPerH(climate, percent);
        assert.ok(Math.abs(rainRatePercent(climate, rate) / percent - 1) < 1e-9);
        assert.ok(rainRatePercent(climate, rate * 1.01) < percent);
        const other = zonalRainClimate(-latDeg).months;
        climate.months.forEach((month, i) => {
          const opposite = other[(i + 6) % 12]?.meanMmPerH ?? 0;
          assert.ok(Math.abs(month.meanMmPerH / opposite - 1) < 1e-9);
        });
      },
    ),
  );
});

test("what cannot be is a caller's mistake; rain rarer than asked for has no rate", () => {
  assert.throws(() => rainClimateOf(LONDON.slice(1)), RangeError);
  assert.throws(() => rainClimateOf([...LONDON.slice(1), { rainMm: -1, temperatureC: 5 }]), RangeError);
  assert.throws(() => rainClimateFrom001(0), RangeError);
  assert.throws(() => rainRateExceededMmPerH(rainClimateOf(LONDON), 0), RangeError);
  assert.equal(rainRateExceededMmPerH(rainClimateFrom001(50, 0.01), 2), 0);
});
