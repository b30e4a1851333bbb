// SPDX-License-Identifier: MIT
import { GENERATIONS, type Generation } from "../payload.ts";
import type { ChannelRates } from "./channel-rates.ts";

/** A rate for each of the users' directions; index = whatever the owner says. */
export interface RatePair {
  readonly downMbps: Float32Array;
  readonly upMbps: Float32Array;
}

/** What each satellite carries for its own users, and each of its lasers each way; index = satellite. */
export interface SatelliteRates extends RatePair {
  readonly laserMbps: Float32Array;
}

/** What {@link allocate} may hand out. Contacts bring their own rates in the plan. */
export interface NetworkRates {
  /** Of a whole user channel, per cell and per extra beam. */
  readonly channels: ChannelRates;
  readonly satellites: SatelliteRates;
  /**
   * Each direction of the fibre between a gateway and a PoP; index = gateway * `fibrePops` + PoP. Without it fibre never
   * binds, as it is leased where it is needed.
   */
  readonly fibreMbps?: Float32Array;
  /** Row length of `fibreMbps`: the PoPs of the ground segment. */
  readonly fibrePops?: number;
}

/** Each direction of a laser link: that of the slower end. */
export function laserLinkMbps({ laserMbps }: SatelliteRates, a: number, b: number): number {
  return Math.min(laserMbps[a]!, laserMbps[b]!);
}

/**
 * Payload totals of a fleet, with their sources in `GENERATIONS`.
 *
 * @param generation Per satellite: index into `generations`, as `generationsOf` gives it.
 * @throws RangeError for an index outside the table.
 */
export function satelliteRates(
  generation: ArrayLike<number>,
  generations: readonly Pick<Generation, "userDownMbps" | "userUpMbps" | "laserGbps">[] = GENERATIONS,
): SatelliteRates {
  const downMbps = new Float32Array(generation.length);
  const upMbps = new Float32Array(generation.length);
  const laserMbps = new Float32Array(generation.length);
  for (let s = 0; s < generation.length; s++) {
    const row = generations[generation[s]!];
    if (row === undefined)
      throw new RangeError(`satellite ${s} is of generation ${generation[s]}, not listed`);
    downMbps[s] = row.userDownMbps;
    upMbps[s] = row.userUpMbps;
    laserMbps[s] = row.laserGbps * 1000;
  }
  return { downMbps, upMbps, laserMbps };
}
