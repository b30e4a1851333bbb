// SPDX-License-Identifier: MIT
import { HISTORY_SAMPLES } from "../terminal/history.ts";

const BUCKET_S = 300;
/** Five minutes each, a day of them. */
const BUCKETS = 288;

/** Lengths of outages that are told apart, seconds. */
export const OUTAGE_LENGTHS = [1, 2, 5, 15, 60, 300] as const;
/** Lengths for which hours without such an outage are counted. */
const HAPPY_LENGTHS = [1, 2, 5] as const;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** Means over a span; the latency is null where nothing came back. */
export interface PingMeans {
  readonly dropRate: number;
  readonly latencyMs: number | null;
}

/**
 * What became of the pings to one target: a quarter of an hour by the second, a day by five minutes. The ring of
 * seconds begins with the router's start; its newest place is `(seconds - 1) mod 900`, and a latency of zero is none.
 */
export class PingRecord {
  /** Seconds that were lived through. */
  seconds = 0;
  readonly dropRate = new Float32Array(HISTORY_SAMPLES);
  readonly latencyMs = new Float32Array(HISTORY_SAMPLES);
  /** Which five minutes since the start a bucket holds, and how many seconds of them were sampled. */
  readonly #bucketNumber = new Int32Array(BUCKETS).fill(-1);
  readonly #bucketSampled = new Float32Array(BUCKETS);
  readonly #bucketDropped = new Float32Array(BUCKETS);
  readonly #bucketAnswered = new Float32Array(BUCKETS);
  readonly #bucketLatencyMs = new Float32Array(BUCKETS);
  /** Length of the outage that goes on, seconds. */
  #outageS = 0;
  /** Second in which the last outage of each length was going on; 0: none yet. */
  readonly #lastOutage = new Float64Array(OUTAGE_LENGTHS.length);
  /** For each of the last 24 hours the longest outage in it, seconds. */
  readonly #worstOfHour = new Float32Array(DAY_S / HOUR_S);
  readonly #hourNumber = new Int32Array(DAY_S / HOUR_S).fill(-1);
  #lastSuccess = 0;

  /** Takes a second. @param latencyMs null: nothing came back */
  push(dropRate: number, latencyMs: number | null): void {
    const at = this.seconds % HISTORY_SAMPLES;
    this.dropRate[at] = dropRate;
    this.latencyMs[at] = latencyMs ?? 0;
    const bucket = this.#openBucket();
    const hour = this.#openHour();
    this.seconds += 1;

    this.#bucketSampled[bucket]! += 1;
    this.#bucketDropped[bucket]! += dropRate;
    if (latencyMs !== null) {
      this.#bucketAnswered[bucket]! += 1;
      this.#bucketLatencyMs[bucket]! += latencyMs;
    }
    if (latencyMs !== null) {
      this.#outageS = 0;
      this.#lastSuccess = this.seconds;
      return;
    }
    this.#outageS += 1;
    if (this.#outageS > this.#worstOfHour[hour]!) this.#worstOfHour[hour] = this.#outageS;
    for (let i = 0; i < OUTAGE_LENGTHS.length && this.#outageS >= OUTAGE_LENGTHS[i]!; i++)
      this.#lastOutage[i] = this.seconds;
  }

  /**
   * Counts seconds that nobody sampled.
   *
   * @param seconds followed by at least as many samples as the ring of seconds holds
   */
  skip(seconds: number): void {
    this.seconds += seconds;
    this.#outageS = 0;
  }

  /** Means over the newest seconds: by the second up to a quarter of an hour, by five minutes beyond. */
  over(seconds: number): PingMeans {
    if (seconds > HISTORY_SAMPLES) return this.#overBuckets(seconds);
    const count = Math.min(seconds, this.seconds);
    let dropped = 0;
    let latency = 0;
    let answered = 0;
    for (let back = 1; back <= count; back++) {
      const at = (this.seconds - back) % HISTORY_SAMPLES;
      dropped += this.dropRate[at]!;
      if (this.latencyMs[at]! === 0) continue;
      latency += this.latencyMs[at]!;
      answered += 1;
    }
    return {
      dropRate: count === 0 ? 0 : dropped / count,
      latencyMs: answered === 0 ? null : latency / answered,
    };
  }

  /** Standard deviation of the round trip over the newest seconds, at most a quarter of an hour, ms. */
  deviationMs(seconds: number): number {
    const { latencyMs: mean } = this.over(seconds);
    if (mean === null) return 0;
    let squares = 0;
    let answered = 0;
    for (let back = 1; back <= Math.min(seconds, this.seconds, HISTORY_SAMPLES); back++) {
      const latency = this.latencyMs[(this.seconds - back) % HISTORY_SAMPLES]!;
      if (latency === 0) continue;
      squares += (latency - mean) ** 2;
      answered += 1;
    }
    return Math.sqrt(squares / answered);
  }

  /** Since a ping last came back, or since the start where none ever did. */
  get secondsSinceSuccess(): number {
    return this.seconds - this.#lastSuccess;
  }

  /** Since an outage of a length last went on; null where there was none. @param length of {@link OUTAGE_LENGTHS} */
  secondsSinceOutage(length: (typeof OUTAGE_LENGTHS)[number]): number | null {
    const last = this.#lastOutage[OUTAGE_LENGTHS.indexOf(length)]!;
    return last === 0 ? null : this.seconds - last;
  }

  /** Of the last 24 hours, so far as they were lived through, those without an outage of a length. */
  happyHours(length: (typeof HAPPY_LENGTHS)[number]): number {
    const newest = Math.ceil(this.seconds / HOUR_S) - 1;
    let happy = 0;
    for (let number = newest; number > newest - this.#hourNumber.length && number >= 0; number--) {
      const hour = number % this.#hourNumber.length;
      if (this.#hourNumber[hour] === number && this.#worstOfHour[hour]! < length) happy += 1;
    }
    return happy;
  }

  #overBuckets(seconds: number): PingMeans {
    const newest = Math.ceil(this.seconds / BUCKET_S) - 1;
    const count = Math.min(BUCKETS, Math.ceil(seconds / BUCKET_S));
    let sampled = 0;
    let dropped = 0;
    let answered = 0;
    let latency = 0;
    for (let number = newest; number > newest - count && number >= 0; number--) {
      const bucket = number % BUCKETS;
      if (this.#bucketNumber[bucket] !== number) continue;
      sampled += this.#bucketSampled[bucket]!;
      dropped += this.#bucketDropped[bucket]!;
      answered += this.#bucketAnswered[bucket]!;
      latency += this.#bucketLatencyMs[bucket]!;
    }
    return {
      dropRate: sampled === 0 ? 0 : dropped / sampled,
      latencyMs: answered === 0 ? null : latency / answered,
    };
  }

  /** The bucket of this second, emptied if it still holds a day-old one. */
  #openBucket(): number {
    const number = Math.floor(this.seconds / BUCKET_S);
    const bucket = number % BUCKETS;
    if (this.#bucketNumber[bucket] !== number) {
      this.#bucketNumber[bucket] = number;
      this.#bucketSampled[bucket] = 0;
      this.#bucketDropped[bucket] = 0;
      this.#bucketAnswered[bucket] = 0;
      this.#bucketLatencyMs[bucket] = 0;
    }
    return bucket;
  }

  #openHour(): number {
    const number = Math.floor(this.seconds / HOUR_S);
    const hour = number % this.#hourNumber.length;
    if (this.#hourNumber[hour] !== number) {
      this.#hourNumber[hour] = number;
      this.#worstOfHour[hour] = 0;
    }
    return hour;
  }
}
