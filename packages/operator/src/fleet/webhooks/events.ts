// SPDX-License-Identifier: MIT
import type { Decision } from "@perigee/authority";
import { slotStartMs } from "@perigee/network";
import type { TelemetryRow } from "../../telemetry/row.ts";
import { terminalAlerts } from "../telemetry/alert-codes.ts";

/** What a webhook can be told of. */
export const eventKinds = ["terminal.alerts", "terminal.admission"] as const;

export type EventKind = (typeof eventKinds)[number];

/** One message before it is addressed. */
export interface WebhookEvent {
  readonly kind: EventKind;
  readonly accountId: string;
  /** Messages about one thing arrive in their order: the terminal's id. */
  readonly lane: string;
  readonly atMs: number;
  readonly data: object;
}

/** An alert as a message names it; an unknown number keeps its number for a name. */
const alertView = (code: number) => ({ code, name: terminalAlerts[code] ?? String(code) });

/**
 * What happened to the alerts of a terminal from one slot to the next: those raised, those cleared, and all that stand.
 * Telemetry says in each slot what is so; this says what has become so.
 *
 * @param before - Alerts that stood; `null`: not known, and then all that stand are said to be raised.
 * @returns `null` where nothing changed, or the terminal was not heard
 */
export function alertsEvent(
  row: TelemetryRow,
  before: readonly number[] | null,
  wireId: string,
): WebhookEvent | null {
  if (!row.reporting || row.account === null) return null;
  const raised = row.alerts.filter(code => !(before ?? []).includes(code));
  const cleared = (before ?? []).filter(code => !row.alerts.includes(code));
  if (raised.length === 0 && cleared.length === 0) return null;
  const atMs = slotStartMs(row.slot);
  return {
    kind: "terminal.alerts",
    accountId: row.account,
    lane: row.terminal,
    atMs,
    data: {
      userTerminalId: wireId,
      raised: raised.map(alertView),
      cleared: cleared.map(alertView),
      active: row.alerts.map(alertView),
    },
  };
}

/** A changed admission, as it is told to the account of the terminal: what holds now, and the codes of why. */
export function admissionEvent(
  { id, atMs, outcome, reasons }: Decision,
  ledgerIndex: number,
  accountId: string,
  terminal: { readonly id: string; readonly wireId: string },
): WebhookEvent {
  return {
    kind: "terminal.admission",
    accountId,
    lane: terminal.id,
    atMs,
    data: { userTerminalId: terminal.wireId, decisionId: id, ledgerIndex, outcome, reasons },
  };
}

/** The body of a message (Standard Webhooks 1.0.0, "Payload structure"). */
export const bodyOf = ({ kind, atMs, data }: WebhookEvent): string =>
  JSON.stringify({ type: kind, timestamp: new Date(atMs).toISOString(), data });
