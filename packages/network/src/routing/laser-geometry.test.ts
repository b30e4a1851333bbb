// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEphemeris, createPropagator } from "@perigee/orbit";
import { gridShell } from "./grid-shell.ts";
import { laserKm, trackingDegPerS } from "./laser-geometry.ts";

const EPOCH = Date.UTC(2026, 4, 21, 12);

test("reaches as far as geometry lets it: 4,631 km at 483 km, 5,014 at 550 (reference: 2 sqrt((R + h)^2 - (R + 80)^2))", () => {
  const fleet = createEphemeris(2);
  const length = (altitudeKm: number, km: number, laserRangeKm = 99_999) => {
    const half = Math.asin(km / 2 / (6371 + altitudeKm));
    for (const [k, sign] of [
      [0, 1],
      [1, -1],
    ] as const) {
      fleet.xKm[k] = (6371 + altitudeKm) * Math.cos(sign * half);
      fleet.yKm[k] = (6371 + altitudeKm) * Math.sin(sign * half);
    }
    return laserKm(fleet, 0, 1, { laserRangeKm, laserClearanceKm: 80 });
  };
  for (const [altitudeKm, limitKm] of [
    [483, 4631],
    [550, 5014],
  ] as const) {
    assert.ok(Math.abs(length(altitudeKm, limitKm - 5) - (limitKm - 5)) < 1e-6);
    assert.equal(length(altitudeKm, limitKm + 5), -1);
  }
  assert.ok(length(1200, 5399, 5400) > 0);
  assert.equal(length(1200, 5401, 5400), -1);
  fleet.xKm[1] = Number.NaN;
  assert.equal(laserKm(fleet, 0, 1, { laserRangeKm: 5400, laserClearanceKm: 80 }), -1);
});

type Vector = readonly [number, number, number];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const unit = (a: Vector): Vector => {
  const length = Math.sqrt(dot(a, a));
  return [a[0] / length, a[1] / length, a[2] / length];
};
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

test("turns as fast as the direction to the other changes in the satellite's radial, along-track, cross-track axes", () => {
  const propagator = createPropagator(
    gridShell({ planes: 12, perPlane: 10, inclinationDeg: 70, meanMotionRevPerDay: 15.1 }, EPOCH),
  );
  const state = new Float64Array(6);
  /** Direction from a to b along a's own axes, from inertial states. */
  const direction = (a: number, b: number, atMs: number): Vector => {
    const minutes = (atMs - EPOCH) / 60_000;
    propagator.temeState(b, minutes, state);
    const [bx, by, bz] = state;
    propagator.temeState(a, minutes, state);
    const r: Vector = [state[0]!, state[1]!, state[2]!];
    const radial = unit(r);
    const across = unit(cross(r, [state[3]!, state[4]!, state[5]!]));
    const line = unit([bx! - r[0], by! - r[1], bz! - r[2]]);
    return [dot(line, radial), dot(line, cross(across, radial)), dot(line, across)];
  };
  const turn = (a: number, b: number, atMs: number) => {
    const [p, q] = [direction(a, b, atMs - 500), direction(a, b, atMs + 500)];
    return (Math.asin(Math.hypot(...cross(p, q))) * 180) / Math.PI;
  };
  let fastest = 0;
  for (let k = 0; k < 40; k++) {
    const atMs = EPOCH + k * 150_000;
    const fleet = propagator.propagate(atMs);
    for (const [a, b] of [
      [0, 10],
      [3, 14],
      [0, 1],
      [57, 2],
    ] as const) {
      const expected = Math.max(turn(a, b, atMs), turn(b, a, atMs));
      const found = trackingDegPerS(fleet, a, b);
      assert.ok(Math.abs(found - expected) < 0.0005 + 0.002 * expected, `${found} and ${expected}`);
      fastest = Math.max(fastest, found);
    }
    assert.ok(trackingDegPerS(fleet, 0, 1) < 0.002);
  }
  assert.ok(fastest > 0.1);
});
