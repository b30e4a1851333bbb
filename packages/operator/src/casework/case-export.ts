// SPDX-License-Identifier: MIT
import type { Book } from "@perigee/authority";
import { type Case, type CaseFile, caseFile, ledgerSubjects } from "@perigee/casework";
import type { OperatorContext } from "../context.ts";
import type { Queryable } from "../storage/database.ts";
import { makeBundle } from "../storage/ledger-bundle.ts";
import { LedgerTiles } from "../storage/ledger-tiles.ts";

/** Entries of one case file; a matter with more is proved by bundles of its subjects. */
const MOST_ENTRIES = 5_000;

/** A case for an oversight body: everything on record, with the entries of the ledger that prove it. */
export async function exportCase(operator: OperatorContext, found: Case): Promise<CaseFile> {
  const { authority, db, ledgerKey, clock } = operator;
  const indexes = await entriesOf(db, authority.book, found);
  const ledger = await makeBundle(db, ledgerKey, new LedgerTiles(db), { indexes });
  return caseFile(authority.book, found, {
    ...{ operator: authority.areaRules.operator, asOfMs: clock.nowMs(), ledger },
  });
}

/**
 * Entries about the case and its evidence, and of those about its terminals the ones that name one of its findings, orders,
 * notices or appeals, or what these rest on: whatever else was decided about a terminal is nobody's business here.
 */
async function entriesOf(db: Queryable, book: Book, found: Case): Promise<number[]> {
  const evidence = book.about("evidence", found.id).filter(({ caseId }) => caseId === found.id);
  const findings = book.about("finding", found.id).filter(({ caseId }) => caseId === found.id);
  const own = new Set([found.id, ...evidence.map(({ id }) => id)]);
  const named = [
    ...found.orderIds,
    ...findings.flatMap(({ id, basis, identityBinding }) => [
      ...[id, ...basis.evidence],
      ...(identityBinding === null ? [] : [identityBinding.evidence]),
    ]),
  ];
  const rows = await db
    .selectFrom("decision")
    .select(["ledger_index", "subject", "document"])
    .where("subject", "in", [...ledgerSubjects(book, found)])
    .orderBy("ledger_index")
    .execute();
  return rows
    .filter(({ subject, document }) => {
      if (own.has(subject)) return true;
      const text = JSON.stringify(document);
      return named.some(id => text.includes(JSON.stringify(id).slice(1, -1)));
    })
    .slice(0, MOST_ENTRIES)
    .map(({ ledger_index: index }) => index);
}
