// SPDX-License-Identifier: MIT
/**
 * May this terminal be online here, now? Territory status on five axes, policy snapshots, terminals and their
 * states, officers' orders, admission with its grounds and its explanation, decisions and leases. Pure: every
 * function takes its time and its records as arguments.
 *
 * @packageDocumentation
 */
export {
  type Admission,
  type AdmissionInput,
  type AdmissionInputs,
  areaReject,
  evaluate,
  type Reject,
} from "./admission.ts";
export { type AreaEvent, type AreaTransition, areaTransition, areaTransitions } from "./area-state.ts";
export { compilePolicy } from "./compile-policy.ts";
export { admissionDecision, type Decision, decisionOf } from "./decision.ts";
export { type ExplainedGround, type Explanation, explain, type Names } from "./explain.ts";
export type { Ground, RuleId } from "./grounds.ts";
export {
  defaultLeaseMs,
  issueLeases,
  type Lease,
  type LeaseBatch,
  type LeaseClaims,
  type LeaseError,
  type LeaseErrorCode,
  leaseClaims,
  leaseSkewMs,
  longestLeaseMs,
  maxLeaseBatch,
  maxLeaseCells,
  type Reach,
  shortLeaseMs,
  verifyLease,
} from "./lease.ts";
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
export {
  expire,
  longestSuspensionHours,
  type Order,
  type OrderError,
  type OrderErrorCode,
  type OrderResult,
  type RestoreRequest,
  type RestoreResult,
  restore,
  type SuspendRequest,
  suspend,
  suspensionSpanHours,
} from "./orders.ts";
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
export type { AuthorityError, Result } from "./result.ts";
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
