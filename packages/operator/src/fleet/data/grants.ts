// SPDX-License-Identifier: MIT
import type { Charge } from "../billing/charges.ts";
import type { Cycle } from "../billing/cycle.ts";
import { type AccountStory, type Blocks, eventsOf, type LineStory, phaseAt } from "../billing/story.ts";
import type { TermsOf } from "../billing/terms.ts";
import type { BlockKind } from "./allot.ts";

/** Blocks that came to a line, or through it to a pool, in a cycle. */
export interface Grant {
  readonly atMs: number;
  readonly lineId: string;
  readonly kind: BlockKind;
  readonly blocks: Blocks;
  /** `null`: they are the line's own. */
  readonly poolId: string | null;
}

/** What a line buys at the start of every cycle. */
export interface Recurring {
  readonly blocks: readonly Blocks[];
  readonly poolId: string | null;
}

const nothing: Recurring = { blocks: [], poolId: null };

/** What a line buys at the start of a cycle, by what was set before it; and so of the next one, asked with its start. */
export function recurringBefore(story: AccountStory, lineId: string, cycleFromMs: number): Recurring {
  return eventsOf(story, lineId, ["recurring"], cycleFromMs - 1).at(-1) ?? nothing;
}

/**
 * Everything that came to a line in a cycle up to an instant, in the order of time.
 *
 * - What the plan includes comes with the first day of service in the cycle, whole. A plan that includes more, taken
 *   within the cycle, adds the difference; one that includes less takes nothing away.
 * - Recurring blocks come at the cycle's start, if the line is in service then. A new number for the running cycle adds
 *   what is more of each product; what was bought stays.
 */
export function grantsOf(
  story: AccountStory,
  line: LineStory,
  terms: TermsOf,
  cycle: Cycle,
  untilMs: number,
): Grant[] {
  const { lineId } = line;
  const endMs = Math.min(cycle.untilMs - 1, untilMs);
  if (endMs < cycle.fromMs) return [];
  const atStart = phaseAt(line, cycle.fromMs)?.state === "active" ? cycle.fromMs : null;
  const recurring = recurringBefore(story, lineId, cycle.fromMs);
  const grants: Grant[] = included(line, terms, cycle, endMs);
  const bought = new Map<string, number>();
  const buy = (atMs: number, { blocks, poolId }: Recurring): void => {
    for (const block of blocks) {
      const key = `${block.productId} ${poolId}`;
      const has = bought.get(key) ?? 0;
      if (block.count <= has) continue;
      bought.set(key, block.count);
      const more = { ...block, count: block.count - has };
      grants.push({ atMs, lineId, kind: "RecurringPerBillingCycle", blocks: more, poolId });
    }
  };
  if (atStart !== null) buy(atStart, recurring);
  for (const event of eventsOf(story, lineId, ["recurring", "topUp"], endMs)) {
    if (event.atMs < cycle.fromMs) continue;
    if (event.kind === "topUp") {
      grants.push({ atMs: event.atMs, lineId, kind: "OneTimePurchase", blocks: event.blocks, poolId: null });
    } else if (event.now) buy(event.atMs, event);
  }
  return grants.toSorted((a, b) => a.atMs - b.atMs);
}

/** Priority data that a line's plans of a cycle include. */
function included(line: LineStory, terms: TermsOf, cycle: Cycle, endMs: number): Grant[] {
  const grants: Grant[] = [];
  let has = 0;
  for (const phase of line.phases) {
    const atMs = Math.max(phase.fromMs, cycle.fromMs);
    if (phase.state !== "active" || atMs > endMs || (phase.untilMs ?? atMs + 1) <= atMs) continue;
    const plan = terms(phase.productId);
    if (plan === undefined || plan.priorityGB <= has) continue;
    const { productId, currency } = plan;
    const blocks = { productId, priceMinor: 0, currency, dataGB: plan.priorityGB - has, count: 1 };
    has = plan.priorityGB;
    grants.push({ atMs, lineId: line.lineId, kind: "IncludedWithBaseSubscription", blocks, poolId: null });
  }
  return grants;
}

/** What a grant costs: its blocks, whole, when they come. What a plan includes is paid with the plan. */
export function grantCharge({ atMs, lineId, kind, blocks }: Grant, cycle: Cycle): Charge | null {
  if (kind === "IncludedWithBaseSubscription" || blocks.priceMinor === 0) return null;
  const { productId, priceMinor, currency, dataGB, count } = blocks;
  return {
    atMs,
    lineId,
    productId,
    description: `${dataGB} GB of priority data: ${kind === "OneTimePurchase" ? "bought once" : "every cycle"}`,
    quantity: count,
    unitMinor: priceMinor,
    subTotalMinor: count * priceMinor,
    currency,
    period: { fromMs: atMs, untilMs: cycle.untilMs },
  };
}
