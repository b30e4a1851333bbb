// SPDX-License-Identifier: MIT
import { PARAMETERS } from "./accumulate.ts";

const factor = new Float64Array(PARAMETERS * PARAMETERS);
const column = new Float64Array(PARAMETERS);

/**
 * Solves N x = right by Cholesky's method for the parameters that are free; the others stay 0 in x.
 *
 * @returns false where the matrix is not positive definite; x then has no meaning
 */
export function solve(
  normal: Float64Array,
  damping: number,
  free: Uint8Array,
  right: Float64Array,
  x: Float64Array,
): boolean {
  for (let i = 0; i < PARAMETERS; i++) {
    for (let j = 0; j <= i; j++) {
      if (free[i] === 0 || free[j] === 0) {
        factor[5 * i + j] = i === j ? 1 : 0;
        continue;
      }
      let sum = normal[5 * i + j]! * (i === j ? 1 + damping : 1);
      for (let k = 0; k < j; k++) sum -= factor[5 * i + k]! * factor[5 * j + k]!;
      if (i !== j) {
        factor[5 * i + j] = sum / factor[5 * j + j]!;
        continue;
      }
      // Below this a pivot is what rounding left of nothing.
      if (!(sum > 1e-13 * normal[5 * i + i]!)) return false;
      factor[5 * i + i] = Math.sqrt(sum);
    }
  }
  for (let i = 0; i < PARAMETERS; i++) {
    let sum = free[i] === 0 ? 0 : right[i]!;
    for (let k = 0; k < i; k++) sum -= factor[5 * i + k]! * x[k]!;
    x[i] = sum / factor[5 * i + i]!;
  }
  for (let i = PARAMETERS - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < PARAMETERS; k++) sum -= factor[5 * k + i]! * x[k]!;
    x[i] = sum / factor[5 * i + i]!;
  }
  return true;
}

/** Column `which` of the inverse of N, by {@link solve}. */
export function inverseColumn(
  normal: Float64Array,
  free: Uint8Array,
  which: number,
  x: Float64Array,
): boolean {
  column.fill(0);
  column[which] = 1;
  return solve(normal, 0, free, column, x);
}
