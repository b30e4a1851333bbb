// SPDX-License-Identifier: MIT
import { disablementCode } from "../../schema/constants.ts";
import { enumOf } from "../../schema/directory.ts";
import type { MessageOf } from "../../schema/message.ts";
import { dishAlerts, movesFast } from "../alerts.ts";
import { bootSteps, startReasons } from "../boot.ts";
import type { DishCore } from "../core.ts";
import { shownSettings } from "../dish-config.ts";
import { linkOf } from "../schedule.ts";
import { NOISE_FLOOR_DB, WEAK_FOR_S } from "../signal.ts";
import { actuatorsOf, alignmentStats, filterState, pointingOf, quaternion } from "./alignment.ts";
import { deviceInfo } from "./device-info.ts";
import { openOutage } from "./outages.ts";
import { secondsUntilUpdate, updateState, updateStats } from "./software-update.ts";

const { ACCOUNT_SHARD_DEFAULT } = enumOf("SpaceX.API.Device.AccountShard");
const { NAT_ENABLED } = enumOf("SpaceX.API.Device.NatFlag");
const { CONTROLLER } = enumOf("SpaceX.API.Device.RouterRole");
/** Seconds whose mean `get_status` shows. */
const SHOWN_S = 1;

/**
 * `dish_get_status`. `outage` is present only while there is one: clients take the state from its presence alone. A
 * terminal that is switched off by its operator keeps its link and is therefore connected; only the code tells.
 * Ping drop rate and power are absent, as firmware of July 2026 leaves them out: clients take them from the history.
 */
export function dishStatus(
  core: DishCore,
  atMs: number,
): MessageOf<"SpaceX.API.Device.DishGetStatusResponse"> {
  const slot = core.schedule.at(atMs);
  const link = linkOf(slot);
  const pointing = pointingOf(core, atMs);
  const recent = core.history.recent(SHOWN_S);
  const connected = core.cause === null;
  return {
    deviceInfo: deviceInfo(core),
    deviceState: { uptimeS: BigInt(core.uptimeS(atMs)) },
    alerts: dishAlerts(core, atMs),
    outage: openOutage(core, atMs),
    gpsStats: gpsStats(core, atMs, filterState(pointing)),
    secondsToFirstNonemptySlot: link === null && slot !== null ? Math.max(slot.untilMs - atMs, 0) / 1000 : 0,
    downlinkThroughputBps: connected ? recent.downBps : 0,
    uplinkThroughputBps: connected ? recent.upBps : 0,
    popPingLatencyMs: connected ? (recent.latencyMs ?? undefined) : undefined,
    obstructionStats: obstructionStats(core),
    stowRequested: core.orders.stowed,
    boresightAzimuthDeg: pointing.actual.azimuthDeg,
    boresightElevationDeg: pointing.actual.elevationDeg,
    ethSpeedMbps: core.hardware.ethernetMbps,
    mobilityClass: slot?.plan?.mobilityClass,
    isSnrAboveNoiseFloor: core.snrDb >= NOISE_FLOOR_DB,
    readyStates: readyStates(core, atMs, link !== null),
    classOfService: slot?.plan?.classOfService,
    softwareUpdateState: updateState(core),
    swupdateRebootReady: core.pendingSoftware !== null,
    rebootReason: startReasons[core.startReason].reboot,
    softwareUpdateStats: updateStats(core, atMs),
    alignmentStats: alignmentStats(core, pointing),
    isSnrPersistentlyLow: core.weakS >= WEAK_FOR_S,
    hasActuators: actuatorsOf(core),
    disablementCode: slot?.admission?.wireCode,
    dlBandwidthRestrictedReason: slot?.plan?.downLimit,
    ulBandwidthRestrictedReason: slot?.plan?.upLimit,
    config: shownSettings(core.settings),
    initializationDurationSeconds: initialization(core, atMs),
    isCellDisabled: slot?.admission?.wireCode === disablementCode.CELL_IS_DISABLED,
    secondsUntilSwupdateRebootPossible: secondsUntilUpdate(core, atMs),
    connectedRouters: core.identity.routers,
    downstreamRouters: new Map(core.identity.routers.map(id => [id, { role: CONTROLLER }])),
    isMovingFastPersisted: movesFast(core, atMs),
    ned2dishQuaternion: quaternion(pointing),
    accountShard: ACCOUNT_SHARD_DEFAULT,
    natFlag: link === null ? undefined : NAT_ENABLED,
  };
}

function gpsStats(core: DishCore, atMs: number, filter: number): MessageOf<"SpaceX.API.Device.DishGpsStats"> {
  const warm = core.uptimeS(atMs) >= bootSteps.gpsValid;
  const inhibited = core.orders.gpsInhibited;
  const satellites = inhibited ? 0 : core.hardware.gpsSatellites;
  return {
    gpsValid: core.gpsValid(atMs),
    gpsSats: satellites,
    noSatsAfterTtff: warm && !inhibited && satellites === 0,
    inhibitGps: inhibited,
    pntFilterConvergenceState: filter,
  };
}

/** The average interval may be NaN, as it is on real terminals that were never obstructed for long. */
function obstructionStats(core: DishCore): MessageOf<"SpaceX.API.Device.DishObstructionStats"> {
  const sky = core.map.summary();
  return {
    currentlyObstructed: core.cause === "OBSTRUCTED",
    fractionObstructed: sky.skyShare,
    timeObstructed: sky.timeShare,
    validS: sky.validS,
    patchesValid: sky.patches,
    avgProlongedObstructionDurationS: sky.prolongedDurationS,
    avgProlongedObstructionIntervalS: sky.prolongedIntervalS,
    avgProlongedObstructionValid: sky.prolongedValid,
  };
}

/** Which parts of the terminal are ready; the names stand for its processors and layers. */
function readyStates(
  core: DishCore,
  atMs: number,
  linked: boolean,
): MessageOf<"SpaceX.API.Device.DishReadyStates"> {
  const started = core.cause !== "BOOTING";
  const radio = core.radio.onAir;
  return {
    cady: started,
    scp: started,
    l1l2: radio && linked,
    xphy: radio,
    aap: core.attitudeFound(atMs),
    rf: radio,
  };
}

function initialization(
  core: DishCore,
  atMs: number,
): MessageOf<"SpaceX.API.Device.InitializationDurationSeconds"> {
  const uptimeS = core.uptimeS(atMs);
  const reached = (stepS: number): number => (uptimeS >= stepS ? stepS : 0);
  return {
    attitudeInitialization: reached(bootSteps.attitudeInitialization),
    burstDetected: reached(bootSteps.burstDetected),
    ekfConverged: reached(bootSteps.ekfConverged),
    firstCplane: core.entry.scheduleS,
    firstPopPing: core.entry.firstPingS,
    gpsValid: reached(bootSteps.gpsValid),
    initialNetworkEntry: core.entry.scheduleS,
    networkSchedule: core.entry.scheduleS,
    rfReady: reached(bootSteps.rfReady),
    stableConnection: core.entry.stableS,
  };
}
