// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eciToGeodetic } from "satellite.js";
import { ecefToGeodetic, geodeticToEcef, WGS84 } from "./geodetic.ts";

const close = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} within ${tolerance}`);

test("Earth-fixed to geodetic: Vallado (2013), example 3-3", () => {
  const place = ecefToGeodetic({ xKm: 6524.834, yKm: 6862.875, zKm: 6448.296 });
  close(place.latDeg, 34.352496, 1e-6);
  close(place.lonDeg, 46.4464, 1e-4);
  close(place.altitudeKm, 5085.22, 1e-2);
});

test("the axes: equator and poles", () => {
  assert.deepEqual(geodeticToEcef({ latDeg: 0, lonDeg: 0, altitudeKm: 0 }), {
    xKm: WGS84.aKm,
    yKm: 0,
    zKm: 0,
  });
  const pole = ecefToGeodetic({ xKm: 0, yKm: 0, zKm: -(WGS84.bKm + 500) });
  close(pole.latDeg, -90, 1e-12);
  close(pole.altitudeKm, 500, 1e-9);
});

const places = fc.record({
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -179.999999, max: 180, noNaN: true }),
  altitudeKm: fc.double({ min: -11, max: 36_000, noNaN: true }),
});

test("property: geodetic to Earth-fixed and back, within a micrometre", () => {
  fc.assert(
    fc.property(places, place => {
      const ecef = geodeticToEcef(place);
      const back = ecefToGeodetic(ecef);
      const again = geodeticToEcef(back);
      assert.ok(Math.hypot(again.xKm - ecef.xKm, again.yKm - ecef.yKm, again.zKm - ecef.zKm) < 1e-9);
      close(back.latDeg, place.latDeg, 1e-11);
      close(back.altitudeKm, place.altitudeKm, 1e-9);
    }),
  );
});

test("property: agrees with satellite.js", () => {
  fc.assert(
    fc.property(places, place => {
      fc.pre(Math.abs(place.latDeg) < 89.9);
      const { xKm: x, yKm: y, zKm: z } = geodeticToEcef(place);
      const theirs = eciToGeodetic({ x, y, z }, 0);
      const ours = ecefToGeodetic({ xKm: x, yKm: y, zKm: z });
      close(ours.latDeg, (theirs.latitude * 180) / Math.PI, 1e-9);
      close(ours.altitudeKm, theirs.height, 1e-5);
    }),
  );
});
