// SPDX-License-Identifier: MIT
import type { Charge } from "../billing/charges.ts";
import { type Cycle, dayMs } from "../billing/cycle.ts";
import { type AccountStory, type DataEvent, eventsOf, type LineStory, phaseAt } from "../billing/story.ts";
import type { DataTerms, TermsOf } from "../billing/terms.ts";
import { allot, type Block, type LineUse, type PoolUse, type UsedBlock } from "./allot.ts";
import { type Grant, grantsOf, recurringBefore } from "./grants.ts";

/** What an account used in a cycle, and what that counted as. */
export interface CycleUse {
  readonly cycle: Cycle;
  readonly lines: ReadonlyMap<string, LineUse>;
  readonly pools: ReadonlyMap<string, PoolUse>;
}

/** The pool of an account's lines with one product. */
export type PoolOf = (productId: string) => string;

/**
 * Works out a cycle of an account up to an instant.
 *
 * @param bytesOf - Bytes of a line in both directions, per day of the cycle.
 */
export function cycleUse(
  story: AccountStory,
  terms: TermsOf,
  poolOf: PoolOf,
  cycle: Cycle,
  untilMs: number,
  bytesOf: (lineId: string) => readonly number[],
): CycleUse {
  const grants = story.lines.flatMap(line => grantsOf(story, line, terms, cycle, untilMs));
  const poolIds = new Set(story.lines.flatMap(line => line.phases.map(phase => poolOf(phase.productId))));
  const endOf = (day: number): number => Math.min(cycle.fromMs + (day + 1) * dayMs - 1, untilMs);
  const used = allot(
    story.lines.map(line => ({
      lineId: line.lineId,
      bytes: bytesOf(line.lineId),
      blocks: grants.flatMap(blockOf(cycle, grant => grant.poolId === null && grant.lineId === line.lineId)),
      poolOn: day => (drawsOnPool(story, line, endOf(day)) ? poolAt(line, poolOf, endOf(day)) : null),
      optInOn: day => optInOn(story, line.lineId, cycle, day),
    })),
    Array.from(poolIds, poolId => ({
      poolId,
      blocks: grants.flatMap(blockOf(cycle, grant => grant.poolId === poolId)),
      topUpOn: day => autoTopUpOn(story, poolId, cycle, day),
    })),
  );
  return {
    cycle,
    lines: new Map(used.lines.map(line => [line.lineId, line])),
    pools: new Map(used.pools.map(pool => [pool.poolId, pool])),
  };
}

const blockOf =
  (cycle: Cycle, isMine: (grant: Grant) => boolean) =>
  (grant: Grant): Block[] => {
    if (!isMine(grant)) return [];
    const { productId, dataGB, count } = grant.blocks;
    const fromDay = Math.floor((grant.atMs - cycle.fromMs) / dayMs);
    return [{ productId, kind: grant.kind, perBlockGB: dataGB, count, fromDay }];
  };

/** What a line that opted in buys when it has nothing left; `null`: it did not, or opted out. */
export function optInAt(story: AccountStory, lineId: string, atMs: number): DataTerms | null {
  const last = eventsOf(story, lineId, ["optIn", "optOut"], atMs).at(-1);
  return last?.kind === "optIn" ? last.terms : null;
}

/** What a pool buys when it has nothing left; `null`: it does not. */
export function autoTopUpAt({ events }: AccountStory, poolId: string, atMs: number): DataTerms | null {
  const last = events.findLast(
    event => event.kind === "autoTopUp" && event.poolId === poolId && event.atMs <= atMs,
  );
  return last?.kind === "autoTopUp" ? last.terms : null;
}

/**
 * The same on a day of a cycle. A day counts on which it was so at any time: usage is known by the day, and who opts out
 * late on one does not have all of it for nothing.
 */
const optInOn = (story: AccountStory, lineId: string, cycle: Cycle, day: number): DataTerms | null =>
  duringDay(
    cycle,
    day,
    atMs => optInAt(story, lineId, atMs),
    story.events.filter(event => event.kind === "optIn" && event.lineId === lineId),
  );

const autoTopUpOn = (story: AccountStory, poolId: string, cycle: Cycle, day: number): DataTerms | null =>
  duringDay(
    cycle,
    day,
    atMs => autoTopUpAt(story, poolId, atMs),
    story.events.filter(event => event.kind === "autoTopUp" && event.poolId === poolId),
  );

/** What held last on a day: at its end, at its beginning, or from an event within it on. */
function duringDay(
  cycle: Cycle,
  day: number,
  heldAt: (atMs: number) => DataTerms | null,
  events: readonly DataEvent[],
): DataTerms | null {
  const fromMs = cycle.fromMs + day * dayMs;
  const untilMs = Math.min(fromMs + dayMs, cycle.untilMs) - 1;
  const within = events.filter(event => event.atMs >= fromMs && event.atMs <= untilMs);
  for (const atMs of [untilMs, ...within.map(event => event.atMs).toReversed(), fromMs]) {
    const held = heldAt(atMs);
    if (held !== null) return held;
  }
  return null;
}

/** Whether a line draws on its pool: as it was told, or else because it gives blocks to it. */
export function drawsOnPool(story: AccountStory, line: LineStory, atMs: number): boolean {
  const told = eventsOf(story, line.lineId, ["consume"], atMs).at(-1);
  return told?.fromPool ?? recurringBefore(story, line.lineId, atMs + 1).poolId !== null;
}

const poolAt = (line: LineStory, poolOf: PoolOf, atMs: number): string | null => {
  const phase = phaseAt(line, atMs);
  return phase === undefined ? null : poolOf(phase.productId);
};

/** Blocks of a line or pool that were bought because everything else was used up. */
export const boughtIn = (blocks: readonly UsedBlock[]): UsedBlock[] =>
  blocks.filter(block => block.kind === "Overage");

/** What a cycle that is over costs afterwards: blocks that lines and pools bought by themselves. */
export function useCharges({ cycle, lines, pools }: CycleUse, story: AccountStory, poolOf: PoolOf): Charge[] {
  const charges: Charge[] = [];
  const charge = (
    lineId: string,
    blocks: readonly UsedBlock[],
    termsOn: (day: number) => DataTerms | null,
  ) => {
    for (const { productId, fromDay, count } of boughtIn(blocks)) {
      const bought = termsOn(fromDay);
      if (bought === null) continue;
      const { priceMinor, currency, dataGB } = bought;
      charges.push({
        atMs: cycle.untilMs,
        lineId,
        productId,
        description: `${dataGB} GB of priority data: bought as it was used`,
        quantity: count,
        unitMinor: priceMinor,
        subTotalMinor: count * priceMinor,
        currency,
        period: cycle,
      });
    }
  };
  for (const { lineId, blocks } of lines.values())
    charge(lineId, blocks, day => optInOn(story, lineId, cycle, day));
  for (const { poolId, blocks } of pools.values()) {
    // A pool has no line of its own: the first of its lines stands for it on the invoice.
    const first = story.lines.find(line => line.phases.some(phase => poolOf(phase.productId) === poolId));
    if (first !== undefined) charge(first.lineId, blocks, day => autoTopUpOn(story, poolId, cycle, day));
  }
  return charges;
}
