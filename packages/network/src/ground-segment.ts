// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import { GATEWAY_ROWS, type GatewayRow, INFERRED_GATEWAY_ROWS } from "./gateways.ts";
import { POP_ROWS } from "./pops.ts";

/** A place where satellites land: the space side of the ground segment. */
export interface Gateway {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Satellites below this elevation are not tracked. */
  readonly minElevationDeg: number;
  /** One antenna tracks one satellite. */
  readonly antennas: number;
  /** `listed` in a public list; `inferred` because measured delays leave no other explanation. */
  readonly basis: "listed" | "inferred";
}

/** A point of presence: where traffic meets the internet, and where a subscriber's addresses live. */
export interface Pop {
  readonly code: string;
  /** `null` for a PoP that the public geolocation feed does not name as the home of subscribers. */
  readonly iata: string | null;
  readonly city: string;
  readonly country: string;
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Everything on the ground that a plan may use. */
export interface GroundSegment {
  readonly gateways: readonly Gateway[];
  readonly pops: readonly Pop[];
}

/** Assumed where no source says it (153 of the 190 sites whose number is known have 8). */
const DEFAULT_ANTENNAS = 8;

/** The built-in gateways and PoPs: public facts of 2023 to 2026, sources in `gateways.ts` and `pops.ts`. */
export function builtInGround(): GroundSegment {
  return {
    gateways: [
      ...GATEWAY_ROWS.map(row => gatewayOf(row, "listed")),
      ...INFERRED_GATEWAY_ROWS.map(row => gatewayOf(row, "inferred")),
    ],
    pops: POP_ROWS.map(([code, iata, city, country, latDeg, lonDeg]) => ({
      code,
      iata,
      city,
      country,
      latDeg,
      lonDeg,
    })),
  };
}

function gatewayOf(
  [id, name, country, latDeg, lonDeg, antennas]: GatewayRow,
  basis: Gateway["basis"],
): Gateway {
  return {
    id,
    name,
    country,
    latDeg,
    lonDeg,
    minElevationDeg: Math.abs(latDeg) > 60 ? 5 : 25,
    antennas: antennas ?? DEFAULT_ANTENNAS,
    basis,
  };
}

/**
 * The nearest PoP (great circle) that the public feed names as a home of subscribers: home to a place as long as no
 * delay to any PoP is known. Ties go to the first code. `null` where there is none.
 */
export function nearestHomePop(ground: GroundSegment, latDeg: number, lonDeg: number): Pop | null {
  let best: Pop | null = null;
  let bestKm = Number.POSITIVE_INFINITY;
  for (const pop of ground.pops) {
    if (pop.iata === null) continue;
    const km = distanceKm({ latDeg, lonDeg }, pop);
    if (km < bestKm || (km === bestKm && best !== null && pop.code < best.code)) {
      best = pop;
      bestKm = km;
    }
  }
  return best;
}
