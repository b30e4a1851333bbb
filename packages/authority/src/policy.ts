// SPDX-License-Identifier: MIT
import type { PresignedRule } from "./lease-chain.ts";
import type { Plan } from "./terminal.ts";
import type { Statement } from "./territory.ts";

/** A rule of an area: who made it, where it is written down and when it holds ([from, to), UTC ms). */
export interface AreaRule {
  readonly territory: string;
  readonly asserter: string;
  readonly source: string;
  readonly validFromMs: number;
  readonly validToMs: number | null;
}

/** Who a terminal on an allow-list is registered for; the caps per class are the list keeper's business. */
export type HolderClass = "individual" | "company" | "critical" | "government";

export interface AllowListEntry {
  readonly terminalId: string;
  /** The registered holder, as the list keeper writes the name. */
  readonly holder: string;
  readonly class: HolderClass;
  readonly validFromMs: number;
  readonly validToMs: number | null;
}

/** The terminals that may have service in a territory, when the list is required. */
export interface AllowList extends AreaRule {
  /** `false` while a list is being filled and nobody is refused for not being on it. */
  readonly required: boolean;
  readonly entries: readonly AllowListEntry[];
}

/** A speed limit for every terminal in a territory. */
export interface SpeedCap extends AreaRule {
  readonly capKmh: number;
}

/** Territories and cells in which leases are short, so that a cut-off authority's word ends soon. */
export interface SpecialZone {
  readonly id: string;
  readonly title: string;
  readonly territories: readonly string[];
  /** H3 resolution 5 cells. */
  readonly cells: readonly string[];
  readonly leaseMs: number;
  /** Leases are signed beforehand, so that service outlasts a cut-off authority. Absent: they are not. */
  readonly presigned?: PresignedRule;
}

/**
 * What is done about terminals so near the edge of an area that they may be on its other side. A band never gives what
 * the terminal's own side refuses. `territory` is the area (a territory, country or operator area) whose edge it is.
 */
export interface GuardBand extends AreaRule {
  /** At least this wide on either side, km; the map's error, its age and the position's error may make it wider. */
  readonly widthKm: number;
  /**
   * `asInside`: who is just outside is refused what the inside refuses. `asOutside`: who is just inside is refused what
   * the outside refuses. `provisional`: both sides have service on short leases where the other side would refuse.
   */
  readonly treat: "asInside" | "provisional" | "asOutside";
}

/** How days abroad are counted for plans that roam. */
export interface RoamRules {
  /** Whether each country has a count of its own, or all days abroad are one count. */
  readonly counts: "eachCountry" | "allCountries";
  /** Whether a day at home begins the count anew; otherwise only the new year does. */
  readonly resetsAtHome: boolean;
  /** Days after which the holder is warned, ascending. */
  readonly warningDays: readonly number[];
}

/** Two months a calendar year in another country (plan terms); warnings as the operator sends them. */
export const defaultRoamRules: RoamRules = {
  counts: "eachCountry",
  resetsAtHome: false,
  warningDays: [30, 45, 55],
};

/** What a policy document says, checked and in one order whatever the order in the document. */
export interface PolicyContent {
  readonly title: string;
  /** Id of the boundary view whose territories the policy speaks of. */
  readonly boundaryView: string;
  readonly statements: readonly Statement[];
  readonly allowLists: readonly AllowList[];
  readonly specialZones: readonly SpecialZone[];
  readonly speedCaps: readonly SpeedCap[];
  readonly plans: readonly Plan[];
  /** At most one per area. Absent: none. */
  readonly guardBands?: readonly GuardBand[];
  /** Absent: {@link defaultRoamRules}. */
  readonly roaming?: RoamRules;
}

/** An allow-list that finds a terminal's entries without searching. */
export interface IndexedAllowList {
  readonly list: AllowList;
  readonly entriesOf: ReadonlyMap<string, readonly AllowListEntry[]>;
}

/** All that the policy says about one territory. */
export interface TerritoryRules {
  readonly statements: readonly Statement[];
  readonly allowLists: readonly IndexedAllowList[];
  readonly speedCaps: readonly SpeedCap[];
  readonly specialZones: readonly SpecialZone[];
}

/** An immutable policy snapshot: its content, the name of that content, and the way into it. */
export interface Policy extends PolicyContent {
  /** SHA-256 of the canonical content; hexadecimal. Equal content has equal versions, whatever its order. */
  readonly version: string;
  readonly byTerritory: ReadonlyMap<string, TerritoryRules>;
  readonly zonesByCell: ReadonlyMap<string, readonly SpecialZone[]>;
  readonly planById: ReadonlyMap<string, Plan>;
  readonly guardBandOf: ReadonlyMap<string, GuardBand>;
}
