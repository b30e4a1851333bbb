// SPDX-License-Identifier: MIT
// What one user channel carries: received power over noise, then the best modulation that it supports. Marks as in
// policy.ts: [S] a public source, [D] derived, [M] assumed.

const RAD = 180 / Math.PI;
/** Boltzmann's constant, dBW/K/Hz (SI: 1.380649e-23 J/K exactly). */
const BOLTZMANN_DB = 10 * Math.log10(1.380649e-23);

/** One carrier from a satellite to a terminal. */
export const DOWNLINK = {
  /** Middle of 10.7 to 12.7 GHz [S: filing]. */
  frequencyGHz: 11.7,
  /** Used of each 250 MHz channel [S: Puchol; Humphreys et al. 2023]. */
  bandwidthMHz: 240,
  /** At the ground, held constant by steering power [S that it is; M for the value]. */
  pfdDbWm2Per4kHz: -146,
  /** Of the dish, straight ahead [M: 9.2 to 9.9]. */
  gainOverTemperatureDbK: 9.2,
} as const;

/** One carrier from a terminal to a satellite. */
export const UPLINK = {
  frequencyGHz: 14.25,
  /** Used of each 62.5 MHz channel [M]. */
  bandwidthMHz: 60,
  /** Of the dish, straight ahead [M: UTA-201; filings of 2022 to 2025 name 39.2 to 43.6]. */
  eirpDbW: 38.2,
  /** Of the satellite's receiving array [M]. */
  gainOverTemperatureDbK: 8.5,
  /** Carrier to interference from the cells that reuse the channel, dB [M]. */
  carrierToInterferenceDb: 20,
  /** Share of the time that one terminal may transmit [S: exposure limits in FCC data, 11 to 14 %]. */
  dutyShare: 0.14,
} as const;

/** Gas along the vertical in Ku band, dB [M; ITU-R P.676 gives about 0.1]. */
const ZENITH_GAS_DB = 0.1;
/** Loss of a phased array steered by t: cos^1.4 t [M: 1.3 to 1.5]. */
const SCAN_EXPONENT = 1.4;

/** Modulation and coding: what a signal-to-noise ratio (dB) is enough for. [M: a table of DVB and 3GPP kind] */
export interface Mcs {
  readonly name: string;
  readonly snrDb: number;
  readonly bitsPerSymbol: number;
}

export const MCS_TABLE: readonly Mcs[] = [
  { name: "QPSK 1/2", snrDb: 1, bitsPerSymbol: 1 },
  { name: "QPSK 3/4", snrDb: 4, bitsPerSymbol: 1.5 },
  { name: "16QAM 1/2", snrDb: 7, bitsPerSymbol: 2 },
  { name: "16QAM 3/4", snrDb: 10.5, bitsPerSymbol: 3 },
  { name: "64QAM 2/3", snrDb: 15, bitsPerSymbol: 4 },
  { name: "64QAM 5/6", snrDb: 18, bitsPerSymbol: 5 },
];

/**
 * Symbols per second and hertz: 298 of 302 symbols of a frame of 4/3 ms carry data, on 1,024 carriers 234.375 kHz apart
 * (Humphreys et al., IEEE T-AES 2023): 298 * 1024 / (4/3 ms) / 240 MHz.
 */
const SYMBOLS_PER_HERTZ = (298 * 1024) / (4 / 3000) / 240e6;

/** Free-space loss, dB; GHz and km (ITU-R P.525-4, eq. 4: 92.45 + 20 log f + 20 log d). */
export function freeSpaceLossDb(frequencyGHz: number, rangeKm: number): number {
  return 92.45 + 20 * Math.log10(frequencyGHz) + 20 * Math.log10(rangeKm);
}

/** Where the satellite is and what the weather takes. */
export interface LinkGeometry {
  readonly elevationDeg: number;
  readonly rangeKm: number;
  /** Rain and wet-dish loss on this path and in this direction, dB. */
  readonly rainDb?: number;
}

/** Carrier over noise density at the terminal, dBHz. The satellite's EIRP follows the range, so that only losses count. */
export function downlinkCn0DbHz(geometry: LinkGeometry): number {
  const { frequencyGHz, bandwidthMHz, pfdDbWm2Per4kHz, gainOverTemperatureDbK } = DOWNLINK;
  const pfdDb = pfdDbWm2Per4kHz + 10 * Math.log10((bandwidthMHz * 1e6) / 4e3);
  const eirpDbW = pfdDb + 10 * Math.log10(4 * Math.PI * (geometry.rangeKm * 1e3) ** 2);
  return (
    eirpDbW -
    freeSpaceLossDb(frequencyGHz, geometry.rangeKm) -
    pathLossDb(geometry) +
    gainOverTemperatureDbK -
    BOLTZMANN_DB
  );
}

/** Carrier over noise density at the satellite, dBHz. */
export function uplinkCn0DbHz(geometry: LinkGeometry): number {
  const { frequencyGHz, eirpDbW, gainOverTemperatureDbK } = UPLINK;
  return (
    eirpDbW -
    freeSpaceLossDb(frequencyGHz, geometry.rangeKm) -
    pathLossDb(geometry) +
    gainOverTemperatureDbK -
    BOLTZMANN_DB
  );
}

/** Gas, rain and the loss of a level dish that looks `90 - elevation` degrees off its axis. */
function pathLossDb({ elevationDeg, rainDb = 0 }: LinkGeometry): number {
  const sine = Math.sin(elevationDeg / RAD);
  return ZENITH_GAS_DB / sine - 10 * SCAN_EXPONENT * Math.log10(sine) + rainDb;
}

/** The fastest entry of {@link MCS_TABLE} that a signal-to-noise ratio supports; `null` below all of them. */
export function mcsFor(snrDb: number): Mcs | null {
  return MCS_TABLE.findLast(mcs => snrDb >= mcs.snrDb) ?? null;
}

/** Rate of a whole downlink channel, Mbit/s. */
export function downlinkChannelMbps(geometry: LinkGeometry): number {
  const snrDb = downlinkCn0DbHz(geometry) - 10 * Math.log10(DOWNLINK.bandwidthMHz * 1e6);
  return channelMbps(snrDb, DOWNLINK.bandwidthMHz);
}

/** Rate of a whole uplink channel, Mbit/s: noise and interference together. */
export function uplinkChannelMbps(geometry: LinkGeometry): number {
  const noise = 10 ** ((10 * Math.log10(UPLINK.bandwidthMHz * 1e6) - uplinkCn0DbHz(geometry)) / 10);
  const interference = 10 ** (-UPLINK.carrierToInterferenceDb / 10);
  return channelMbps(-10 * Math.log10(noise + interference), UPLINK.bandwidthMHz);
}

function channelMbps(snrDb: number, bandwidthMHz: number): number {
  return (mcsFor(snrDb)?.bitsPerSymbol ?? 0) * SYMBOLS_PER_HERTZ * bandwidthMHz;
}

/**
 * A whole channel's rate as a function of loss alone: {@link downlinkChannelMbps} or {@link uplinkChannelMbps} solved
 * once for the loss at which each modulation gives out, so that millions of cells cost two logarithms each.
 */
export interface RateLadder {
  /** Greatest loss that each rate survives, dB, rising; the first that is not exceeded counts. */
  readonly maxLossDb: Float64Array;
  /** Mbit/s, falling. */
  readonly mbps: Float64Array;
  /** Gas along the vertical: multiply by 1 / sin(elevation). */
  readonly gasDb: number;
  /** Scan loss: multiply by -log10(sin(elevation)). */
  readonly scanDb: number;
}

/** Loss = gas + scan + rain, dB: the satellite's power makes up for the range. */
export function downlinkLadder(): RateLadder {
  const { bandwidthMHz } = DOWNLINK;
  const freeDbHz = downlinkCn0DbHz(ZENITH_AT_1_KM) + pathLossDb(ZENITH_AT_1_KM);
  return ladder(bandwidthMHz, snrDb => freeDbHz - 10 * Math.log10(bandwidthMHz * 1e6) - snrDb);
}

/**
 * Loss = gas + scan + rain + 20 log10(range in km), dB. With noise N and interference I the ratio S is reached where
 * 1 / S = N + I, so that N may be 1 / S - I; a modulation beyond the interference alone is never reached.
 */
export function uplinkLadder(): RateLadder {
  const { bandwidthMHz, carrierToInterferenceDb } = UPLINK;
  const freeDbHz = uplinkCn0DbHz(ZENITH_AT_1_KM) + pathLossDb(ZENITH_AT_1_KM);
  return ladder(bandwidthMHz, snrDb => {
    const noise = 10 ** (-snrDb / 10) - 10 ** (-carrierToInterferenceDb / 10);
    if (noise <= 0) return Number.NEGATIVE_INFINITY;
    return freeDbHz - 10 * Math.log10(bandwidthMHz * 1e6) + 10 * Math.log10(noise);
  });
}

const ZENITH_AT_1_KM: LinkGeometry = { elevationDeg: 90, rangeKm: 1 };

function ladder(bandwidthMHz: number, maxLossDb: (snrDb: number) => number): RateLadder {
  const rows = MCS_TABLE.toReversed();
  return {
    maxLossDb: Float64Array.from(rows, mcs => maxLossDb(mcs.snrDb)),
    mbps: Float64Array.from(rows, mcs => mcs.bitsPerSymbol * SYMBOLS_PER_HERTZ * bandwidthMHz),
    gasDb: ZENITH_GAS_DB,
    scanDb: 10 * SCAN_EXPONENT,
  };
}

/**
 * Rates of one site whose beam serves `sharers` sites (itself included): the plan's cap or its even share of one
 * channel, whichever is less; up, no more than a terminal's duty allows.
 */
export function siteRates(
  caps: { readonly downMbps: number; readonly upMbps: number },
  geometry: LinkGeometry,
  sharers: number,
): { downMbps: number; upMbps: number } {
  return {
    downMbps: Math.min(caps.downMbps, downlinkChannelMbps(geometry) / sharers),
    upMbps: Math.min(caps.upMbps, uplinkChannelMbps(geometry) * Math.min(UPLINK.dutyShare, 1 / sharers)),
  };
}
