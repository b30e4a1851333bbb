// SPDX-License-Identifier: MIT

/** Unix time of the GPS epoch, 1980-01-06T00:00:00Z, seconds (IS-GPS-200, 3.3.4). */
const GPS_EPOCH_UNIX_S = 315_964_800;
/** GPS time runs ahead of UTC by the leap seconds since 1980: 18 since 2017-01-01 (IERS Bulletin C 52). */
const LEAP_SECONDS = 18;

/** UTC milliseconds as seconds since the GPS epoch. */
export function gpsSeconds(utcMs: number): number {
  return utcMs / 1000 - GPS_EPOCH_UNIX_S + LEAP_SECONDS;
}

/** UTC milliseconds as nanoseconds since the GPS epoch: the time of outages on the wire. */
export function gpsNanoseconds(utcMs: number): bigint {
  return nanoseconds(utcMs - (GPS_EPOCH_UNIX_S - LEAP_SECONDS) * 1000);
}

/** Milliseconds as nanoseconds; of a UTC instant this is Unix time: the time of the event log on the wire. */
export function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}
