// SPDX-License-Identifier: MIT

/** What `pnpm bench <name> --json` prints: one object on one line. */
export interface BenchResult {
  readonly name: string;
  /** What was done, with sizes, so that two results can be compared at all. */
  readonly workload: string;
  /** Of the result of the work: a fast wrong answer shows here. */
  readonly checksum: string;
  /** Units are in the names. */
  readonly figures: Readonly<Record<string, number>>;
  /** The same work by others, in the same run. */
  readonly peers: Readonly<Record<string, number>>;
  /** Ours to theirs, or size to size. */
  readonly ratios: Readonly<Record<string, number>>;
}

/** A benchmark: does the work, says how far it is on `progress`, gives everything but its name. */
export type Bench = (progress: (line: string) => void) => Promise<Omit<BenchResult, "name">>;

/** Quantile of a sample by linear interpolation. */
export function quantile(sample: readonly number[], p: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Rounded to three decimals: what a person compares. */
export const round = (value: number): number => Math.round(value * 1000) / 1000;
