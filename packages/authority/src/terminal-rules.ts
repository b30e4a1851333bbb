// SPDX-License-Identifier: MIT
import type { AdmissionContext } from "./admission-context.ts";
import { overCap, sustainedSpeedKmh } from "./area-rules.ts";
import { type Ground, groundOf } from "./grounds.ts";
import { freshLocationMs, oldLocationMs } from "./location-facts.ts";
import { countryOf } from "./location-history.ts";
import { inInterval } from "./territory.ts";

/** Whether the terminal is in service, has an account and a plan, and is not suspended. */
export function standingGrounds({ terminal, account, plan, atMs }: AdmissionContext): readonly Ground[] {
  const { state, stateSinceMs, suspension } = terminal;
  if (state === "retired") {
    return [groundOf("terminal.retired", "TERMINAL_RETIRED", { value: state, sinceMs: stateSinceMs })];
  }
  if (state === "manufactured" || state === "registered") {
    return [groundOf("terminal.state", "TERMINAL_NOT_ACTIVE", { value: state, sinceMs: stateSinceMs })];
  }
  const grounds: Ground[] = [];
  if (account === null) grounds.push(groundOf("terminal.account", "TERMINAL_NOT_ACTIVE"));
  if (plan === null) {
    grounds.push(groundOf("terminal.plan", "TERMINAL_NOT_ACTIVE", { value: terminal.planId }));
  }
  // The end of the term counts, not its recording: a suspension nobody closed must not go on.
  if (suspension !== null && inInterval(atMs, suspension.fromMs, suspension.untilMs)) {
    grounds.push(
      groundOf("terminal.suspension", "TERMINAL_SUSPENDED", {
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

/** Whether the location is known and current. */
export function locationGrounds({ location, atMs }: AdmissionContext): readonly Ground[] {
  if (location === null) return [groundOf("location.never", "LOCATION_UNKNOWN")];
  const ageMs = atMs - location.reportedAtMs;
  const value = `${Math.floor(ageMs / 1000)} s old`;
  if (ageMs > oldLocationMs) {
    const sinceMs = location.reportedAtMs + oldLocationMs;
    return [groundOf("location.old", "LOCATION_UNKNOWN", { value, sinceMs })];
  }
  if (ageMs > freshLocationMs) {
    const sinceMs = location.reportedAtMs + freshLocationMs;
    return [groundOf("location.stale", "LOCATION_STALE", { value, sinceMs })];
  }
  return [];
}

/** Whether the plan works where the terminal is; silent while the location is unknown. */
export function planGrounds(context: AdmissionContext): readonly Ground[] {
  const { account, plan, location, atMs } = context;
  if (account === null || plan === null || location === null) return [];
  if (atMs - location.reportedAtMs > oldLocationMs) return [];
  const grounds: Ground[] = [];
  const source = plan.id;
  const country = countryOf(location.place);
  const territory = context.territories[0] ?? null;
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
  if (isAbroad && plan.roaming === "global" && location.daysAbroad > plan.roamDays) {
    const value = `${location.daysAbroad} days this year, limit ${plan.roamDays}`;
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
