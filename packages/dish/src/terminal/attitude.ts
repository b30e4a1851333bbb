// SPDX-License-Identifier: MIT
const DEG = Math.PI / 180;

/** A direction, degrees: clockwise from true north, and above the horizon. */
export interface Direction {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

/** A rotation as a unit quaternion. */
export interface Rotation {
  readonly scalar: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Tilt of a terminal that is mounted as it should be, degrees: this project's choice. */
const TILT_DEG = 25;

/**
 * Where a fixed terminal should point: towards the pole of its hemisphere, for the satellites gather above the
 * latitude of their inclination and stay out of the geostationary arc. One that is level points at the zenith.
 */
export function desiredBoresight(latDeg: number, level: boolean): Direction {
  return { azimuthDeg: latDeg >= 0 ? 0 : 180, elevationDeg: level ? 90 : 90 - TILT_DEG };
}

/** Where it points: away from the desired direction by its misalignment, and flat on its face's edge when stowed. */
export function actualBoresight(
  desired: Direction,
  misalignmentDeg: number,
  stowedByMotor: boolean,
): Direction {
  if (stowedByMotor) return { azimuthDeg: desired.azimuthDeg, elevationDeg: 0 };
  return { azimuthDeg: (desired.azimuthDeg + misalignmentDeg) % 360, elevationDeg: desired.elevationDeg };
}

/**
 * Rotation from the local north-east-down frame into the terminal's own: yaw to its azimuth about the vertical, then
 * tilt about its second axis. Its face looks along its negative third axis, so that a level terminal that faces north
 * has the frame of the ground.
 *
 * `v' = q v q*` with q the product of half-angle rotations (Diebel 2006, "Representing Attitude", eq. 124).
 */
export function nedToDish(boresight: Direction): Rotation {
  const tilt = ((90 - boresight.elevationDeg) * DEG) / 2;
  const yaw = (-boresight.azimuthDeg * DEG) / 2;
  return {
    scalar: Math.cos(tilt) * Math.cos(yaw),
    x: Math.sin(tilt) * Math.sin(yaw),
    y: Math.sin(tilt) * Math.cos(yaw),
    z: Math.cos(tilt) * Math.sin(yaw),
  };
}
