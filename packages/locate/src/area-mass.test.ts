// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AreaRings, guardBandKm, massInside } from "./area-mass.ts";
import { ellipseOf } from "./kernel/ellipse.ts";
import type { Solution } from "./solutions.ts";
import { chance } from "./testing/scene.ts";

/** Km per degree at 48 north on the ellipsoid (NGA's table of lengths of a degree). */
const KM_NORTH = 111.2;
const KM_EAST = 74.628;

function place(eastKm: number, northKm: number, correlation: number, over: Partial<Solution> = {}): Solution {
  const covariance = {
    eastKm2: eastKm ** 2,
    northKm2: northKm ** 2,
    eastNorthKm2: correlation * eastKm * northKm,
  };
  return {
    latDeg: 48,
    lonDeg: 38,
    heightKm: 0,
    misfit: 0,
    covariance,
    ellipse: ellipseOf(covariance),
    standing: "possible",
    ...over,
  };
}

const box = (west: number, south: number, east: number, north: number): AreaRings[number] => [
  [38 + west / KM_EAST, 48 + south / KM_NORTH],
  [38 + east / KM_EAST, 48 + south / KM_NORTH],
  [38 + east / KM_EAST, 48 + north / KM_NORTH],
  [38 + west / KM_EAST, 48 + north / KM_NORTH],
];

function mass(solutions: readonly Solution[], rings: AreaRings): number {
  const result = massInside(solutions, rings);
  assert.ok(result.ok);
  return result.value;
}

test("a half-plane holds what the normal distribution says", () => {
  // Phi(0), Phi(1), Phi(-2), Phi(3): Abramowitz and Stegun, table 26.1.
  for (const [sigmas, expected] of [
    [0, 0.5],
    [1, 0.8413447],
    [-2, 0.0227501],
    [3, 0.9986501],
  ] as const) {
    const found = mass([place(0.5, 0.2, 0)], [box(-40, -40, sigmas * 0.5, 40)]);
    assert.ok(Math.abs(found - expected) < 2e-4, `${sigmas}: ${found}`);
  }
});

test("any polygon holds what throwing points at it counts", () => {
  const spiky: AreaRings[number] = [
    [38.01, 47.995],
    [38.02, 48.02],
    [38.003, 48.002],
    [37.98, 48.015],
    [37.998, 47.999],
    [37.97, 47.98],
  ];
  for (const [east, north, correlation] of [
    [0.7, 0.7, 0],
    [1.5, 0.4, 0.8],
    [0.3, 2, -0.6],
  ] as const) {
    const { gauss } = chance(11);
    let inside = 0;
    const throws = 60_000;
    for (let k = 0; k < throws; k++) {
      const a = gauss();
      const b = correlation * a + Math.sqrt(1 - correlation ** 2) * gauss();
      const [x, y] = [38 + (a * east) / KM_EAST, 48 + (b * north) / KM_NORTH];
      let odd = false;
      for (const [i, [x1, y1]] of spiky.entries()) {
        const [x2, y2] = spiky[(i + 1) % spiky.length]!;
        if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
      }
      if (odd) inside++;
    }
    const found = mass([place(east, north, correlation)], [spiky]);
    assert.ok(Math.abs(found - inside / throws) < 0.008, `${found}, thrown ${inside / throws}`);
  }
});

test("holes are left out, whichever way rings turn, and parts add up", () => {
  const at = [place(1, 1, 0)];
  const whole = mass(at, [box(-2, -2, 2, 2)]);
  const hole = mass(at, [box(-1, -1, 0.5, 1)]);
  const reversed = box(-1, -1, 0.5, 1).toReversed();
  assert.ok(Math.abs(mass(at, [box(-2, -2, 2, 2), reversed]) - (whole - hole)) < 1e-9);
  const halves = mass(at, [box(-2, -2, 0.3, 2)]) + mass(at, [box(0.3, -2, 2, 2)]);
  assert.ok(Math.abs(halves - whole) < 1e-9);
  assert.ok(mass(at, [box(5, 5, 9, 9)]) < 1e-6);
});

test("of two places each counts as it explains the measurements; excluded ones do not count", () => {
  const far = place(1, 1, 0, { latDeg: 42 });
  assert.ok(Math.abs(mass([place(1, 1, 0), far], [box(-9, -9, 9, 9)]) - 0.5) < 1e-6);
  const worse = { ...far, misfit: 2 * Math.log(3) };
  assert.ok(Math.abs(mass([place(1, 1, 0), worse], [box(-9, -9, 9, 9)]) - 0.75) < 1e-6);
  const outOfBeam = { ...far, standing: "beam" } as const;
  assert.ok(mass([place(1, 1, 0), outOfBeam], [box(-9, -9, 9, 9)]) > 0.999999);
  assert.equal(mass([outOfBeam], [box(-9, -9, 9, 9)]), 0);
});

test("an area that is none is refused with its place", () => {
  const none = massInside([place(1, 1, 0)], []);
  assert.ok(!none.ok && none.error.code === "polygonInvalid");
  const bad = massInside(
    [place(1, 1, 0)],
    [
      [
        [38, 48],
        [39, 99],
        [38, 49],
      ],
    ],
  );
  assert.ok(!bad.ok && bad.error.place === "rings[0][1]");
});

test("a guard band is as wide as the greatest doubt", () => {
  const doubt = { placeErrorKm: 0.06, mapErrorKm: 0.1, ageDays: 1, driftKmPerDay: 0.2 };
  assert.equal(guardBandKm(doubt), 0.3);
  assert.equal(guardBandKm({ ...doubt, mapErrorKm: 4 }), 4);
  assert.equal(guardBandKm({ ...doubt, ageDays: 10 }), 2);
});
