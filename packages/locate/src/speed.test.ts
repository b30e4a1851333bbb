// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "@perigee/earth";
import { ellipseOf } from "./kernel/ellipse.ts";
import type { PositionFix } from "./locator.ts";
import type { Solution } from "./solutions.ts";
import { encounterOf, isFasterThan, speedBetween } from "./speed.ts";
import { type Spot, site, startMs } from "./testing/scene.ts";

function fix(at: Spot, atS: number, sigmaKm: number, more: readonly Partial<Solution>[] = []): PositionFix {
  const covariance = { eastKm2: sigmaKm ** 2, northKm2: sigmaKm ** 2, eastNorthKm2: 0 };
  const solution = {
    ...at,
    heightKm: 0,
    misfit: 0,
    covariance,
    ellipse: ellipseOf(covariance),
    standing: "possible",
  } as const;
  const atMs = startMs + atS * 1000;
  const solutions = [solution, ...more.map(other => ({ ...solution, ...other }))];
  return { atMs, fromMs: atMs, toMs: atMs, solutions, freedom: 5, satellites: 4 };
}

test("60 m to 60 m: 20 km/h over a slot, 5 km/h over a minute", () => {
  for (const [seconds, expected] of [
    [15, 20.4],
    [60, 5.1],
  ] as const) {
    const speed = speedBetween(fix(site, 0, 0.06), fix(destination(site, 80, seconds / 60), seconds, 0.06))!;
    assert.ok(Math.abs(speed.speedKmh - 60) < 0.01);
    assert.ok(Math.abs(speed.errorKmh - expected) < 0.05, `${speed.errorKmh}`);
  }
});

test("a train at 74 km/h is not above 75, nor at 79 over one minute; at 100 it is", () => {
  const at = (kmh: number) =>
    speedBetween(fix(site, 0, 0.06), fix(destination(site, 80, kmh / 60), 60, 0.06))!;
  assert.deepEqual(
    [74, 79, 100].map(kmh => isFasterThan(at(kmh), 75)),
    [false, false, true],
  );
});

test("no speed from places that may be another, nor backwards", () => {
  assert.equal(speedBetween(fix(site, 0, 0.1, [{ latDeg: 43 }]), fix(site, 60, 0.1)), null);
  assert.equal(speedBetween(fix(site, 60, 0.1), fix(site, 60, 0.1)), null);
  assert.notEqual(
    speedBetween(fix(site, 0, 0.1, [{ latDeg: 43, standing: "beam" }]), fix(site, 60, 0.1)),
    null,
  );
});

test("one identity in two places: far apart, too fast, and beyond the places' errors", () => {
  const far = destination(site, 10, 200);
  assert.equal(encounterOf(fix(site, 0, 0.1), fix(far, 60, 0.1))!.impossible, true);
  assert.equal(encounterOf(fix(site, 0, 0.1), fix(far, 3600, 0.1))!.impossible, false);
  assert.equal(encounterOf(fix(site, 0, 0.1), fix(destination(site, 10, 45), 1, 0.1))!.impossible, false);
  assert.equal(encounterOf(fix(site, 0, 20), fix(far, 60, 20))!.impossible, false);
  assert.equal(encounterOf(fix(site, 0, 0.1), fix(far, 0, 0.1))!.speedKmh, Number.POSITIVE_INFINITY);
});
