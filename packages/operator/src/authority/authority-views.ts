// SPDX-License-Identifier: MIT
// The authority's values in the shapes of the HTTP contract: instants as ISO 8601, nothing else changed.
import type { ExplainedGround, Order } from "@perigee/authority";
import type * as contract from "../contract.ts";
import type { LoggedDecision } from "../storage/decisions.ts";

const iso = (atMs: number): string => new Date(atMs).toISOString();

export function groundView({
  rule,
  reason,
  axis,
  territory,
  value,
  asserter,
  source,
  sinceMs,
  text,
}: ExplainedGround): contract.Explanation["grounds"][number] {
  return {
    rule,
    reason,
    axis,
    territory,
    value,
    asserter,
    source,
    since: sinceMs === null ? null : iso(sinceMs),
    text,
  };
}

/** An order and where its decision stands in the log. */
export interface StoredOrder extends Order {
  readonly ledgerIndex: number;
}

export function orderView({
  id,
  kind,
  terminalId,
  officer,
  ground,
  atMs,
  expiresAtMs,
  endedAtMs,
  ledgerIndex,
}: StoredOrder): contract.Order {
  return {
    id,
    kind,
    terminalId,
    officer,
    ground,
    at: iso(atMs),
    expiresAt: expiresAtMs === null ? null : iso(expiresAtMs),
    endedAt: endedAtMs === null ? null : iso(endedAtMs),
    ledgerIndex,
  };
}

export function decisionView({
  id,
  atMs,
  subject,
  action,
  outcome,
  reasons,
  text,
  ledgerIndex,
}: LoggedDecision): contract.Decision {
  return { id, at: iso(atMs), subject, action, outcome, reasons: [...reasons], text, ledgerIndex };
}
