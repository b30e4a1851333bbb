// SPDX-License-Identifier: MIT
import { fail, type Result, succeed } from "./earth-error.ts";

/** A point on the ground: WGS 84 geodetic latitude and longitude, degrees, north and east positive. */
export interface Position {
  /** -90 to 90. */
  readonly latDeg: number;
  /** -180 to 180; both ends are the antimeridian. */
  readonly lonDeg: number;
}

/**
 * Checks a position from outside. The other functions of this room take checked positions: given
 * anything else they throw a RangeError, because that is a bug in the caller.
 */
export function checkPosition(latDeg: number, lonDeg: number): Result<Position> {
  if (!isLatitude(latDeg))
    return fail("bad-position", "latDeg", "A latitude is a number from -90 to 90 degrees.");
  if (!isLongitude(lonDeg)) {
    return fail("bad-position", "lonDeg", "A longitude is a number from -180 to 180 degrees.");
  }
  return succeed({ latDeg, lonDeg });
}

export function assertPosition(latDeg: number, lonDeg: number): void {
  if (!isLatitude(latDeg) || !isLongitude(lonDeg)) {
    throw new RangeError(`No such position: latitude ${latDeg}, longitude ${lonDeg}.`);
  }
}

function isLatitude(value: number): boolean {
  return value >= -90 && value <= 90;
}

function isLongitude(value: number): boolean {
  return value >= -180 && value <= 180;
}
