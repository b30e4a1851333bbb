// SPDX-License-Identifier: MIT

/**
 * The quantile p of a sample, 0 to 1, straight between order statistics (type 7 of Hyndman and Fan 1996, the default of
 * R and NumPy). NaN of an empty sample.
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  return sortedQuantile(Float64Array.from(values).sort(), p);
}

/** {@link quantile} of a sample that rises already. */
export function sortedQuantile(rising: ArrayLike<number>, p: number): number {
  if (rising.length === 0) return Number.NaN;
  const at = Math.min(1, Math.max(0, p)) * (rising.length - 1);
  const below = Math.floor(at);
  const low = rising[below]!;
  return low + (at - below) * (rising[Math.min(below + 1, rising.length - 1)]! - low);
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
