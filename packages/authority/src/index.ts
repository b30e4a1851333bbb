// SPDX-License-Identifier: MIT
/**
 * May this terminal be online here, now? Territory status on five axes, policy snapshots, terminals and their
 * states, officers' orders, admission with its grounds and its explanation, decisions and leases. Pure: every
 * function takes its time and its records as arguments.
 *
 * @packageDocumentation
 */

export { type Actor, type Role, roles, theSystem } from "./actor.ts";
export { type AdmissionFacts, factsOf } from "./admission/admission-facts.ts";
export type {
  Identity,
  LocationVerdict,
  NearEdge,
  RegisteredEntry,
  TxOffOrder,
} from "./admission/admission-input.ts";
export type { LiftedGround } from "./admission/lifts.ts";
export { mayAskAgain } from "./admission/retry.ts";
export {
  countedDays,
  type RoamDays,
  type RoamWarning,
  roamDays,
  roamWarning,
} from "./admission/roam-days.ts";
export {
  type Admission,
  type AdmissionInput,
  type AdmissionInputs,
  areaReject,
  decideAdmission,
  evaluate,
  type Reject,
} from "./admission.ts";
export { type AreaEvent, type AreaTransition, areaTransition, areaTransitions } from "./area-state.ts";
export { type AreaIndex, areaIndexOf, areasAt } from "./areas/area-index.ts";
export { type FirstActive, firstActive, movesOf } from "./areas/area-ledger.ts";
export type { AreaMove } from "./areas/area-move.ts";
export { type AreaRules, defaultAreaRules } from "./areas/area-rules.ts";
export {
  type AttestedProof,
  attestationOf,
  countsOf as attestedCountsOf,
  decisionsToProve,
  type PublishedRequest,
  publishedRequest,
} from "./areas/attestation.ts";
export { policyDiff, policyDiffText } from "./areas/policy-diff.ts";
export { type PolicySubject, policyImpact } from "./areas/policy-impact.ts";
export { type PolicyInForce, partsOf, policyDocumentOf, policyInForce } from "./areas/policy-in-force.ts";
export { planPolicy } from "./areas/policy-plan.ts";
export { PublishedMap, type PublishedState } from "./areas/published-map.ts";
export { sealedTerritories } from "./areas/sealed-policies.ts";
export { versionsOf } from "./areas/statement-versions.ts";
export { type AreaStatus, statusOf } from "./areas/status.ts";
export { underViews } from "./areas/under-views.ts";
export type { Book, Change, RecordKind, RecordKinds } from "./book.ts";
export type { BoundCommand, CommandEntry } from "./command-entry.ts";
export { type CommandRules, commandsOf, defaultCommandRules, everythingDue } from "./commands.ts";
export { compilePolicy } from "./compile-policy.ts";
export { contentHash } from "./content-hash.ts";
export { admissionDecision, type Decision, decisionOf } from "./decision.ts";
export {
  type AllowListApplication,
  type ApplicationState,
  applicationStates,
  type StrawSignal,
} from "./decisions/allow-list-application.ts";
export {
  type AllowListCaps,
  allowListEntries,
  allowListEntriesOf,
  defaultCaps,
  type TerritoryEntry,
} from "./decisions/allow-lists.ts";
export { type Appeal, type AppealState, appealStates } from "./decisions/appeal.ts";
export { appealDueMs, openAppeals, type Reversal, type Reversals } from "./decisions/appeals.ts";
export type { BreakGlass } from "./decisions/break-glass.ts";
export { breakGlassReviewMs, longestBreakGlassMs, unreviewed } from "./decisions/break-glass-commands.ts";
export { type BulkLimits, blastRadiusOf, canaryOf, defaultBulkLimits } from "./decisions/bulk-limits.ts";
export {
  type BulkAction,
  type BulkOrder,
  type BulkState,
  bulkStates,
  type CanaryObservation,
} from "./decisions/bulk-order.ts";
export {
  type CandidateMeans,
  type Case,
  type CaseCandidate,
  type CaseClaim,
  type CaseConclusion,
  type CaseKind,
  type CaseSignal,
  type CaseState,
  type CaseStep,
  type CaseVerdict,
  type CaseVictim,
  caseBounds,
  caseKinds,
  caseStates,
  kindsAboutTerminals,
  type ScamListing,
  type SupplyClaim,
  type SupplyGoods,
  type SupplyNode,
  type SupplyNodeKind,
} from "./decisions/case.ts";
export {
  type CaseReport,
  type Protection,
  protections,
  type ReporterKind,
  reporterKinds,
} from "./decisions/case-report.ts";
export {
  type DecisionRules,
  type DueCommand,
  type DueReview,
  decisionCommands,
  defaultDecisionRules,
  dueCommands,
  dueReviews,
} from "./decisions/decision-commands.ts";
export {
  type Evidence,
  type EvidenceCustody,
  type EvidenceSource,
  type EvidenceStep,
  evidenceSources,
  evidenceSteps,
  largestEvidenceBytes,
  type WorkingCopy,
} from "./decisions/evidence.ts";
export type {
  LicenceException,
  LiftableReason,
  ProtectedSite,
  SiteException,
} from "./decisions/exceptions.ts";
export type { Finding } from "./decisions/finding.ts";
export { checkBasis, type DeactivationBasis } from "./decisions/findings.ts";
export type { Notice, NoticeCause } from "./decisions/notice.ts";
export {
  appealTermMs,
  type EvidenceClass,
  evidenceClasses,
  type NoticeContent,
  type NoticedDecision,
  noticeOf,
  noticesTo,
} from "./decisions/notices.ts";
export {
  type Approval,
  type BlastRadius,
  type Proposal,
  type ProposalState,
  proposalStates,
} from "./decisions/proposal.ts";
export { blastText, openProposals, proposalTermMs } from "./decisions/proposals.ts";
export { type LastCell, protectedSitesNear } from "./decisions/protected-terminals.ts";
export {
  exceptionHolds,
  liftable,
  longestExceptionMs,
  widestExceptionKm,
} from "./decisions/site-exceptions.ts";
export { decisionMachines, type StateMachine } from "./decisions/state-tables.ts";
export {
  type RequestCounts,
  type TransparencyReport,
  transparencyReport,
} from "./decisions/transparency-report.ts";
export { approvedByTwo } from "./decisions/two-persons.ts";
export type { TxOff } from "./decisions/tx-off.ts";
export { txOffOrdersOf } from "./decisions/tx-off-commands.ts";
export { type ExplainedGround, type Explanation, explain, type Names } from "./explain.ts";
export type { Ground, RuleId } from "./grounds.ts";
export {
  answerChallenge,
  type Challenge,
  type ChallengeAnswer,
  type Channel,
  challengeFor,
  challengeLifeMs,
  challengeText,
  type IdentityError,
  type IdentityErrorCode,
  nonceBytes,
  verifyAnswer,
} from "./identity/challenge.ts";
export {
  type CloneAlarm,
  type CloneRules,
  type CloneSign,
  cloneRules,
  type InnocentReading,
  type SessionRecord,
} from "./identity/clone-rules.ts";
export { compareSessions } from "./identity/clone-signs.ts";
export { CloneWatch } from "./identity/clone-watch.ts";
export { readDeviceKey, writeDeviceKey } from "./identity/device-key.ts";
export { type DeskLimits, deskLimits, IdentityDesk, type IssueError } from "./identity/identity-desk.ts";
export {
  defaultLeaseMs,
  type GoodBatch,
  issueLeases,
  type Lease,
  type LeaseBatch,
  type LeaseClaims,
  type LeaseError,
  type LeaseErrorCode,
  leaseClaims,
  leaseSkewMs,
  longestLeaseMs,
  longestPresignedMs,
  maxLeaseBatch,
  maxLeaseCells,
  type Reach,
  shortLeaseMs,
  verifyBatch,
  verifyInBatch,
  verifyLease,
} from "./lease.ts";
export {
  leaseChain,
  maxPresignedWindows,
  type PresignedRule,
  presignedRuleOf,
  readPresignedRule,
  standingBy,
  stayingPut,
} from "./lease-chain.ts";
export { leaseVerifier } from "./lease-verifier.ts";
export { freshLocationMs, type LocationFacts, locationFacts, oldLocationMs } from "./location-facts.ts";
export {
  clockLeadMs,
  countryOf,
  type DayStay,
  daysAbroad,
  emptyHistory,
  type Fix,
  type LocationHistory,
  type LocationReport,
  longestSpeedWindowMs,
  observe,
  type ReportErrorCode,
  type SpeedWindow,
  speedNowKmh,
  speedWindowMs,
} from "./location-history.ts";
export { MapBook } from "./map-book.ts";
export {
  expire,
  longestSuspensionHours,
  type Order,
  type OrderError,
  type OrderErrorCode,
  type OrderKind,
  type OrderResult,
  orderKinds,
  type RestoreRequest,
  type RestoreResult,
  restore,
  type SuspendRequest,
  suspend,
  suspensionSpanHours,
} from "./orders.ts";
export {
  allows,
  type Holder,
  holderOf,
  type Permission,
  permissionNames,
  permissions,
  permissionsTable,
  refusalText,
  rolesTable,
} from "./permissions.ts";
export type {
  AllowList,
  AllowListEntry,
  AreaRule,
  HolderClass,
  IndexedAllowList,
  Policy,
  PolicyContent,
  SpecialZone,
  SpeedCap,
  TerritoryRules,
} from "./policy.ts";
export { policyBounds } from "./policy-document.ts";
export type { PolicyRecord } from "./policy-record.ts";
export {
  type Outcome,
  type ReasonCode,
  type ReasonRow,
  reasonOrder,
  reasons,
  reasonsTable,
  type WireCode,
  type WireCodeName,
  wireCodes,
} from "./reasons.ts";
export type { Address } from "./registry/address.ts";
export { type Contact, type ContactRole, contactRoles } from "./registry/contact.ts";
export { custodySteps } from "./registry/custody.ts";
export { custodyOf } from "./registry/custody-chain.ts";
export { donationColumns, rowRules } from "./registry/donation-file.ts";
export {
  type Erasure,
  erasureOf,
  type PersonalKind,
  personalKinds,
  withoutPersonalData,
} from "./registry/erasure.ts";
export { checkImport } from "./registry/import-commands.ts";
export { type KitCheck, kitCheck } from "./registry/kit-check.ts";
export { indexNames, type NameIndex } from "./registry/name-index.ts";
export { keptRequest, salted } from "./registry/personal-data.ts";
export { type PortalView, portalView } from "./registry/portal-view.ts";
export { resellersOf } from "./registry/reseller-commands.ts";
export {
  type KeptElsewhere,
  type RetentionRule,
  retentionRules,
  retentionTable,
} from "./registry/retention.ts";
export type { ScreeningLists } from "./registry/screening-commands.ts";
export { readScreeningList, type ScreeningList } from "./registry/screening-list.ts";
export type { ServiceLine } from "./registry/service-line.ts";
export { type SponsorshipDue, sponsorshipDue } from "./registry/sponsorship-commands.ts";
export {
  type CarriedCommand,
  type LedgerDecision,
  type ReplayDifference,
  type ReplayReport,
  type ReplaySources,
  replay,
} from "./replay.ts";
export type { AuthorityError, Result } from "./result.ts";
export type { Command, CommandContext, Ruling } from "./ruling.ts";
export {
  type Account,
  applyTerminalEvent,
  manufactureTerminal,
  type Party,
  type Plan,
  type Position,
  type Roaming,
  type Suspension,
  type Terminal,
  type TerminalChange,
  type TerminalEvent,
  type TerminalState,
  type TerminalTransition,
  terminalStates,
  terminalTransitions,
} from "./terminal.ts";
export {
  type AreaState,
  type AsOf,
  type Axis,
  type AxisReading,
  type AxisValue,
  axes,
  type Effect,
  effectOf,
  inInterval,
  readAxis,
  type Statement,
  type StatementOn,
  statementsAt,
  territoriesOf,
} from "./territory.ts";
