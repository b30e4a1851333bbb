// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  rainClimateFrom001,
  rainClimateOf,
  rainRateExceededMmPerH,
  rainRatePercent,
} from "./rain-climate.ts";
import { SYNTHETIC_RAIN, syntheticWeather } from "./synthetic-weather.ts";
import { rainRateAt, rainSnapshot } from "./weather.ts";

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 5, 1);

/** Rates at a lattice of places 0.25 degrees apart, hour by hour through `days` independent days. */
function sample(climate: ReturnType<typeof rainClimateFrom001>, days: number): Float64Array {
  const rates: number[] = [];
  for (let day = 0; day < days; day++) {
    const latDeg = -48 + ((day * 7) % 96);
    const area = { latDeg, lonDeg: 10, radiusKm: 450 };
    const span = { fromMs: FROM, untilMs: FROM + DAY_MS, seed: day };
    const weather = syntheticWeather({ ...span, areas: [area], climateAt: () => climate });
    for (let hour = 0; hour < 24; hour++) {
      const snapshot = rainSnapshot(weather, FROM + hour * 3_600_000 + 1);
      for (let i = -12; i <= 12; i++)
        for (let k = -12; k <= 12; k++) rates.push(snapshot.rateAt(latDeg + i / 4, 10 + k / 4));
    }
  }
  return Float64Array.from(rates).sort();
}

for (const [name, rate001, wetShare] of [
  ["temperate", 26.5, 0.0536],
  ["tropical", 99, 0.0454],
] as const) {
  test(`sampled, a ${name} climate has its rain: rate for 0.01 % within 10 %, shares of time within 8 %`, () => {
    const climate = rainClimateFrom001(rate001, wetShare);
    const rates = sample(climate, 80);
    const at = (percent: number) => rates[Math.floor(rates.length * (1 - percent / 100))] ?? 0;
    for (const [percent, tolerance] of [
      [0.01, 0.1],
      [0.1, 0.1],
      [0.3, 0.1],
      [1, 0.15],
    ] as const) {
      const expected = rainRateExceededMmPerH(climate, percent);
      assert.ok(
        Math.abs(at(percent) / expected - 1) < tolerance,
        `${percent} %: ${at(percent).toFixed(2)} mm/h, expected ${expected.toFixed(2)}`,
      );
    }
    const rateShare = (mmPerH: number) => rates.filter(rate => rate > mmPerH).length / rates.length;
    for (const mmPerH of [3, 10])
      assert.ok(Math.abs((100 * rateShare(mmPerH)) / rainRatePercent(climate, mmPerH) - 1) < 0.08);
  });
}

test("the same seed gives the same cells, another seed others", () => {
  const areas = [{ latDeg: 50.45, lonDeg: 30.52, radiusKm: 50 }];
  const spec = { seed: 7, fromMs: FROM, untilMs: FROM + DAY_MS, areas };
  assert.deepEqual(syntheticWeather(spec), syntheticWeather(spec));
  assert.notDeepEqual(syntheticWeather(spec), syntheticWeather({ ...spec, seed: 8 }));
});

test("rain at a place does not depend on what else was asked for: areas, span, order", () => {
  const kyiv = { latDeg: 50.45, lonDeg: 30.52, radiusKm: 20 };
  const fiji = { latDeg: -17.8, lonDeg: 179.9, radiusKm: 30 };
  const spec = { seed: 3, fromMs: FROM, untilMs: FROM + 3 * DAY_MS };
  const alone = syntheticWeather({ ...spec, areas: [kyiv] });
  const many = syntheticWeather({ ...spec, areas: [fiji, { ...kyiv, radiusKm: 200 }, kyiv] });
  const later = syntheticWeather({ ...spec, fromMs: FROM + DAY_MS, areas: [kyiv] });
  const islands = syntheticWeather({ ...spec, areas: [{ ...fiji, lonDeg: -179.9 }] });
  let wet = 0;
  for (let atMs = FROM; atMs < spec.untilMs; atMs += 600_000) {
    const rate = rainRateAt(alone, 50.45, 30.52, atMs);
    wet += rate > 0 ? 1 : 0;
    assert.equal(rainRateAt(many, 50.45, 30.52, atMs), rate);
    if (atMs >= FROM + DAY_MS) assert.equal(rainRateAt(later, 50.45, 30.52, atMs), rate);
    assert.equal(rainRateAt(many, -17.8, 179.99, atMs), rainRateAt(islands, -17.8, 179.99, atMs));
  }
  assert.ok(wet > 0, "three days without a drop would compare nothing");
});

test("rain comes in systems: near places are wet together far more often than by chance", () => {
  const climate = rainClimateFrom001(40, 0.05);
  let [here, both, all] = [0, 0, 0];
  for (let seed = 0; seed < 60; seed++) {
    const areas = [{ latDeg: 45, lonDeg: 10, radiusKm: 150 }];
    const weather = syntheticWeather({
      seed,
      fromMs: FROM,
      untilMs: FROM + DAY_MS,
      areas,
      climateAt: () => climate,
    });
    for (let hour = 0; hour < 24; hour++) {
      const snapshot = rainSnapshot(weather, FROM + hour * 3_600_000);
      const [a, b] = [snapshot.rateAt(45, 9.6) > 0.5, snapshot.rateAt(45, 10.4) > 0.5];
      all += 1;
      here += (a ? 1 : 0) + (b ? 1 : 0);
      both += a && b ? 1 : 0;
    }
  }
  const one = here / 2 / all;
  assert.ok(both / all > 2 * one * one, `${both} of ${all} together, one alone ${one}`);
});

test("seasons: a place with a wet January has its cells in January", () => {
  const climate = rainClimateOf(
    Array.from({ length: 12 }, (_, month) => ({ rainMm: month === 0 ? 200 : 1, temperatureC: 20 })),
  );
  const cellsFrom = (fromMs: number) =>
    syntheticWeather({
      seed: 1,
      fromMs,
      untilMs: fromMs + 10 * DAY_MS,
      areas: [{ latDeg: 0, lonDeg: 0, radiusKm: 100 }],
      climateAt: () => climate,
    }).cells.length;
  assert.ok(cellsFrom(Date.UTC(2026, 0, 5)) > 20 * cellsFrom(Date.UTC(2026, 6, 5)));
});

test("cells keep to their parameters, in order of birth; a span of no time or no areas has none that matter", () => {
  const { cells } = syntheticWeather({
    seed: 11,
    fromMs: FROM,
    untilMs: FROM + DAY_MS,
    areas: [
      { latDeg: 89.9, lonDeg: 0, radiusKm: 100 },
      { latDeg: 10, lonDeg: -180, radiusKm: 100 },
    ],
  });
  assert.ok(cells.length > 10);
  const { radiusKm, lifeMs, driftKmH } = SYNTHETIC_RAIN;
  cells.forEach((cell, i) => {
    assert.ok(cell.radiusKm >= radiusKm[0] && cell.radiusKm <= radiusKm[1]);
    assert.ok(cell.untilMs - cell.fromMs >= lifeMs[0] && cell.untilMs - cell.fromMs <= lifeMs[1] + 1);
    assert.ok(cell.driftKmH >= driftKmH[0] && cell.driftKmH <= driftKmH[1]);
    assert.ok(Math.abs(cell.latDeg) <= 90 && Math.abs(cell.lonDeg) <= 180 && cell.peakMmPerH > 0);
    assert.ok(cell.fromMs >= (cells[i - 1]?.fromMs ?? Number.NEGATIVE_INFINITY));
  });
  const spec = { seed: 1, fromMs: FROM, untilMs: FROM, areas: [] };
  assert.deepEqual(syntheticWeather(spec).cells, []);
  assert.throws(() => syntheticWeather({ ...spec, untilMs: FROM - 1 }), RangeError);
  assert.throws(() => syntheticWeather({ ...spec, seed: -1 }), RangeError);
  assert.throws(
    () => syntheticWeather({ ...spec, areas: [{ latDeg: 91, lonDeg: 0, radiusKm: 1 }] }),
    RangeError,
  );
});
