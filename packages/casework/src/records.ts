// SPDX-License-Identifier: MIT
// The records of this room, which stand in the authority's book with all others.
import type { Book, Case, CaseReport, Change } from "@perigee/authority";

export {
  type CandidateMeans,
  type Case,
  type CaseCandidate,
  type CaseClaim,
  type CaseConclusion,
  type CaseKind,
  type CaseReport,
  type CaseSignal,
  type CaseState,
  type CaseStep,
  type CaseVerdict,
  type CaseVictim,
  caseBounds,
  caseKinds,
  caseStates,
  kindsAboutTerminals,
  type Protection,
  protections,
  type ReporterKind,
  reporterKinds,
  type ScamListing,
  type SupplyClaim,
  type SupplyGoods,
  type SupplyNode,
  type SupplyNodeKind,
} from "@perigee/authority";

/** Kinds of record that this room writes. */
export interface CaseKinds {
  case: Case;
  caseReport: CaseReport;
}

/** The book, as this room reads it. */
export type CaseBook = Book;

/** What a command of this room may change: its own two kinds, and nothing that a terminal's service depends on. */
export type CaseChange = Extract<Change, { readonly kind: keyof CaseKinds }>;
