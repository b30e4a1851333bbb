// SPDX-License-Identifier: MIT
import { countedDays } from "./admission/roam-days.ts";
import type { AdmissionContext } from "./admission-context.ts";
import { overCap, sustainedSpeedKmh } from "./area-rules.ts";
import { type Ground, groundOf } from "./grounds.ts";
import { freshLocationMs, oldLocationMs } from "./location-facts.ts";
import { countryOf } from "./location-history.ts";
import type { TerminalState } from "./terminal.ts";
import { inInterval } from "./territory.ts";

/** The states of a terminal that has not entered service. */
export const notYetActive: ReadonlySet<TerminalState> = new Set<TerminalState>([
  "manufactured",
  "sold",
  "registered",
  "verified",
]);

/** Whether a transmitter is under an order to be silent. */
export function txOffGrounds({ txOffOrders, atMs }: AdmissionContext): readonly Ground[] {
  return txOffOrders
    .filter(order => inInterval(atMs, order.fromMs, order.untilMs))
    .map(({ id, issuer, ground, fromMs, untilMs }) =>
      groundOf("order.txOff", "TX_OFF", {
        ...{ record: id, value: ground, asserter: issuer, source: id },
        ...{ sinceMs: fromMs, untilMs },
      }),
    );
}

/** Whether the device is the terminal, and only one device is. */
export function identityGrounds({ identity, terminal }: AdmissionContext): readonly Ground[] {
  const grounds: Ground[] = [];
  const sinceMs = identity?.sinceMs ?? null;
  if (identity?.state === "failed") grounds.push(groundOf("identity.failed", "AUTH_FAILED", { sinceMs }));
  if (identity?.state === "unproved") {
    grounds.push(groundOf("identity.unproved", "IDENTITY_UNPROVED", { sinceMs }));
  }
  const flaggedMs = terminal.flags.cloneSuspect;
  if (flaggedMs !== undefined || identity?.state === "cloneSuspect") {
    grounds.push(groundOf("terminal.clone", "CLONE_SUSPECT", { sinceMs: flaggedMs ?? sinceMs }));
  }
  return grounds;
}

/** What stands against the terminal itself, its parties and its account. */
export function standingGrounds(context: AdmissionContext): readonly Ground[] {
  return [...stateGrounds(context), ...markGrounds(context), ...accountGrounds(context)];
}

function stateGrounds({ terminal, atMs }: AdmissionContext): readonly Ground[] {
  const { state, stateSinceMs, suspension, restriction, deactivation } = terminal;
  const grounds: Ground[] = [];
  const value = state;
  const sinceMs = stateSinceMs;
  if (state === "retired") grounds.push(groundOf("terminal.retired", "TERMINAL_RETIRED", { value, sinceMs }));
  if (state === "paused") grounds.push(groundOf("terminal.paused", "TERMINAL_PAUSED", { value, sinceMs }));
  if (notYetActive.has(state)) {
    grounds.push(groundOf("terminal.state", "TERMINAL_NOT_ACTIVE", { value, sinceMs }));
  }
  if (state === "deactivated") {
    grounds.push(
      groundOf("terminal.deactivated", "TERMINAL_DEACTIVATED", {
        record: deactivation?.orderId ?? null,
        value: deactivation?.ground ?? state,
        source: deactivation?.orderId ?? null,
        sinceMs: deactivation?.fromMs ?? stateSinceMs,
      }),
    );
  }
  if (state === "restricted") {
    grounds.push(
      groundOf("terminal.restriction", "TERMINAL_RESTRICTED", {
        record: restriction?.orderId ?? null,
        value: restriction?.ground ?? state,
        source: restriction?.orderId ?? null,
        sinceMs: restriction?.fromMs ?? stateSinceMs,
      }),
    );
  }
  // The end of the term counts, not its recording: a suspension nobody closed must not go on.
  if (suspension !== null && inInterval(atMs, suspension.fromMs, suspension.untilMs)) {
    grounds.push(
      groundOf("terminal.suspension", "TERMINAL_SUSPENDED", {
        record: suspension.orderId,
        value: suspension.ground,
        asserter: suspension.officer,
        source: suspension.orderId,
        sinceMs: suspension.fromMs,
        untilMs: suspension.untilMs,
      }),
    );
  }
  return grounds;
}

function markGrounds({ terminal: { flags } }: AdmissionContext): readonly Ground[] {
  const grounds: Ground[] = [];
  if (flags.seized !== undefined) {
    grounds.push(groundOf("terminal.seized", "TERMINAL_SEIZED", { sinceMs: flags.seized }));
  }
  if (flags.lost !== undefined) {
    grounds.push(groundOf("terminal.lost", "TERMINAL_LOST", { sinceMs: flags.lost }));
  }
  return grounds;
}

function accountGrounds({ terminal, account, plan, parties }: AdmissionContext): readonly Ground[] {
  const grounds: Ground[] = [];
  for (const { id, part, standing, verification, verifiedAtMs } of parties) {
    if (standing === "sanctioned") {
      grounds.push(groundOf("party.sanctioned", "PARTY_SANCTIONED", { record: id, value: part }));
    }
    if (verification !== "verified") {
      const facts = { record: id, value: `${part}: ${verification}`, sinceMs: verifiedAtMs };
      grounds.push(groundOf("party.verification", "HOLDER_UNVERIFIED", facts));
    }
  }
  if (account?.state === "closed") {
    grounds.push(groundOf("account.closed", "ACCOUNT_CLOSED", { record: account.id }));
  }
  // Before it enters service, and after, a terminal need have neither.
  if (notYetActive.has(terminal.state) || terminal.state === "retired") return grounds;
  if (account === null) grounds.push(groundOf("terminal.account", "TERMINAL_NOT_ACTIVE"));
  if (plan === null) {
    grounds.push(groundOf("terminal.plan", "TERMINAL_NOT_ACTIVE", { value: terminal.planId }));
  }
  return grounds;
}

/**
 * Whether the location is known, current and not contradicted by the network's own measurements. Geometry that leaves
 * a choice, and measurements that do not suffice, make leases short and are held against nobody.
 */
export function locationGrounds({ location, verdict, atMs }: AdmissionContext): readonly Ground[] {
  const grounds: Ground[] = [];
  if (verdict !== null && verdict.verdict !== "consistent") {
    const facts = { record: verdict.id, value: verdict.verdict, sinceMs: verdict.atMs };
    const reason = verdict.verdict === "inconsistent" ? "LOCATION_INCONSISTENT" : "LOCATION_INSUFFICIENT";
    grounds.push(groundOf("location.verdict", reason, facts));
  }
  if (location === null) return [...grounds, groundOf("location.never", "LOCATION_UNKNOWN")];
  const ageMs = atMs - location.reportedAtMs;
  const value = `${Math.floor(ageMs / 1000)} s old`;
  if (ageMs > oldLocationMs) {
    const sinceMs = location.reportedAtMs + oldLocationMs;
    grounds.push(groundOf("location.old", "LOCATION_UNKNOWN", { value, sinceMs }));
  } else if (ageMs > freshLocationMs) {
    const sinceMs = location.reportedAtMs + freshLocationMs;
    grounds.push(groundOf("location.stale", "LOCATION_STALE", { value, sinceMs }));
  }
  return grounds;
}

/** Whether the plan works where the terminal is; silent while the location is unknown. */
export function planGrounds(context: AdmissionContext): readonly Ground[] {
  const { account, plan, location, atMs, own: territory, policy } = context;
  if (account === null || plan === null || location === null) return [];
  if (atMs - location.reportedAtMs > oldLocationMs) return [];
  const grounds: Ground[] = [];
  const source = plan.id;
  const country = countryOf(location.place);
  if (country === null && !plan.ocean) {
    grounds.push(groundOf("plan.ocean", "PLAN_OCEAN", { territory, source }));
  }
  if (plan.serviceAddressRadiusKm !== null) {
    const km = location.addressDistanceKm;
    if (km === null || km > plan.serviceAddressRadiusKm) {
      const value =
        km === null ? "no service address" : `${km} km away, limit ${plan.serviceAddressRadiusKm} km`;
      grounds.push(groundOf("plan.address", "PLAN_ADDRESS", { value, source }));
    }
  }
  const isAbroad = country !== null && country !== account.country;
  if (isAbroad && plan.roaming === "sameCountry") {
    const value = `account in ${account.country}`;
    grounds.push(groundOf("plan.country", "PLAN_COUNTRY", { territory, value, source }));
  }
  const days = countedDays(location.days, policy);
  if (isAbroad && plan.roaming === "global" && days > plan.roamDays) {
    const value = `${days} days this year, limit ${plan.roamDays}`;
    grounds.push(groundOf("plan.roamDays", "ROAM_EXPIRED", { territory, value, source }));
  }
  const speedKmh = sustainedSpeedKmh(location.windows);
  if (speedKmh > plan.maxSpeedKmh) {
    const sinceMs = location.windows[0]?.fromMs ?? null;
    const value = overCap(speedKmh, plan.maxSpeedKmh);
    grounds.push(groundOf("plan.speed", "SPEED_CAP", { value, source, sinceMs }));
  }
  return grounds;
}
