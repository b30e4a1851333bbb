// SPDX-License-Identifier: MIT
import type { CaseBook } from "../records.ts";
import { appealsOf, standingOrders } from "./guards.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * How soon what must happen, ms: a report is acknowledged within an hour and triaged within a day; where a life is credibly
 * at risk both within a quarter of an hour. Policy of this operator, after what emergency requests and contact points of
 * comparable services are held to.
 */
export const clockTermsMs = {
  acknowledge: hourMs,
  triage: 24 * hourMs,
  safety: 15 * minuteMs,
} as const;

export const clockNames = {
  acknowledge: "The reporter is told that the report arrived.",
  triage: "Somebody says what the case is about and how urgent it is.",
  interim: "An interim measure ends by itself.",
  appeal: "An appeal is decided.",
} as const;

/** A term of a case. */
export interface CaseClock {
  readonly caseId: string;
  readonly clock: keyof typeof clockNames;
  /** What it is about: a report, the case, an order, an appeal. */
  readonly subject: string;
  readonly startedMs: number;
  readonly dueMs: number;
  /** When what was due happened; `null` while it has not. */
  readonly metMs: number | null;
  readonly state: "running" | "met" | "metLate" | "overdue";
}

/** All terms of all cases, those that still run first and of these the one due first. Closed cases keep what they met. */
export function caseClocks(book: CaseBook, atMs: number): readonly CaseClock[] {
  return [...book.all("case")]
    .flatMap(({ id }) => clocksOfCase(book, id, atMs))
    .toSorted((a, b) => Number(a.metMs !== null) - Number(b.metMs !== null) || a.dueMs - b.dueMs);
}

/** The terms of one case, in the order in which they began. */
export function clocksOfCase(book: CaseBook, caseId: string, atMs: number): readonly CaseClock[] {
  const found = book.get("case", caseId);
  if (found === undefined) return [];
  const clocks: CaseClock[] = [];
  const add = (
    clock: CaseClock["clock"],
    subject: string,
    startedMs: number,
    dueMs: number,
    metMs: number | null,
  ) => clocks.push({ caseId, clock, subject, startedMs, dueMs, metMs, state: stateOf(dueMs, metMs, atMs) });

  const reports = book.about("caseReport", caseId).filter(report => report.caseId === caseId);
  for (const { id, receivedMs, lifeAtRisk, acknowledgedMs } of reports) {
    const term = lifeAtRisk ? clockTermsMs.safety : clockTermsMs.acknowledge;
    add("acknowledge", id, receivedMs, receivedMs + term, acknowledgedMs);
  }
  // A case that was dismissed or merged was looked at as well.
  const lookedMs = found.triagedMs ?? found.steps[0]?.atMs ?? null;
  const dueMs = Math.min(
    found.openedMs + clockTermsMs.triage,
    ...reports
      // A cry for help that comes after the triage is answered as a report; it does not turn the clock back.
      .filter(({ lifeAtRisk, receivedMs }) => lifeAtRisk && (lookedMs === null || receivedMs <= lookedMs))
      .map(({ receivedMs }) => receivedMs + clockTermsMs.safety),
  );
  add("triage", caseId, found.openedMs, dueMs, lookedMs);
  for (const { id, atMs: fromMs, expiresAtMs } of standingOrders(book, found, atMs)) {
    if (expiresAtMs !== null) add("interim", id, fromMs, expiresAtMs, null);
  }
  for (const appeal of appealsOf(book, found)) {
    if (appeal.state !== "withdrawn") {
      add("appeal", appeal.id, appeal.atMs, appeal.dueMs, appeal.decision?.atMs ?? null);
    }
  }
  return clocks;
}

function stateOf(dueMs: number, metMs: number | null, atMs: number): CaseClock["state"] {
  if (metMs !== null) return metMs <= dueMs ? "met" : "metLate";
  return atMs > dueMs ? "overdue" : "running";
}
