// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bearingDeg, destination, distanceKm } from "./geodesy.ts";
import { rainField } from "./rain-field.ts";
import { checkWeather, DRY_WEATHER, type RainCell, rainRateAt, rainSnapshot } from "./weather.ts";

const CELL: RainCell = {
  latDeg: 50,
  lonDeg: 30,
  radiusKm: 10,
  peakMmPerH: 40,
  fromMs: 0,
  untilMs: 3_600_000,
  driftKmH: 36,
  bearingDeg: 90,
};

test("a cell has its peak in the centre, 1/e of it at the radius, and ends at three", () => {
  const weather = { cells: [{ ...CELL, driftKmH: 0 }] };
  const rateKm = (km: number) => {
    const { latDeg, lonDeg } = destination(CELL, 200, km);
    return rainRateAt(weather, latDeg, lonDeg, 1000);
  };
  assert.ok(Math.abs(rateKm(0) - 40) < 1e-9);
  assert.ok(Math.abs(rateKm(10) - 40 / Math.E) < 1e-6);
  assert.ok(rateKm(29.9) > 0 && rateKm(30.1) === 0);
});

test("a cell drifts, and lives from its first instant to before its last", () => {
  const weather = { cells: [CELL] };
  const { latDeg, lonDeg } = destination(CELL, 90, 18);
  assert.ok(Math.abs(rainRateAt(weather, latDeg, lonDeg, 1_800_000) - 40) < 1e-6);
  assert.equal(rainRateAt(weather, 50, 30, -1), 0);
  assert.ok(rainRateAt(weather, 50, 30, 0) > 39);
  assert.ok(rainRateAt(weather, latDeg, lonDeg, 3_599_999) > 0);
  assert.equal(rainRateAt(weather, latDeg, lonDeg, 3_600_000), 0);
});

test("with a ramp, rain off the centre comes and goes without a jump", () => {
  const weather = { cells: [{ ...CELL, driftKmH: 0, rampMs: 600_000 }] };
  const { latDeg, lonDeg } = destination(CELL, 10, 5);
  let before = 0;
  for (let atMs = 0; atMs <= 3_600_000; atMs += 1000) {
    const rate = rainRateAt(weather, latDeg, lonDeg, atMs);
    assert.ok(Math.abs(rate - before) < 0.3, `${atMs}: ${before} to ${rate}`);
    before = rate;
  }
  assert.equal(before, 0);
  assert.ok(rainRateAt(weather, latDeg, lonDeg, 1_800_000) > 30);
});

test("where cells overlap the stronger counts; without cells it is dry", () => {
  const weather = { cells: [CELL, { ...CELL, peakMmPerH: 15, radiusKm: 100 }] };
  assert.ok(Math.abs(rainRateAt(weather, 50, 30, 0) - 40) < 1e-9);
  assert.equal(rainRateAt(DRY_WEATHER, 50, 30, 0), 0);
  assert.throws(() => rainRateAt(weather, 91, 0, 0), RangeError);
});

const anyCell: fc.Arbitrary<RainCell> = fc.record({
  latDeg: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 89.9, 90, 50)),
  lonDeg: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 179.9)),
  radiusKm: fc.oneof(
    fc.double({ min: 0.5, max: 20, noNaN: true }),
    fc.double({ min: 20, max: 400, noNaN: true }),
  ),
  peakMmPerH: fc.double({ min: 0, max: 200, noNaN: true }),
  fromMs: fc.integer({ min: 0, max: 1000 }),
  untilMs: fc.oneof(fc.integer({ min: 1001, max: 7_200_000 }), fc.constant(1e12)),
  driftKmH: fc.double({ min: 0, max: 100, noNaN: true }),
  bearingDeg: fc.double({ min: 0, max: 360, noNaN: true }),
  rampMs: fc.constantFrom(0, 400),
});

test("property: a snapshot and a field answer as the plain look at every cell does, at poles and the date line too", () => {
  fc.assert(
    fc.property(
      fc.array(anyCell, { maxLength: 20 }),
      fc.integer({ min: 0, max: 7_200_000 }),
      fc.array(
        fc.tuple(
          fc.nat(19),
          fc.double({ min: 0, max: 360, noNaN: true }),
          fc.double({ min: 0, max: 3.1, noNaN: true }),
        ),
        {
          maxLength: 20,
        },
      ),
      (cells, atMs, looks) => {
        const weather = { cells };
        const snapshot = rainSnapshot(weather, atMs);
        const field = rainField(weather);
        for (const [k, bearing, radii] of looks) {
          const cell = cells[k];
          if (cell === undefined) continue;
          const from = destination(cell, cell.bearingDeg, (cell.driftKmH * (atMs - cell.fromMs)) / 3_600_000);
          const { latDeg, lonDeg } = destination(from, bearing, radii * cell.radiusKm);
          const rate = rainRateAt(weather, latDeg, lonDeg, atMs);
          assert.equal(snapshot.rateAt(latDeg, lonDeg), rate);
          assert.equal(field.rateAt(latDeg, lonDeg, atMs), rate);
        }
        for (const lonDeg of [-180, 0, 180]) {
          const rate = rainRateAt(weather, 90, lonDeg, atMs);
          assert.deepEqual([snapshot.rateAt(90, lonDeg), field.rateAt(90, lonDeg, atMs)], [rate, rate]);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("weather from outside is checked field by field", () => {
  const good = { cells: [CELL, { ...CELL, rampMs: 1000 }] };
  const checked = checkWeather(JSON.parse(JSON.stringify(good)));
  assert.deepEqual(checked, { ok: true, value: good });
  const cases: readonly (readonly [value: unknown, place: string])[] = [
    [null, "/cells"],
    [{}, "/cells"],
    [{ cells: [null] }, "/cells/0/latDeg"],
    [{ cells: [CELL, { ...CELL, latDeg: "50" }] }, "/cells/1/latDeg"],
    [{ cells: [{ ...CELL, radiusKm: 0 }] }, "/cells/0/radiusKm"],
    [{ cells: [{ ...CELL, peakMmPerH: Number.NaN }] }, "/cells/0/peakMmPerH"],
    [{ cells: [{ ...CELL, untilMs: 0 }] }, "/cells/0/untilMs"],
    [{ cells: [{ ...CELL, rampMs: 1_800_001 }] }, "/cells/0/rampMs"],
    [{ cells: { length: 3 } }, "/cells"],
  ];
  for (const [value, place] of cases) {
    const result = checkWeather(value);
    assert.ok(!result.ok);
    assert.deepEqual([result.error.code, result.error.place], ["bad-weather", place]);
  }
});

test("drift follows the bearing given", () => {
  const moved = destination(CELL, CELL.bearingDeg, 36);
  assert.ok(Math.abs(bearingDeg(CELL, moved) - 90) < 1e-6 && Math.abs(distanceKm(CELL, moved) - 36) < 1e-6);
});
