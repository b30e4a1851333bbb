// SPDX-License-Identifier: MIT
/**
 * Who said what, when, and by whose account: documents become statements, propositions and their origins.
 *
 * @packageDocumentation
 */

export { type Appearance, type ClaimReview, claimReviews } from "./claim-review.ts";
export { type DateMention, datesIn, overlapInTime, weekdayNotAfter } from "./dates/reported-date.ts";
export { LIMITS } from "./documents/limits.ts";
export { openDocument, type RawDocument } from "./documents/open-document.ts";
export { type PageTable, pageTable } from "./documents/page-table.ts";
export { type DocumentOptions, readDocument } from "./documents/read-document.ts";
export type { DocumentLineage, Kinship } from "./lineage/document-lineage.ts";
export {
  type LinkedQuotes,
  type LinkOptions,
  linkQuotes,
  type QuoteGroup,
  type QuoteLink,
} from "./lineage/link-quotes.ts";
export { type ParaphraseTable, paraphraseTable } from "./lineage/paraphrase-table.ts";
export type {
  Credit,
  DatedOn,
  DeclaredFacts,
  Fidelity,
  IntakeError,
  IntakeResult,
  Passage,
  PassageHint,
  PassageKind,
  ReadDocument,
  SourceDocument,
  Speaker,
  Stance,
  Statement,
  TextRange,
} from "./model.ts";
export { type SpeechTable, speechTable } from "./quotes/speech-table.ts";
export { type StatementOptions, statementsOf } from "./quotes/statements.ts";
export { readReports } from "./read.ts";
export type {
  Area,
  Assertion,
  Conflict,
  DocumentRange,
  DocumentSummary,
  Entity,
  Gap,
  Grade,
  IntakeReport,
  NumberMention,
  Origin,
  PlaceMention,
  PlacePin,
  Proposition,
  Route,
  RouteEdge,
} from "./report.ts";
export { intakeReportSchema } from "./report-schema.ts";
export { extendTables, type IntakeTables, shippedTables } from "./tables/intake-tables.ts";
