// SPDX-License-Identifier: MIT
import {
  type Book,
  type Decision,
  type PortalView,
  portalView,
  type ReasonRow,
  reasons,
} from "@perigee/authority";
import type { AuthorityService } from "../authority/authority-service.ts";
import type * as contract from "../contract.ts";
import type { Database } from "../storage/database.ts";

/** Decisions that one answer holds at most; the newest. */
const MOST_DECISIONS = 2_000;

const iso = (atMs: number): string => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : iso(atMs));

/** All that a party sees of its own, with the decisions that the log has about it. */
export async function portalPage(
  { book, db, admissionOf, policy, officers }: PortalSources,
  party: string,
  atMs: number,
): Promise<contract.Portal> {
  // What is the party's is found first; then the log is asked once, for all of it.
  const subjects = new Set<string>();
  portalView(book, party, atMs, subject => {
    subjects.add(subject);
    return [];
  });
  const made = await decisionsOf(db, [...subjects]);
  const view = portalView(book, party, atMs, subject => made.get(subject) ?? []);
  const unnamed = withoutNames(officers);
  const { accounts, lines, decisions, notices, possible } = view;
  return {
    party: { id: party, name: book.get("party", party)?.name ?? party },
    accounts: accounts.map(({ id, country, state, managedBy }) => ({ id, country, state, managedBy })),
    lines: lines.map(({ id, accountId, planId, nickname, state, terminalId, serviceAddress, sinceMs }) => ({
      ...{ id, accountId, nickname, state, terminalId },
      plan: policy.planById.get(planId)?.title ?? planId,
      address: serviceAddress,
      since: iso(sinceMs),
    })),
    terminals: view.terminals.map(terminal => terminalView(terminal, admissionOf)),
    notices: notices.map(notice => noticeView(book, notice)),
    decisions: decisions.map(
      ({ id, atMs: at, subject, action, outcome, reasons: why, text, notice, ...due }) => ({
        ...{ id, subject, action, outcome },
        text: unnamed(text),
        at: iso(at),
        reasons: [...why],
        noticeId: notice?.id ?? null,
        expiresAt: isoOrNull(due.expiresAtMs),
        reviewAt: isoOrNull(due.reviewAtMs),
      }),
    ),
    possible: possible.map(each => ({ ...each })),
  };
}

/** Who worked on a decision is the operator's affair: people are told what was decided, not by whom. */
function withoutNames(names: readonly string[]): (text: string) => string {
  if (names.length === 0) return text => text;
  const any = new RegExp(names.map(name => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return text => text.replace(any, "an officer").replace(/^an officer/, "An officer");
}

/** What the page is made from. */
export interface PortalSources extends Pick<AuthorityService, "book" | "policy" | "admissionOf"> {
  readonly db: Database;
  /** Names of those who work here. */
  readonly officers: readonly string[];
}

async function decisionsOf(db: Database, subjects: readonly string[]): Promise<Map<string, Decision[]>> {
  if (subjects.length === 0) return new Map();
  const rows = await db
    .selectFrom("decision")
    .select(["subject", "document"])
    .where("subject", "in", [...subjects])
    .orderBy("ledger_index", "desc")
    .limit(MOST_DECISIONS)
    .execute();
  const bySubject = new Map<string, Decision[]>();
  for (const { subject, document } of rows) {
    const found = bySubject.get(subject);
    if (found === undefined) bySubject.set(subject, [document as Decision]);
    else found.push(document as Decision);
  }
  return bySubject;
}

function terminalView(
  { id, name, state, stateSinceMs, marks, serviceLineId, as }: PortalView["terminals"][number],
  admissionOf: PortalSources["admissionOf"],
): contract.Portal["terminals"][number] {
  // A user that is neither holder nor on the account sees that it is theirs to use, and not what is held against whom.
  const mayKnow = as.includes("holder") || as.includes("account");
  const admission = mayKnow ? admissionOf(id) : null;
  const row: ReasonRow | null = admission && reasons[admission.reason];
  return {
    ...{ id, name, state, serviceLineId },
    since: iso(stateSinceMs),
    marks: [...marks],
    as: [...as],
    now: admission && {
      outcome: admission.outcome,
      reason: admission.reason,
      sentence: row!.sentence,
      remedy: admission.reason === "ALLOW" ? null : row!.remedy,
    },
  };
}

function noticeView(
  book: Book,
  { id, subject, atMs, text, reviewMs, appealUntilMs }: PortalView["notices"][number],
): contract.PortalNotice {
  const appeal = book.about("appeal", id).findLast(({ noticeId }) => noticeId === id);
  const { facts, rule, evidence, automated, howToAppeal } = text;
  return {
    ...{ id, subject, facts, rule, automated, howToAppeal },
    at: iso(atMs),
    evidence: [...evidence],
    reviewAt: iso(reviewMs),
    appealUntil: iso(appealUntilMs),
    appeal:
      appeal === undefined
        ? null
        : {
            id: appeal.id,
            state: appeal.state,
            at: iso(appeal.atMs),
            dueAt: iso(appeal.dueMs),
            lifeCritical: appeal.lifeCritical,
            answer: appeal.decision?.reason ?? null,
          },
  };
}
