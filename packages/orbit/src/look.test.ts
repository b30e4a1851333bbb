// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ecfToLookAngles } from "satellite.js";
import { geodeticToEcef } from "./geodetic.ts";
import { lookAngles } from "./look.ts";

const DEG = Math.PI / 180;
const close = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} within ${tolerance}`);

const kyiv = { latDeg: 50.45, lonDeg: 30.52, altitudeKm: 0.18 };

test("the zenith is at 90 degrees, and its range is the height", () => {
  const look = lookAngles(kyiv, geodeticToEcef({ ...kyiv, altitudeKm: 480.18 }));
  close(look.elevationDeg, 90, 1e-6);
  close(look.rangeKm, 480, 1e-9);
  assert.ok(Number.isNaN(look.rangeRateKmS));
});

test("azimuth counts clockwise from north", () => {
  for (const [latDeg, lonDeg, azimuthDeg] of [
    [1, 0, 0],
    [0, 1, 90],
    [-1, 0, 180],
    [0, -1, 270],
  ] as const) {
    const look = lookAngles(
      { latDeg: 0, lonDeg: 0, altitudeKm: 0 },
      geodeticToEcef({ latDeg, lonDeg, altitudeKm: 500 }),
    );
    close(look.azimuthDeg, azimuthDeg, 1e-9);
  }
});

test("slant ranges of the published geometry: spherical Earth, 25 degrees, 550 km", () => {
  // At the pole the tangent plane and the sphere through it meet the closed form with Re = b + observer's height.
  const re = 6356.752314245179;
  const psi = Math.acos((re / (re + 550)) * Math.cos(25 * DEG)) - 25 * DEG;
  const satellite = { xKm: (re + 550) * Math.sin(psi), yKm: 0, zKm: (re + 550) * Math.cos(psi) };
  const look = lookAngles({ latDeg: 90, lonDeg: 0, altitudeKm: 0 }, satellite);
  close(look.elevationDeg, 25, 1e-9);
  close(
    look.rangeKm,
    Math.sqrt((re + 550) ** 2 - (re * Math.cos(25 * DEG)) ** 2) - re * Math.sin(25 * DEG),
    1e-8,
  );
});

test("range rate is the rate of the range", () => {
  const at = (s: number) => ({ xKm: 3800 + 3 * s, yKm: 2600 - 5 * s, zKm: 5200 + 4 * s });
  const look = lookAngles(kyiv, { ...at(0), vxKmS: 3, vyKmS: -5, vzKmS: 4 });
  close(look.rangeRateKmS, lookAngles(kyiv, at(0.5)).rangeKm - lookAngles(kyiv, at(-0.5)).rangeKm, 1e-4);
});

test("property: agrees with satellite.js", () => {
  const angle = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
  fc.assert(
    fc.property(angle(89), angle(179), angle(89), angle(179), (latDeg, lonDeg, satLat, satLon) => {
      const { xKm: x, yKm: y, zKm: z } = geodeticToEcef({ latDeg: satLat, lonDeg: satLon, altitudeKm: 550 });
      const ours = lookAngles({ latDeg, lonDeg, altitudeKm: 0.1 }, { xKm: x, yKm: y, zKm: z });
      const theirs = ecfToLookAngles(
        { latitude: latDeg * DEG, longitude: lonDeg * DEG, height: 0.1 },
        { x, y, z },
      );
      close(ours.rangeKm, theirs.rangeSat, 1e-5);
      close(ours.elevationDeg, theirs.elevation / DEG, 1e-4);
      const turn = Math.abs(ours.azimuthDeg - theirs.azimuth / DEG) % 360;
      assert.ok(Math.min(turn, 360 - turn) * Math.cos(ours.elevationDeg * DEG) < 1e-4);
    }),
  );
});
