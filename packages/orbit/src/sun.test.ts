// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { shadowFraction, sunPos } from "satellite.js";
import type { Ecef } from "./frames.ts";
import { gmstRad } from "./frames.ts";
import { isSunlit, sunEcef } from "./sun.ts";

const DEG = Math.PI / 180;
const AU_KM = 149_597_870.7;

function angleDeg(a: Ecef, b: Ecef): number {
  const cross = [a.yKm * b.zKm - a.zKm * b.yKm, a.zKm * b.xKm - a.xKm * b.zKm, a.xKm * b.yKm - a.yKm * b.xKm];
  return Math.atan2(Math.hypot(...cross), a.xKm * b.xKm + a.yKm * b.yKm + a.zKm * b.zKm) / DEG;
}

function turned(x: number, y: number, z: number, angleRad: number): Ecef {
  const [c, s] = [Math.cos(angleRad), Math.sin(angleRad)];
  return { xKm: c * x + s * y, yKm: c * y - s * x, zKm: z };
}

test("the sun: Vallado (2013), example 5-1, within the formula's 0.01 degrees", () => {
  const atMs = Date.UTC(2006, 3, 2);
  const published = turned(0.9771945, 0.1924424, 0.0834308, gmstRad(atMs));
  const sun = sunEcef(atMs);
  assert.ok(angleDeg(sun, published) < 0.01);
  assert.ok(Math.abs(Math.hypot(sun.xKm, sun.yKm, sun.zKm) / AU_KM - 0.9994785) < 1e-4);
});

test("declination at the equinoxes and solstices of 2026 (almanac times)", () => {
  for (const [atMs, declinationDeg] of [
    [Date.UTC(2026, 2, 20, 14, 46), 0],
    [Date.UTC(2026, 5, 21, 8, 24), 23.436],
    [Date.UTC(2026, 8, 23, 0, 5), 0],
    [Date.UTC(2026, 11, 21, 20, 50), -23.436],
  ] as const) {
    const sun = sunEcef(atMs);
    const declination = Math.atan2(sun.zKm, Math.hypot(sun.xKm, sun.yKm)) / DEG;
    assert.ok(
      Math.abs(declination - declinationDeg) < 0.01,
      `${new Date(atMs).toISOString()}: ${declination}`,
    );
  }
});

test("property: agrees with satellite.js's sun from 1990 to 2050, within both formulae's 0.01 degrees", () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2050, 0, 1) }), atMs => {
      const { rsun } = sunPos(atMs / 86_400_000 + 2_440_587.5);
      assert.ok(angleDeg(sunEcef(atMs), turned(rsun.x, rsun.y, rsun.z, gmstRad(atMs))) < 0.02);
    }),
  );
});

test("property: sunlit exactly where satellite.js sees no shadow, the penumbra apart", () => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(unit, unit, unit, fc.integer({ min: 300, max: 2000 }), (x, y, z, altitudeKm) => {
      const length = Math.hypot(x, y, z);
      fc.pre(length > 0.1);
      const scale = (6378.137 + altitudeKm) / length;
      const sun = sunEcef(Date.UTC(2026, 4, 21));
      const shadow = shadowFraction(
        { x: sun.xKm / AU_KM, y: sun.yKm / AU_KM, z: sun.zKm / AU_KM },
        { x: x * scale, y: y * scale, z: z * scale },
      );
      fc.pre(shadow === 0 || shadow === 1);
      assert.equal(isSunlit({ xKm: x * scale, yKm: y * scale, zKm: z * scale }, sun), shadow === 0);
    }),
    { numRuns: 1000 },
  );
});
