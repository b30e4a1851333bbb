// SPDX-License-Identifier: MIT
import { enumOf } from "../../schema/directory.ts";
import type { MessageOf } from "../../schema/message.ts";
import { actualBoresight, type Direction, desiredBoresight, nedToDish } from "../attitude.ts";
import type { DishCore } from "../core.ts";

const filter = enumOf("SpaceX.API.Device.AttitudeEstimationState");
const actuators = enumOf("SpaceX.API.Device.ActuatorState");
const hasActuators = enumOf("SpaceX.API.Device.HasActuators");
/** Uncertainty of an attitude that is found, and of one that is not, degrees: this project's choice. */
const FOUND_DEG = 0.5;
const NOT_FOUND_DEG = 180;

/** Where a terminal points and where it should. */
export interface Pointing {
  readonly actual: Direction;
  readonly desired: Direction;
  readonly found: boolean;
}

export function pointingOf(core: DishCore, atMs: number): Pointing {
  const level = core.settings.levelDishMode === 1;
  const desired = desiredBoresight(core.schedule.at(atMs)?.position?.latDeg ?? 0, level);
  const stowed = core.identity.hasActuators && core.orders.stowed;
  const actual = actualBoresight(desired, core.hardware.misalignmentDeg, stowed);
  return { actual, desired, found: core.attitudeFound(atMs) };
}

export function alignmentStats(
  core: DishCore,
  pointing: Pointing,
): MessageOf<"SpaceX.API.Device.AlignmentStats"> {
  const { actual, desired, found } = pointing;
  return {
    hasActuators: actuatorsOf(core),
    actuatorState: actuatorState(core),
    tiltAngleDeg: 90 - actual.elevationDeg,
    boresightAzimuthDeg: actual.azimuthDeg,
    boresightElevationDeg: actual.elevationDeg,
    desiredBoresightAzimuthDeg: desired.azimuthDeg,
    desiredBoresightElevationDeg: desired.elevationDeg,
    attitudeEstimationState: found ? filter.FILTER_CONVERGED : filter.FILTER_UNCONVERGED,
    attitudeUncertaintyDeg: found ? FOUND_DEG : NOT_FOUND_DEG,
  };
}

/** The terminal's attitude: always present, for a client that misses it may fail. */
export function quaternion(pointing: Pointing): MessageOf<"SpaceX.API.Device.Quaternion"> {
  const { scalar, x, y, z } = nedToDish(pointing.actual);
  return { qScalar: scalar, qX: x, qY: y, qZ: z };
}

/** The attitude filter's state, for `gps_stats`. */
export const filterState = (pointing: Pointing): number =>
  pointing.found ? filter.FILTER_CONVERGED : filter.FILTER_UNCONVERGED;

/** `HasActuators` of a terminal. */
export function actuatorsOf(core: DishCore): number {
  return core.identity.hasActuators ? hasActuators.HAS_ACTUATORS_YES : hasActuators.HAS_ACTUATORS_NO;
}

function actuatorState(core: DishCore): number {
  if (core.hardware.motors === "stuck") return actuators.ACTUATOR_STATE_FAULTED;
  if (core.cause !== "ACTUATOR_ACTIVITY") return actuators.ACTUATOR_STATE_IDLE;
  return core.orders.stowed ? actuators.ACTUATOR_STATE_TILT_TO_STOWED : actuators.ACTUATOR_STATE_TILT;
}
