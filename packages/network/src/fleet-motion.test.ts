// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, createEphemeris, createPropagator } from "@perigee/orbit";
import { createFleetMotion } from "./fleet-motion.ts";
import { slotAt, slotStartMs } from "./slot.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12);
const fleet = builtInElements(EPOCH).elements.filter((_, i) => i % 25 === 0);
const propagator = createPropagator(fleet);
const count = fleet.length;

test("is within 10 m and 0.5 m/s of SGP4 at any instant", () => {
  const motion = createFleetMotion(propagator);
  const near = createEphemeris(count);
  const exact = createEphemeris(count);
  let worstKm = 0;
  let worstKmS = 0;
  for (let k = 0; k < 24; k++) {
    const atMs = EPOCH + k * 977_003;
    motion.fleetAt(atMs, near);
    propagator.propagate(atMs, exact);
    for (let i = 0; i < count; i++) {
      const d = (a: Float64Array, b: Float64Array) => a[i]! - b[i]!;
      worstKm = Math.max(
        worstKm,
        Math.hypot(d(near.xKm, exact.xKm), d(near.yKm, exact.yKm), d(near.zKm, exact.zKm)),
      );
      worstKmS = Math.max(
        worstKmS,
        Math.hypot(d(near.vxKmS, exact.vxKmS), d(near.vyKmS, exact.vyKmS), d(near.vzKmS, exact.vzKmS)),
      );
    }
  }
  assert.ok(worstKm < 0.01, `${worstKm} km`);
  assert.ok(worstKmS < 0.0005, `${worstKmS} km/s`);
});

test("depends on the instant alone: forwards, backwards and at the knots, to the last bit", () => {
  const slot = slotAt(EPOCH);
  const instants = Array.from({ length: 12 }, (_, k) => slotStartMs(slot + k));
  const forwards = createFleetMotion(propagator);
  const seen = instants.map(atMs => Array.from(forwards.fleetAt(atMs, createEphemeris(count)).xKm));
  const backwards = createFleetMotion(propagator);
  for (const [k, atMs] of [...instants.entries()].reverse()) {
    assert.deepEqual(Array.from(backwards.fleetAt(atMs, createEphemeris(count)).xKm), seen[k]);
    const point = new Float64Array(4);
    createFleetMotion(propagator).positionAt(7, atMs, point, 1);
    assert.equal(point[1], seen[k]![7]);
  }
});
