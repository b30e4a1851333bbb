// SPDX-License-Identifier: MIT
import type { Sample } from "./figure.ts";
import { shortNumber } from "./ticks.ts";

/** A sample in order: its numbers without NaN, infinities at the ends. */
export interface SortedSample {
  readonly sorted: Float64Array;
  /** NaN left out. */
  readonly missing: number;
}

export function sortedSample({ values }: Sample): SortedSample {
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) kept[count++] = value;
  }
  return { sorted: kept.slice(0, count).sort(), missing: values.length - count };
}

/** The smallest value that at least the share `p` of the sample does not exceed; NaN of an empty one. */
export function quantile(sorted: Float64Array, p: number): number {
  return (
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length - 1e-9) - 1))] ?? Number.NaN
  );
}

/** The part that is finite: its first index and the index after it. */
export function finiteRange(sorted: Float64Array): readonly [from: number, until: number] {
  let from = 0;
  let until = sorted.length;
  while (from < until && sorted[from] === Number.NEGATIVE_INFINITY) from++;
  while (until > from && sorted[until - 1] === Number.POSITIVE_INFINITY) until--;
  return [from, until];
}

/** One sentence per sample: how many, median, nine tenths, what is missing. */
export function describedSample(
  name: string,
  { sorted, missing }: SortedSample,
  unit: string | undefined,
): string {
  if (sorted.length === 0) return `${name}: no values`;
  const suffix = unit === undefined ? "" : ` ${unit}`;
  const value = (p: number): string => {
    const q = quantile(sorted, p);
    return Number.isFinite(q) ? `${shortNumber(q)}${suffix}` : "infinite";
  };
  const lost = missing > 0 ? `, ${missing} missing` : "";
  return `${name}: ${sorted.length} values${lost}, median ${value(0.5)}, 90 % at most ${value(0.9)}`;
}
