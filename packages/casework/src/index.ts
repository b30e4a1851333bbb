// SPDX-License-Identifier: MIT
/**
 * From a claim to a recommended order: cases, candidates, patterns of misuse, and what each step still needs.
 *
 * @packageDocumentation
 */

export {
  type CandidateMatch,
  type CandidateQuery,
  type CandidateSearch,
  type FoundCandidate,
  mostCandidates,
  searchCandidates,
} from "./candidates/search.ts";
export { type CaseEvent, type CaseTransition, caseMachine, caseTransitions } from "./cases/case-states.ts";
export { type CaseClock, caseClocks, clockNames, clocksOfCase, clockTermsMs } from "./cases/clocks.ts";
export { type ShownEvent, shownEvent } from "./cases/follow.ts";
export {
  appealsOf,
  bindingFindings,
  findingsOf,
  noticesOf,
  openEnds,
  standingOrders,
} from "./cases/guards.ts";
export { type ClaimWeight, mostOrigins, weightsOf } from "./cases/weight.ts";
export { type CasePermission, casePermissions } from "./commands/case-command.ts";
export { caseCommands, casesDue } from "./commands/case-commands.ts";
export { caseSignalOf, detect, familiesOf, type ReviewItem, reviewOrder } from "./detectors/detect.ts";
export {
  activationsFrom,
  attemptsFrom,
  countryDaysFrom,
  type SlotRow,
  visitsFrom,
} from "./detectors/from-telemetry.ts";
export { locationRowOf } from "./detectors/identity-patterns.ts";
export { type DetectorLimits, defaultLimits } from "./detectors/limits.ts";
export { type Mitigation, mitigationsOf } from "./detectors/mitigations.ts";
export { type Pattern, type PatternFamily, type PatternId, patterns } from "./detectors/patterns.ts";
export {
  type AccountLink,
  type ActivationRow,
  type AttemptRow,
  type CellGeometry,
  type CountryDays,
  type ListedSite,
  type ListingRow,
  type LocationRow,
  nothingSeen,
  type Observations,
  type SensitiveCell,
  type SpeedRow,
  type Visit,
} from "./detectors/rows.ts";
export type { Signal } from "./detectors/signal.ts";
export {
  CASE_FILE_FORMAT,
  type CaseFile,
  type CaseFileParts,
  caseFile,
  ledgerSubjects,
  type ShownReport,
  shownReport,
} from "./export/case-file.ts";
export { casePages, type PageBlock } from "./export/case-pages.ts";
export { type CaseFileFinding, type CaseFileReport, checkCaseFile } from "./export/check-case-file.ts";
export {
  type Measure,
  measures,
  type Recommendation,
  type RecommendedMeasure,
  type RecommendOptions,
  recommendOrders,
} from "./orders/recommend.ts";
export {
  type CandidateMeans,
  type Case,
  type CaseBook,
  type CaseCandidate,
  type CaseChange,
  type CaseClaim,
  type CaseConclusion,
  type CaseKind,
  type CaseKinds,
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
} from "./records.ts";
export {
  type OwnPredicate,
  type OwnStatement,
  ownPredicates,
  type StatementCheck,
  type StatementSources,
  type StatementTest,
  testStatement,
} from "./statements/own-statement.ts";
export {
  claimsOf,
  membersOf,
  type ReadProposition,
  type ReadReport,
  type ReadRoute,
  supplyOf,
} from "./supply/from-intake.ts";
export {
  custodyRecords,
  type EdgeRecord,
  type EdgeStatus,
  type SupplyEdge,
  type SupplyGraph,
  type SupplyRoute,
  supplyGraph,
} from "./supply/supply-graph.ts";
