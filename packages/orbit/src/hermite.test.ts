// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { builtInElements } from "./built-in.ts";
import { createEphemeris, type Ephemeris } from "./ephemeris.ts";
import { hermiteStates, hermiteWeights } from "./hermite.ts";
import { createPropagator } from "./propagator.ts";

test("property: a cubic is reproduced, with its rate, whatever the interval", () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      fc.tuple(number, number, number, number),
      fc.double({ min: 0.1, max: 200, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ([c0, c1, c2, c3], h, s) => {
        // In units of the interval, so that the numbers stay comparable.
        const at = (x: number) => c0 + x * (c1 + x * (c2 + x * c3));
        const rate = (x: number) => (c1 + x * (2 * c2 + x * 3 * c3)) / h;
        const w = hermiteWeights(s, h);
        const position = w.p0 * at(0) + w.m0 * rate(0) + w.p1 * at(1) + w.m1 * rate(1);
        const velocity = w.q * (at(0) - at(1)) + w.n0 * rate(0) + w.n1 * rate(1);
        assert.ok(Math.abs(position - at(s)) < 1e-10);
        assert.ok(Math.abs(velocity - rate(s)) * h < 1e-10);
      },
    ),
  );
});

/** A circle of radius r, one knot `h` seconds after the other: the bound of the interpolation error is known. */
function circle(angle: number, r: number, rate: number): Ephemeris {
  const e = createEphemeris(1);
  e.xKm[0] = r * Math.cos(angle);
  e.yKm[0] = r * Math.sin(angle);
  e.vxKmS[0] = -rate * r * Math.sin(angle);
  e.vyKmS[0] = rate * r * Math.cos(angle);
  return e;
}

test("on a circle the error is r (w h)^4 / 384 in the middle, as the theorem says", () => {
  const r = 6920;
  const rate = Math.sqrt(398_600.8 / r ** 3);
  for (const h of [15, 60, 120]) {
    const out = createEphemeris(1);
    hermiteStates(circle(0, r, rate), circle(rate * h, r, rate), 0.5, h, out, 1);
    const truth = circle((rate * h) / 2, r, rate);
    const error = Math.hypot(out.xKm[0]! - truth.xKm[0]!, out.yKm[0]! - truth.yKm[0]!);
    const bound = (r * (rate * h) ** 4) / 384;
    assert.ok(Math.abs(error / bound - 1) < 0.01, `${h} s: ${error} km, ${bound} by the theorem`);
  }
});

const T0 = Date.UTC(2026, 4, 21);

test("the built-in fleet between knots 15 and 60 s apart: metres from SGP4, exact at the knots", t => {
  const { elements } = builtInElements(T0);
  const propagator = createPropagator(elements);
  const [left, right, truth, out] = [0, 1, 2, 3].map(() => createEphemeris(elements.length));
  for (const [intervalS, limitM, limitMmS] of [
    [15, 0.5, 100],
    [60, 5, 300],
  ] as const) {
    propagator.propagate(T0, left);
    propagator.propagate(T0 + intervalS * 1000, right);
    let worstM = 0;
    let worstMmS = 0;
    for (const s of [0, 0.25, 0.5, 0.9, 1]) {
      hermiteStates(left!, right!, s, intervalS, out!, elements.length);
      propagator.propagate(T0 + s * intervalS * 1000, truth);
      const distance = (axes: readonly (keyof Ephemeris)[], i: number) =>
        Math.hypot(
          ...axes.map(axis => (out![axis] as Float64Array)[i]! - (truth![axis] as Float64Array)[i]!),
        );
      for (let i = 0; i < elements.length; i += 3) {
        const m = distance(["xKm", "yKm", "zKm"], i) * 1e3;
        worstM = Math.max(worstM, m);
        worstMmS = Math.max(worstMmS, distance(["vxKmS", "vyKmS", "vzKmS"], i) * 1e6);
        if (s === 0 || s === 1) assert.ok(m < 1e-9);
      }
    }
    t.diagnostic(`${intervalS} s: ${worstM.toFixed(3)} m, ${worstMmS.toFixed(1)} mm/s`);
    assert.ok(worstM < limitM, `${worstM} m`);
    assert.ok(worstMmS < limitMmS, `${worstMmS} mm/s`);
  }
});

test("a satellite with an error at either knot has it between them", () => {
  const [left, right, out] = [0, 1, 2].map(() => createEphemeris(3));
  left!.error[0] = 1;
  right!.error[0] = 6;
  right!.error[2] = 6;
  right!.xKm[2] = Number.NaN;
  hermiteStates(left!, right!, 0.3, 60, out!, 3);
  assert.deepEqual([...out!.error], [1, 0, 6]);
  assert.ok(Number.isNaN(out!.xKm[2]));
});
