// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toEcefKm, toGeodetic } from "./geodetic.ts";
import { subsolarPoint } from "./sun.ts";

test("the axes of WGS 84 are where the standard puts them", () => {
  const [x] = toEcefKm({ latDeg: 0, lonDeg: 0, altitudeKm: 0 });
  const [, , z] = toEcefKm({ latDeg: 90, lonDeg: 0, altitudeKm: 0 });
  assert.ok(Math.abs(x - 6378.137) < 1e-9);
  assert.ok(Math.abs(z - 6356.752314245) < 1e-6, "semi-minor axis, NGA.STND.0036");
});

test("there and back, from the ground to 2,000 km", () => {
  const places = fc.record({
    latDeg: fc.double({ min: -89, max: 89, noNaN: true }),
    lonDeg: fc.double({ min: -179.9, max: 179.9, noNaN: true }),
    altitudeKm: fc.double({ min: 0, max: 2000, noNaN: true }),
  });
  fc.assert(
    fc.property(places, place => {
      const back = toGeodetic(...toEcefKm(place));
      assert.ok(Math.abs(back.latDeg - place.latDeg) < 1e-4);
      assert.ok(Math.abs(back.lonDeg - place.lonDeg) < 1e-9);
      assert.ok(Math.abs(back.altitudeKm - place.altitudeKm) < 0.01);
    }),
  );
});

// Declinations and equation of time from the Astronomical Almanac 2026 events: equinox 20 March 14:46 UTC, solstice
// 21 June 08:24 UTC; at an equinox the sun is over the equator, at the solstice over 23.436° N.
test("the sun is over the equator at the equinox and over the tropic at the solstice", () => {
  assert.ok(Math.abs(subsolarPoint(Date.UTC(2026, 2, 20, 14, 46)).latDeg) < 0.02);
  assert.ok(Math.abs(subsolarPoint(Date.UTC(2026, 5, 21, 8, 24)).latDeg - 23.436) < 0.02);
});

test("at noon UTC the sun is near Greenwich, off by the equation of time", () => {
  // 3 November: the sun is 16 min 25 s ahead of the mean sun, so it stands 4.1° west at 12:00.
  const { lonDeg } = subsolarPoint(Date.UTC(2026, 10, 3, 12));
  assert.ok(Math.abs(lonDeg + 4.1) < 0.1, String(lonDeg));
});
