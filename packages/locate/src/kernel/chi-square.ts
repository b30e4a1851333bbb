// SPDX-License-Identifier: MIT

/**
 * How often a sum of `freedom` squared standard normal errors is larger than `x`: the upper tail of the chi-square
 * distribution, Q(freedom / 2, x / 2). Series below its maximum, Lentz's continued fraction above (DLMF 8.7.1 and 8.9.2).
 * Relative error below 1e-10 where the tail is above 1e-280; below that, 0.
 *
 * @param freedom a whole number from 1
 */
export function chiSquareTail(x: number, freedom: number): number {
  if (!(x > 0)) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const a = freedom / 2;
  const z = x / 2;
  const scale = Math.exp(a * Math.log(z) - z - logGammaOfHalf(freedom));
  if (z < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; k < 10_000 && term > sum * 1e-16; k++) {
      term *= z / (a + k);
      sum += term;
    }
    return Math.max(0, 1 - scale * sum);
  }
  let b = z + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const numerator = k * (a - k);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return scale * fraction;
}

const logGammas: number[] = [];

/** Log of gamma(freedom / 2), exactly by its recurrence from gamma(1) = 1 and gamma(1/2) = sqrt(pi). */
function logGammaOfHalf(freedom: number): number {
  logGammas[1] ??= Math.log(Math.PI) / 2;
  logGammas[2] ??= 0;
  for (let f = logGammas.length; f <= freedom; f++) logGammas[f] = logGammas[f - 2]! + Math.log(f / 2 - 1);
  return logGammas[freedom]!;
}
