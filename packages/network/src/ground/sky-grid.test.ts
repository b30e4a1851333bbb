// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, createPropagator, observerFrame } from "@perigee/orbit";
import fc from "fast-check";
import { gsoArc, gsoSeparationDeg } from "../gso.ts";
import { satellitesAbove } from "../visibility.ts";
import { createGsoGuard } from "./gso-guard.ts";
import { createSkyGrid } from "./sky-grid.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12);
const fleet = createPropagator(builtInElements(EPOCH).elements).propagate(EPOCH);
const count = fleet.count;
const usable = Uint8Array.from({ length: count }, (_, i) => (i % 7 === 3 ? 0 : 1));
const grid = createSkyGrid(count);
grid.fill(fleet, usable);

const place = fc.record({
  latDeg: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(90, -90, 0, 89.99)),
  lonDeg: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(180, -180, 179.999)),
  altitudeKm: fc.constant(0),
});

test("the grid finds what a look at every satellite finds, at any place and elevation", () => {
  const found = new Int32Array(count);
  const all = new Int32Array(count);
  fc.assert(
    fc.property(place, fc.double({ min: 0, max: 89, noNaN: true }), (at, minElevationDeg) => {
      const frame = observerFrame(at);
      const mine = found.subarray(0, grid.above(frame, minElevationDeg, found)).toSorted();
      const theirs = all.subarray(0, satellitesAbove(frame, fleet, usable, minElevationDeg, all));
      assert.deepEqual(mine, theirs);
    }),
    { numRuns: 400 },
  );
});

test("the grid forgets the fleet before, and satellites that cannot be placed", () => {
  const other = createSkyGrid(3);
  const at = (x: number) => Float64Array.of(x, 7000, Number.NaN);
  const state = { ...fleet, xKm: at(7000), yKm: at(0), zKm: at(0) };
  const up = observerFrame({ latDeg: 0, lonDeg: 0, altitudeKm: 0 });
  const found = new Int32Array(3);
  other.fill(state, Uint8Array.of(1, 0, 1));
  assert.equal(other.above(up, 60, found), 1);
  assert.equal(found[0], 0);
  other.fill(state, Uint8Array.of(0, 0, 1));
  assert.equal(other.above(up, 60, found), 0);
});

test("the guard agrees with the golden-section search on every satellite above the horizon", t => {
  const found = new Int32Array(count);
  let near = 0;
  let asked = 0;
  fc.assert(
    fc.property(place, fc.constantFrom(2, 7.07, 18, 22, 40), (at, separationDeg) => {
      const frame = observerFrame(at);
      const arc = gsoArc(frame);
      const tooNear = createGsoGuard(frame, separationDeg);
      const seen = grid.above(frame, 5, found);
      for (let k = 0; k < seen; k++) {
        const i = found[k]!;
        const x = fleet.xKm[i]!;
        const y = fleet.yKm[i]!;
        const z = fleet.zKm[i]!;
        const truth = gsoSeparationDeg(arc, x, y, z);
        asked += 1;
        if (truth < separationDeg) near += 1;
        assert.equal(tooNear(x, y, z), truth < separationDeg, `${truth} at ${at.latDeg}, ${at.lonDeg}`);
      }
    }),
    { numRuns: 150 },
  );
  t.diagnostic(`${near} of ${asked} too near`);
  assert.ok(near > 1000 && asked - near > 1000);
});
