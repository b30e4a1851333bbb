// SPDX-License-Identifier: MIT
import { allowListEntriesOf, type LastCell, protectedSitesNear } from "@perigee/authority";
import type { CaseBook } from "../records.ts";
import { policyEntriesOf } from "./policy-lists.ts";

const dayMs = 86_400_000;
/** A terminal that changed hands so lately may be where its new holder took it. */
const recentTransferMs = 60 * dayMs;

/** Something on record that speaks for a terminal, whatever pattern it shows. */
export interface Mitigation {
  readonly kind:
    | "protectedSite"
    | "allowList"
    | "siteException"
    | "donation"
    | "sponsorship"
    | "transfer"
    | "victim";
  /** The record, by id. */
  readonly record: string;
  readonly text: string;
}

/**
 * What the record says for a terminal: protected sites first, since a mistake does most harm there.
 *
 * @param lastCells where terminals were last, so that sites nearby are found as well; without them those that name it
 */
export function mitigationsOf(
  book: CaseBook,
  terminalId: string,
  atMs: number,
  lastCells: readonly LastCell[] = [],
): readonly Mitigation[] {
  const found: Mitigation[] = [];
  const add = (kind: Mitigation["kind"], record: string, text: string): void => {
    found.push({ kind, record, text });
  };
  for (const id of protectedSitesNear(book, [terminalId], lastCells)) {
    const site = book.get("protectedSite", id);
    if (site === undefined) continue;
    const how = site.terminalIds.includes(terminalId) ? "It serves" : "It is near";
    add("protectedSite", id, `${how} ${site.title} (${site.kind}), which is protected.`);
  }
  const entries = [...allowListEntriesOf(book, terminalId), ...policyEntriesOf(book, terminalId)];
  for (const { territory, holder, validFromMs, validToMs } of entries) {
    if (validFromMs > atMs || (validToMs !== null && validToMs <= atMs)) continue;
    add("allowList", `${territory}:${terminalId}`, `It is on the allow-list of ${territory}, for ${holder}.`);
  }
  for (const { id, title, fromMs, toMs } of book.about("siteException", terminalId)) {
    if (fromMs <= atMs && atMs < toMs) add("siteException", id, `It has an exception for ${title}.`);
  }
  for (const { id, holder, programmeId } of book.about("donation", terminalId)) {
    add("donation", id, `It was given to ${holder} under the programme ${programmeId}.`);
  }
  const accountId = book.get("terminal", terminalId)?.accountId ?? null;
  if (accountId !== null) {
    for (const { id, sponsor, fromMs, lapsedMs } of book.about("sponsorship", accountId)) {
      if (fromMs <= atMs && lapsedMs === undefined)
        add("sponsorship", id, `${sponsor} pays for its account.`);
    }
  }
  for (const { id, step, atMs: changedMs, toParty } of book.about("custody", terminalId)) {
    const isHandOver = step === "transfer" || step === "sale" || step === "recovery";
    if (isHandOver && changedMs <= atMs && atMs - changedMs < recentTransferMs) {
      add("transfer", id, `It came to ${toParty ?? "somebody"} less than 60 days ago.`);
    }
  }
  for (const { id, victims } of book.about("case", terminalId)) {
    if (victims.some(victim => victim.terminalId === terminalId)) {
      add("victim", id, `Whoever uses it is on record as a victim in the case ${id}.`);
    }
  }
  const holder = book.get("terminal", terminalId)?.holder ?? null;
  if (holder !== null) {
    for (const { id, victims } of book.about("case", holder)) {
      const listed = victims.some(({ partyId, terminalId: own }) => partyId === holder && own === null);
      if (listed) add("victim", id, `Its holder is on record as a victim in the case ${id}.`);
    }
  }
  return found;
}
