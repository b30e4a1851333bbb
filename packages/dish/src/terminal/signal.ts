// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";

/** Signal to noise of a satellite at the zenith under a clear sky, dB: this project's choice. */
const ZENITH_SNR_DB = 12;
/** Below it nothing can be told from noise, dB. */
export const NOISE_FLOOR_DB = 0;
/** Below it a signal is weak, dB; weak for {@link WEAK_FOR_S} is persistently weak. This project's choice. */
export const WEAK_SNR_DB = 2;
export const WEAK_FOR_S = 60;
/** Attenuation from which the signal is lower than predicted, dB: this project's choice. */
export const UNPREDICTED_DB = 3;

/**
 * Signal to noise ratio of a link, dB: it falls with the square of the slant range (free-space loss, ITU-R P.525-4
 * eq. 4) from what it is at the zenith, and with what stands in between.
 *
 * @param attenuationDb beyond the clear sky's
 */
export function snrDb(link: LinkState, attenuationDb: number): number {
  const rangeKm = link.hops[0]?.lengthKm;
  const altitudeKm = link.nodes[1]?.altitudeKm;
  if (rangeKm === undefined || altitudeKm === undefined) return ZENITH_SNR_DB - attenuationDb;
  return ZENITH_SNR_DB - 20 * Math.log10(rangeKm / altitudeKm) - attenuationDb;
}

/** 0 to 1 over 0 to 10 dB, as the operator's telemetry reports it. */
export function signalQuality(snr: number): number {
  return Math.min(Math.max(snr / 10, 0), 1);
}
