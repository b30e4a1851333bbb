// SPDX-License-Identifier: MIT

/** (3 + 16 ε) ε with ε = 2⁻⁵³: relative error bound of the plain determinant (Shewchuk 1997, "ccwerrboundA"). */
const ERROR_BOUND = (3 + 16 * 2 ** -53) * 2 ** -53;

/**
 * On which side of the straight line from a to b the point p lies: positive left, negative right, 0 exactly on it.
 *
 * Exact for every finite input: the floating determinant where its error bound leaves no doubt about the sign, else the
 * same determinant in integers (J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
 * Predicates", Discrete & Computational Geometry 18, 1997, whose filter this is).
 */
export function orientation(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  const left = (ax - px) * (by - py);
  const right = (ay - py) * (bx - px);
  const det = left - right;
  const bound = ERROR_BOUND * (Math.abs(left) + Math.abs(right));
  // The filter is good down to where products lose digits to underflow.
  if (Math.abs(det) > bound && bound > 1e-300) return det;
  return exactOrientation(ax, ay, bx, by, px, py);
}

/** The sign of the determinant: -1, 0 or 1. Plain and slow. */
export function exactOrientation(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  px: number,
  py: number,
): number {
  const [x, y] = [scaled(px), scaled(py)];
  const det = (scaled(ax) - x) * (scaled(by) - y) - (scaled(ay) - y) * (scaled(bx) - x);
  return det > 0n ? 1 : det < 0n ? -1 : 0;
}

const view = new DataView(new ArrayBuffer(8));

/** A finite double times 2¹⁰⁷⁴, which is a whole number. */
function scaled(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  // Subnormal numbers have no hidden bit and the exponent of the smallest normal ones.
  const magnitude = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return bits >> 63n === 1n ? -magnitude : magnitude;
}

/** Whether p, known to lie on the line through a and b, lies between them or on one of them. */
export function isBetween(ax: number, ay: number, bx: number, by: number, px: number, py: number): boolean {
  return px >= Math.min(ax, bx) && px <= Math.max(ax, bx) && py >= Math.min(ay, by) && py <= Math.max(ay, by);
}
