// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { observerFrame } from "@perigee/orbit";
import fc from "fast-check";
import { gsoArc, gsoSeparationDeg, tooNearGso } from "./gso.ts";

/** Evenly spread: `fc.double` prefers numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map(millionths => millionths / 1e6);

const DEG = Math.PI / 180;

/** A point at a distance in a direction of the observer's sky. */
function inSky(
  place: { latDeg: number; lonDeg: number; altitudeKm: number },
  azimuth: number,
  elevation: number,
) {
  const frame = observerFrame(place);
  const east = Math.cos(elevation * DEG) * Math.sin(azimuth * DEG);
  const north = Math.cos(elevation * DEG) * Math.cos(azimuth * DEG);
  const up = Math.sin(elevation * DEG);
  const axis = (k: 0 | 1 | 2) => 900 * (east * frame.east[k] + north * frame.north[k] + up * frame.up[k]);
  return [frame.xKm + axis(0), frame.yKm + axis(1), frame.zKm + axis(2)] as const;
}

/** The angle by brute force: every 0.005 degree of the whole ring, those above the horizon. */
function bruteDeg(frame: ReturnType<typeof observerFrame>, point: readonly [number, number, number]): number {
  const to = (x: number, y: number, z: number) => [x - frame.xKm, y - frame.yKm, z - frame.zKm] as const;
  const d = to(...point);
  let best = 180;
  for (let k = 0; k < 72_000; k++) {
    const lon = (k / 200) * DEG;
    const g = to(42_164.2 * Math.cos(lon), 42_164.2 * Math.sin(lon), 0);
    if (g[0] * frame.up[0] + g[1] * frame.up[1] + g[2] * frame.up[2] < 0) continue;
    const cosine = (g[0] * d[0] + g[1] * d[1] + g[2] * d[2]) / (Math.hypot(...g) * Math.hypot(...d));
    best = Math.min(best, Math.acos(Math.min(1, cosine)) / DEG);
  }
  return best;
}

test("is the brute-force angle, anywhere in any sky", () => {
  fc.assert(
    fc.property(
      between(-80, 80),
      between(-180, 180),
      between(0, 360),
      between(5, 90),
      (latDeg, lonDeg, azimuth, elevation) => {
        const place = { latDeg, lonDeg, altitudeKm: 0.2 };
        const frame = observerFrame(place);
        const arc = gsoArc(frame);
        const point = inSky(place, azimuth, elevation);
        const separation = gsoSeparationDeg(arc, ...point);
        assert.ok(Math.abs(separation - bruteDeg(frame, point)) < 0.006);
        for (const limit of [7.07, 18, 22, separation - 0.001, separation + 0.001]) {
          assert.equal(tooNearGso(arc, ...point, limit), separation < limit);
        }
      },
    ),
    { numRuns: 80 },
  );
});

test("the arc culminates where antenna tables say: Kyiv 32 degrees, Oslo 22, the equator overhead", () => {
  // tan(elevation) = (cos(lat) - 0.15127) / sin(lat) on the satellite's own meridian (any VSAT handbook).
  for (const [latDeg, lonDeg] of [
    [50.45, 30.52],
    [59.91, 10.75],
    [0.001, 80],
  ] as const) {
    const place = { latDeg, lonDeg, altitudeKm: 0 };
    const culmination = Math.atan2(Math.cos(latDeg * DEG) - 0.15127, Math.sin(latDeg * DEG)) / DEG;
    const arc = gsoArc(observerFrame(place));
    // The ellipsoid moves the culmination by up to 0.03 degrees.
    assert.ok(gsoSeparationDeg(arc, ...inSky(place, 180, culmination)) < 0.05);
    assert.ok(Math.abs(gsoSeparationDeg(arc, ...inSky(place, 0, 90)) - (90 - culmination)) < 0.05);
  }
});

test("there is no arc to respect near the poles", () => {
  const place = { latDeg: 84, lonDeg: 0, altitudeKm: 0 };
  const arc = gsoArc(observerFrame(place));
  assert.equal(gsoSeparationDeg(arc, ...inSky(place, 180, 10)), 180);
  assert.equal(tooNearGso(arc, ...inSky(place, 180, 10), 22), false);
});
