// SPDX-License-Identifier: MIT
import type { LatenessStats } from "./contract.ts";

/** Buckets grow by 2^(1/4): a quantile is right to 19 %, from 1 us to about 18 minutes. */
const STEPS_PER_OCTAVE = 4;
const LEAST_MS = 0.001;
const BUCKETS = 121;
const WINDOW_MS = 10_000;

interface Window {
  readonly counts: Uint32Array;
  count: number;
  max: number;
}

const emptyWindow = (): Window => ({ counts: new Uint32Array(BUCKETS), count: 0, max: 0 });

/** How late releases came, over the current window of 10 s and the one before it. */
export class Lateness {
  #current = emptyWindow();
  #previous = emptyWindow();
  #sinceMs = Number.NEGATIVE_INFINITY;

  record(lateMs: number, nowMs: number): void {
    this.#turn(nowMs);
    const octaves = Math.log2(Math.max(LEAST_MS, lateMs) / LEAST_MS);
    const bucket = Math.min(BUCKETS - 1, Math.ceil(octaves * STEPS_PER_OCTAVE));
    this.#current.counts[bucket] = this.#current.counts[bucket]! + 1;
    this.#current.count++;
    this.#current.max = Math.max(this.#current.max, lateMs);
  }

  stats(nowMs: number): LatenessStats {
    this.#turn(nowMs);
    const count = this.#current.count + this.#previous.count;
    const max = Math.max(this.#current.max, this.#previous.max);
    // The upper edge of the bucket that holds the quantile: never flattering.
    const quantile = (share: number): number => {
      let left = Math.ceil(share * count);
      for (let bucket = 0; left > 0 && bucket < BUCKETS; bucket++) {
        left -= this.#current.counts[bucket]! + this.#previous.counts[bucket]!;
        if (left <= 0) return Math.min(max, LEAST_MS * 2 ** (bucket / STEPS_PER_OCTAVE));
      }
      return 0;
    };
    return { count, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max };
  }

  #turn(nowMs: number): void {
    const ageMs = nowMs - this.#sinceMs;
    if (ageMs < WINDOW_MS) return;
    this.#previous = ageMs < 2 * WINDOW_MS ? this.#current : emptyWindow();
    this.#current = emptyWindow();
    this.#sinceMs = nowMs;
  }
}
