// SPDX-License-Identifier: MIT
// Links between satellites and gateways, by band. Marks as in policy.ts: [S] a public source says it, [D] derived, [M]
// assumed, to be tuned.
import { MCS_TABLE, mcsFor } from "../link-budget.ts";
import type { GatewayBand } from "../payload.ts";

/** One band of gateway links. Up is from the ground to the satellite. */
export interface GatewayBandPlan {
  readonly band: GatewayBand;
  readonly upGHz: number;
  readonly downGHz: number;
  /** One antenna and one satellite under a clear sky, Mbit/s. */
  readonly upMbps: number;
  readonly downMbps: number;
  /** Signal over noise under a clear sky, dB; what rain takes is subtracted from it. */
  readonly clearSkySnrDb: number;
}

/**
 * - Ka: 27.5 to 30 GHz up, 17.8 to 19.3 down [S: filings], 2.1 and 1.3 GHz of them used [S: map of 2023]. 20 Gbit/s up
 *   [M: filed are 25.6 typical and 32 at most]; down in proportion to bandwidth [D]. 25 dB [D: a 66.5 dBW gateway
 *   [S], 1,000 km, a satellite dish of 0.4 m].
 * - E: 81 to 86 GHz up, 71 to 76 down, 5 GHz each way [S]; two polarisations at 4 bit/s/Hz [D]. 22 dB [M: so that rain
 *   closes the link for more than 1 % of the time in the tropics and some 0.1 % in London, as P.618 has it there].
 */
export const GATEWAY_BANDS: readonly GatewayBandPlan[] = [
  { band: "Ka", upGHz: 29.3, downGHz: 19.3, upMbps: 20_000, downMbps: 12_400, clearSkySnrDb: 25 },
  { band: "E", upGHz: 83.5, downGHz: 73.5, upMbps: 40_000, downMbps: 40_000, clearSkySnrDb: 22 },
];

/** Index into {@link GATEWAY_BANDS}. */
export function bandIndex(band: GatewayBand): number {
  return GATEWAY_BANDS.findIndex(plan => plan.band === band);
}

const BEST_BITS = MCS_TABLE.at(-1)!.bitsPerSymbol;

/**
 * Share of its clear-sky rate, 0 to 1, that a link keeps under `fadeDb` of rain: adaptive coding takes the fastest entry
 * of `MCS_TABLE` that the remaining signal supports, and below the slowest the link is out.
 */
export function shareAfterFade(clearSkySnrDb: number, fadeDb: number): number {
  return (mcsFor(clearSkySnrDb - fadeDb)?.bitsPerSymbol ?? 0) / BEST_BITS;
}
