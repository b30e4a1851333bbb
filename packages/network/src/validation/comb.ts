// SPDX-License-Identifier: MIT
import { waitProbability, waitQuantileMs } from "../access.ts";
import { uniform } from "../draw.ts";
import type { AccessTiming } from "../link-state.ts";
import { defaultPolicy, type LinkPolicy } from "../policy.ts";

/** Round trips that differ by steps: how they lie on a comb. */
export interface CombFindings {
  readonly grantPeriodMs: number;
  readonly missProbability: number;
  /** |mean exp(2 pi i d / frame)| over pairwise differences d: 1 on the comb of frames, 0 anywhere. */
  readonly strength: number;
  /** Tooth spacing about a frame ({@link NEAR_FRAME_MS}) at which the strength is greatest, ms. */
  readonly spacingMs: number;
  /** Shares of |d| within a third of a frame of a tooth, by tooth; most frequent first, 0 left out. */
  readonly teeth: readonly { readonly ms: number; readonly share: number }[];
  readonly differencesMs: Float64Array;
}

/**
 * Printed of eight sites, Oct.-Nov. 2024 (three probes at a time, microseconds): strength .25 to .81 at 1.33 ms, e.g. 1.335;
 * most frequent differences 4.0, 8.0 ms and 5.33, 10.67 ms. [D: LENS, starlink-lens backbone-map]
 */
export const COMB_PRINTED = {
  strength: [0.25, 0.81],
  spacingMs: 1.335,
  teethMs: { 3: [4, 8], 4: [16 / 3, 32 / 3] },
} as const;

/** Purposes of draws, apart from those of links. */
const DRAW = { phase: 1, send: 2, gap: 3, missed: 4, jitter: 5 } as const;
const GROUPS = 4000;
/** Where the comb of frames is looked for: combs of 1 and 2 ms are overtones of grants. */
const NEAR_FRAME_MS = [1.1, 1.6] as const;

/** What the sending machine and its network add between two probes of a group. */
export interface ProbeTiming {
  /** Probes of a group leave this much apart on average, exponentially spread. */
  readonly gapMs: number;
  /** Standard deviation of what hosts and routers add to a round trip. */
  readonly jitterMs: number;
}

/** [M] Probes of a traceroute leave in one go; hosts and routers are quiet. */
export const defaultProbes: ProbeTiming = { gapMs: 0.15, jitterMs: 0.15 };

/**
 * Sends groups of three probes through the grants and frames of one terminal, as the data plane does: a probe leaves with the
 * first grant after it that is not missed, an answer arrives at the end of a frame.
 */
export function simulateComb(
  frames: 3 | 4,
  seed: number,
  policy: LinkPolicy = defaultPolicy.link,
  probes: ProbeTiming = defaultProbes,
): CombFindings {
  const period = frames * policy.frameMs;
  const differences: number[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const grantPhase = period * uniform(seed, group, 0, DRAW.phase);
    const framePhase = policy.frameMs * uniform(seed, group, 1, DRAW.phase);
    let sendMs = 1000 * uniform(seed, group, 0, DRAW.send);
    const rtt: number[] = [];
    for (let probe = 0; probe < 3; probe++) {
      let grant = Math.ceil((sendMs - grantPhase) / period);
      while (uniform(seed, group, 3 * grant + probe, DRAW.missed) < policy.missProbability) grant += 1;
      const upMs = grantPhase + grant * period + 2 * policy.frameMs;
      const downMs = framePhase + Math.ceil((upMs - framePhase) / policy.frameMs) * policy.frameMs;
      const noise = probes.jitterMs * normal(seed, group, probe);
      rtt.push(downMs - sendMs + noise);
      sendMs -= probes.gapMs * Math.log(1 - uniform(seed, group, probe, DRAW.gap));
    }
    differences.push(rtt[1]! - rtt[0]!, rtt[2]! - rtt[1]!, rtt[2]! - rtt[0]!);
  }
  return findingsOf(Float64Array.from(differences), period, policy);
}

function findingsOf(differencesMs: Float64Array, grantPeriodMs: number, policy: LinkPolicy): CombFindings {
  let spacingMs = 0;
  let greatest = 0;
  for (let ms = NEAR_FRAME_MS[0]; ms <= NEAR_FRAME_MS[1]; ms += 0.001) {
    const strength = combStrength(differencesMs, ms);
    if (strength > greatest) {
      greatest = strength;
      spacingMs = ms;
    }
  }
  const counts = new Map<number, number>();
  for (const d of differencesMs) {
    const tooth = Math.round(Math.abs(d) / policy.frameMs);
    if (tooth > 0 && Math.abs(Math.abs(d) - tooth * policy.frameMs) < policy.frameMs / 3)
      counts.set(tooth, (counts.get(tooth) ?? 0) + 1);
  }
  return {
    grantPeriodMs,
    missProbability: policy.missProbability,
    strength: combStrength(differencesMs, policy.frameMs),
    spacingMs,
    teeth: [...counts]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([tooth, count]) => ({ ms: tooth * policy.frameMs, share: count / differencesMs.length })),
    differencesMs,
  };
}

/** |mean exp(2 pi i d / spacing)|: how well differences lie on multiples of a spacing. */
export function combStrength(differencesMs: ArrayLike<number>, spacingMs: number): number {
  let cosine = 0;
  let sine = 0;
  for (let i = 0; i < differencesMs.length; i++) {
    const turn = (2 * Math.PI * differencesMs[i]!) / spacingMs;
    cosine += Math.cos(turn);
    sine += Math.sin(turn);
  }
  return Math.hypot(cosine, sine) / differencesMs.length;
}

/** Box and Muller (1958). */
function normal(seed: number, group: number, probe: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, group, 2 * probe, DRAW.jitter)));
  return radius * Math.cos(2 * Math.PI * uniform(seed, group, 2 * probe + 1, DRAW.jitter));
}

/** Shares of a printed table of quantiles and, where given, the values. */
export interface QuantileRow {
  readonly p: number;
  readonly printedMs: number;
  readonly modelledMs: number;
}

/** A table of round-trip quantiles with the settings that its source was described by. */
export interface QuantileCase {
  readonly name: string;
  readonly source: string;
  /** What the case sets, in words. */
  readonly settings: string;
  readonly rows: readonly QuantileRow[];
}

/**
 * The three printed tables of waits, each from the exact distribution of the wait; the two grant periods mixed by the policy's
 * shares.
 */
export function quantileCases(policy: LinkPolicy = defaultPolicy.link): QuantileCase[] {
  const excess = (missProbability: number) => mixedQuantile({ ...policy, missProbability }, 0, 0);
  const healthy = mixedQuantile({ ...policy, missProbability: 0.2 }, 5 + 8.4 + 0.7, 0);
  const site2024 = mixedQuantile({ ...policy, missProbability: 0.55 }, 4 + 9.6 + 1, 8);
  const loaded = excess(0.45);
  const least = loaded(0);
  const rows = (printed: readonly (readonly [number, number])[], model: (p: number) => number) =>
    printed.map(([p, printedMs]) => ({ p, printedMs, modelledMs: model(p) }));
  return [
    {
      name: "healthy terminal of 2026",
      source: "country medians of the best countries and floors of 14.7 to 16.8 ms",
      settings: "fixed 5 ms, propagation 8.4, fibre 0.7, missed grants 0.2",
      rows: rows(
        [
          [0, 14.6],
          [0.05, 17.6],
          [0.5, 20.2],
          [0.95, 26.5],
          [0.99, 31.4],
        ],
        healthy,
      ),
    },
    {
      name: "laser-path trace of August 2024, excess over the slot's floor",
      source: "15 ms pings away from slot edges",
      settings: "missed grants 0.45",
      rows: rows(
        [
          [0.05, 0],
          [0.25, 3],
          [0.5, 6],
          [0.75, 11],
          [0.9, 17],
          [0.95, 20],
          [0.99, 28],
          [0.999, 37],
        ],
        p => loaded(p) - least,
      ),
    },
    {
      name: "site of 2024 (Brühl, Germany)",
      source: "some 6,900 probes, October and November 2024",
      settings:
        "fixed 4 ms (3 to 5), propagation 9.6, fibre 1, missed grants 0.55, 0 to 8 ms from slot to slot",
      rows: rows(
        [
          [0, 14.7],
          [0.05, 18],
          [0.25, 22.8],
          [0.5, 28.5],
          [0.75, 35],
          [0.95, 47.6],
          [0.99, 78],
        ],
        site2024,
      ),
    },
  ];
}

/** Quantiles of base + U(0, between) + wait, the wait of terminals with 3 and 4 frames mixed by their shares. */
function mixedQuantile(policy: LinkPolicy, baseMs: number, betweenMs: number): (p: number) => number {
  const timing = (frames: number): AccessTiming => ({
    frameMs: policy.frameMs,
    grantPeriodMs: frames * policy.frameMs,
    missProbability: policy.missProbability,
    seed: 0,
  });
  const [three, four] = [timing(3), timing(4)];
  const share = (waitMs: number) =>
    (1 - policy.fourFrameShare) * waitProbability(three, waitMs) +
    policy.fourFrameShare * waitProbability(four, waitMs);
  const steps = betweenMs > 0 ? 32 : 1;
  return p => {
    if (p === 0) return baseMs + waitQuantileMs(four, 0);
    let low = 0;
    let high = 1000;
    while (high - low > 1e-4) {
      const middle = (low + high) / 2;
      let sum = 0;
      for (let k = 0; k < steps; k++) sum += share(middle - (betweenMs * (k + 0.5)) / steps);
      if (sum / steps < p) low = middle;
      else high = middle;
    }
    return baseMs + high;
  };
}
