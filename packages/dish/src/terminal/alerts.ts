// SPDX-License-Identifier: MIT
import { disablementCode, rateLimitReason, userMobilityClass } from "../schema/constants.ts";
import type { EnumOf, MessageOf } from "../schema/message.ts";
import type { DishCore } from "./core.ts";
import { MAST_LIMIT_DEG, MISALIGNMENT_LIMIT_DEG, thermalLimits } from "./hardware.ts";
import { UNPREDICTED_DB } from "./signal.ts";

/** The alerts a terminal shows on its own network. */
export type DishAlerts = MessageOf<"SpaceX.API.Device.DishAlerts">;

/** Name of an alert in `get_status`. */
export type DishAlertName = keyof DishAlerts;

type Test = (core: DishCore, atMs: number) => boolean;

/** Speed above which a terminal counts as moving: 10 mph (the vendor's policy pages). */
const MOVING_MPS = 4.4;
/** Shares of the sky and of the time from which an obstruction is reported (the vendor's policy pages). */
const HIGH_SKY_SHARE = 0.005;
const HIGH_TIME_SHARE = 0.0027;
/** Time of looking before such a share means anything, seconds: this project's choice. */
const SHARE_VALID_S = 900;
/** How long the map's clearing is told, milliseconds: as long as the shares are not valid. */
const RESET_TOLD_MS = SHARE_VALID_S * 1000;
/** An alert of the operator's telemetry is active if it was so at least once in this time (documentation of V2). */
const ALERT_WINDOW_MS = 15_000;

const code = (core: DishCore, atMs: number): number => core.schedule.at(atMs)?.admission?.wireCode ?? 0;
const mobile = (core: DishCore, atMs: number): boolean =>
  core.schedule.at(atMs)?.plan?.mobilityClass === userMobilityClass.MOBILE;
const speedMps = (core: DishCore, atMs: number): number => core.schedule.at(atMs)?.speedMps ?? 0;
const highSky = (core: DishCore): boolean =>
  core.map.validS >= SHARE_VALID_S && core.map.skyShare > HIGH_SKY_SHARE;
const highTime = (core: DishCore): boolean =>
  core.map.validS >= SHARE_VALID_S && core.map.timeShare > HIGH_TIME_SHARE;
const tooHot = (core: DishCore): boolean => core.hardware.boardC >= thermalLimits.shutdownC;
const throttled = (core: DishCore): boolean =>
  !tooHot(core) && core.hardware.boardC >= thermalLimits.throttleC;
const supplyThrottled = (core: DishCore): boolean => core.hardware.supplyC >= thermalLimits.supplyThrottleC;
const mastLeans = (core: DishCore): boolean => core.hardware.mastTiltDeg > MAST_LIMIT_DEG;

/** When each alert of `get_status` is active. */
export const dishAlertTests: { readonly [Name in DishAlertName]-?: Test } = {
  motorsStuck: core => core.hardware.motors === "stuck",
  thermalThrottle: throttled,
  thermalShutdown: tooHot,
  mastNotNearVertical: mastLeans,
  unexpectedLocation: (core, atMs) => code(core, atMs) === disablementCode.TOO_FAR_FROM_SERVICE_ADDRESS,
  slowEthernetSpeeds: core => core.hardware.ethernetMbps === 10,
  slowEthernetSpeeds100: core => core.hardware.ethernetMbps === 100,
  roaming: (core, atMs) => core.schedule.at(atMs)?.roaming === true,
  installPending: core => core.pendingSoftware !== null,
  isHeating: core => core.heating,
  powerSupplyThermalThrottle: supplyThrottled,
  isPowerSaveIdle: core => core.cause === "SLEEPING",
  dbfTelemStale: core => !core.hardware.beamformerFresh,
  lowMotorCurrent: core => core.hardware.motors === "weak",
  lowerSignalThanPredicted: core =>
    core.hardware.attenuationDb >= UNPREDICTED_DB && Number.isFinite(core.snrDb),
  obstructionMapReset: (core, atMs) =>
    core.map.clearedMs !== null && atMs - core.map.clearedMs < RESET_TOLD_MS,
  dishWaterDetected: core => core.hardware.waterInDish,
  routerWaterDetected: core => core.hardware.waterInRouter,
  upsuRouterPortSlow: core => !core.hardware.supplyPortFast,
  noEthernetLink: core => core.hardware.ethernetMbps === 0,
};

const disabled =
  (name: keyof EnumOf<"SpaceX.API.Satellites.Network.UtDisablementCode">): Test =>
  (core, atMs) =>
    code(core, atMs) === disablementCode[name];

/**
 * When each alert of the operator's telemetry is active, by its code (documentation of July 2026). Codes 58 and 92
 * belong to disablement codes that are retired; 15 and 16 of those have no alert.
 */
export const telemetryAlertTests: ReadonlyMap<number, Test> = new Map<number, Test>([
  [50, dishAlertTests.slowEthernetSpeeds],
  [51, dishAlertTests.slowEthernetSpeeds100],
  [52, supplyThrottled],
  [53, dishAlertTests.motorsStuck],
  [54, mastLeans],
  [55, disabled("NO_ACTIVE_ACCOUNT")],
  [56, disabled("TOO_FAR_FROM_SERVICE_ADDRESS")],
  [57, disabled("IN_OCEAN")],
  [59, (core, atMs) => speedMps(core, atMs) > MOVING_MPS && !mobile(core, atMs)],
  [60, disabled("MOVING_TOO_FAST_FOR_POLICY")],
  [61, core => core.hardware.brownOut],
  [62, (core, atMs) => atMs - core.popChangedMs < ALERT_WINDOW_MS],
  [63, core => core.hardware.misalignmentDeg > MISALIGNMENT_LIMIT_DEG],
  [64, (core, atMs) => highSky(core) && !mobile(core, atMs)],
  [65, (core, atMs) => highSky(core) && mobile(core, atMs)],
  [66, (core, atMs) => highTime(core) && !mobile(core, atMs)],
  [67, (core, atMs) => highTime(core) && mobile(core, atMs)],
  [79, dishAlertTests.installPending],
  [80, tooHot],
  [81, throttled],
  [83, disabled("BLOCKED_COUNTRY")],
  [84, disabled("DATA_OVERAGE_SANDBOX_POLICY")],
  [89, disabled("CELL_IS_DISABLED")],
  [93, disabled("ROAM_RESTRICTED")],
  [94, disabled("UNKNOWN_LOCATION")],
  [95, disabled("ACCOUNT_DISABLED")],
  [96, disabled("UNSUPPORTED_VERSION")],
  [97, (core, atMs) => core.schedule.at(atMs)?.plan?.downLimit === rateLimitReason.OVERAGE_LIMIT],
]);

/** The active alerts, as `get_status` shows them; what is not active is absent. */
export function dishAlerts(core: DishCore, atMs: number): DishAlerts {
  const alerts: { [Name in DishAlertName]?: boolean } = {};
  for (const [name, active] of Object.entries(dishAlertTests) as [DishAlertName, Test][]) {
    if (active(core, atMs)) alerts[name] = true;
  }
  return alerts;
}

/** Codes of the telemetry alerts that are active at an instant, ascending. */
export function alertsAt(core: DishCore, atMs: number): readonly number[] {
  const codes: number[] = [];
  for (const [number, active] of telemetryAlertTests) if (active(core, atMs)) codes.push(number);
  return codes;
}

/** Codes of the telemetry alerts that were active at least once in the last 15 s, ascending. */
export function recentAlerts(core: DishCore, atMs: number): readonly number[] {
  const codes: number[] = [];
  for (const [number, seenMs] of core.alertSeenMs) {
    if (atMs - seenMs <= ALERT_WINDOW_MS) codes.push(number);
    else core.alertSeenMs.delete(number);
  }
  return codes.sort((a, b) => a - b);
}

/** Whether it moves faster than a plan without motion allows. */
export const movesFast = (core: DishCore, atMs: number): boolean => speedMps(core, atMs) > MOVING_MPS;
