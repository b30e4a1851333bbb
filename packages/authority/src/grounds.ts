// SPDX-License-Identifier: MIT
import type { ReasonCode } from "./reasons.ts";
import type { Axis } from "./territory.ts";

/** The rules that produce grounds. Several rules may lead to one reason. */
export type RuleId =
  | "terminal.retired"
  | "terminal.state"
  | "terminal.account"
  | "terminal.plan"
  | "terminal.suspension"
  | "axis.asserted"
  | "axis.silence"
  | "allowList.required"
  | "location.never"
  | "location.old"
  | "location.stale"
  | "plan.ocean"
  | "plan.address"
  | "plan.country"
  | "plan.roamDays"
  | "plan.speed"
  | "area.speed";

/** One fact that leads to a reason. Absent is `null`, so that a ground has one shape on every wire. */
export interface Ground {
  readonly rule: RuleId;
  readonly reason: ReasonCode;
  readonly axis: Axis | null;
  readonly territory: string | null;
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
    value: null,
    asserter: null,
    source: null,
    sinceMs: null,
    untilMs: null,
    ...facts,
  };
}
