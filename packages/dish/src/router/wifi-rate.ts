// SPDX-License-Identifier: MIT
// What the air between a router and a device carries: IEEE 802.11ax-2021 with two streams and the shortest guard.

/** Modulations by number: coded bits per subcarrier times code rate (802.11ax-2021, 27.5). */
const BITS_PER_SUBCARRIER = [0.5, 1, 1.5, 2, 3, 4, 4.5, 5, 6, 20 / 3, 7.5, 25 / 3] as const;
/** Least signal at 20 MHz for each, dBm (802.11ax-2021, table 27-51). */
const SENSITIVITY_DBM = [-82, -79, -77, -74, -70, -66, -65, -64, -59, -57, -54, -52] as const;
/** Data subcarriers of 20 and of 80 MHz (802.11ax-2021, table 27-15). */
const DATA_SUBCARRIERS = { 20: 234, 80: 980 } as const;
export const STREAMS = 2;
export const GUARD_NS = 800;
const SYMBOL_US = 12.8 + GUARD_NS / 1000;
/** Thermal noise of 20 MHz at 290 K and a receiver's own 7 dB. */
const NOISE_20MHZ_DBM = -94;

/** Channel widths in use, MHz. */
export type ChannelWidth = keyof typeof DATA_SUBCARRIERS;

/** How a device's frames go over the air. */
export interface WifiRate {
  readonly mcs: number;
  readonly rateMbps: number;
  readonly snrDb: number;
}

/** The fastest modulation that a signal allows; null: too weak for any. @param signalDbm at the receiver */
export function wifiRate(signalDbm: number, width: ChannelWidth): WifiRate | null {
  // Four times the noise in four times the width.
  const widerDb = width === 80 ? 6 : 0;
  const mcs = SENSITIVITY_DBM.findLastIndex(least => signalDbm >= least + widerDb);
  if (mcs < 0) return null;
  return {
    mcs,
    rateMbps: (DATA_SUBCARRIERS[width] * BITS_PER_SUBCARRIER[mcs]! * STREAMS) / SYMBOL_US,
    snrDb: signalDbm - NOISE_20MHZ_DBM - widerDb,
  };
}

/** Free space over the first metre (20 log 4π/λ), and what walls make of the rest: its cube. */
const FIRST_METRE_DB = { "2.4GHz": 40.2, "5GHz": 46.8 } as const;
/** What a device sends with, dBm. */
const DEVICE_POWER_DBM = 15;
const DISTANCE_EXPONENT = 3;

/** Signal of a device at home, some metres away, dBm (ITU-R P.1238 in form, with the exponent of a house). */
export function signalAtDbm(distanceM: number, band: "2.4GHz" | "5GHz"): number {
  return DEVICE_POWER_DBM - FIRST_METRE_DB[band] - 10 * DISTANCE_EXPONENT * Math.log10(distanceM);
}
