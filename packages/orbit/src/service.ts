// SPDX-License-Identifier: MIT

/** What a satellite or shell is for. `raising`: on the way up or down, or lost; no service. */
export type Service = "broadband" | "directToCell" | "raising";

/**
 * What a Starlink satellite at this altitude (`altitudeFromMeanMotionKm`) does: broadband above 430 km, direct to cell
 * at 352 to 366 km, else on the way. Read from the 10,359 public element sets of 2026-05-21, where the classes hold
 * 9,154, 694 and 511; it dates with the fleet, and says nothing about others.
 */
export function serviceAtAltitude(altitudeKm: number): Service {
  if (altitudeKm > 430) return "broadband";
  return altitudeKm >= 352 && altitudeKm <= 366 ? "directToCell" : "raising";
}
