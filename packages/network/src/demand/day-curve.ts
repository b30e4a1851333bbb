// SPDX-License-Identifier: MIT

/**
 * Traffic of a household through the day relative to its busiest hour, one number for each full hour of local mean
 * solar time, from midnight. Assumed, with the shape that exchange points and regulators publish for home broadband:
 * most between 18 and 22, least about 4, a third of the peak.
 */
export const DAY_CURVE: readonly number[] = [
  0.7, 0.55, 0.45, 0.38, 0.35, 0.36, 0.4, 0.47, 0.54, 0.59, 0.62, 0.64, 0.66, 0.66, 0.66, 0.68, 0.72, 0.79,
  0.88, 0.96, 1, 0.98, 0.92, 0.82,
];

/** Local mean solar time, hours from 0 to 24: UTC and four minutes for each degree east. */
export function solarHour(atMs: number, lonDeg: number): number {
  const hour = ((atMs / 3_600_000) % 24) + lonDeg / 15;
  return ((hour % 24) + 24) % 24;
}

/** The curve at a solar hour, straight between full hours. */
export function dayFactor(hour: number, curve: readonly number[] = DAY_CURVE): number {
  const from = Math.floor(hour);
  const start = curve[from % 24]!;
  return start + (curve[(from + 1) % 24]! - start) * (hour - from);
}
