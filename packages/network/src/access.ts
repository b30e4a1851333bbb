// SPDX-License-Identifier: MIT
import { hashText, mix32, uniform } from "./draw.ts";
import type { AccessTiming, HandoverGap, LinkState } from "./link-state.ts";
import type { LinkPolicy } from "./policy.ts";

/** A double has 53 bits to halve. */
const MOST_HALVINGS = 64;

/** What a draw is for; two purposes never share one. */
const PURPOSE = { grantPeriod: 1, accessSeed: 2, gapKind: 3, gapLength: 4 } as const;

/** The timing of one terminal's access in one slot. Its grant period is the terminal's own and never changes. */
export function accessTiming(
  policy: LinkPolicy,
  seed: number,
  terminalId: string,
  slot: number,
): AccessTiming {
  const terminal = hashText(terminalId);
  const frames = uniform(seed, terminal, 0, PURPOSE.grantPeriod) < policy.fourFrameShare ? 4 : 3;
  return {
    frameMs: policy.frameMs,
    grantPeriodMs: frames * policy.frameMs,
    missProbability: policy.missProbability,
    seed: mix32(seed, terminal, slot, PURPOSE.accessSeed),
  };
}

/** The interruption that a change of satellite at `fromMs` brings to a terminal; `null` where the draw gives none. */
export function handoverGap(
  policy: LinkPolicy,
  seed: number,
  terminalId: string,
  slot: number,
  fromMs: number,
): HandoverGap | null {
  const terminal = hashText(terminalId);
  let kind = uniform(seed, terminal, slot, PURPOSE.gapKind);
  for (const { probability, fromS, toS } of policy.gaps) {
    if (kind < probability) {
      const lengthMs = 1000 * (fromS + (toS - fromS) * uniform(seed, terminal, slot, PURPOSE.gapLength));
      return {
        fromMs,
        dropUntilMs: fromMs + Math.round(policy.gapDropShare * lengthMs),
        untilMs: fromMs + Math.round(lengthMs),
      };
    }
    kind -= probability;
  }
  return null;
}

/**
 * Probability that a round trip waits at most `waitMs` for access: the exact distribution of
 * W = U(0, P) + P Geom(q) + U(0, F) + 2 F, with grant period P, miss probability q (below 1) and frame F.
 */
export function waitProbability(access: AccessTiming, waitMs: number): number {
  const { frameMs: frame, grantPeriodMs: period, missProbability: miss } = access;
  const x = waitMs - 2 * frame;
  if (x <= 0) return 0;
  return (grantIntegral(x, period, miss) - grantIntegral(x - frame, period, miss)) / frame;
}

/** Integral from 0 to x of the distribution function of U(0, P) + P Geom(q). */
function grantIntegral(x: number, period: number, miss: number): number {
  if (x <= 0) return 0;
  const whole = Math.floor(x / period);
  const part = x / period - whole;
  const tail = miss ** whole;
  // Over period k the function runs straight from 1 - q^k to 1 - q^(k + 1).
  const full = whole - ((1 - tail) * (1 + miss)) / (2 * (1 - miss));
  return period * (full + part * (1 - tail) + ((1 - miss) * tail * part * part) / 2);
}

/**
 * The wait (ms) that a share `p` of round trips stays below, 0 <= p < 1; exact to a nanosecond as far as a double
 * goes. Halves an interval that is known beforehand, so that it ends whatever {@link waitProbability} says.
 *
 * @throws RangeError for another `p`, or a miss probability that is not at least 0 and below 1.
 */
export function waitQuantileMs(access: AccessTiming, p: number): number {
  const { frameMs, grantPeriodMs, missProbability: miss } = access;
  if (!(p >= 0 && p < 1)) throw new RangeError(`a quantile is asked for 0 <= p < 1, not ${p}`);
  if (!(miss >= 0 && miss < 1)) throw new RangeError(`grants are missed with 0 <= q < 1, not ${miss}`);
  let low = 2 * frameMs;
  if (p === 0) return low;
  // More than n grants in a row are missed with q^(n + 1): the n from which that is below 1 - p.
  const missed = miss === 0 ? 0 : Math.ceil(Math.log(1 - p) / Math.log(miss));
  let high = low + frameMs + grantPeriodMs * (1 + missed);
  for (let halving = 0; halving < MOST_HALVINGS && high - low > 1e-6; halving++) {
    const middle = (low + high) / 2;
    if (waitProbability(access, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}

/** Timings whose median is known, with it. A network has two grant periods; more than a few are nobody's network. */
let medians: readonly (readonly [AccessTiming, number])[] = [];
const MOST_MEDIANS = 16;

/** {@link waitQuantileMs} for one half, remembered: there are two answers to it in a network, and every link asks. */
export function medianWaitMs(access: AccessTiming): number {
  const { frameMs, grantPeriodMs, missProbability } = access;
  for (const [known, median] of medians) {
    const same = known.grantPeriodMs === grantPeriodMs && known.frameMs === frameMs;
    if (same && known.missProbability === missProbability) return median;
  }
  const median = waitQuantileMs(access, 0.5);
  medians = [...medians.slice(1 - MOST_MEDIANS), [access, median]];
  return median;
}

/**
 * One-way delay of a link's path at an instant, ms: the parabola through the three planned values. Outside the slot
 * the nearer end holds.
 */
export function oneWayAt(link: Pick<LinkState, "fromMs" | "untilMs" | "oneWayMs">, atMs: number): number {
  const [start, middle, end] = link.oneWayMs;
  const s = Math.min(1, Math.max(0, (atMs - link.fromMs) / (link.untilMs - link.fromMs)));
  return start * (1 - s) * (1 - 2 * s) + middle * 4 * s * (1 - s) + end * s * (2 * s - 1);
}

/** Median round trip that an application sees at an instant, ms, on an idle link: path twice, fixed part, median wait. */
export function plannedRttMs(
  link: Pick<LinkState, "fromMs" | "untilMs" | "oneWayMs" | "fixedMs" | "access">,
  atMs: number,
): number {
  return 2 * oneWayAt(link, atMs) + link.fixedMs + medianWaitMs(link.access);
}
