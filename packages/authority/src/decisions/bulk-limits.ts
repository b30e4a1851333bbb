// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import { contentHash } from "../content-hash.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { Terminal } from "../terminal.ts";
import type { BulkAction } from "./bulk-order.ts";
import type { BlastRadius } from "./proposal.ts";
import { type LastCell, protectedSitesNear } from "./protected-terminals.ts";

/** How far one bulk order may reach: policy, as data. */
export interface BulkLimits {
  /** Largest share of the terminals in service that the orders of 24 hours may touch, 0 to 1. */
  readonly mostShare: number;
  /** As many may always be touched, however few are in service. */
  readonly mostAnyway: number;
  /** Share of the order's terminals that the canary may have; at least one terminal, at most this. */
  readonly canaryShare: number;
  /** How many terminals of the canary must be looked at; all, where it has fewer. */
  readonly sample: number;
}

export const defaultBulkLimits: BulkLimits = {
  mostShare: 0.05,
  mostAnyway: 10,
  canaryShare: 0.01,
  sample: 10,
};

/** The span over which bulk orders are added up. */
export const limitSpanMs = 86_400_000;

/** Whether a terminal has service of some kind, or would have had without an order. */
export function inService({ state }: Terminal): boolean {
  return state === "active" || state === "restricted" || state === "suspended";
}

/** Whom an order about terminals would touch. */
export function blastRadiusOf(
  book: Book,
  terminalIds: readonly string[],
  lastCells: readonly LastCell[],
): BlastRadius {
  const touched = terminalIds.flatMap(id => book.get("terminal", id) ?? []);
  const accounts = new Set(touched.flatMap(({ accountId }) => accountId ?? []));
  let inServiceCount = 0;
  for (const terminal of book.all("terminal")) if (inService(terminal)) inServiceCount++;
  const share = inServiceCount === 0 ? 0 : touched.filter(inService).length / inServiceCount;
  return {
    terminals: touched.length,
    accounts: accounts.size,
    share,
    protectedSites: protectedSitesNear(book, terminalIds, lastCells),
  };
}

/**
 * Terminals that bulk orders of the last 24 hours took something from, or are about to: with them an order is measured
 * against the cap, so that many small orders reach no further than one.
 */
export function lately(book: Book, atMs: number): readonly string[] {
  return [...book.all("bulkOrder")]
    .filter(({ action, state }) => action !== "restore" && state !== "rolledBack")
    .filter(bulk => atMs - bulk.atMs < limitSpanMs)
    .flatMap(({ terminalIds }) => terminalIds);
}

/**
 * Whether an order stays within the cap. Giving service back is not capped.
 *
 * @returns `blastRadiusTooGreat` with both figures
 */
export function checkBlastRadius(
  { terminals, share }: BlastRadius,
  action: BulkAction,
  limits: BulkLimits,
): Result<null, AuthorityError<"blastRadiusTooGreat">> {
  if (action === "restore" || terminals <= limits.mostAnyway || share <= limits.mostShare) {
    return succeed(null);
  }
  return fail(
    "blastRadiusTooGreat",
    "terminalIds",
    `With those of the last 24 hours ${terminals} terminals are ${(share * 100).toFixed(2)} % of those in service; bulk ` +
      "orders of one day touch at most " +
      `${(limits.mostShare * 100).toFixed(2)} %, or ${limits.mostAnyway} terminals.`,
  );
}

/**
 * The part on which an order is tried: at least one terminal, and no more than its share. Which ones follows from the
 * order's id and theirs: nobody picks them, everybody can check them, and another order tries others.
 */
export function canaryOf(bulkId: string, terminalIds: readonly string[], share: number): readonly string[] {
  const size = Math.max(1, Math.floor(terminalIds.length * share));
  return terminalIds
    .map(id => ({ id, rank: contentHash([bulkId, id]) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id)
    .sort();
}
