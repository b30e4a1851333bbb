// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { eciToEcf, gstime } from "satellite.js";
import { builtInElements } from "./built-in.ts";
import { epochMs } from "./elements.ts";
import { createEphemeris, SGP4_ERRORS, stateAt } from "./ephemeris.ts";
import { createPropagator } from "./propagator.ts";
import { needs } from "./recorded-data.ts";
import { parseTle } from "./tle.ts";
import { expectedStates, VERIFICATION_FILES, verificationSets } from "./verification-set.ts";

test("AIAA 2006-6753: all published states", needs(...VERIFICATION_FILES), t => {
  const sets = verificationSets();
  const expected = expectedStates();
  assert.equal(sets.length, 33);
  assert.equal(expected.length, 33);
  const propagator = createPropagator(sets);
  const state = new Float64Array(6);
  let states = 0;
  let worstKm = 0;
  let worstKmS = 0;
  const failed: string[] = [];
  expected.forEach((rows, index) => {
    for (const [minutes, ...published] of rows) {
      states += 1;
      const code = propagator.temeState(index, minutes!, state);
      if (code !== 0) {
        failed.push(`${sets[index]!.catalogNumber} at ${minutes} min: ${SGP4_ERRORS[code]}`);
        continue;
      }
      for (let axis = 0; axis < 3; axis++) {
        worstKm = Math.max(worstKm, Math.abs(state[axis]! - published[axis]!));
        worstKmS = Math.max(worstKmS, Math.abs(state[axis + 3]! - published[axis + 3]!));
      }
    }
  });
  t.diagnostic(`${states} states, worst ${worstKm.toExponential(1)} km, ${worstKmS.toExponential(1)} km/s`);
  assert.equal(states, 667);
  // The mean motion of 33334 is 0.00001 by design; the published program prints the state it computed before the error.
  assert.deepEqual(failed, ["33334 at 0 min: perturbed eccentricity outside 0 to 1"]);
  assert.ok(worstKm < 1e-6, `${worstKm} km`);
  assert.ok(worstKmS < 1e-8, `${worstKmS} km/s`);
});

const PAIR = parseTle(
  [
    "1 44714U 19074B   26150.30936191  .00080211  00000+0  15180-2 0  9995",
    "2 44714  53.1513 154.1788 0003034  54.2939 305.8351 15.47704531361446",
  ].join("\n"),
);
assert.ok(PAIR.ok);
const SATELLITE = PAIR.value[0]!;
const T0 = Math.round(epochMs(SATELLITE));

test("the epoch keeps its microseconds: 40 us later is 0.3 m further", () => {
  const shifted = { ...SATELLITE, epochMsOfDay: SATELLITE.epochMsOfDay - 0.04 };
  const ephemeris = createPropagator([SATELLITE, shifted]).propagate(T0 + 600_000);
  const [a, b] = [stateAt(ephemeris, 0), stateAt(ephemeris, 1)];
  const apart = Math.hypot(a.xKm - b.xKm, a.yKm - b.yKm, a.zKm - b.zKm);
  // Circular speed at a = 6,801 km; the ground's turn does not enter, both are seen at the same instant.
  assert.ok(Math.abs(apart - Math.sqrt(398_600.8 / 6801) * 40e-6) < 1e-6, `${apart} km`);
});

test("Earth-fixed states agree with satellite.js's own turn of the TEME state", () => {
  const propagator = createPropagator([SATELLITE]);
  const state = new Float64Array(6);
  for (const minutes of [-1440, 0, 37, 5000]) {
    const atMs = T0 + minutes * 60_000;
    propagator.temeState(0, (atMs - epochMs(SATELLITE)) / 60_000, state);
    const [x, y, z] = state as unknown as [number, number, number];
    const turned = eciToEcf({ x, y, z }, gstime(new Date(atMs)));
    const ours = stateAt(propagator.propagate(atMs), 0);
    // Its Julian date resolves 40 us: 0.02 m of the Earth's turn.
    assert.ok(Math.hypot(turned.x - ours.xKm, turned.y - ours.yKm, turned.z - ours.zKm) < 5e-5);
  }
});

test("velocity is the rate of the Earth-fixed position", () => {
  const propagator = createPropagator([SATELLITE]);
  const [before, now, after] = [T0 - 500, T0, T0 + 500].map(atMs => stateAt(propagator.propagate(atMs), 0));
  assert.ok(Math.abs(after!.xKm - before!.xKm - now!.vxKmS) < 1e-4);
  assert.ok(Math.abs(after!.yKm - before!.yKm - now!.vyKmS) < 1e-4);
  assert.ok(Math.abs(after!.zKm - before!.zKm - now!.vzKmS) < 1e-4);
});

test("a few satellites get the same numbers as all, into the caller's arrays", () => {
  const { elements } = builtInElements(Date.UTC(2026, 4, 21));
  const propagator = createPropagator(elements.slice(0, 200));
  const all = propagator.propagate(Date.UTC(2026, 4, 21, 7));
  const out = createEphemeris(3);
  const few = propagator.propagateSome([199, 0, 42], all.atMs, out);
  assert.equal(few, out);
  assert.deepEqual(
    [0, 1, 2].map(k => stateAt(few, k)),
    [199, 0, 42].map(i => stateAt(all, i)),
  );
  assert.equal(few.gmstRad, all.gmstRad);
  assert.throws(() => propagator.propagate(all.atMs, out), /holds 3 satellites, 200/);
  assert.throws(() => propagator.propagateSome([200], all.atMs), /no satellite 200/);
});

test("a decayed satellite has a code and no coordinates; its neighbours keep theirs", () => {
  const sinking = { ...SATELLITE, bstar: 0.5 };
  const ephemeris = createPropagator([SATELLITE, sinking, SATELLITE]).propagate(T0 + 30 * 86_400_000);
  assert.deepEqual(
    [...ephemeris.error].map(code => code === 0),
    [true, false, true],
  );
  assert.ok(Object.values(stateAt(ephemeris, 1)).every(Number.isNaN));
  assert.ok(Object.values(stateAt(ephemeris, 2)).every(Number.isFinite));
  assert.notEqual(SGP4_ERRORS[ephemeris.error[1]!], undefined);
});

test("the full model's states are turned with the Earth as the kernel's are", () => {
  const epoch = Date.UTC(2026, 4, 21);
  const some = builtInElements(epoch).elements.filter((_, i) => i % 97 === 0);
  const atMs = epoch + 5 * 3_600_000;
  const full = createPropagator(some, { kernel: "satellite.js" }).propagate(atMs);
  const kernel = createPropagator(some, { kernel: "typescript" }).propagate(atMs);
  for (let i = 0; i < some.length; i++) {
    for (const axis of ["xKm", "yKm", "zKm"] as const)
      assert.ok(Math.abs(full[axis][i]! - kernel[axis][i]!) < 1e-6);
    for (const axis of ["vxKmS", "vyKmS", "vzKmS"] as const)
      assert.ok(Math.abs(full[axis][i]! - kernel[axis][i]!) < 1e-9);
  }
});
