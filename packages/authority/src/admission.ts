// SPDX-License-Identifier: MIT
import { type AdmissionFacts, type AdmissionInputs, factsOf, inputsOf } from "./admission/admission-facts.ts";
import type { AdmissionInput } from "./admission/admission-input.ts";
import { guardBandGrounds } from "./admission/guard-band.ts";
import { type LiftedGround, liftByEmergency, liftByExceptions } from "./admission/lifts.ts";
import { areaReject, type Reject } from "./admission/retry.ts";
import { countedDays, type RoamWarning, roamWarning } from "./admission/roam-days.ts";
import { type AdmissionContext, contextOf } from "./admission-context.ts";
import {
  allowListGrounds,
  areaGrounds,
  areaSpeedGrounds,
  nextRuleChangeMs,
  permittingGrounds,
} from "./area-rules.ts";
import type { Ground } from "./grounds.ts";
import { defaultLeaseMs, type Reach, shortLeaseMs } from "./lease.ts";
import { freshLocationMs, oldLocationMs } from "./location-facts.ts";
import { countryOf } from "./location-history.ts";
import type { Policy } from "./policy.ts";
import {
  type Outcome,
  type ReasonCode,
  type ReasonRow,
  reasonOrder,
  reasons,
  type WireCode,
} from "./reasons.ts";
import {
  identityGrounds,
  locationGrounds,
  planGrounds,
  standingGrounds,
  txOffGrounds,
} from "./terminal-rules.ts";

export type { AdmissionInputs } from "./admission/admission-facts.ts";
export type { AdmissionInput } from "./admission/admission-input.ts";
export { areaReject, type Reject } from "./admission/retry.ts";

export interface Admission {
  readonly terminalId: string;
  readonly atMs: number;
  readonly knownAtMs: number;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly wireCode: WireCode;
  readonly linked: boolean;
  readonly reach: Reach | "nothing";
  /** Grounds of `reason` first, then those of every other reason that applies; for ALLOW, what permits. */
  readonly grounds: readonly Ground[];
  /** What would have refused and was set aside, and by what. */
  readonly lifted: readonly LiftedGround[];
  /** What the holder should know before it becomes a reason. */
  readonly warnings: readonly RoamWarning[];
  /** Present when the area denies. */
  readonly reject: Reject | null;
  /** Longest lease this admission supports, in ms; `null` when it supports none. */
  readonly leaseMs: number | null;
  /** The first instant at which the answer may be another although nobody reports, decides or learns anything new. */
  readonly nextChangeMs: number;
  readonly inputs: AdmissionInputs;
}

const areaReasons: ReadonlySet<ReasonCode> = new Set([
  "AREA_NOT_LICENSED",
  "AREA_NOT_ACTIVE",
  "LEGAL_REGIME",
]);

/**
 * May this terminal be online here, now? A pure function: equal inputs, equal answer. It draws the facts out of the
 * records and decides upon them.
 *
 * @throws RangeError when the policy was written for another boundary view: its territories would mean others
 */
export function evaluate(input: AdmissionInput): Admission {
  return decideAdmission(factsOf(input), input.policy);
}

/**
 * Decides upon facts and reads nothing else: facts that were stored, with the policy whose version was stored, give the
 * decision again.
 *
 * @throws RangeError when the policy was written for another boundary view
 */
export function decideAdmission(facts: AdmissionFacts, policy: Policy): Admission {
  return { ...answerOf(facts, policy), inputs: inputsOf(facts, policy.version) };
}

/**
 * The answer without the hashes of what it rests on. Every rule is asked; the applying reason that stands first in
 * {@link reasons} is the answer and the grounds of the others follow it.
 */
export function answerOf(facts: AdmissionFacts, policy: Policy): Omit<Admission, "inputs"> {
  if (policy.boundaryView !== facts.boundaryView.id) {
    throw new RangeError(
      `A policy for view ${policy.boundaryView} cannot be read on view ${facts.boundaryView.id}.`,
    );
  }
  const { atMs, knownAtMs, terminal } = facts;
  const context = contextOf(facts, policy);
  const site = liftByExceptions(context, [
    ...txOffGrounds(context),
    ...identityGrounds(context),
    ...standingGrounds(context),
    ...areaGrounds(context),
    ...allowListGrounds(context, context.area),
    ...locationGrounds(context),
    ...guardBandGrounds(context),
    ...planGrounds(context),
    ...areaSpeedGrounds(context),
  ]);
  const emergency = liftByEmergency(context, site.standing);
  const grounds = inOrder(emergency.standing);
  const reason = grounds[0]?.reason ?? "ALLOW";
  const { outcome, wireCode, linked, reach }: ReasonRow = reasons[reason];
  const nextRuleMs = nextRuleChangeMs(context);
  return {
    terminalId: terminal.id,
    atMs,
    knownAtMs,
    outcome,
    reason,
    wireCode,
    linked,
    reach,
    grounds: reason === "ALLOW" ? permittingGrounds(context) : grounds,
    lifted: [...site.lifted, ...emergency.lifted],
    warnings: warningsOf(context),
    reject: areaReasons.has(reason) ? areaReject : null,
    leaseMs: reach === "nothing" ? null : leaseTime(context, reason, nextRuleMs),
    nextChangeMs: nextChange(context, nextRuleMs),
  };
}

/** The grounds by reason in the order of the reasons, and as they came within one. */
function inOrder(grounds: readonly Ground[]): readonly Ground[] {
  if (grounds.length < 2) return grounds;
  const byReason = Map.groupBy(grounds, ground => ground.reason);
  return reasonOrder.flatMap(code => byReason.get(code) ?? []);
}

/** 60 s, or less in special zones, on a location that is not current or sure, and before a known change of the rules. */
function leaseTime(context: AdmissionContext, reason: ReasonCode, nextRuleMs: number): number {
  const { atMs, area, location, policy } = context;
  const isShort =
    location === null ||
    atMs - location.reportedAtMs > freshLocationMs ||
    reason === "EMERGENCY" ||
    reasons[reason].outcome === "provisional";
  const zones = [
    ...area.rules.flatMap(rule => rule.specialZones),
    ...(location === null ? [] : (policy.zonesByCell.get(location.cell) ?? [])),
  ];
  return Math.min(
    isShort ? shortLeaseMs : defaultLeaseMs,
    ...zones.map(zone => zone.leaseMs),
    nextRuleMs - atMs,
  );
}

/** A rule's edge, the location growing old, or the new year that begins the count of days abroad. */
function nextChange({ atMs, location }: AdmissionContext, nextRuleMs: number): number {
  const edges = [nextRuleMs, Date.UTC(new Date(atMs).getUTCFullYear() + 1, 0, 1)];
  if (location !== null) {
    for (const lifeMs of [freshLocationMs, oldLocationMs]) {
      const edgeMs = location.reportedAtMs + lifeMs + 1;
      if (edgeMs > atMs) edges.push(edgeMs);
    }
  }
  return Math.min(...edges);
}

function warningsOf({ account, plan, location, policy }: AdmissionContext): readonly RoamWarning[] {
  if (account === null || plan === null || location === null || plan.roaming !== "global") return [];
  const country = countryOf(location.place);
  if (country === null || country === account.country) return [];
  const warning = roamWarning(countedDays(location.days, policy), plan, policy);
  return warning === null ? [] : [warning];
}
