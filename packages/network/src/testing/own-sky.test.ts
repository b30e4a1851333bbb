// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, createPropagator, ecefToGeodetic, lookAngles, observerFrame } from "@perigee/orbit";
import fc from "fast-check";
import { gsoArc, gsoSeparationDeg } from "../gso.ts";
import { elevationDeg, groundAt, type Points, ringAngleDeg, skyAt, steerDeg } from "./own-sky.ts";

const AT_MS = Date.UTC(2026, 4, 31, 3, 7, 12);
const fleet = builtInElements(AT_MS).elements.filter((_, i) => i % 40 === 0);
const [sky] = skyAt(fleet, [AT_MS]) as [Points];
const place = fc.record({
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
});
/** So many degrees from the point below a satellite it is above the horizon, mostly. */
const offset = fc.double({ min: -12, max: 12, noNaN: true });
const satellite = fc.nat(fleet.length - 1);

test("two readings of the sky agree: places within a metre, elevations within 0.0001 degrees", () => {
  const theirs = createPropagator(fleet).propagate(AT_MS);
  for (let i = 0; i < fleet.length; i++) {
    const apart = Math.hypot(
      sky.x[i]! - theirs.xKm[i]!,
      sky.y[i]! - theirs.yKm[i]!,
      sky.z[i]! - theirs.zKm[i]!,
    );
    assert.ok(apart < 0.001, `satellite ${i}: ${apart} km`);
  }
  fc.assert(
    fc.property(place, satellite, (where, i) => {
      const point = { xKm: sky.x[i]!, yKm: sky.y[i]!, zKm: sky.z[i]! };
      const other = lookAngles({ ...where, altitudeKm: 0 }, point).elevationDeg;
      assert.ok(Math.abs(elevationDeg(groundAt([where]), 0, sky, i) - other) < 1e-4);
    }),
  );
});

test("the sampled ring and the closed form of the geostationary arc agree within a sample", () => {
  let near = 0;
  fc.assert(
    fc.property(offset, offset, satellite, fc.constantFrom(18, 22), (north, east, i, least) => {
      const below = ecefToGeodetic({ xKm: sky.x[i]!, yKm: sky.y[i]!, zKm: sky.z[i]! });
      const where = {
        latDeg: Math.max(-90, Math.min(90, below.latDeg + north)),
        lonDeg: below.lonDeg + east,
      };
      const ground = groundAt([where]);
      if (!(elevationDeg(ground, 0, sky, i) > 0)) return;
      const arc = gsoArc(observerFrame({ ...where, altitudeKm: 0 }));
      const exact = gsoSeparationDeg(arc, sky.x[i]!, sky.y[i]!, sky.z[i]!);
      const sampled = ringAngleDeg(ground, 0, sky, i, least);
      if (exact >= least) return assert.ok(sampled >= least - 1e-6);
      if (exact < least - 2) return assert.ok(sampled > exact - 1e-3 && sampled < least - 1.9);
      near += 1;
      assert.ok(sampled > exact - 1e-3 && sampled < exact + 0.03, `${sampled} and ${exact}`);
    }),
    { numRuns: 8000, seed: 11 },
  );
  assert.ok(near > 60, `${near} are near the arc`);
});

test("straight below a satellite nothing needs to be steered, at the horizon as much as the Earth is wide", () => {
  const [x, y, z] = [sky.x[3]!, sky.y[3]!, sky.z[3]!];
  const radius = Math.hypot(x, y, z);
  const below: Points = {
    x: Float64Array.of((x / radius) * 6371),
    y: Float64Array.of((y / radius) * 6371),
    z: Float64Array.of((z / radius) * 6371),
  };
  assert.ok(steerDeg(below, 0, sky, 3) < 1e-5);
  // The angle between a and b is that of a triangle with sides known: the law of cosines.
  const other: Points = { x: Float64Array.of(6378), y: Float64Array.of(0), z: Float64Array.of(0) };
  const side = Math.hypot(x - 6378, y, z);
  const angle = Math.acos((radius ** 2 + side ** 2 - 6378 ** 2) / (2 * radius * side));
  assert.ok(Math.abs(steerDeg(other, 0, sky, 3) - (angle * 180) / Math.PI) < 1e-6);
});
