// SPDX-License-Identifier: MIT
// Admission told a second time, as plainly as possible and without any rule of this room: one list of questions in
// order, the first "yes" is the answer. The tests hold `evaluate` and the compiled engine against it.
import { distanceKm } from "@perigee/earth";
import type { AdmissionInput } from "./admission-input.ts";

type Interval = { readonly validFromMs: number; readonly validToMs: number | null };

export function plainAdmission(input: AdmissionInput): {
  readonly reason: string;
  readonly leaseMs: number | null;
  readonly nextChangeMs: number;
} {
  const {
    atMs: now,
    terminal: ut,
    policy,
    location,
    exceptions = [],
    licences = [],
    identity,
    verdict,
  } = input;
  const during = (t: number, from: number, to: number | null) => t >= from && (to === null || t < to);
  const isNow = (rule: Interval) => during(now, rule.validFromMs, rule.validToMs);
  const { last } = location;
  const age = last ? now - last.atMs : Number.POSITIVE_INFINITY;
  const atSea = last?.place.zone === "highSea";
  const country = !last || atSea ? null : (last.place.country ?? last.place.territory);
  const ownPlace = !last ? [] : atSea ? ["HIGH_SEAS"] : [last.place.territory, country ?? ""];
  const here = last ? [...(input.areas ?? []), ...ownPlace] : [];
  const account = input.account?.id === ut.accountId ? input.account : null;
  const plan = policy.plans.find(p => p.id === ut.planId);
  const known = policy.statements.filter(s => during(input.knownAtMs ?? now, s.knownFromMs, s.knownToMs));
  const entries = policy.allowLists.flatMap(list =>
    [...list.entries, ...(input.allowListEntries ?? []).filter(e => e.territory === list.territory)]
      .filter(e => e.terminalId === ut.id)
      .map(e => ({ list, territory: list.territory, validFromMs: e.validFromMs, validToMs: e.validToMs })),
  );

  const named = exceptions.filter(e => e.terminalIds.includes(ut.id));
  const isTrusted = age <= 600_000 && verdict?.verdict !== "inconsistent";
  const open = named.filter(
    e => during(now, e.fromMs, e.toMs) && last && distanceKm(e.site, last) <= e.radiusKm,
  );
  const lifting = (reason: string) => (isTrusted ? open.filter(e => e.lifts.some(r => r === reason)) : []);
  const isLifted = (reason: string) => lifting(reason).length > 0;
  const refused = (where: readonly string[]) => {
    const said = (axis: string) =>
      known.filter(s => s.axis === axis && where.includes(s.territory) && isNow(s));
    const licence = said("licence").map(s => s.value);
    const activation = said("activation").map(s => s.value);
    const laws = said("legalRegime").filter(s => s.value === "prohibited");
    const lists = policy.allowLists.filter(l => l.required && where.includes(l.territory) && isNow(l));
    const cited = lifting("LEGAL_REGIME").map(e => e.licenceExceptionId);
    const inForce = licences.filter(l => cited.includes(l.id) && during(now, l.fromMs, l.toMs));
    return {
      licence: !licence.includes("granted") || licence.some(v => v === "notGranted" || v === "revoked"),
      activation:
        (activation.length === 0 || activation.some(v => v !== "active" && v !== "restricted")) &&
        !isLifted("AREA_NOT_ACTIVE"),
      law: laws.some(s => !inForce.some(l => l.statementId === s.id && l.territory === s.territory)),
      list: lists.some(l => !entries.some(e => e.list === l && isNow(e))) && !isLifted("NOT_ON_ALLOWLIST"),
    };
  };
  const area = last ? refused(here) : { licence: false, activation: false, law: false, list: false };
  const bands = (last ? (input.edges ?? []) : []).flatMap(edge => {
    const band = policy.guardBands?.find(b => b.territory === edge.area);
    const km = Math.max(band?.widthKm ?? 0, edge.uncertaintyKm, 5 * (input.positionErrorKm ?? 0.06));
    return band && edge.distanceKm <= km ? [{ ...band, edge }] : [];
  });
  const guards = bands
    .filter(b => isNow(b) && b.treat !== (b.edge.inside ? "asInside" : "asOutside"))
    .filter(b => Object.values(refused(b.edge.beyond)).includes(true));

  const holder = input.holder?.id === ut.holder ? input.holder : null;
  const parties = [holder, input.accountParty?.id === account?.holder ? input.accountParty : null];
  const isYoung = ["manufactured", "sold", "registered", "verified"].includes(ut.state);
  const orders = (input.txOffOrders ?? []).filter(o => during(now, o.fromMs, o.untilMs));
  const isFast = (cap: number) =>
    location.windows.reduce((was, window, i, all) => {
      const speeds = i === 0 ? [] : [all[i - 1]!.speedKmh, window.speedKmh];
      return speeds.length > 0 && speeds.every(v => v > cap !== was) ? !was : was;
    }, false);
  const caps = policy.speedCaps.filter(c => here.includes(c.territory) && isNow(c));
  const usable = account && age <= 600_000 ? plan : undefined;
  const addressKm =
    ut.serviceAddress && last ? Math.round(distanceKm(ut.serviceAddress, last)) : Number.POSITIVE_INFINITY;
  const isAbroad = country !== null && country !== account?.country;
  const newYear = (years: number) => Date.UTC(new Date(now).getUTCFullYear() + years, 0);
  const year = location.stays.filter(s => s.day <= now / 864e5 && s.day * 864e5 >= newYear(0));
  const isHome = (stay: { countries: readonly string[] }) => stay.countries.includes(account?.country ?? "");
  const homeDays = policy.roaming?.resetsAtHome ? year.filter(isHome).map(s => s.day) : [];
  const away = year
    .filter(s => !isHome(s) && homeDays.every(day => day < s.day))
    .filter(s => policy.roaming?.counts === "allCountries" || s.countries.includes(country ?? ""));

  const denials: readonly (readonly [string, boolean])[] = [
    ["TX_OFF", orders.length > 0],
    ["AUTH_FAILED", identity?.state === "failed"],
    ["TERMINAL_RETIRED", ut.state === "retired"],
    ["TERMINAL_DEACTIVATED", ut.state === "deactivated"],
    ["PARTY_SANCTIONED", parties.some(party => party?.standing === "sanctioned")],
    ["AREA_NOT_LICENSED", area.licence],
    ["AREA_NOT_ACTIVE", area.activation],
    ["LEGAL_REGIME", area.law],
  ];
  const restrictions: readonly (readonly [string, boolean])[] = [
    ["CLONE_SUSPECT", identity?.state === "cloneSuspect" || ut.flags.cloneSuspect !== undefined],
    ["IDENTITY_UNPROVED", identity?.state === "unproved"],
    ["HOLDER_UNVERIFIED", parties.some(party => party && party.verification.state !== "verified")],
    ["ACCOUNT_CLOSED", account?.state === "closed"],
    ["TERMINAL_NOT_ACTIVE", isYoung || (ut.state !== "retired" && (!plan || !account))],
    ["TERMINAL_SEIZED", ut.flags.seized !== undefined],
    ["TERMINAL_LOST", ut.flags.lost !== undefined],
    ["TERMINAL_RESTRICTED", ut.state === "restricted"],
    ["TERMINAL_SUSPENDED", !!ut.suspension && during(now, ut.suspension.fromMs, ut.suspension.untilMs)],
    ["TERMINAL_PAUSED", ut.state === "paused"],
    ["NOT_ON_ALLOWLIST", area.list],
    ["LOCATION_INCONSISTENT", verdict?.verdict === "inconsistent"],
    ["LOCATION_UNKNOWN", age > 600_000],
    ["GUARD_BAND", guards.some(b => b.treat !== "provisional")],
    ["PLAN_OCEAN", atSea && usable?.ocean === false && !isLifted("PLAN_OCEAN")],
    [
      "PLAN_ADDRESS",
      usable?.roaming === "none" && addressKm > usable.serviceAddressRadiusKm! && !isLifted("PLAN_ADDRESS"),
    ],
    ["PLAN_COUNTRY", isAbroad && usable?.roaming === "sameCountry" && !isLifted("PLAN_COUNTRY")],
    [
      "ROAM_EXPIRED",
      isAbroad && usable?.roaming === "global" && away.length > usable.roamDays && !isLifted("ROAM_EXPIRED"),
    ],
    ["SPEED_CAP", caps.some(c => isFast(c.capKmh)) || (!!usable && isFast(usable.maxSpeedKmh))],
  ];
  const doubts: readonly (readonly [string, boolean])[] = [
    ["GUARD_BAND_PROVISIONAL", guards.some(b => b.treat === "provisional")],
    ["LOCATION_INSUFFICIENT", ["ambiguous", "insufficient", "stale"].includes(verdict?.verdict ?? "")],
    ["LOCATION_STALE", age > 60_000],
  ];
  const first = (rules: readonly (readonly [string, boolean])[]) => rules.find(([, applies]) => applies)?.[0];
  const isHeard = input.emergency && identity?.state !== "failed" && orders.every(o => o.sparesEmergency);
  const denial = first(denials);
  const doubt = first(doubts);
  const mild = first(restrictions) ?? doubt ?? "ALLOW";
  const reason = denial === undefined ? mild : isHeard ? "EMERGENCY" : denial;

  const watched = [...here, ...bands.flatMap(b => b.edge.beyond)];
  const rules = [...known, ...policy.allowLists, ...policy.speedCaps, ...entries];
  const cited = licences.filter(l => named.some(e => e.licenceExceptionId === l.id));
  const times = [
    ...[...rules.filter(r => watched.includes(r.territory)), ...bands].flatMap(r => [
      r.validFromMs,
      r.validToMs,
    ]),
    ...[...named, ...cited].flatMap(e => [e.fromMs, e.toMs]),
    ...[...(input.txOffOrders ?? []), ...(ut.suspension ? [ut.suspension] : [])].flatMap(o => [
      o.fromMs,
      o.untilMs,
    ]),
  ].filter(t => t !== null && t > now) as number[];
  const zones = policy.specialZones.filter(
    z => last && (z.cells.includes(last.cell) || z.territories.some(t => here.includes(t))),
  );
  const isShort = age > 60_000 || reason === "EMERGENCY" || reason === doubt;
  const leaseMs = Math.min(
    isShort ? 15_000 : 60_000,
    ...zones.map(z => z.leaseMs),
    ...times.map(t => t - now),
  );
  const aging = last ? [last.atMs + 60_001, last.atMs + 600_001].filter(t => t > now) : [];
  return {
    reason,
    leaseMs: denial !== undefined && reason === denial ? null : leaseMs,
    nextChangeMs: Math.min(...times, ...aging, newYear(1)),
  };
}
