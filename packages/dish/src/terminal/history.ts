// SPDX-License-Identifier: MIT

/** Samples that a terminal keeps: a quarter of an hour at one per second. */
export const HISTORY_SAMPLES = 900;

/** Means and totals over the last samples, see {@link History.recent}. */
export interface RecentMeans {
  /** Share of pings lost, 0 to 1. */
  readonly dropRate: number;
  /** Mean over the seconds in which a ping came back, milliseconds; null: none did. */
  readonly latencyMs: number | null;
  readonly downBps: number;
  readonly upBps: number;
}

/**
 * The last {@link HISTORY_SAMPLES} seconds, as `get_history` has them: five rings that share one count of samples
 * since the start, the newest at `(current - 1) mod 900`; places not yet written are zero. 18 kB.
 */
export class History {
  /** Samples since the terminal started; may be below the size of the rings. */
  current = 0;
  readonly dropRate = new Float32Array(HISTORY_SAMPLES);
  readonly latencyMs = new Float32Array(HISTORY_SAMPLES);
  readonly downBps = new Float32Array(HISTORY_SAMPLES);
  readonly upBps = new Float32Array(HISTORY_SAMPLES);
  readonly powerW = new Float32Array(HISTORY_SAMPLES);

  push(dropRate: number, latencyMs: number, downBps: number, upBps: number, powerW: number): void {
    const at = this.current % HISTORY_SAMPLES;
    this.dropRate[at] = dropRate;
    this.latencyMs[at] = latencyMs;
    this.downBps[at] = downBps;
    this.upBps[at] = upBps;
    this.powerW[at] = powerW;
    this.current += 1;
  }

  /**
   * Counts seconds that nobody sampled and that the rings are about to forget.
   *
   * @param seconds followed by at least as many samples as the rings hold
   */
  skip(seconds: number): void {
    this.current += seconds;
  }

  /** Means over the newest samples. @param samples at most; fewer where there are fewer */
  recent(samples: number): RecentMeans {
    const count = Math.min(samples, this.current, HISTORY_SAMPLES);
    let dropped = 0;
    let latency = 0;
    let answered = 0;
    let down = 0;
    let up = 0;
    for (let back = 1; back <= count; back++) {
      const at = (this.current - back) % HISTORY_SAMPLES;
      dropped += this.dropRate[at]!;
      down += this.downBps[at]!;
      up += this.upBps[at]!;
      if (this.dropRate[at]! < 1) {
        latency += this.latencyMs[at]!;
        answered += 1;
      }
    }
    const per = Math.max(count, 1);
    return {
      dropRate: dropped / per,
      latencyMs: answered === 0 ? null : latency / answered,
      downBps: down / per,
      upBps: up / per,
    };
  }

  /** Starts again at zero, as after a restart. */
  clear(): void {
    this.current = 0;
    for (const ring of [this.dropRate, this.latencyMs, this.downBps, this.upBps, this.powerW]) ring.fill(0);
  }
}
