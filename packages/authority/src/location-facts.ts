// SPDX-License-Identifier: MIT
import { distanceKm, type Place } from "@perigee/earth";
import { daysAbroad, type LocationHistory, type SpeedWindow } from "./location-history.ts";
import type { Account, Terminal } from "./terminal.ts";

/** A location counts as current for this long: four slots, the life of an ordinary lease. */
export const freshLocationMs = 60_000;
/** After this long a location is unknown. */
export const oldLocationMs = 600_000;

/**
 * All that the rules look at, and all that the location hash covers. The position itself is left out: the hash of
 * a position can be undone by trying every position in the cell, and decisions are kept longer than positions.
 */
export interface LocationFacts {
  readonly reportedAtMs: number;
  readonly cell: string;
  readonly place: Pick<Place, "territory" | "country" | "zone">;
  readonly windows: readonly SpeedWindow[];
  /** Days of this calendar year outside the account's country; 0 without an account. */
  readonly daysAbroad: number;
  /** To the service address, in whole km; `null` without an address. */
  readonly addressDistanceKm: number | null;
}

/** Reduces a history to the facts that bear on one terminal and account at one instant. */
export function locationFacts(
  history: LocationHistory,
  terminal: Terminal,
  account: Account | null,
  atMs: number,
): LocationFacts | null {
  const { last } = history;
  if (last === null) return null;
  const { territory, country, zone } = last.place;
  return {
    reportedAtMs: last.atMs,
    cell: last.cell,
    place: { territory, country, zone },
    windows: history.windows,
    daysAbroad: account === null ? 0 : daysAbroad(history.stays, account.country, atMs),
    addressDistanceKm:
      terminal.serviceAddress === null ? null : Math.round(distanceKm(terminal.serviceAddress, last)),
  };
}
