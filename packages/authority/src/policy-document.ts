// SPDX-License-Identifier: MIT
import {
  Misread,
  readArray,
  readBoolean,
  readEnd,
  readId,
  readInstant,
  readInteger,
  readNumber,
  readObject,
  readString,
  readWord,
  type Spot,
} from "./json-reader.ts";
import { longestLeaseMs, shortLeaseMs } from "./lease.ts";
import { readPresignedRule } from "./lease-chain.ts";
import {
  type AllowList,
  type AllowListEntry,
  type AreaRule,
  defaultRoamRules,
  type GuardBand,
  type PolicyContent,
  type RoamRules,
  type SpecialZone,
  type SpeedCap,
} from "./policy.ts";
import type { Plan } from "./terminal.ts";
import { type Axis, axes, type Statement } from "./territory.ts";

/** Most items a policy document may hold, per list. */
export const policyBounds = {
  statements: 20_000,
  allowLists: 500,
  entriesPerAllowList: 200_000,
  specialZones: 1_000,
  territoriesPerZone: 500,
  cellsPerZone: 10_000,
  speedCaps: 1_000,
  plans: 200,
  guardBands: 1_000,
  roamWarnings: 12,
} as const;

const axisNames = Object.keys(axes) as readonly Axis[];

/** Reads the whole document, item by item; what items mean together is checked afterwards. */
export function readPolicyContent(document: unknown): PolicyContent {
  const root = readObject(
    { value: document, place: "" },
    ["title", "boundaryView", "statements", "plans"],
    ["allowLists", "specialZones", "speedCaps", "guardBands", "roaming"],
  );
  return {
    title: readString(root.title, 200),
    boundaryView: readId(root.boundaryView),
    statements: readArray(root.statements, policyBounds.statements, readStatement),
    allowLists: readArray(root.allowLists, policyBounds.allowLists, readAllowList),
    specialZones: readArray(root.specialZones, policyBounds.specialZones, readSpecialZone),
    speedCaps: readArray(root.speedCaps, policyBounds.speedCaps, readSpeedCap),
    plans: readArray(root.plans, policyBounds.plans, readPlan),
    // Absent stays absent: a document that says nothing about them keeps the version it had before they existed.
    ...(root.guardBands.value === undefined
      ? {}
      : { guardBands: readArray(root.guardBands, policyBounds.guardBands, readGuardBand) }),
    ...(root.roaming.value === undefined ? {} : { roaming: readRoaming(root.roaming) }),
  };
}

function readStatement(spot: Spot): Statement {
  const m = readObject(
    spot,
    ["id", "territory", "axis", "value", "asserter", "source", "validFrom", "knownFrom"],
    ["validTo", "knownTo"],
  );
  const axis = readWord(m.axis, axisNames);
  const validFromMs = readInstant(m.validFrom);
  const knownFromMs = readInstant(m.knownFrom);
  // The value is one of the words of this very axis, which the compiler cannot follow through a lookup.
  return {
    id: readId(m.id),
    territory: readId(m.territory),
    axis,
    value: readWord(m.value, Object.keys(axes[axis].values)),
    asserter: readString(m.asserter, 200),
    source: readString(m.source, 500),
    validFromMs,
    validToMs: readEnd(m.validTo, validFromMs),
    knownFromMs,
    knownToMs: readEnd(m.knownTo, knownFromMs),
  } as Statement;
}

const ruleMembers = ["territory", "asserter", "source", "validFrom"] as const;

function readRule(m: { readonly [N in (typeof ruleMembers)[number] | "validTo"]: Spot }): AreaRule {
  const validFromMs = readInstant(m.validFrom);
  return {
    territory: readId(m.territory),
    asserter: readString(m.asserter, 200),
    source: readString(m.source, 500),
    validFromMs,
    validToMs: readEnd(m.validTo, validFromMs),
  };
}

function readAllowList(spot: Spot): AllowList {
  const m = readObject(spot, [...ruleMembers, "required", "entries"], ["validTo"]);
  return {
    ...readRule(m),
    required: readBoolean(m.required),
    entries: readArray(m.entries, policyBounds.entriesPerAllowList, readAllowListEntry),
  };
}

function readAllowListEntry(spot: Spot): AllowListEntry {
  const m = readObject(spot, ["terminalId", "holder", "class", "validFrom"], ["validTo"]);
  const validFromMs = readInstant(m.validFrom);
  return {
    terminalId: readId(m.terminalId),
    holder: readString(m.holder, 200),
    class: readWord(m.class, ["individual", "company", "critical", "government"]),
    validFromMs,
    validToMs: readEnd(m.validTo, validFromMs),
  };
}

function readSpecialZone(spot: Spot): SpecialZone {
  const m = readObject(spot, ["id", "title"], ["territories", "cells", "leaseMs", "presigned"]);
  return {
    id: readId(m.id),
    title: readString(m.title, 200),
    territories: readArray(m.territories, policyBounds.territoriesPerZone, readId),
    cells: readArray(m.cells, policyBounds.cellsPerZone, readId),
    leaseMs: readInteger(m.leaseMs, shortLeaseMs, longestLeaseMs, shortLeaseMs),
    ...(m.presigned.value === undefined ? {} : { presigned: readPresignedRule(m.presigned) }),
  };
}

function readSpeedCap(spot: Spot): SpeedCap {
  const m = readObject(spot, [...ruleMembers, "capKmh"], ["validTo"]);
  return { ...readRule(m), capKmh: readNumber(m.capKmh, 1, 2_000) };
}

function readGuardBand(spot: Spot): GuardBand {
  const m = readObject(spot, [...ruleMembers, "widthKm", "treat"], ["validTo"]);
  return {
    ...readRule(m),
    widthKm: readNumber(m.widthKm, 0, 100),
    treat: readWord(m.treat, ["asInside", "provisional", "asOutside"]),
  };
}

function readRoaming(spot: Spot): RoamRules {
  const m = readObject(spot, ["counts", "resetsAtHome"], ["warningDays"]);
  const warningDays =
    m.warningDays.value === undefined
      ? defaultRoamRules.warningDays
      : readArray(m.warningDays, policyBounds.roamWarnings, day => readInteger(day, 1, 366));
  if (warningDays.some((day, i) => i > 0 && day <= warningDays[i - 1]!)) {
    throw new Misread(m.warningDays.place, "Warnings must come on later and later days.");
  }
  return {
    counts: readWord(m.counts, ["eachCountry", "allCountries"]),
    resetsAtHome: readBoolean(m.resetsAtHome),
    warningDays,
  };
}

function readPlan(spot: Spot): Plan {
  const m = readObject(
    spot,
    ["id", "title", "downMbps", "upMbps", "ocean", "roaming"],
    ["roamDays", "maxSpeedKmh", "serviceAddressRadiusKm"],
  );
  const roaming = readWord(m.roaming, ["none", "sameCountry", "global"]);
  return {
    id: readId(m.id),
    title: readString(m.title, 200),
    downMbps: readNumber(m.downMbps, 0.01, 10_000),
    upMbps: readNumber(m.upMbps, 0.01, 10_000),
    ocean: readBoolean(m.ocean),
    roaming,
    roamDays: readInteger(m.roamDays, 0, 366, 60),
    maxSpeedKmh: readNumber(m.maxSpeedKmh, 1, 2_000, 160),
    serviceAddressRadiusKm:
      roaming === "none"
        ? readInteger(m.serviceAddressRadiusKm, 1, 20_000)
        : readAbsent(m.serviceAddressRadiusKm),
  };
}

function readAbsent({ value, place }: Spot): null {
  if (value === undefined || value === null) return null;
  throw new Misread(place, "Only a plan with roaming none is bound to a service address.");
}
