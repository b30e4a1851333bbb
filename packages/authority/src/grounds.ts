// SPDX-License-Identifier: MIT
import type { ReasonCode } from "./reasons.ts";
import type { Axis } from "./territory.ts";

/** The rules that produce grounds. Several rules may lead to one reason. */
export const ruleIds = [
  "order.txOff",
  "identity.failed",
  "identity.unproved",
  "terminal.retired",
  "terminal.deactivated",
  "terminal.clone",
  "terminal.state",
  "terminal.account",
  "terminal.plan",
  "terminal.paused",
  "terminal.restriction",
  "terminal.suspension",
  "terminal.lost",
  "terminal.seized",
  "party.sanctioned",
  "party.verification",
  "account.closed",
  "emergency.call",
  "axis.asserted",
  "axis.silence",
  "allowList.required",
  "location.verdict",
  "location.never",
  "location.old",
  "location.stale",
  "area.guardBand",
  "plan.ocean",
  "plan.address",
  "plan.country",
  "plan.roamDays",
  "plan.speed",
  "area.speed",
] as const;

export type RuleId = (typeof ruleIds)[number];

/** One fact that leads to a reason. Absent is `null`, so that a ground has one shape on every wire. */
export interface Ground {
  readonly rule: RuleId;
  readonly reason: ReasonCode;
  readonly axis: Axis | null;
  readonly territory: string | null;
  /** Id of the statement, order, party or measurement that says so, where it has one. */
  readonly record: string | null;
  /** What was found: a status value, a state, a measurement with its unit. */
  readonly value: string | null;
  readonly asserter: string | null;
  readonly source: string | null;
  /** Since when it has been so; UTC ms. */
  readonly sinceMs: number | null;
  /** When it ends by itself, where that is known; UTC ms. */
  readonly untilMs: number | null;
}

/** A ground from its rule, its reason and what else is known. */
export function groundOf(
  rule: RuleId,
  reason: ReasonCode,
  facts: Partial<Omit<Ground, "rule" | "reason">> = {},
): Ground {
  return {
    rule,
    reason,
    axis: null,
    territory: null,
    record: null,
    value: null,
    asserter: null,
    source: null,
    sinceMs: null,
    untilMs: null,
    ...facts,
  };
}
