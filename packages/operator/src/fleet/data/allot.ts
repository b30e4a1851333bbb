// SPDX-License-Identifier: MIT
import type { DataTerms } from "../billing/terms.ts";

/** Where a block of data comes from, in the words of the wire. */
export type BlockKind =
  | "IncludedWithBaseSubscription"
  | "RecurringPerBillingCycle"
  | "Overage"
  | "OneTimePurchase";

/** Blocks of priority data that last until the cycle's end. */
export interface Block {
  readonly productId: string;
  readonly kind: BlockKind;
  /** Decimal gigabytes of one. */
  readonly perBlockGB: number;
  readonly count: number;
  /** The day of the cycle, from 0, on which they came; they serve all of that day. */
  readonly fromDay: number;
}

/** A block and the bytes that each line took of it, per day of the cycle. */
export interface UsedBlock extends Block {
  readonly usedBytes: ReadonlyMap<string, readonly number[]>;
}

/** A line in one cycle. */
export interface LineDays {
  readonly lineId: string;
  /** Bytes in both directions, per day of the cycle. */
  readonly bytes: readonly number[];
  readonly blocks: readonly Block[];
  /** The pool that it draws on once its own blocks are used up, on a day; `null`: none. */
  poolOn(day: number): string | null;
  /** What it buys once everything is used up, on a day; `null`: nothing, the rest is standard data. */
  optInOn(day: number): DataTerms | null;
}

/** A pool in one cycle. */
export interface PoolDays {
  readonly poolId: string;
  readonly blocks: readonly Block[];
  /** What it buys by itself once it is empty. */
  topUpOn(day: number): DataTerms | null;
}

/** What a line's traffic of a day counted as; bytes. `optIn` is a part of `priority`. */
export interface DayUse {
  readonly priority: number;
  readonly optIn: number;
  readonly standard: number;
}

export interface LineUse {
  readonly lineId: string;
  readonly days: readonly DayUse[];
  readonly blocks: readonly UsedBlock[];
}

export interface PoolUse {
  readonly poolId: string;
  readonly blocks: readonly UsedBlock[];
}

const BYTES_PER_GB = 1e9;

/** A block while it is being used up. */
interface OpenBlock extends Block {
  freeBytes: number;
  readonly usedBytes: Map<string, number[]>;
}

const open = (block: Block): OpenBlock => ({
  ...block,
  freeBytes: Math.round(block.count * block.perBlockGB * BYTES_PER_GB),
  usedBytes: new Map(),
});

/**
 * Says what the traffic of one cycle counted as: day by day, on each day line by line in the order of their ids.
 *
 * A line uses its own blocks, then its pool, then what its pool buys by itself, then what it opted in to buy; the rest is
 * standard data. Of blocks, those that came first go first. Blocks are bought whole.
 */
export function allot(
  lines: readonly LineDays[],
  pools: readonly PoolDays[],
): { readonly lines: readonly LineUse[]; readonly pools: readonly PoolUse[] } {
  const openPools = new Map(pools.map(pool => [pool.poolId, { pool, blocks: pool.blocks.map(open) }]));
  const inTurn = lines
    .toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1))
    .map(line => ({ line, blocks: line.blocks.map(open), days: [] as DayUse[] }));
  const days = Math.max(0, ...lines.map(line => line.bytes.length));
  for (let day = 0; day < days; day++) {
    for (const { line, blocks, days: done } of inTurn) {
      const used = line.bytes[day] ?? 0;
      let rest = take(blocks, line.lineId, day, used);
      const pool = openPools.get(line.poolOn(day) ?? "");
      if (pool !== undefined && rest > 0) {
        rest = take(pool.blocks, line.lineId, day, rest);
        rest = buy(pool.blocks, pool.pool.topUpOn(day), line.lineId, day, rest);
      }
      rest = buy(blocks, line.optInOn(day), line.lineId, day, rest);
      done.push({ priority: used - rest, optIn: optInBytes(blocks, line.lineId, day), standard: rest });
    }
  }
  return {
    lines: inTurn.map(({ line, blocks, days: done }) => ({ lineId: line.lineId, days: done, blocks })),
    pools: Array.from(openPools.values(), ({ pool, blocks }) => ({ poolId: pool.poolId, blocks })),
  };
}

/** Bytes that a line took on a day of what it had opted in to buy, on that day or an earlier one. */
const optInBytes = (blocks: readonly OpenBlock[], lineId: string, day: number): number =>
  blocks.reduce(
    (sum, { kind, usedBytes }) => sum + (kind === "Overage" ? (usedBytes.get(lineId)?.[day] ?? 0) : 0),
    0,
  );

/** Takes bytes out of blocks. @returns what they did not cover */
function take(blocks: readonly OpenBlock[], lineId: string, day: number, bytes: number): number {
  let rest = bytes;
  for (const block of blocks) {
    if (rest === 0) break;
    if (block.fromDay > day || block.freeBytes === 0) continue;
    const taken = Math.min(rest, block.freeBytes);
    block.freeBytes -= taken;
    rest -= taken;
    const perDay = block.usedBytes.get(lineId) ?? [];
    block.usedBytes.set(lineId, perDay);
    for (let i = perDay.length; i <= day; i++) perDay.push(0);
    perDay[day]! += taken;
  }
  return rest;
}

/** Buys as many blocks as bytes need and takes them. @returns what remains: nothing, unless nothing can be bought */
function buy(
  blocks: OpenBlock[],
  terms: DataTerms | null,
  lineId: string,
  day: number,
  bytes: number,
): number {
  if (terms === null || bytes === 0) return bytes;
  const { productId, dataGB } = terms;
  const blockBytes = Math.round(dataGB * BYTES_PER_GB);
  const count = Math.ceil(bytes / blockBytes);
  const bought: Block = { productId, kind: "Overage", perBlockGB: dataGB, count, fromDay: day };
  blocks.push(open(bought));
  return take(blocks.slice(-1), lineId, day, bytes);
}
