// SPDX-License-Identifier: MIT
// What detectors read beside the book: plain rows that the operator makes from its telemetry and its other records. Where
// a terminal is, none of them says better than a service cell.
import type { CloneAlarm, DayStay, SpeedWindow } from "@perigee/authority";

/** The countries that a terminal was seen in, by day: {@link DayStay} as the authority keeps it, oldest first. */
export interface CountryDays {
  readonly terminal: string;
  readonly stays: readonly DayStay[];
}

/** A stretch of time that a terminal spent in one cell, linked or trying. */
export interface Visit {
  readonly terminal: string;
  readonly account: string | null;
  /** H3 index, resolution 5. */
  readonly cell: bigint;
  /** ISO 3166-1 alpha-2; `null`: unknown. */
  readonly country: string | null;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A cell in which being many means something, by somebody's word: inactive, or at a front. */
export interface SensitiveCell {
  readonly cell: bigint;
  /** Which area it belongs to, and who says so. */
  readonly area: string;
}

/** A terminal that was switched on for the first time. */
export interface ActivationRow {
  readonly terminal: string;
  readonly account: string | null;
  readonly atMs: number;
  /** Area, country or cell by which activations are counted. */
  readonly area: string;
}

/** Something that accounts share. The key is a hash: what it stands for is nothing to this room. */
export interface AccountLink {
  readonly account: string;
  readonly kind: "card" | "device" | "email" | "ip";
  readonly key: string;
}

/** The windows over which a terminal's speed was measured, oldest first, with the cap that held for it there. */
export interface SpeedRow {
  readonly terminal: string;
  readonly windows: readonly SpeedWindow[];
  /** The plan's or the area's cap, whichever is lower. */
  readonly capKmh: number;
  /** Standard deviation of one window's speed. */
  readonly errorKmh: number;
}

/** A terminal that asked for service where there is none. */
export interface AttemptRow {
  readonly terminal: string;
  readonly atMs: number;
  readonly cell: bigint;
  /** Reason of the refusal, as in the authority's table. */
  readonly reason: string;
}

/** What one verification of a location came to. Without positions. */
export interface LocationRow {
  readonly terminal: string;
  readonly atMs: number;
  readonly verdict: "consistent" | "inconsistent" | "ambiguous" | "insufficient" | "stale";
  /** Windows of measurements that contradict the claimed place. Verdicts in a row may name the same ones. */
  readonly contradictions: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** From the claimed place, km; `null` where no place was found. */
  readonly offsetKm: number | null;
}

/** A place that is on somebody's list: a compound, a base, a yard. */
export interface ListedSite {
  readonly id: string;
  readonly title: string;
  readonly cell: bigint;
  readonly radiusKm: number;
  readonly asserter: string;
}

/** An offer on a website or in a channel, as text: typed, or read off a picture. */
export interface ListingRow {
  readonly id: string;
  readonly text: string;
  readonly seenMs: number;
}

/** What detectors need to know of the cells' geometry. The operator has it; this room has none of its own. */
export interface CellGeometry {
  /** Between the centres of two cells, km. */
  distanceKm(a: bigint, b: bigint): number;
  /** From a cell's centre to its farthest corner, km. */
  reachKm(cell: bigint): number;
}

/** Everything that detectors can look at. A detector whose rows are missing sees nothing. */
export interface Observations {
  readonly countryDays: readonly CountryDays[];
  readonly visits: readonly Visit[];
  readonly sensitiveCells: readonly SensitiveCell[];
  readonly activations: readonly ActivationRow[];
  readonly links: readonly AccountLink[];
  readonly speeds: readonly SpeedRow[];
  readonly attempts: readonly AttemptRow[];
  readonly cloneAlarms: readonly CloneAlarm[];
  readonly locations: readonly LocationRow[];
  readonly sites: readonly ListedSite[];
  readonly listings: readonly ListingRow[];
}

export const nothingSeen: Observations = {
  ...{ countryDays: [], visits: [], sensitiveCells: [], activations: [], links: [], speeds: [] },
  ...{ attempts: [], cloneAlarms: [], locations: [], sites: [], listings: [] },
};
