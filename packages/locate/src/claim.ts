// SPDX-License-Identifier: MIT
import { checkPosition, type Position } from "@perigee/earth";
import { type LocateError, refuse } from "./locate-error.ts";
import type { Motion } from "./measurement.ts";

/** Where a terminal says that it is. */
export interface Claim extends Position {
  /** When; UTC ms. */
  readonly atMs: number;
  /** Standard deviation to east and to north; km. {@link DEFAULT_CLAIM_ERROR_KM} where absent. */
  readonly errorKm?: number;
}

/** A reported position whose error nobody states: 60 m, as admission takes it. */
export const DEFAULT_CLAIM_ERROR_KM = 0.06;

/** What is wrong with a claim, or `null`. */
export function checkClaim({
  latDeg,
  lonDeg,
  atMs,
  errorKm = DEFAULT_CLAIM_ERROR_KM,
}: Claim): LocateError | null {
  const position = checkPosition(latDeg, lonDeg);
  if (!position.ok)
    return refuse("claimInvalid", `claim.${position.error.place}`, position.error.message).error;
  if (!Number.isFinite(atMs)) return refuse("claimInvalid", "claim.atMs", "A claim has an instant.").error;
  if (!(errorKm > 0 && errorKm <= 100))
    return refuse("claimInvalid", "claim.errorKm", "A claim's error is above 0 and up to 100 km.").error;
  return null;
}

/** Degrees to km along a meridian, on the mean sphere. */
const KM_PER_DEG = 111.195;

/**
 * The motion that two claims tell of, for {@link MeasurementWindow.motion}: without it a terminal on the move would be
 * measured where it no longer is. `null` for claims of the same instant.
 */
export function motionBetween(earlier: Claim, later: Claim): Motion | null {
  const seconds = (later.atMs - earlier.atMs) / 1000;
  if (!(seconds > 0)) return null;
  const turnDeg = ((((later.lonDeg - earlier.lonDeg + 180) % 360) + 360) % 360) - 180;
  const middle = Math.cos(((earlier.latDeg + later.latDeg) / 2) * (Math.PI / 180));
  return {
    eastKmS: (turnDeg * KM_PER_DEG * middle) / seconds,
    northKmS: ((later.latDeg - earlier.latDeg) * KM_PER_DEG) / seconds,
  };
}
