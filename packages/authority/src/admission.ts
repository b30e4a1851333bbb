// SPDX-License-Identifier: MIT
import type { BoundaryView } from "@perigee/earth";
import type { AdmissionContext } from "./admission-context.ts";
import {
  allowListGrounds,
  areaGrounds,
  areaSpeedGrounds,
  nextAreaChangeMs,
  permittingGrounds,
} from "./area-rules.ts";
import { contentHash } from "./content-hash.ts";
import type { Ground } from "./grounds.ts";
import { defaultLeaseMs, type Reach, shortLeaseMs } from "./lease.ts";
import { freshLocationMs, locationFacts } from "./location-facts.ts";
import type { LocationHistory } from "./location-history.ts";
import type { Policy } from "./policy.ts";
import {
  type Outcome,
  type ReasonCode,
  type ReasonRow,
  reasonOrder,
  reasons,
  type WireCode,
} from "./reasons.ts";
import type { Account, Terminal } from "./terminal.ts";
import { locationGrounds, planGrounds, standingGrounds } from "./terminal-rules.ts";
import { statementsAt, territoriesOf } from "./territory.ts";

/** Everything an admission depends on. */
export interface AdmissionInput {
  /** The instant asked about; UTC ms. */
  readonly atMs: number;
  /** The instant whose knowledge of statements is used; `atMs` unless a past answer is being re-examined. */
  readonly knownAtMs?: number;
  readonly terminal: Terminal;
  /** The account of `terminal.accountId`, or `null` when there is none. */
  readonly account: Account | null;
  readonly location: LocationHistory;
  readonly policy: Policy;
  /** The view by which the places in `location` were found; the policy must be written for it. */
  readonly boundaryView: Pick<BoundaryView, "id" | "version">;
}

/** The inputs of an admission by name or hash, enough to find them again and to replay it. */
export interface AdmissionInputs {
  readonly policyVersion: string;
  readonly boundaryView: string;
  readonly boundaryViewVersion: string;
  /** Over the facts the rules used, not over the position. */
  readonly locationHash: string;
  /** Over the terminal and its account. */
  readonly terminalHash: string;
}

/** When a denied terminal may ask again: once it has moved this far, or waited this long (cf. 3GPP cause #78). */
export interface Reject {
  readonly minDistanceKm: number;
  readonly minRetryS: number;
}

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
  /** Present when the area denies. */
  readonly reject: Reject | null;
  /** Longest lease this admission supports, in ms; `null` when it supports none. */
  readonly leaseMs: number | null;
  readonly inputs: AdmissionInputs;
}

/**
 * The distance is the edge of the cells in which service is given (H3 resolution 5, mean 9.85 km). The time is the
 * 60 s within which a reversed decision must be felt.
 */
export const areaReject: Reject = { minDistanceKm: 10, minRetryS: 60 };

const areaReasons: ReadonlySet<ReasonCode> = new Set([
  "AREA_NOT_LICENSED",
  "AREA_NOT_ACTIVE",
  "LEGAL_REGIME",
]);

/**
 * May this terminal be online here, now? A pure function: equal inputs, equal answer.
 *
 * Every rule is asked; the applying reason that stands first in {@link reasons} is the answer and the grounds of
 * the others follow it.
 *
 * @throws RangeError when the policy was written for another boundary view: its territories would mean others
 */
export function evaluate(input: AdmissionInput): Admission {
  const { atMs, terminal, policy, boundaryView } = input;
  if (policy.boundaryView !== boundaryView.id) {
    throw new RangeError(
      `A policy for view ${policy.boundaryView} cannot be read on view ${boundaryView.id}.`,
    );
  }
  const knownAtMs = input.knownAtMs ?? atMs;
  const context = contextOf(input, knownAtMs);
  const refusals = [
    ...standingGrounds(context),
    ...areaGrounds(context),
    ...allowListGrounds(context),
    ...locationGrounds(context),
    ...planGrounds(context),
    ...areaSpeedGrounds(context),
  ];
  const grounds = reasonOrder.flatMap(code => refusals.filter(ground => ground.reason === code));
  const reason = grounds[0]?.reason ?? "ALLOW";
  const { outcome, wireCode, linked, reach }: ReasonRow = reasons[reason];
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
    reject: areaReasons.has(reason) ? areaReject : null,
    leaseMs: reach === "nothing" ? null : leaseTime(context, policy, knownAtMs),
    inputs: {
      policyVersion: policy.version,
      boundaryView: boundaryView.id,
      boundaryViewVersion: boundaryView.version,
      locationHash: contentHash(context.location),
      terminalHash: contentHash({ terminal, account: context.account }),
    },
  };
}

function contextOf(input: AdmissionInput, knownAtMs: number): AdmissionContext {
  const { atMs, terminal, policy } = input;
  const account = input.account?.id === terminal.accountId ? input.account : null;
  const location = locationFacts(input.location, terminal, account, atMs);
  const territories = location === null ? [] : territoriesOf(location.place);
  const rules = territories.flatMap(territory => policy.byTerritory.get(territory) ?? []);
  return {
    atMs,
    terminal,
    account,
    plan: terminal.planId === null ? null : (policy.planById.get(terminal.planId) ?? null),
    location,
    territories,
    rules,
    statements: statementsAt(
      rules.flatMap(rule => rule.statements),
      territories,
      { validAtMs: atMs, knownAtMs },
    ),
  };
}

/** 60 s, or less in special zones, on a location that is not current, and before a known change of the rules. */
function leaseTime(context: AdmissionContext, policy: Policy, knownAtMs: number): number {
  const { atMs, location, rules } = context;
  if (location === null) return shortLeaseMs;
  const zones = [
    ...rules.flatMap(rule => rule.specialZones),
    ...(policy.zonesByCell.get(location.cell) ?? []),
  ];
  const isCurrent = atMs - location.reportedAtMs <= freshLocationMs;
  return Math.min(
    isCurrent ? defaultLeaseMs : shortLeaseMs,
    ...zones.map(zone => zone.leaseMs),
    nextAreaChangeMs(context, knownAtMs) - atMs,
  );
}
