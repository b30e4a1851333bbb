// SPDX-License-Identifier: MIT
import { SLOT_MS } from "../slot.ts";
import { quantile } from "./quantiles.ts";
import { type RecordResult, readLines, refuseLine } from "./record.ts";

/** Round trips in order of time: structure of arrays. */
export interface PingRecord {
  readonly atMs: Float64Array;
  readonly rttMs: Float64Array;
  /** When those were sent that got no answer. */
  readonly lostAtMs: Float64Array;
}

/** What the record itself says about slots and waits. */
export interface PingFindings {
  readonly count: number;
  readonly lostShare: number;
  /** Of the losses: share in the first second of a slot. By chance 1 / 15. */
  readonly lostAtEdgeShare: number;
  /** Second (mod 15) at which slots begin, of the 15 whole ones, and the share of variance that each explains. */
  readonly phaseS: number;
  readonly explained: readonly number[];
  /** At these shares, ms. */
  readonly quantiles: readonly { readonly p: number; readonly ms: number }[];
  /** |Difference| of the medians of neighbouring slots, ms. */
  readonly stepsMs: Float64Array;
  /** |Difference| of medians of the two halves of one slot: what steps would be without slots. */
  readonly insideMs: Float64Array;
  /** Median of each slot less the record's, ms. */
  readonly slotMedianMs: Float64Array;
}

export const PING_SHARES = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

const SLOT_S = SLOT_MS / 1000;
/** Slots with fewer pings say nothing about their median. */
const LEAST_PINGS = 20;

/**
 * Reads lines of epoch seconds, sequence number and round trip in ms, separated by blanks, tabs or commas; a negative
 * round trip is a lost ping.
 */
export function parsePings(text: string): RecordResult<PingRecord> {
  const rows = readLines(text, (line, place) => {
    const [seconds, , rtt] = line
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (
      !(
        seconds !== undefined &&
        seconds > 0 &&
        seconds < 1e11 &&
        rtt !== undefined &&
        rtt >= -1e6 &&
        rtt < 1e6
      )
    )
      return refuseLine(place, "not epoch seconds, a number and a round trip in ms");
    return { atMs: seconds * 1000, rtt };
  });
  if (!rows.ok) return rows;
  const sorted = rows.value.toSorted((a, b) => a.atMs - b.atMs);
  const answered = sorted.filter(({ rtt }) => rtt >= 0);
  const lost = sorted.filter(({ rtt }) => !(rtt >= 0));
  return {
    ok: true,
    value: {
      atMs: Float64Array.from(answered, row => row.atMs),
      rttMs: Float64Array.from(answered, row => row.rtt),
      lostAtMs: Float64Array.from(lost, row => row.atMs),
    },
  };
}

/** Finds the slots in a record of pings: no model is asked. */
export function pingFindings(record: PingRecord): PingFindings {
  const explained = Array.from({ length: SLOT_S }, (_, phaseS) => explainedBySlots(record, phaseS));
  const phaseS = explained.indexOf(Math.max(...explained));
  const slots = bySlot(record, phaseS);
  const medians = new Map(
    [...slots].filter(([, k]) => k.length >= LEAST_PINGS).map(([s, k]) => [s, quantile(k, 0.5)]),
  );
  const steps: number[] = [];
  const inside: number[] = [];
  for (const [slot, ms] of medians) {
    const next = medians.get(slot + 1);
    if (next !== undefined) steps.push(Math.abs(next - ms));
    const own = slots.get(slot)!;
    const half = own.length >> 1;
    inside.push(Math.abs(quantile(own.slice(0, half), 0.5) - quantile(own.slice(half), 0.5)));
  }
  const overall = quantile(record.rttMs, 0.5);
  const { lostAtMs } = record;
  const atEdge = lostAtMs.filter(ms => (ms / 1000 - phaseS + 900) % SLOT_S < 1).length;
  return {
    count: record.rttMs.length,
    lostShare: lostAtMs.length / (lostAtMs.length + record.rttMs.length),
    lostAtEdgeShare: atEdge / lostAtMs.length,
    phaseS,
    explained,
    quantiles: PING_SHARES.map(p => ({ p, ms: quantile(record.rttMs, p) })),
    stepsMs: Float64Array.from(steps),
    insideMs: Float64Array.from(inside),
    slotMedianMs: Float64Array.from(medians.values(), ms => ms - overall),
  };
}

/**
 * Share of the variance between slots of this phase (eta squared). Round trips count by rank: a few of a second would
 * outweigh all else.
 */
function explainedBySlots({ atMs, rttMs }: PingRecord, phaseS: number): number {
  const ranks = ranksOf(rttMs);
  const sums = new Map<number, { sum: number; count: number }>();
  let total = 0;
  let squares = 0;
  for (let i = 0; i < ranks.length; i++) {
    const slot = Math.floor((atMs[i]! - phaseS * 1000) / SLOT_MS);
    const at = sums.get(slot);
    if (at === undefined) sums.set(slot, { sum: ranks[i]!, count: 1 });
    else {
      at.sum += ranks[i]!;
      at.count += 1;
    }
    total += ranks[i]!;
    squares += ranks[i]! ** 2;
  }
  const n = ranks.length;
  let between = 0;
  for (const { sum, count } of sums.values()) between += (sum * sum) / count;
  const correction = (total * total) / n;
  return squares > correction ? (between - correction) / (squares - correction) : 0;
}

const rankCache = new WeakMap<Float64Array, Float64Array>();

/** Place of each value in rising order; ties share no place, which is harmless here. */
function ranksOf(values: Float64Array): Float64Array {
  const known = rankCache.get(values);
  if (known !== undefined) return known;
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Float64Array(values.length);
  order.forEach((i, rank) => {
    ranks[i] = rank;
  });
  rankCache.set(values, ranks);
  return ranks;
}

function bySlot({ atMs, rttMs }: PingRecord, phaseS: number): Map<number, number[]> {
  const slots = new Map<number, number[]>();
  for (let i = 0; i < rttMs.length; i++) {
    const slot = Math.floor((atMs[i]! - phaseS * 1000) / SLOT_MS);
    const own = slots.get(slot);
    if (own === undefined) slots.set(slot, [rttMs[i]!]);
    else own.push(rttMs[i]!);
  }
  return slots;
}
