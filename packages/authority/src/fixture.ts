// SPDX-License-Identifier: MIT
// Invented territories and records for the tests of this room.
import type { Place } from "@perigee/earth";
import type { Admission, AdmissionInput } from "./admission.ts";
import { evaluate } from "./admission.ts";
import { compilePolicy } from "./compile-policy.ts";
import { emptyHistory, type LocationHistory } from "./location-history.ts";
import type { Policy } from "./policy.ts";
import { type Account, manufactureTerminal, type Terminal } from "./terminal.ts";

/** 2024-03-10T12:00:00Z: the instant most tests ask about. */
export const noonMs = Date.UTC(2024, 2, 10, 12);

export const view = { id: "test-view", version: "1" };

/** A statement of a policy document; open in both times unless told otherwise. */
export function says(id: string, territory: string, axis: string, value: string, more: object = {}): object {
  return {
    id,
    territory,
    axis,
    value,
    asserter: `asserter of ${id}`,
    source: `source of ${id}`,
    validFrom: "2022-03-01",
    knownFrom: "2022-03-01",
    ...more,
  };
}

/**
 * Country AA is licensed and active, its province AA-1 requires an allow-list, its province AA-2 has a speed cap,
 * its province AA-3 was never active; BB is active; CC is not licensed; DD is under a prohibition; the high seas
 * are active.
 */
export function samplePolicyDocument(): {
  statements: object[];
  plans: object[];
  [member: string]: unknown;
} {
  const open = (territory: string): object[] => [
    says(`${territory}-licence`, territory, "licence", "granted"),
    says(`${territory}-activation`, territory, "activation", "active"),
  ];
  const rule = { asserter: "AA ministry", source: "resolution 115", validFrom: "2024-02-01" };
  return {
    title: "Test policy",
    boundaryView: view.id,
    statements: [
      ...open("AA"),
      ...open("BB"),
      ...open("DD"),
      ...open("HIGH_SEAS"),
      says("AA-1-activation", "AA-1", "activation", "restricted"),
      says("AA-3-activation", "AA-3", "activation", "neverActive"),
      says("CC-licence", "CC", "licence", "notGranted"),
      says("CC-activation", "CC", "activation", "active"),
      says("DD-law", "DD", "legalRegime", "prohibited"),
    ],
    allowLists: [
      {
        ...rule,
        territory: "AA-1",
        required: true,
        entries: [{ terminalId: "ut-listed", holder: "Clinic", class: "critical", validFrom: "2024-02-01" }],
      },
    ],
    speedCaps: [{ ...rule, territory: "AA-2", capKmh: 75 }],
    specialZones: [{ id: "zone-1", title: "Front", territories: ["AA-1"], cells: ["cell-special"] }],
    plans: [
      {
        id: "home",
        title: "Home",
        downMbps: 150,
        upMbps: 15,
        ocean: false,
        roaming: "none",
        serviceAddressRadiusKm: 30,
      },
      { id: "roam", title: "Roam", downMbps: 100, upMbps: 10, ocean: false, roaming: "global" },
      { id: "land", title: "Land", downMbps: 100, upMbps: 10, ocean: false, roaming: "sameCountry" },
      {
        id: "sea",
        title: "Sea",
        downMbps: 200,
        upMbps: 20,
        ocean: true,
        roaming: "global",
        maxSpeedKmh: 900,
      },
    ],
  };
}

export function policyOf(document: unknown): Policy {
  const policy = compilePolicy(document);
  if (!policy.ok) throw new Error(`${policy.error.place}: ${policy.error.message}`);
  return policy.value;
}

export const samplePolicy = policyOf(samplePolicyDocument());

export const account: Account = {
  id: "acc-1",
  holder: "party-1",
  country: "AA",
  state: "open",
  managedBy: null,
};

export function terminal(more: Partial<Terminal> = {}): Terminal {
  return {
    ...manufactureTerminal("ut-1", "Test terminal", Date.UTC(2024, 0, 1)),
    accountId: account.id,
    planId: "roam",
    state: "active",
    ...more,
  };
}

export function placeIn(territory: string, country: string | null = territory.split("-")[0]!): Place {
  const isHighSea = territory === "HIGH_SEAS";
  return {
    territory,
    territoryName: `Name of ${territory}`,
    country: isHighSea ? null : country,
    zone: isHighSea ? "highSea" : "land",
    insidePolygon: !isHighSea,
    distanceKm: 0,
  };
}

/** A history whose last report was `ageMs` before noon, in the territory. */
export function locatedIn(
  territory: string,
  more: Partial<LocationHistory> & { ageMs?: number } = {},
): LocationHistory {
  const { ageMs = 0, ...rest } = more;
  const last = {
    atMs: noonMs - ageMs,
    latDeg: 10,
    lonDeg: 20,
    cell: "cell-1",
    place: placeIn(territory),
  };
  return { ...emptyHistory, last, ...rest };
}

/** Evaluates with everything in order (in AA, at noon) but what the test changes. */
export function admit(more: Partial<AdmissionInput> = {}): Admission {
  return evaluate({
    atMs: noonMs,
    terminal: terminal(),
    account,
    location: locatedIn("AA"),
    policy: samplePolicy,
    boundaryView: view,
    ...more,
  });
}
