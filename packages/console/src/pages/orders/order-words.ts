// SPDX-License-Identifier: MIT
import type { Order } from "@perigee/operator/contract";
import type { RecordTime } from "../../data/records.ts";
import type { AppealRow, BreakGlassRow, BulkOrderRow, FindingRow } from "../../data/records-shapes.ts";
import type { MarkTone } from "../../ui/mark.tsx";

export const ORDER_KINDS: Record<Order["kind"], string> = {
  suspend: "Suspend",
  restore: "Restore",
  restrict: "Restrict",
  lift: "Lift the restriction",
  deactivate: "Deactivate",
  reinstate: "Reinstate",
};

export const BULK_STATES: Record<BulkOrderRow["state"], string> = {
  stopped: "Stopped",
  canary: "Canary",
  complete: "Complete",
  rolledBack: "Rolled back",
};

export const BULK_SENTENCES: Record<BulkOrderRow["state"], string> = {
  stopped: "Nothing more happens until a person has looked.",
  canary: "It is carried out on a small part, and somebody looks at the effect before the rest.",
  complete: "It is carried out on all.",
  rolledBack: "All that it did is reversed.",
};

export const BULK_TONES: Record<BulkOrderRow["state"], MarkTone> = {
  stopped: "bad",
  canary: "wait",
  complete: "ok",
  rolledBack: "mute",
};

export const APPEAL_STATES: Record<AppealRow["state"], string> = {
  open: "Open",
  upheld: "The decision stands",
  reversed: "Reversed",
  withdrawn: "Withdrawn",
};

export const APPEAL_TONES: Record<AppealRow["state"], MarkTone> = {
  open: "wait",
  upheld: "mute",
  reversed: "ok",
  withdrawn: "mute",
};

export const VERDICTS: Record<FindingRow["verdict"], string> = {
  confirmed: "Confirmed",
  notConfirmed: "Not confirmed",
  inconclusive: "Inconclusive",
};

export const VERDICT_TONES: Record<FindingRow["verdict"], MarkTone> = {
  confirmed: "bad",
  notConfirmed: "ok",
  inconclusive: "mute",
};

/** Where a break-glass stands: while it holds, while nobody has reviewed it, and what the review said. */
export function breakGlassState(
  { review, endedMs, endsMs }: BreakGlassRow,
  nowMs: number,
): readonly [tone: MarkTone, words: string] {
  if (review !== null) return review.verdict === "justified" ? ["ok", "Justified"] : ["bad", "Not justified"];
  return endedMs === null && nowMs < endsMs ? ["bad", "In force"] : ["wait", "Waits for review"];
}

/** What an order is worth now: in force, ended, or done with when it was given. */
export function orderState({ kind, endedAt, expiresAt }: Order, nowMs: number): readonly [MarkTone, string] {
  if (kind === "restore" || kind === "lift" || kind === "reinstate") return ["ok", "Carried out"];
  const over = endedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= nowMs);
  return over ? ["mute", "Ended"] : ["bad", "In force"];
}

/** Orders as they stood at an instant: what came later is not there, what ended later is in force. */
export function ordersAt(orders: readonly Order[], time: RecordTime | null): readonly Order[] {
  if (time === null) return orders;
  return orders
    .filter(({ at }) => Date.parse(at) <= time.validAtMs)
    .map(order =>
      order.endedAt !== null && Date.parse(order.endedAt) > time.validAtMs
        ? { ...order, endedAt: null }
        : order,
    );
}

/** How far a bulk order has gone: `12 of 400, canary 4`. */
export function bulkProgress({ done, terminalIds, canary }: BulkOrderRow): string {
  return `${done.length} of ${terminalIds.length}, canary ${canary.length}`;
}
