// SPDX-License-Identifier: MIT
import type { ServiceLine } from "@perigee/authority";
import type { BillingDesk } from "../../billing/billing-desk.ts";
import { cycleAt } from "../../billing/cycle.ts";
import type { AccountStory, Blocks } from "../../billing/story.ts";
import type { BlocksSummary } from "../../data/contract.ts";
import { optInAt } from "../../data/cycle-use.ts";
import { type Grant, grantsOf, recurringBefore } from "../../data/grants.ts";
import { lineNumberOf } from "../../wire-ids.ts";
import type { LineResponse } from "./contract.ts";

/** The address of a line that was opened without one of the list: no address has this id (RFC 9562, section 5.9). */
export const NIL_ADDRESS = "00000000-0000-0000-0000-000000000000";

const iso = (atMs: number): string => new Date(atMs).toISOString();

/**
 * A service line as the wire has it.
 *
 * @param story - Of the line's account.
 */
export function lineView(desk: BillingDesk, story: AccountStory, line: ServiceLine): LineResponse {
  const nowMs = desk.time.nowMs();
  return {
    addressReferenceId: line.addressId ?? NIL_ADDRESS,
    serviceLineNumber: lineNumberOf(line.id),
    nickname: line.nickname === "" ? null : line.nickname,
    productReferenceId: desk.prices.productOf(line),
    delayedProductId: line.pending?.to?.productId ?? null,
    optInProductId: optInAt(story, line.id, nowMs)?.productId ?? null,
    startDate: iso(line.sinceMs),
    endDate: line.endedMs === undefined ? null : iso(line.endedMs),
    publicIp: line.publicIp ?? false,
    active: line.state === "active",
    aviationMetadata: null,
    dataBlocks: blocksOf(desk, story, line, nowMs),
  };
}

const none: BlocksSummary = {
  recurringBlocksCurrentBillingCycle: [],
  recurringBlocksNextBillingCycle: [],
  delayedProductRecurringBlocksNextCycle: [],
  topUpBlocksOptInPurchase: [],
  topUpBlocksOneTimePurchase: [],
};

/**
 * Blocks of data of a line's running cycle and of the next one. What it opted in to buy as it goes is bought by use and
 * stands in the data usage, not here.
 */
function blocksOf(desk: BillingDesk, story: AccountStory, line: ServiceLine, nowMs: number): BlocksSummary {
  const cycle = desk.cycle(story);
  const told = story.lines.find(({ lineId }) => lineId === line.id);
  if (cycle === null || told === undefined) return none;
  const grants = grantsOf(story, told, desk.prices.terms, cycle, nowMs);
  const ofKind = (kind: Grant["kind"]) =>
    grants
      .filter(grant => grant.kind === kind)
      .map(grant => summary(grant.blocks, grant.atMs, cycle.untilMs));
  const next = cycleAt(story.billingDay!, cycle.untilMs);
  const later = recurringBefore(story, line.id, cycle.untilMs).blocks.map(blocks =>
    summary(blocks, next.fromMs, next.untilMs),
  );
  const changes = line.pending?.to != null;
  return {
    recurringBlocksCurrentBillingCycle: ofKind("RecurringPerBillingCycle"),
    recurringBlocksNextBillingCycle:
      line.state === "ended" || changes || line.pending?.to === null ? [] : later,
    delayedProductRecurringBlocksNextCycle: changes ? later : [],
    topUpBlocksOptInPurchase: [],
    topUpBlocksOneTimePurchase: ofKind("OneTimePurchase"),
  };
}

const summary = ({ productId, count, dataGB }: Blocks, fromMs: number, untilMs: number) => ({
  ...{ productId, startDate: iso(fromMs), expirationDate: iso(untilMs), count },
  ...{ dataAmount: dataGB, dataUnitType: "GB" },
});
