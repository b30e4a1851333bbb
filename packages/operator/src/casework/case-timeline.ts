// SPDX-License-Identifier: MIT
import type { Appeal, Evidence, Finding, Notice, Order } from "@perigee/authority";
import type { Case, CaseReport } from "@perigee/casework";
import type { CaseTimelineRow } from "../contract.ts";
import { iso } from "../public/area-words.ts";

/** What happened in a case, by the records that say so. */
export interface CaseRecords {
  readonly found: Case;
  readonly reports: readonly CaseReport[];
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly orders: readonly Order[];
  readonly notices: readonly Notice[];
  readonly appeals: readonly Appeal[];
}

interface Row extends Omit<CaseTimelineRow, "at"> {
  readonly atMs: number;
}

/** All of it in order of time; of what happened at one instant, as it follows from each other. */
export function timelineOf(records: CaseRecords): CaseTimelineRow[] {
  const { found, reports, evidence, findings, orders, notices, appeals } = records;
  const rows: Row[] = [
    ...reports.flatMap(reportRows),
    ...evidence.flatMap(({ id, title, custody }) =>
      custody.map(({ step, by, atMs, note }) => row(atMs, "evidence", id, `${title}: ${step}. ${note}`, by)),
    ),
    ...findings.map(({ id, terminalId, verdict, summary, by, atMs }) =>
      row(atMs, "finding", id, `${terminalId}: ${verdict}. ${summary}`, by),
    ),
    ...found.steps.map(({ event, to, by, atMs, note }) =>
      row(atMs, "step", event, `The case is ${to}. ${note}`, by),
    ),
    ...orders.flatMap(orderRows),
    ...notices.map(({ id, subject, party, exemption, atMs }) =>
      row(
        atMs,
        "notice",
        id,
        exemption === null ? `${party ?? subject} is told.` : `Not told yet: ${exemption}`,
        null,
      ),
    ),
    ...appeals.flatMap(appealRows),
  ];
  return rows
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, kind, id, text, by }) => ({ at: iso(atMs), kind, id, text, by }));
}

const row = (atMs: number, kind: Row["kind"], id: string, text: string, by: string | null): Row => ({
  ...{ atMs, kind, id, text, by },
});

/** That a report came, and nothing of what it says or who brought it. */
function reportRows({ id, receivedMs, acknowledgedMs, lifeAtRisk, copyOf }: CaseReport): Row[] {
  const came = `A report comes in${lifeAtRisk ? ": a life is said to be at risk" : ""}${copyOf === null ? "" : `, a copy of ${copyOf}`}.`;
  return [
    row(receivedMs, "report", id, came, null),
    ...(acknowledgedMs === null
      ? []
      : [row(acknowledgedMs, "report", id, "Its receipt is acknowledged.", null)]),
  ];
}

function orderRows({ id, kind, terminalId, ground, officer, atMs, endedAtMs }: Order): Row[] {
  return [
    row(atMs, "order", id, `${kind} ${terminalId}: ${ground}`, officer),
    ...(endedAtMs === null ? [] : [row(endedAtMs, "order", id, `The order about ${terminalId} ends.`, null)]),
  ];
}

function appealRows({ id, subject, by, atMs, state, decision }: Appeal): Row[] {
  return [
    row(atMs, "appeal", id, `An appeal about ${subject}.`, by),
    ...(decision === null
      ? []
      : [row(decision.atMs, "appeal", id, `The appeal is ${state}. ${decision.reason}`, decision.by)]),
  ];
}
