// SPDX-License-Identifier: MIT
import { rateLimitReason } from "../../schema/constants.ts";
import { enumOf } from "../../schema/directory.ts";
import type { MessageOf } from "../../schema/message.ts";
import { dishAlerts } from "../alerts.ts";
import type { DishCore } from "../core.ts";
import { gpsSeconds } from "../gps-time.ts";
import { pointingOf } from "./alignment.ts";
import { locationRefusal } from "./location.ts";

type Diagnostics = MessageOf<"SpaceX.API.Device.DishGetDiagnosticsResponse">;

const results = enumOf("SpaceX.API.Device.DishGetDiagnosticsResponse.TestResult");
const testCodes = enumOf("SpaceX.API.Device.DishGetDiagnosticsResponse.TestResultCode");
/** One standard deviation of the position, metres, as with satellite navigation; see `location.ts`. */
const UNCERTAINTY_M = 5;

/** `dish_get_diagnostics`: what may be told to whoever asks. */
export function diagnostics(core: DishCore, atMs: number): Diagnostics {
  const { identity } = core;
  const slot = core.schedule.at(atMs);
  const { actual, desired } = pointingOf(core, atMs);
  const alerts = dishAlerts(core, atMs);
  const failures = failedTests(core);
  return {
    id: identity.id,
    hardwareVersion: identity.hardwareVersion,
    softwareVersion: core.softwareVersion,
    utcOffsetS: identity.utcOffsetS,
    hardwareSelfTest:
      core.cause === "BOOTING" ? results.NO_RESULT : failures.length > 0 ? results.FAILED : results.PASSED,
    hardwareSelfTestCodes: failures,
    alerts: {
      dishIsHeating: alerts.isHeating,
      dishThermalThrottle: alerts.thermalThrottle,
      dishThermalShutdown: alerts.thermalShutdown,
      powerSupplyThermalThrottle: alerts.powerSupplyThermalThrottle,
      motorsStuck: alerts.motorsStuck,
      mastNotNearVertical: alerts.mastNotNearVertical,
      slowEthernetSpeeds: alerts.slowEthernetSpeeds,
      softwareInstallPending: alerts.installPending,
      obstructed: core.cause === "OBSTRUCTED",
    },
    disablementCode: slot?.admission?.wireCode,
    location: place(core, atMs),
    alignmentStats: {
      boresightAzimuthDeg: actual.azimuthDeg,
      boresightElevationDeg: actual.elevationDeg,
      desiredBoresightAzimuthDeg: desired.azimuthDeg,
      desiredBoresightElevationDeg: desired.elevationDeg,
    },
    stowed: core.cause === "STOWED",
    overageRateLimited: slot?.plan?.downLimit === rateLimitReason.OVERAGE_LIMIT,
  };
}

/** The place, where the policy and the owner let it be told; its time counts from the GPS epoch. */
function place(core: DishCore, atMs: number): NonNullable<Diagnostics["location"]> {
  const position = core.schedule.at(atMs)?.position;
  if (locationRefusal(core, atMs) !== null) return { enabled: false };
  if (position == null) return { enabled: true };
  return {
    enabled: true,
    latitude: position.latDeg,
    longitude: position.lonDeg,
    altitudeMeters: position.heightM,
    uncertaintyMetersValid: core.gpsValid(atMs),
    uncertaintyMeters: core.gpsValid(atMs) ? UNCERTAINTY_M : undefined,
    gpsTimeS: gpsSeconds(atMs),
  };
}

function failedTests(core: DishCore): readonly number[] {
  const codes: number[] = [];
  if (core.hardware.unknownFault) codes.push(testCodes.GENERAL);
  if (!core.hardware.beamformerFresh) codes.push(testCodes.DBF_READ_ERRORS);
  return codes;
}
