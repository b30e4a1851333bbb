// SPDX-License-Identifier: MIT
import { mix32 } from "../draw.ts";
import type { SchedulerPolicy } from "../policy.ts";
import { LIGHT_KM_PER_MS } from "../routing/laser-geometry.ts";
import { type CellGroups, PLACE } from "./cell-groups.ts";
import {
  ALONG,
  AT,
  EVERYWHERE,
  MIN_RAD,
  MIN_SINE,
  PER_RADIUS,
  PER_RISE,
  PRICE,
  REACH,
  SECONDS_PER_RAD,
  type SlotFleet,
  TERM,
} from "./slot-fleet.ts";

/** Draws of the planner for `ScoreWeights.contention`; apart from those of links and of sites. */
const CONTENTION = 0x4000_0000;
/** A cell lies within 30 km of its group's centre, which turns the line of sight by at most this from 400 km on. */
const SLACK = 0.08;
const EQUATOR_KM = 6378.137;

/** What a group of cells brings to its scores. */
export interface GroupWish {
  group: number;
  /** One way from each satellite to the group's PoP, ms; Infinity: no route, or none that is known. */
  delayMs: Float64Array;
  /** Routes not known are no shorter than this: such a satellite ranks by the best that it could be. Infinity: none. */
  knownMs: number;
  /** Gateway where each satellite's traffic for that PoP lands; -1: none. Asked for when the policy weighs it. */
  landing: Int32Array;
  /** Satellite and gateway of the previous plan; -1: none. */
  satellite: number;
  gateway: number;
}

/** Ranks satellites for a group, seen from its centre: by the terms of `score()` in `score.ts`, and the load. */
export interface PairScorer {
  /** A new slot of the satellites listed: `used` is, per satellite, the beams in use, read at each ranking. */
  beginSlot(slot: number, used: Uint16Array, satellites: Int32Array): void;
  /** Begins to rank `satellites[from]` to `satellites[to - 1]`. */
  begin(wish: GroupWish, satellites: Int32Array, from: number, to: number): void;
  /**
   * Position of the next best satellite, the first of equals; -1 when there is none left that has a route, or may have
   * one that is not known, and may be in view of a cell of the group.
   */
  next(): number;
}

/**
 * The path term lacks the site's best delay, which is the same for all of a group's satellites and so moves no choice.
 * All cells of a group draw together, per (group, satellite, slot): one beam serves them.
 *
 * A satellite's score is first bounded by what geometry can give at most; it is computed when the bound comes out on
 * top, which spares three in four computations. The order is that of the scores themselves.
 */
export function createPairScorer(
  groups: CellGroups,
  fleet: SlotFleet,
  policy: SchedulerPolicy,
  seed: number,
): PairScorer {
  const { weights, remainingCapS, pathScaleMs } = policy;
  const { at, term, count } = fleet;
  const perMs = weights.path / pathScaleMs;
  const perKm = perMs / LIGHT_KM_PER_MS;
  const perSecond = weights.remaining / remainingCapS;
  const landingWeight = weights.landing ?? 0;
  const contention = weights.contention / 2 ** 32;
  const bounded = weights.elevation >= 0 && weights.remaining >= 0 && weights.path >= 0;
  const satelliteWord = Int32Array.from({ length: count }, (_, i) => mix32(seed, CONTENTION, i, 0));
  /** Per satellite, three numbers: what it scores everywhere, the price of a beam, the most that geometry can add. */
  const fixed = new Float64Array(3 * count);
  /** Per position in the list: score without geometry; score, or what it is at most; whether it is the score. */
  const base = new Float64Array(count);
  const value = new Float64Array(count);
  const computed = new Uint8Array(count);
  let used: Uint16Array = new Uint16Array(0);
  let slotNumber = 0;
  let list: Int32Array = new Int32Array(0);
  let first = 0;
  let length = 0;
  let place = 0;
  let perSite = 0;

  function beginSlot(slot: number, beamsUsed: Uint16Array, satellites: Int32Array): void {
    slotNumber = slot;
    used = beamsUsed;
    for (let k = 0; k < satellites.length; k++) {
      const i = satellites[k]!;
      const t = TERM * i;
      const nearestKm = 1 / term[t + PER_RADIUS]! - EQUATOR_KM;
      fixed[3 * i] = term[t + EVERYWHERE]!;
      fixed[3 * i + 1] = term[t + PRICE]!;
      fixed[3 * i + 2] = bounded
        ? weights.elevation + weights.remaining - perKm * nearestKm
        : Number.POSITIVE_INFINITY;
    }
  }

  /** What geometry adds to the score, -Infinity where the satellite is surely out of view of the group's cells. */
  function geometry(i: number): number {
    const p = place;
    const o = AT * i;
    const t = TERM * i;
    const g = groups.groupPlace;
    const px = g[p + 3]!;
    const py = g[p + 4]!;
    const pz = g[p + 5]!;
    const x = at[o]!;
    const y = at[o + 1]!;
    const z = at[o + 2]!;
    const dx = x - px;
    const dy = y - py;
    const dz = z - pz;
    const squared = dx * dx + dy * dy + dz * dz;
    const above = dx * g[p]! + dy * g[p + 1]! + dz * g[p + 2]!;
    const range = Math.sqrt(squared);
    const sine = above / range;
    if (sine < term[t + MIN_SINE]! - SLACK) return Number.NEGATIVE_INFINITY;
    const rise = (arcSine(sine) - term[t + MIN_RAD]!) * term[t + PER_RISE]!;
    const now = (x * px + y * py + z * pz) * perSite * term[t + PER_RADIUS]!;
    const ahead = (px * term[t + ALONG]! + py * term[t + ALONG + 1]! + pz * term[t + ALONG + 2]!) * perSite;
    const remaining = remainingRad(now, ahead, term[t + REACH]!) * term[t + SECONDS_PER_RAD]!;
    return weights.elevation * rise + perSecond * Math.min(remaining, remainingCapS) - perKm * range;
  }

  function begin(wish: GroupWish, satellites: Int32Array, from: number, to: number): void {
    const { group, delayMs, knownMs, landing, satellite, gateway } = wish;
    list = satellites;
    first = from;
    length = to - from;
    place = PLACE * group;
    const g = groups.groupPlace;
    perSite = 1 / Math.sqrt(g[place + 3]! ** 2 + g[place + 4]! ** 2 + g[place + 5]! ** 2);
    const word = mix32(seed, CONTENTION, groups.groupKey[group]!, slotNumber) | 0;
    let likeliest = 0;
    for (let k = 0; k < length; k++) {
      const i = satellites[from + k]!;
      // One more round of mixing over two words that are well mixed: MurmurHash3's finaliser, as in `draw.ts`.
      let h = word ^ satelliteWord[i]!;
      h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
      h ^= h >>> 16;
      const delay = delayMs[i]! < Number.POSITIVE_INFINITY ? delayMs[i]! : knownMs;
      let sum = fixed[3 * i]! + contention * (h >>> 0) - perMs * delay - fixed[3 * i + 1]! * used[i]!;
      if (i === satellite) sum += weights.stickiness;
      if (landingWeight !== 0 && gateway >= 0 && landing[i] === gateway) sum += landingWeight;
      // Whatever a policy thinks of delay, no route is no choice.
      if (delay === Number.POSITIVE_INFINITY) sum = Number.NEGATIVE_INFINITY;
      base[k] = sum;
      value[k] = sum + fixed[3 * i + 2]!;
      computed[k] = 0;
      if (value[k]! > value[likeliest]!) likeliest = k;
    }
    if (length === 0) return;
    compute(likeliest);
    let best = value[likeliest]!;
    for (let k = 0; k < length; k++) {
      if (!(value[k]! > best) || computed[k] === 1) continue;
      compute(k);
      if (value[k]! > best) best = value[k]!;
    }
  }

  /** Replaces a bound by the score. */
  function compute(k: number): void {
    value[k] = base[k]! + geometry(list[first + k]!);
    computed[k] = 1;
  }

  function next(): number {
    for (;;) {
      let best = -1;
      let highest = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < length; k++) {
        if (value[k]! > highest) {
          highest = value[k]!;
          best = k;
        }
      }
      if (best < 0) return -1;
      if (computed[best] === 0) {
        compute(best);
        continue;
      }
      value[best] = Number.NEGATIVE_INFINITY;
      return best;
    }
  }

  return { beginSlot, begin, next };
}

/** Inverse sine for 0 to 1, to 2e-8 rad (Abramowitz and Stegun, 4.4.46); from -0.1 on, which slack may ask for, to 1e-6. */
function arcSine(x: number): number {
  const polynomial =
    1.570796305 +
    x *
      (-0.2145988016 +
        x *
          (0.0889789874 +
            x *
              (-0.0501743046 +
                x * (0.030891881 + x * (-0.0170881256 + x * (0.0066700901 - 0.0012624911 * x))))));
  return Math.PI / 2 - Math.sqrt(1 - Math.min(1, x)) * polynomial;
}

/**
 * Central angle that a satellite has to go until it is out of reach, as in `remainingSeconds`; `now` and `ahead`: cosines
 * of the angles from the site to its place and to its motion. Series where they hold to 1e-8 rad: nearly always.
 */
function remainingRad(now: number, ahead: number, reach: number): number {
  if (!(now >= reach)) return 0;
  const u = 1 - reach / Math.sqrt(now * now + ahead * ahead);
  const half =
    u < 0.05
      ? Math.sqrt(2 * u) * (1 + u * (1 / 12 + u * (3 / 160 + u * (5 / 896 + u * (35 / 18_432)))))
      : Math.acos(1 - u);
  const t = ahead / now;
  const s = t * t;
  return (
    half +
    (s < 0.04
      ? t * (1 - s * (1 / 3 - s * (1 / 5 - s * (1 / 7 - s * (1 / 9 - s / 11)))))
      : Math.atan2(ahead, now))
  );
}
