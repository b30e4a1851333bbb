// SPDX-License-Identifier: MIT
// What load does to delay. Marks: [S] a public source says it, [D] derived from public measurements, [M] assumed.

/** How full links and beams make packets wait. */
export interface QueuePolicy {
  readonly packetBytes: number;
  /** Mean number of packets that arrive together. */
  readonly burstPackets: number;
  /** Load beyond this counts as this: what is allotted to the last bit still has a finite queue. */
  readonly utilisationCap: number;
  /** No queue is longer than this. */
  readonly bufferMs: number;
  /**
   * Probability that a grant is missed, over the utilisation of the beam's time that a cell has: points with rising
   * utilisation, straight between them, level beyond the ends.
   */
  readonly missed: readonly { readonly utilisation: number; readonly probability: number }[];
}

/**
 * - 1,500 bytes [S: Ethernet's MTU], in bursts of 10 [S: the initial window of TCP, RFC 6928].
 * - Cap 0.98, buffer 20 ms [M: four times the target of CoDel, RFC 8289; the largest network has managed its queues
 *   since 2024, S: Starlink, "Improving Starlink's latency", March 2024].
 * - Missed grants 0.2 on a healthy link of 2026, 0.45 on a loaded or inactive one, 0.55 at sites of 2024 [D: fits to
 *   probe traces, reference figures of `LinkPolicy.missProbability`]. At which utilisation each holds is not published:
 *   up to a half, at nine tenths and at the whole [M].
 */
export const defaultQueuePolicy: QueuePolicy = {
  packetBytes: 1500,
  burstPackets: 10,
  utilisationCap: 0.98,
  bufferMs: 20,
  missed: [
    { utilisation: 0.5, probability: 0.2 },
    { utilisation: 0.9, probability: 0.45 },
    { utilisation: 1, probability: 0.55 },
  ],
};

/**
 * Mean time that a packet waits at a link because of its load, ms: 0 when idle, rising, at most `bufferMs`.
 *
 * Bursts with a geometric number of packets (mean b) arrive at random, each packet takes an exponential time of mean s:
 * M^[X]/M/1, whose mean time in the system is b s / (1 - u) (Gross, Shortle, Thompson, Harris, Fundamentals of Queueing
 * Theory, 3.1). Less b s, what a burst takes alone, remains b s u / (1 - u). With b = 1 that is the wait of M/M/1.
 *
 * @param utilisation Load over rate, 0 or more.
 * @param rateMbps Of the link; 0: nothing passes, and nothing waits.
 */
export function queueMs(
  utilisation: number,
  rateMbps: number,
  policy: QueuePolicy = defaultQueuePolicy,
): number {
  if (!(rateMbps > 0) || !(utilisation > 0)) return 0;
  const u = Math.min(utilisation, policy.utilisationCap);
  const serviceMs = (policy.packetBytes * 8) / (rateMbps * 1000);
  return Math.min(policy.bufferMs, (policy.burstPackets * serviceMs * u) / (1 - u));
}

/**
 * Probability that a terminal misses a grant at a utilisation of its cell's share of the beam, see
 * {@link QueuePolicy.missed}: `LinkPolicy.missProbability` under load.
 */
export function missProbabilityAt(utilisation: number, policy: QueuePolicy = defaultQueuePolicy): number {
  const { missed } = policy;
  for (let k = 0; k < missed.length; k++) {
    const point = missed[k]!;
    if (utilisation > point.utilisation) continue;
    const before = missed[k - 1];
    if (before === undefined) return point.probability;
    const part = (utilisation - before.utilisation) / (point.utilisation - before.utilisation);
    return before.probability + part * (point.probability - before.probability);
  }
  return missed.at(-1)?.probability ?? 0;
}
