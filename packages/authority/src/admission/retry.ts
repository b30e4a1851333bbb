// SPDX-License-Identifier: MIT

/**
 * When a denied terminal may ask again: once it has moved this far, or waited this long. Modelled on 3GPP TS 24.501
 * §4.23.2, where cause #78 carries a distance and a minimum retry timer.
 */
export interface Reject {
  readonly minDistanceKm: number;
  readonly minRetryS: number;
}

/**
 * The distance is the edge of the cells in which service is given (H3 resolution 5, mean 9.85 km). The time is the
 * 60 s within which a reversed decision must be felt.
 */
export const areaReject: Reject = { minDistanceKm: 10, minRetryS: 60 };

/**
 * Whether a rejected terminal that keeps to the rules may ask again; until then it stays silent. Calling for help is
 * exempt (TS 24.501: initiating emergency services ends the timer's hold).
 *
 * @param lastAskMs when it last asked and was rejected; UTC ms
 * @param movedKm how far it is from where it last asked
 */
export function mayAskAgain(
  reject: Reject,
  lastAskMs: number,
  nowMs: number,
  movedKm: number,
  emergency = false,
): boolean {
  return emergency || nowMs - lastAskMs >= reject.minRetryS * 1000 || movedKm > reject.minDistanceKm;
}
