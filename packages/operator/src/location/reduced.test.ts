// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "@perigee/earth";
import type { RangeMeasurement } from "@perigee/locate";
import { geodeticToEcef } from "@perigee/orbit";
import { reducedTo } from "./reduced.ts";

const home = { latDeg: 52, lonDeg: 13 };
const state = {
  ...geodeticToEcef({ latDeg: 54, lonDeg: 16, altitudeKm: 550 }),
  vxKmS: 1,
  vyKmS: 2,
  vzKmS: 7,
};
const measured = (atMs: number): RangeMeasurement => ({ satellite: 1, atMs, state, roundTripUs: 5000 });

function rangeKm(at: { latDeg: number; lonDeg: number }, { state }: RangeMeasurement): number {
  const foot = geodeticToEcef({ ...at, altitudeKm: 0 });
  return Math.hypot(state.xKm - foot.xKm, state.yKm - foot.yKm, state.zKm - foot.zKm);
}

test("whatever turns a terminal took, its ranges fit where it says that it is last", () => {
  // North, then east, then back: 1 km each 15 s, 240 km/h.
  const a = home;
  const b = destination(a, 0, 1);
  const c = destination(b, 90, 1);
  const d = destination(c, 270, 0.5);
  const reports = [a, b, c, d].map((at, k) => ({ ...at, atMs: 15_000 * k }));
  const instants = [0, 5_000, 15_000, 20_000, 30_000, 40_000, 45_000];
  const really = [
    a,
    destination(a, 0, 1 / 3),
    b,
    destination(b, 90, 1 / 3),
    c,
    destination(c, 270, 1 / 3),
    d,
  ];
  const reduced = reducedTo(instants.map(measured), reports);
  for (const [i, atMs] of instants.entries()) {
    const difference = rangeKm(d, reduced[i]!) - rangeKm(really[i]!, measured(atMs));
    assert.ok(Math.abs(difference) < 1e-4, `${atMs}: ${difference} km`);
  }
  // 1 km in 15 s to the north: what the satellite seems to come nearer by is the terminal's own.
  const own = Math.hypot(
    ...(["vxKmS", "vyKmS", "vzKmS"] as const).map(axis => state[axis] - reduced[1]!.state[axis]),
  );
  assert.ok(Math.abs(own - 1 / 15) < 1e-4);
});

test("nothing moves without a second report, nor after the last one", () => {
  const reports = [0, 15_000].map(atMs => ({ ...destination(home, 0, atMs / 15_000), atMs }));
  assert.deepEqual(reducedTo([measured(5_000)], reports.slice(0, 1)), [measured(5_000)]);
  assert.deepEqual(reducedTo([measured(17_000)], reports), [measured(17_000)]);
});
