// SPDX-License-Identifier: MIT
import { distanceKm } from "@perigee/earth";
import { GATEWAY_ROWS, type GatewayRow, INFERRED_GATEWAY_ROWS } from "./gateways.ts";
import { GATEWAY_BANDS } from "./ground/bands.ts";
import type { GatewayBand } from "./payload.ts";
import { POP_ROWS } from "./pops.ts";

/** The antennas of a site in one band. */
export interface Dishes {
  readonly band: GatewayBand;
  readonly count: number;
  /** Gateway to satellite, one antenna, clear sky, Mbit/s: what the users of a satellite download. */
  readonly upMbps: number;
  /** Satellite to gateway. */
  readonly downMbps: number;
}

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
  /** One antenna tracks one satellite. The sum over `dishes`. */
  readonly antennas: number;
  /** At most one entry per band. */
  readonly dishes: readonly Dishes[];
  /**
   * `listed` in a public list; `inferred` because what is measured leaves no other explanation; `given` by the user, see
   * `parseGroundSegment`.
   */
  readonly basis: "listed" | "inferred" | "given";
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

/** Assumed in Ka band where no source says it (153 of the 190 sites whose number is known have 8). */
const DEFAULT_ANTENNAS = 8;

/** The elevation from which a site tracks satellites where nothing else is said: 25 degrees, 5 beyond 60 of latitude. */
export function usualMinElevationDeg(latDeg: number): number {
  return Math.abs(latDeg) > 60 ? 5 : 25;
}

/** The built-in gateways and PoPs: public facts of 2023 to 2026, sources in `gateways.ts` and `pops.ts`. */
export function builtInGround(): GroundSegment {
  return {
    gateways: [
      ...GATEWAY_ROWS.map(row => gatewayOf(row, "listed")),
      ...INFERRED_GATEWAY_ROWS.map(({ row }) => gatewayOf(row, "inferred")),
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

function gatewayOf(row: GatewayRow, basis: Gateway["basis"]): Gateway {
  const [id, name, country, latDeg, lonDeg, ka, e] = row;
  const counts = { Ka: ka ?? DEFAULT_ANTENNAS, E: e ?? 0 };
  const dishes = GATEWAY_BANDS.filter(({ band }) => counts[band] > 0).map(
    ({ band, upMbps, downMbps }): Dishes => ({ band, count: counts[band], upMbps, downMbps }),
  );
  return {
    id,
    name,
    country,
    latDeg,
    lonDeg,
    minElevationDeg: usualMinElevationDeg(latDeg),
    antennas: counts.Ka + counts.E,
    dishes,
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
