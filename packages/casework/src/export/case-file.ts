// SPDX-License-Identifier: MIT
import {
  type Appeal,
  contentHash,
  type Evidence,
  type Finding,
  type Notice,
  type Order,
} from "@perigee/authority";
import { type CaseClock, clocksOfCase } from "../cases/clocks.ts";
import { appealsOf, noticesOf } from "../cases/guards.ts";
import { type ClaimWeight, weightsOf } from "../cases/weight.ts";
import type { Case, CaseBook, CaseReport } from "../records.ts";
import { type SupplyGraph, supplyGraph } from "../supply/supply-graph.ts";

/** First member of every case file: what a reader looks for before anything else. */
export const CASE_FILE_FORMAT = "perigee-case-file/1";

/** A report as it leaves the investigation: as much as its protection lets. Never how the reporter is answered. */
export interface ShownReport {
  readonly id: string;
  readonly receivedMs: number;
  readonly acknowledgedMs: number | null;
  readonly lifeAtRisk: boolean;
  readonly copyOf: string | null;
  /** `null`: not even that is shown. */
  readonly reporter: CaseReport["reporter"] | null;
  readonly summary: string | null;
  readonly documents: readonly string[];
}

/** The parts of a case file that its manifest covers. */
export interface CaseFileParts {
  readonly case: Case;
  readonly reports: readonly ShownReport[];
  readonly weights: readonly ClaimWeight[];
  readonly supply: SupplyGraph;
  /** Without bytes: those are handed over under their hash, by who may. */
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly orders: readonly Order[];
  readonly notices: readonly Notice[];
  readonly appeals: readonly Appeal[];
  readonly clocks: readonly CaseClock[];
}

/** One case for an oversight body: everything on record about it, and the proofs that it was logged as it says. */
export interface CaseFile {
  readonly format: typeof CASE_FILE_FORMAT;
  /** The operator, as it names itself. */
  readonly operator: string;
  /** As on record at this instant; UTC ms. */
  readonly asOfMs: number;
  readonly parts: CaseFileParts;
  /** SHA-256 of the canonical JSON (RFC 8785) of every part, by name. */
  readonly manifest: { readonly [K in keyof CaseFileParts]: string };
  /**
   * A bundle of the ledger (`perigee-ledger-bundle/1`) with an entry for every decision about {@link ledgerSubjects}: it is
   * verified offline with the operator's public key. `null`: handed over apart.
   */
  readonly ledger: unknown;
}

/** Subjects whose ledger entries belong in the bundle of a case file: the case, its findings' and its orders' terminals. */
export function ledgerSubjects(book: CaseBook, found: Case): readonly string[] {
  const evidence = book.about("evidence", found.id).filter(({ caseId }) => caseId === found.id);
  const findings = book.about("finding", found.id).filter(({ caseId }) => caseId === found.id);
  const orders = found.orderIds.flatMap(id => book.get("order", id) ?? []);
  return [
    ...new Set([
      found.id,
      ...evidence.map(({ id }) => id),
      ...findings.map(({ terminalId }) => terminalId),
      ...orders.map(({ terminalId }) => terminalId),
    ]),
  ];
}

/**
 * The file of a case. Notices that are kept back are left out, so that no file tips anybody off.
 *
 * @param ledger the bundle, as `makeBundle` of the operator makes it for {@link ledgerSubjects}
 */
export function caseFile(
  book: CaseBook,
  found: Case,
  {
    operator,
    asOfMs,
    ledger = null,
  }: { readonly operator: string; readonly asOfMs: number; readonly ledger?: unknown },
): CaseFile {
  const ofCase = ({ caseId }: { readonly caseId: string }): boolean => caseId === found.id;
  const notices = noticesOf(book, found).filter(({ exemption }) => exemption === null);
  const told = new Set(notices.map(({ id }) => id));
  const parts: CaseFileParts = {
    case: found,
    reports: book.about("caseReport", found.id).filter(ofCase).map(shownReport),
    weights: weightsOf(found.claims),
    supply: supplyGraph(found.supply),
    evidence: book.about("evidence", found.id).filter(ofCase),
    findings: book.about("finding", found.id).filter(ofCase),
    orders: found.orderIds.flatMap(id => book.get("order", id) ?? []),
    notices,
    appeals: appealsOf(book, found).filter(({ noticeId }) => told.has(noticeId)),
    clocks: clocksOfCase(book, found.id, asOfMs),
  };
  return { format: CASE_FILE_FORMAT, operator, asOfMs, parts, manifest: manifestOf(parts), ledger };
}

/** The hash of every part. */
export function manifestOf(parts: CaseFileParts): CaseFile["manifest"] {
  const hashes = Object.entries(parts).map(([name, part]) => [name, contentHash(part)]);
  return Object.fromEntries(hashes) as CaseFile["manifest"];
}

/** What of a report may be seen outside the investigation. */
export function shownReport(report: CaseReport): ShownReport {
  const { id, receivedMs, acknowledgedMs, lifeAtRisk, copyOf, protection } = report;
  return {
    ...{ id, receivedMs, acknowledgedMs, lifeAtRisk, copyOf },
    reporter: protection === "atRisk" ? null : report.reporter,
    summary: protection === "open" ? report.summary : null,
    documents: protection === "open" ? report.documents : [],
  };
}
