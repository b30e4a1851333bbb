// SPDX-License-Identifier: MIT
// What must be on record before a case may say what it says. Each guard reads the authority's records and believes no
// request: a case follows orders, notices and appeals, and never leads them.
import {
  type Appeal,
  type AuthorityError,
  checkBasis,
  type Finding,
  type Notice,
  type Order,
  type Result,
} from "@perigee/authority";
import { fail } from "../commands/case-command.ts";
import { type Case, type CaseBook, type CaseVerdict, kindsAboutTerminals } from "../records.ts";
import { mostOrigins } from "./weight.ts";

type Guarded<T, Code extends string> = Result<T, AuthorityError<Code>>;

/** The newest finding of a case about each of its candidates that are still looked at. */
export function findingsOf(book: CaseBook, { id, candidates }: Case): readonly Finding[] {
  return candidates
    .filter(({ excluded }) => excluded === null)
    .flatMap(({ terminalId }) => {
      const own = book.about("finding", terminalId).filter(({ caseId }) => caseId === id);
      return own.toSorted((a, b) => a.atMs - b.atMs).at(-1) ?? [];
    });
}

/** Findings of a case that would carry a deactivation by the authority's own rule. */
export function bindingFindings(book: CaseBook, found: Case, atMs: number): readonly Finding[] {
  return findingsOf(book, found).filter(
    ({ id, terminalId }) => checkBasis(book, terminalId, { kind: "finding", id }, atMs).ok,
  );
}

/**
 * Whether a case may be concluded so. A case about terminals is confirmed by a finding that is tied to one of its
 * candidates and by nothing else: neither claims nor patterns, however many. Another case is confirmed by the operator's
 * own evidence, or by any evidence with two origins, and has no terminal to say it of.
 *
 * @returns the findings that carry it, or `notFound`, `evidenceMissing`, `findingStands`
 */
export function checkConclusion(
  book: CaseBook,
  found: Case,
  verdict: CaseVerdict,
  atMs: number,
): Guarded<readonly string[], "notFound" | "evidenceMissing" | "findingStands"> {
  const binding = bindingFindings(book, found, atMs);
  if (verdict !== "confirmed") {
    if (binding.length > 0) {
      const { id, terminalId } = binding[0]!;
      return fail("findingStands", "verdict", `The finding ${id} confirms it for ${terminalId}.`);
    }
    return { ok: true, value: findingsOf(book, found).map(({ id }) => id) };
  }
  if (kindsAboutTerminals.has(found.kind)) {
    if (binding.length > 0) return { ok: true, value: binding.map(({ id }) => id) };
    return fail(
      "notFound",
      "verdict",
      "No finding of this case is confirmed and tied to one of its candidates. Claims and patterns confirm nothing.",
    );
  }
  const evidence = book.about("evidence", found.id).filter(({ caseId }) => caseId === found.id);
  const own = evidence.some(({ receivedFrom }) => receivedFrom === "ownRecord");
  if (own || (evidence.length > 0 && mostOrigins(found) >= 2)) {
    return { ok: true, value: binding.map(({ id }) => id) };
  }
  return fail(
    "evidenceMissing",
    "verdict",
    "It takes evidence from the operator's own records, or evidence and two independent origins of one claim.",
  );
}

const giving: ReadonlySet<Order["kind"]> = new Set(["restore", "lift", "reinstate"]);

/**
 * Whether an order is one of this case: about a candidate, given since the case was opened, and for a deactivation on a
 * finding of this very case. After another verdict than `confirmed` only what gives service back is.
 */
export function checkOrder(
  book: CaseBook,
  found: Case,
  orderId: string,
): Guarded<Order, "orderUnknown" | "orderOfAnother"> {
  const order = book.get("order", orderId);
  if (order === undefined) return fail("orderUnknown", "orderIds", `There is no order ${orderId}.`);
  const candidate = found.candidates.find(({ terminalId }) => terminalId === order.terminalId);
  const why =
    candidate === undefined
      ? `${order.terminalId} is no candidate of it.`
      : candidate.excluded !== null && !giving.has(order.kind)
        ? `${order.terminalId} was taken out of it: ${candidate.excluded.reason}`
        : order.atMs < found.openedMs
          ? "It was given before the case was opened."
          : order.basis?.kind === "finding" && book.get("finding", order.basis.id)?.caseId !== found.id
            ? "It rests on a finding of another case."
            : // An interim suspension may precede the conclusion; nothing that takes may follow one that did not confirm.
              found.conclusion !== null &&
                found.conclusion.verdict !== "confirmed" &&
                !giving.has(order.kind) &&
                order.atMs >= found.conclusion.atMs
              ? `The case was concluded ${found.conclusion.verdict}.`
              : null;
  if (why === null) return { ok: true, value: order };
  return fail("orderOfAnother", "orderIds", `Order ${orderId} is none of the case ${found.id}. ${why}`);
}

/** The orders of a case that take something, and stand. */
export function standingOrders(book: CaseBook, { orderIds }: Case, atMs: number): readonly Order[] {
  return orderIds
    .flatMap(id => book.get("order", id) ?? [])
    .filter(({ kind }) => !giving.has(kind))
    .filter(
      ({ endedAtMs, expiresAtMs }) => endedAtMs === null && (expiresAtMs === null || expiresAtMs > atMs),
    );
}

/** The notices about a case's orders. */
export function noticesOf(book: CaseBook, { orderIds }: Case): readonly Notice[] {
  return orderIds.flatMap(orderId => {
    const terminalId = book.get("order", orderId)?.terminalId;
    if (terminalId === undefined) return [];
    return book
      .about("notice", terminalId)
      .filter(({ cause }) => cause.kind === "order" && cause.id === orderId);
  });
}

/** Orders of a case that take something and whose holder has no notice, not even one that is kept back. */
export function unnoticed(book: CaseBook, found: Case): readonly string[] {
  const told = new Set(noticesOf(book, found).map(({ cause }) => cause.id));
  return found.orderIds.filter(id => {
    const order = book.get("order", id);
    return order !== undefined && !giving.has(order.kind) && !told.has(id);
  });
}

/** The appeals against a case's orders. */
export function appealsOf(book: CaseBook, found: Case): readonly Appeal[] {
  return noticesOf(book, found).flatMap(({ id }) => book.about("appeal", id).filter(a => a.noticeId === id));
}

/** Why a case cannot be closed yet, in sentences; none where it can. */
export function openEnds(book: CaseBook, found: Case, atMs: number): readonly string[] {
  const ends: string[] = [];
  for (const { id, state } of appealsOf(book, found)) {
    if (state === "open") ends.push(`The appeal ${id} is open.`);
  }
  for (const report of book.about("caseReport", found.id)) {
    if (report.caseId === found.id && report.acknowledgedMs === null) {
      ends.push(`The report ${report.id} is not acknowledged.`);
    }
  }
  if (found.conclusion === null || found.conclusion.verdict !== "confirmed") {
    for (const { id, terminalId } of standingOrders(book, found, atMs)) {
      ends.push(`The order ${id} still stands against ${terminalId}, and nothing was confirmed.`);
    }
  }
  for (const id of unnoticed(book, found)) ends.push(`Nobody was told about the order ${id}.`);
  return ends;
}
