// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { motionBetween } from "./claim.ts";
import { createLocator } from "./locator.ts";
import { defaultRanging, type MeasurementWindow, type RangeMeasurement } from "./measurement.ts";
import { parseWindow } from "./parse-window.ts";
import { ground, measure, site, skyOf, startMs, turns } from "./testing/scene.ts";

const locator = createLocator();
const picks = skyOf(site, startMs)
  .slice(0, 4)
  .map(({ satellite }) => satellite);
const good = measure(site, turns(picks, startMs, 60), 1);
const claim = { ...site, atMs: startMs + 60_000 };

function refusal(window: MeasurementWindow, said = claim): readonly [string, string] {
  const result = locator.judge(window, said);
  assert.ok(!result.ok);
  assert.match(result.error.message, /\.$/);
  return [result.error.code, result.error.place];
}

const changed = (over: Partial<RangeMeasurement>): MeasurementWindow => ({
  measurements: good.map((measurement, i) => (i === 2 ? { ...measurement, ...over } : measurement)),
  ...ground,
});

test("what cannot be is refused with its place", () => {
  assert.deepEqual(refusal({ measurements: [], ...ground }), ["windowEmpty", "measurements"]);
  const many = Array.from({ length: 257 }, () => good[0]!);
  assert.deepEqual(refusal({ measurements: many, ...ground }), ["windowTooLarge", "measurements"]);
  assert.deepEqual(refusal({ measurements: good, heightKm: 60 }), ["heightInvalid", "heightKm"]);
  for (const [over, field] of [
    [{ roundTripUs: 100 }, "roundTripUs"],
    [{ roundTripUs: Number.NaN }, "roundTripUs"],
    [{ roundTripUs: 1e6 }, "roundTripUs"],
    [{ satellite: 0.5 }, "satellite"],
    [{ atMs: Number.POSITIVE_INFINITY }, "atMs"],
    [{ state: { ...good[0]!.state, xKm: Number.NaN } }, "state"],
    [{ state: { ...good[0]!.state, vxKmS: 40 } }, "state"],
    [{ dopplerHz: 1e9 }, "dopplerHz"],
    [{ beam: { latDeg: 91, lonDeg: 0, radiusKm: 5 } }, "beam"],
  ] as const)
    assert.deepEqual(refusal(changed(over)), ["measurementInvalid", `measurements[2].${field}`]);
  assert.deepEqual(refusal(changed({}), { ...claim, latDeg: 95 }), ["claimInvalid", "claim.latDeg"]);
  assert.throws(() => createLocator({ ...defaultRanging, rangeNoiseKm: 0 }), RangeError);
});

test("whatever is measured, the answer is an answer: numbers, a known outcome, never more certain than allowed", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          pick: fc.integer({ min: 0, max: good.length - 1 }),
          extraUs: fc.oneof(fc.constant(0), fc.double({ min: -3000, max: 30_000, noNaN: true })),
          satellite: fc.integer({ min: 0, max: 3 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (rows, latDeg, lonDeg) => {
        const measurements = rows.map(({ pick, extraUs, satellite }) => {
          const from = good[pick]!;
          return { ...from, satellite, roundTripUs: Math.max(250, from.roundTripUs + extraUs) };
        });
        const result = locator.judge({ measurements, ...ground }, { latDeg, lonDeg, atMs: startMs + 60_000 });
        assert.ok(result.ok);
        const { outcome, satellites, longestTrackS, places, chance, solutions } = result.value;
        assert.ok(chance >= 0 && chance <= 1);
        for (const { latDeg, lonDeg, misfit, ellipse } of solutions) {
          assert.ok(Math.abs(latDeg) <= 90.000001 && Math.abs(lonDeg) <= 180.000001 && misfit >= -1e-6);
          assert.ok(ellipse.semiMajorKm >= ellipse.semiMinorKm && ellipse.semiMinorKm >= 0);
        }
        if (outcome === "contradicts") {
          assert.ok(satellites >= 3 || longestTrackS >= 120);
          assert.ok(places <= 1 && chance <= 1e-6);
        }
      },
    ),
    { numRuns: 400, seed: 6 },
  );
});

test("a claim of another time is not judged by these measurements", () => {
  const result = locator.judge({ measurements: good, ...ground }, { ...claim, atMs: startMs + 200_000 });
  assert.ok(result.ok);
  assert.deepEqual([result.value.outcome, result.value.why], ["insufficient", "claimElsewhen"]);
});

test("the motion that two claims tell of, over the antimeridian too", () => {
  const motion = motionBetween(
    { latDeg: 0, lonDeg: 179.99, atMs: 0 },
    { latDeg: 0.01, lonDeg: -179.99, atMs: 100_000 },
  )!;
  assert.ok(Math.abs(motion.eastKmS - 0.0222) < 1e-4 && Math.abs(motion.northKmS - 0.0111) < 1e-4);
  assert.equal(motionBetween({ ...site, atMs: 5 }, { ...site, atMs: 5 }), null);
});

test("a window survives JSON, and JSON that is none is refused with its place", () => {
  const window = { measurements: good, ...ground };
  const json = JSON.parse(JSON.stringify({ ...window, model: { slackUs: 1 } }));
  const read = parseWindow(json);
  assert.ok(read.ok);
  assert.equal(read.value.model.slackUs, 1);
  const answers = [window, read.value.window].map(each => JSON.stringify(locator.judge(each, claim)));
  assert.equal(answers[0], answers[1]);
  const placeOf = (over: object): string => {
    const result = parseWindow({ ...json, ...over });
    assert.ok(!result.ok);
    return result.error.place;
  };
  const with2 = (over: object): object => ({
    measurements: json.measurements.map((m: object, i: number) => (i === 2 ? { ...m, ...over } : m)),
  });
  assert.equal(placeOf({ heightKm: "0" }), "heightKm");
  assert.equal(placeOf({ colour: 1 }), "colour");
  assert.equal(placeOf({ model: { rangeNoiseKm: 0 } }), "model.rangeNoiseKm");
  assert.equal(placeOf(with2({ state: { xKm: 1 } })), "measurements[2].state.yKm");
  assert.equal(placeOf(with2({ roundTripUs: "5000" })), "measurements[2].roundTripUs");
  assert.equal(placeOf({ measurements: Array(257).fill({}) }), "measurements");
  assert.equal(parseWindow(null).ok, false);
});
