// SPDX-License-Identifier: MIT
import { distanceKm, type Place } from "@perigee/earth";
import type { NearEdge } from "./admission/admission-input.ts";
import { noRoamDays, type RoamDays, roamDays } from "./admission/roam-days.ts";
import { countryOf, type LocationHistory, type SpeedWindow } from "./location-history.ts";
import type { Policy } from "./policy.ts";
import type { Account, Terminal } from "./terminal.ts";

/** A location counts as current for this long: four slots, the life of an ordinary lease. */
export const freshLocationMs = 60_000;
/** After this long a location is unknown. */
export const oldLocationMs = 600_000;
/** Standard deviation of a reported position where the report does not say: 60 m. */
export const defaultPositionErrorKm = 0.06;

/** An edge so near that the terminal may be on its other side. */
export interface EdgeAtHand {
  readonly area: string;
  readonly inside: boolean;
  readonly beyond: readonly string[];
}

/**
 * All that the rules look at, and all that the location hash covers. The position itself is left out: the hash of
 * a position can be undone by trying every position in the cell, and decisions are kept longer than positions. For
 * the same reason no distance to an edge is in it, only that one is at hand.
 */
export interface LocationFacts {
  readonly reportedAtMs: number;
  readonly cell: string;
  readonly place: Pick<Place, "territory" | "country" | "zone">;
  /** The operator's areas that contain it. */
  readonly areas: readonly string[];
  readonly edges: readonly EdgeAtHand[];
  readonly windows: readonly SpeedWindow[];
  /** Days of this calendar year outside the account's country; none without an account. */
  readonly days: RoamDays;
  /** To the service address, in whole km; `null` without an address. */
  readonly addressDistanceKm: number | null;
}

/** What lies around the last report, as far as the operator has looked. */
export interface Surroundings {
  readonly areas?: readonly string[];
  readonly edges?: readonly NearEdge[];
  readonly positionErrorKm?: number;
}

/**
 * Reduces a history to the facts that bear on one terminal and account at one instant.
 *
 * @param policy whose guard bands say how near an edge must be to count; without it none is at hand
 */
export function locationFacts(
  history: LocationHistory,
  terminal: Terminal,
  account: Account | null,
  atMs: number,
  surroundings: Surroundings = {},
  policy: Pick<Policy, "guardBandOf"> | null = null,
): LocationFacts | null {
  const { last } = history;
  if (last === null) return null;
  const { territory, country, zone } = last.place;
  const place = { territory, country, zone };
  return {
    reportedAtMs: last.atMs,
    cell: last.cell,
    place,
    areas: surroundings.areas ?? [],
    edges: policy === null ? [] : edgesAtHand(surroundings, policy),
    windows: history.windows,
    days: account === null ? noRoamDays : roamDays(history.stays, account.country, countryOf(place), atMs),
    addressDistanceKm: addressDistanceKm(terminal, last),
  };
}

/** To the service address, rounded to whole km; `null` without an address. */
export function addressDistanceKm(
  { serviceAddress }: Pick<Terminal, "serviceAddress">,
  last: { readonly latDeg: number; readonly lonDeg: number },
): number | null {
  return serviceAddress === null ? null : Math.round(distanceKm(serviceAddress, last));
}

/**
 * The edges within their guard band: as wide as the policy says, and at least as wide as the edge is uncertain or the
 * position may be off (5 σ, one in two million).
 */
export function edgesAtHand(
  { edges = [], positionErrorKm = defaultPositionErrorKm }: Surroundings,
  { guardBandOf }: Pick<Policy, "guardBandOf">,
): readonly EdgeAtHand[] {
  return edges.flatMap(({ area, inside, distanceKm, uncertaintyKm, beyond }) => {
    const band = guardBandOf.get(area);
    const reachKm = Math.max(band?.widthKm ?? 0, uncertaintyKm, 5 * positionErrorKm);
    return band !== undefined && distanceKm <= reachKm ? [{ area, inside, beyond }] : [];
  });
}
