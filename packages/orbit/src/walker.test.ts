// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { altitudeFromMeanMotionKm, meanMotionFromAltitude } from "./mean-motion.ts";
import { createPropagator } from "./propagator.ts";
import { type WalkerSpec, walkerShell } from "./walker.ts";

const EPOCH = Date.UTC(2026, 4, 21, 6);
const SPEC: WalkerSpec = {
  kind: "delta",
  inclinationDeg: 53.2,
  altitudeKm: 540,
  satellites: 1296,
  planes: 72,
  phasing: 45,
};

function made(spec: WalkerSpec) {
  const result = walkerShell(spec, EPOCH);
  assert.ok(result.ok, result.ok ? "" : result.error.message);
  return result.value;
}
const turn = (deg: number) => ((deg % 360) + 360) % 360;

test("53.2:1296/72/45: 72 planes 5 degrees apart, 18 slots 20 degrees apart, a step of 12.5", () => {
  const sets = made(SPEC);
  assert.equal(sets.length, 1296);
  const latitude = sets.map(set => turn(set.argumentOfPerigeeDeg + set.meanAnomalyDeg));
  assert.deepEqual([sets[0]!.raanDeg, sets[18]!.raanDeg, sets[1295]!.raanDeg], [0, 5, 355]);
  assert.deepEqual([latitude[0], latitude[1], latitude[17], latitude[18]], [0, 20, 340, 12.5]);
  // Once round the Earth the pattern closes: plane 72 would be plane 0, phase 72 * 12.5 = 45 slots of 20 degrees.
  assert.equal(turn(72 * 12.5) % 20, 0);
});

test("a star spreads its planes over half a turn", () => {
  const sets = made({
    ...SPEC,
    kind: "star",
    inclinationDeg: 87.9,
    altitudeKm: 1200,
    satellites: 588,
    planes: 12,
    phasing: 0,
  });
  assert.deepEqual(
    [...new Set(sets.map(set => set.raanDeg))],
    Array.from({ length: 12 }, (_, p) => p * 15),
  );
});

test("periods of the published geometry table", () => {
  // network geometry: T = 91.6, 94.1, 95.5, 97.2, 109.3 minutes at 360, 480, 550, 630, 1200 km.
  for (const [km, minutes] of [
    [360, 91.6],
    [480, 94.1],
    [550, 95.5],
    [630, 97.2],
    [1200, 109.3],
  ] as const) {
    assert.ok(Math.abs(1440 / meanMotionFromAltitude(km) - minutes) < 0.15);
    assert.ok(Math.abs(altitudeFromMeanMotionKm(meanMotionFromAltitude(km)) - km) < 1e-6);
  }
});

test("SGP4 keeps the shell near its altitude, its satellites in step and without drag", () => {
  const sets = made({ ...SPEC, satellites: 72, planes: 6, phasing: 1 });
  const propagator = createPropagator(sets);
  for (const hours of [0, 5, 240]) {
    const states = propagator.propagate(EPOCH + hours * 3_600_000);
    for (let i = 0; i < sets.length; i++) {
      const altitude = Math.hypot(states.xKm[i]!, states.yKm[i]!, states.zKm[i]!) - 6378.137;
      assert.ok(Math.abs(altitude - 540) < 15, `${altitude} km after ${hours} h`);
    }
  }
});

test("property: filled slots, spares and occupied planes are as many as asked, and spread evenly", () => {
  const specs = fc
    .record({ planes: fc.integer({ min: 1, max: 40 }), slots: fc.integer({ min: 1, max: 40 }) })
    .chain(({ planes, slots }) =>
      fc.integer({ min: 1, max: planes }).chain(occupiedPlanes =>
        fc.integer({ min: 1, max: occupiedPlanes * slots }).chain(filled =>
          fc.record({
            planes: fc.constant(planes),
            slots: fc.constant(slots),
            occupiedPlanes: fc.constant(occupiedPlanes),
            filled: fc.constant(filled),
            spares: fc.integer({ min: 0, max: filled }),
          }),
        ),
      ),
    );
  fc.assert(
    fc.property(specs, ({ planes, slots, occupiedPlanes, filled, spares }) => {
      const sets = made({
        ...SPEC,
        planes,
        satellites: planes * slots,
        phasing: 0,
        occupiedPlanes,
        filled,
        spares,
      });
      assert.equal(sets.length, filled + spares);
      assert.equal(new Set(sets.map(set => set.catalogNumber)).size, sets.length);
      const perPlane = new Map<number, number>();
      for (const set of sets.slice(0, filled))
        perPlane.set(set.raanDeg, (perPlane.get(set.raanDeg) ?? 0) + 1);
      const counts = [...perPlane.values()];
      assert.ok(perPlane.size === Math.min(occupiedPlanes, filled));
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, "no plane holds two more than another");
    }),
  );
});

test("a pattern that cannot be is refused by field", () => {
  for (const [change, place] of [
    [{ planes: 0 }, ".planes"],
    [{ satellites: 1300 }, ".satellites"],
    [{ phasing: 72 }, ".phasing"],
    [{ inclinationDeg: Number.NaN }, ".inclinationDeg"],
    [{ altitudeKm: 50 }, ".altitudeKm"],
    [{ occupiedPlanes: 73 }, ".occupiedPlanes"],
    [{ filled: 1297 }, ".filled"],
    [{ spares: -1 }, ".spares"],
    [{ raanDeg: Number.POSITIVE_INFINITY }, ".raanDeg"],
    [{ firstCatalogNumber: 0 }, ".firstCatalogNumber"],
  ] as const) {
    const result = walkerShell({ ...SPEC, ...change }, EPOCH);
    assert.deepEqual(result.ok ? "" : [result.error.code, result.error.place], ["range", place]);
  }
});
