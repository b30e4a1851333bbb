// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import type { CommandEntry } from "../command-entry.ts";
import { type AllowListCaps, allowListCommands, defaultCaps } from "./allow-lists.ts";
import { appealCommands, type Reversals } from "./appeals.ts";
import { breakGlassCommands } from "./break-glass-commands.ts";
import { bulkCommands } from "./bulk-commands.ts";
import { type BulkLimits, defaultBulkLimits } from "./bulk-limits.ts";
import { evidenceCommands } from "./evidence-commands.ts";
import { findingCommands } from "./findings.ts";
import { licenceExceptionCommands } from "./licence-exceptions.ts";
import { noticeCommands } from "./notice-commands.ts";
import { orderCommands } from "./order-commands.ts";
import { orderReviewCommands } from "./order-review.ts";
import { proposalCommands } from "./proposals.ts";
import { protectedSiteCommands } from "./protected-sites.ts";
import { siteExceptionCommands } from "./site-exceptions.ts";
import { txOffCommands } from "./tx-off-commands.ts";

/** What the commands of decisions need to know of the rest. */
export interface DecisionRules {
  readonly bulkLimits: BulkLimits;
  readonly allowListCaps: AllowListCaps;
  /** How restrictions that other folders impose are reversed on appeal. */
  readonly reversals: Reversals;
}

export const defaultDecisionRules: DecisionRules = {
  bulkLimits: defaultBulkLimits,
  allowListCaps: defaultCaps,
  reversals: {},
};

/**
 * Every command about decisions.
 *
 * @param others commands of other folders, which can be proposed like these
 */
export function decisionCommands(
  others: readonly CommandEntry[] = [],
  rules: DecisionRules = defaultDecisionRules,
): readonly CommandEntry[] {
  const own = [
    ...orderCommands,
    ...orderReviewCommands,
    ...txOffCommands,
    ...evidenceCommands,
    ...findingCommands,
    ...bulkCommands(rules.bulkLimits),
    ...siteExceptionCommands,
    ...licenceExceptionCommands,
    ...protectedSiteCommands,
    ...allowListCommands(rules.allowListCaps),
    ...breakGlassCommands(rules.bulkLimits),
    ...appealCommands(rules.reversals),
    ...noticeCommands,
  ];
  return [...own, ...proposalCommands([...own, ...others])];
}

/** A command that the system itself asks for, because a term is over. */
export interface DueCommand {
  readonly name: string;
  readonly request: unknown;
  /** When its term was over; UTC ms. */
  readonly dueMs: number;
}

/** What has reached its term and is not on record as ended yet, the oldest first. */
export function dueCommands(book: Book, atMs: number): readonly DueCommand[] {
  const due: DueCommand[] = [];
  for (const { state, expiresMs, id } of book.all("proposal")) {
    if (state === "open")
      due.push({ name: "proposal.expire", request: { proposalId: id }, dueMs: expiresMs });
  }
  for (const { id, suspension } of book.all("terminal")) {
    if (suspension === null) continue;
    due.push({ name: "order.expire", request: { terminalId: id }, dueMs: suspension.untilMs });
  }
  for (const { id, endsMs, endedMs } of book.all("breakGlass")) {
    if (endedMs === null)
      due.push({ name: "breakGlass.expire", request: { breakGlassId: id }, dueMs: endsMs });
  }
  return due.filter(({ dueMs }) => dueMs <= atMs).toSorted((a, b) => a.dueMs - b.dueMs);
}

/** A limit or deactivation whose day of review has come. */
export interface DueReview {
  readonly terminalId: string;
  readonly orderId: string;
  readonly reviewMs: number;
}

/** Limits and deactivations that somebody must look at again, the longest waiting first. */
export function dueReviews(book: Book, atMs: number): readonly DueReview[] {
  const due: DueReview[] = [];
  for (const { id, restriction, deactivation } of book.all("terminal")) {
    const standing = restriction ?? deactivation;
    if (standing === null || standing.reviewMs > atMs) continue;
    due.push({ terminalId: id, orderId: standing.orderId, reviewMs: standing.reviewMs });
  }
  return due.toSorted((a, b) => a.reviewMs - b.reviewMs);
}
