// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bearingDeg,
  destination,
  distanceKm,
  EARTH_RADIUS_KM,
  interpolateGreatCircle,
  type Position,
  wrapLongitudeDeg,
} from "./index.ts";

const at = (latDeg: number, lonDeg: number): Position => ({ latDeg, lonDeg });
const dms = (d: number, m: number, s: number) => Math.sign(d) * (Math.abs(d) + m / 60 + s / 3600);
const near = (actual: number, expected: number, tolerance: number, what = "") =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} is not ${expected} ± ${tolerance}`);

test("published geodesics on the ellipsoid, within the sphere's 0.56 %", () => {
  const samples: [string, Position, Position, number][] = [
    // Geocentric Datum of Australia, Technical Manual, ch. 4: Flinders Peak to Buninyong.
    [
      "GDA",
      at(dms(-37, 57, 3.7203), dms(144, 25, 29.5244)),
      at(dms(-37, 39, 10.1561), dms(143, 55, 35.3839)),
      54.972271,
    ],
    // GeographicLib documentation, GeodSolve: JFK to LHR.
    ["JFK–LHR", at(40.6, -73.8), at(51.6, -0.5), 5551.7594],
    // GeographicLib documentation, Python: Wellington to Salamanca, nearly antipodes.
    ["WLG–SLM", at(-41.32, 174.81), at(40.96, -5.5), 19959.679267],
    // GRS 80: the quarter meridian and a quarter of the equator.
    ["meridian", at(0, 12), at(90, 12), 10001.965729],
    ["equator", at(0, 135), at(0, -135), 10018.754171],
  ];
  for (const [name, from, to, km] of samples) near(distanceKm(from, to), km, km * 0.0056, name);
});

test("the initial bearing of published geodesics, within 0.2°", () => {
  const flinders = at(dms(-37, 57, 3.7203), dms(144, 25, 29.5244));
  near(
    bearingDeg(flinders, at(dms(-37, 39, 10.1561), dms(143, 55, 35.3839))),
    dms(306, 52, 5.37),
    0.2,
    "GDA",
  );
  near(bearingDeg(at(40.6, -73.8), at(51.6, -0.5)), 51.198883, 0.2, "JFK–LHR");
});

test("exact on the sphere: a degree of meridian, the antipode, across the antimeridian, nothing", () => {
  const degreeKm = (EARTH_RADIUS_KM * Math.PI) / 180;
  near(distanceKm(at(10, 20), at(11, 20)), degreeKm, 1e-9);
  near(distanceKm(at(0, 0), at(0, 180)), Math.PI * EARTH_RADIUS_KM, 1e-3);
  near(distanceKm(at(0, 179.5), at(0, -179.5)), degreeKm, 1e-9);
  assert.equal(distanceKm(at(51, 4), at(51, 4)), 0);
  near(distanceKm(at(51, 4), at(51.00001, 4)), degreeKm * 1e-5, 1e-9, "a metre");
});

test("cardinal bearings", () => {
  near(bearingDeg(at(0, 0), at(1, 0)), 0, 1e-12);
  near(bearingDeg(at(0, 0), at(0, 1)), 90, 1e-12);
  near(bearingDeg(at(0, 0), at(-1, 0)), 180, 1e-12);
  near(bearingDeg(at(0, 0), at(0, -1)), 270, 1e-12);
  near(bearingDeg(at(0, 179), at(0, -179)), 90, 1e-12);
});

const position = fc.record({
  latDeg: fc.double({ min: -89.9, max: 89.9, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 180, noNaN: true, maxExcluded: true }),
});

test("going a distance on a bearing arrives at that distance", () => {
  const km = fc.double({ min: 0.001, max: 19_000, noNaN: true });
  const bearing = fc.double({ min: 0, max: 360, noNaN: true, maxExcluded: true });
  fc.assert(
    fc.property(position, bearing, km, (from, initialBearingDeg, length) => {
      const to = destination(from, initialBearingDeg, length);
      assert.ok(to.lonDeg >= -180 && to.lonDeg < 180 && Math.abs(to.latDeg) <= 90);
      near(distanceKm(from, to), length, 1e-4);
    }),
  );
});

test("a point between two divides their distance, and lies on neither side", () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(position, position, fraction, (a, b, part) => {
      const whole = distanceKm(a, b);
      fc.pre(whole < 19_900);
      const middle = interpolateGreatCircle(a, b, part);
      near(distanceKm(a, middle), whole * part, 1e-3);
      near(distanceKm(middle, b), whole * (1 - part), 1e-3);
    }),
  );
});

test("longitudes wrap into -180 ≤ λ < 180", () => {
  const samples = [
    [180, -180],
    [-180, -180],
    [190, -170],
    [-190, 170],
    [540, -180],
    [359, -1],
    [0, 0],
  ] as const;
  for (const [from, to] of samples) assert.equal(wrapLongitudeDeg(from), to);
});
