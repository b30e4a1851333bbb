// SPDX-License-Identifier: MIT
import type { Ephemeris } from "./ephemeris.ts";

/** The arrays of an {@link Ephemeris} that interpolation reads and writes. */
export type StateArrays = Pick<Ephemeris, "xKm" | "yKm" | "zKm" | "vxKmS" | "vyKmS" | "vzKmS" | "error">;

/**
 * What the two ends of an interval weigh at a fraction `s` of it: position = p0 a + m0 a' + p1 b + m1 b', and its
 * derivative = q (a - b) + n0 a' + n1 b'.
 */
export interface HermiteWeights {
  readonly p0: number;
  readonly m0: number;
  readonly p1: number;
  readonly m1: number;
  readonly q: number;
  readonly n0: number;
  readonly n1: number;
}

/**
 * The cubic Hermite basis and its derivative (de Boor, A Practical Guide to Splines, 1978, chapter 4) at fraction
 * `s`, 0 to 1, of `intervalS` seconds. Derivatives at the ends are per second.
 */
export function hermiteWeights(s: number, intervalS: number): HermiteWeights {
  const left = 1 - s;
  return {
    p0: (1 + 2 * s) * left * left,
    m0: intervalS * s * left * left,
    p1: s * s * (3 - 2 * s),
    m1: -intervalS * s * s * left,
    q: (-6 * s * left) / intervalS,
    n0: left * (1 - 3 * s),
    n1: s * (3 * s - 2),
  };
}

/** `out` = positions (one axis) between the knots `a` with rates `da` and `b` with rates `db`, for `count` satellites. */
export function hermitePositions(
  weights: HermiteWeights,
  a: Float64Array,
  da: Float64Array,
  b: Float64Array,
  db: Float64Array,
  out: Float64Array,
  count: number,
): void {
  const { p0, m0, p1, m1 } = weights;
  for (let i = 0; i < count; i++) out[i] = p0 * a[i]! + m0 * da[i]! + p1 * b[i]! + m1 * db[i]!;
}

/** One axis of {@link hermiteStates}: position and rate in one pass over the knots. */
function hermiteAxis(
  { p0, m0, p1, m1, q, n0, n1 }: HermiteWeights,
  a: Float64Array,
  da: Float64Array,
  b: Float64Array,
  db: Float64Array,
  position: Float64Array,
  rate: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const ai = a[i]!;
    const bi = b[i]!;
    const dai = da[i]!;
    const dbi = db[i]!;
    position[i] = p0 * ai + m0 * dai + p1 * bi + m1 * dbi;
    rate[i] = q * (ai - bi) + n0 * dai + n1 * dbi;
  }
}

const AXES = [
  ["xKm", "vxKmS"],
  ["yKm", "vyKmS"],
  ["zKm", "vzKmS"],
] as const;

/**
 * States of the first `count` satellites at fraction `s` between two ephemerides `intervalS` seconds apart. A
 * satellite that has an error at either knot has the earlier knot's code, else the later one's, and NaN.
 *
 * Against SGP4 on a circular orbit of angular rate w: at most r (w h)^4 / 384 in the middle, 0.3 m for knots 60 s
 * apart at 550 km and 1.3 mm for 15 s. SGP4's velocity is not the exact derivative of its position, which adds some
 * centimetres, and metres for a satellite that is falling.
 */
export function hermiteStates(
  left: StateArrays,
  right: StateArrays,
  s: number,
  intervalS: number,
  out: StateArrays,
  count: number,
): void {
  const weights = hermiteWeights(s, intervalS);
  for (const [position, velocity] of AXES) {
    const [a, da, b, db] = [left[position], left[velocity], right[position], right[velocity]];
    hermiteAxis(weights, a, da, b, db, out[position], out[velocity], count);
  }
  for (let i = 0; i < count; i++) out.error[i] = left.error[i]! || right.error[i]!;
}
