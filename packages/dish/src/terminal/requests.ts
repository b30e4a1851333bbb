// SPDX-License-Identifier: MIT
import { eventReason, eventSeverity } from "../schema/constants.ts";
import type { Caller, DeviceAnswer, DeviceRequest } from "../server/device.ts";
import { refusal, unimplemented } from "../server/rpc-status.ts";
import { deviceInfo } from "./answers/device-info.ts";
import { diagnostics } from "./answers/diagnostics.ts";
import { dishHistory } from "./answers/history.ts";
import { location } from "./answers/location.ts";
import { obstructionMap } from "./answers/obstruction-map.ts";
import { ping } from "./answers/ping.ts";
import { powerSave, setSettings } from "./answers/settings.ts";
import { dishStatus } from "./answers/status.ts";
import type { DishCore } from "./core.ts";
import { shownSettings } from "./dish-config.ts";
import { nanoseconds } from "./gps-time.ts";

/** Name of a request: a member of the envelope's oneof. */
export type RequestName = Exclude<keyof DeviceRequest, "id" | "epochId" | "targetId">;

type Handler<Name extends RequestName> = (
  core: DishCore,
  request: NonNullable<DeviceRequest[Name]>,
  atMs: number,
  caller: Caller,
) => DeviceAnswer;

/** `denied`: real terminals keep it from their owners. `unknown`: it is for a router, or newer than this one. */
type Rule<Name extends RequestName> = Handler<Name> | "denied" | "unknown";

const { EVENT_REASON_UT_ALERT_USER_REPORTED_ISSUE } = eventReason;
const { EVENT_SEVERITY_ADVISORY } = eventSeverity;

/** What a dish does with every request of the schema. */
export const dishRequests: { readonly [Name in RequestName]-?: Rule<Name> } = {
  getStatus: (core, _, atMs) => ({ dishGetStatus: dishStatus(core, atMs) }),
  getHistory: (core, _, atMs) => ({ dishGetHistory: dishHistory(core, atMs) }),
  getDeviceInfo: core => ({ getDeviceInfo: { deviceInfo: deviceInfo(core) } }),
  getDiagnostics: (core, _, atMs) => ({ dishGetDiagnostics: diagnostics(core, atMs) }),
  getLocation: location,
  getPing: (core, _, atMs) => ({ getPing: ping(core, atMs) }),
  getNextId: core => ({ getNextId: { id: core.takeId(), epochId: nanoseconds(core.startedMs) } }),
  time: (_, __, atMs) => ({ time: { unixNano: nanoseconds(atMs) } }),
  dishGetObstructionMap: core => ({ dishGetObstructionMap: obstructionMap(core) }),
  dishClearObstructionMap: (core, _, atMs) => {
    core.map.clear(atMs);
    return { dishClearObstructionMap: {} };
  },
  dishGetConfig: core => ({ dishGetConfig: { dishConfig: shownSettings(core.settings) } }),
  dishSetConfig: setSettings,
  dishPowerSave: powerSave,
  dishStow: (core, { unstow }, atMs) => {
    core.setOrders({ stowed: unstow !== true }, atMs);
    return { dishStow: {} };
  },
  dishInhibitGps: (core, { inhibitGps }, atMs) => {
    core.setOrders({ gpsInhibited: inhibitGps === true }, atMs);
    return { dishInhibitGps: { inhibitGps: core.orders.gpsInhibited } };
  },
  dishInhibitRf: (core, { inhibitRf }, atMs) => {
    core.setOrders({ rfInhibited: inhibitRf === true }, atMs);
    return { dishInhibitRf: { inhibitRf: core.orders.rfInhibited } };
  },
  reboot: (core, _, atMs) => {
    core.restart("manual", atMs);
    return { reboot: {} };
  },
  update: (core, { scheduleReboot }, atMs) => {
    if (core.pendingSoftware !== null && scheduleReboot !== true) core.restart("update", atMs);
    return { update: {} };
  },
  factoryReset: (core, _, atMs, caller) => {
    if (caller === "lan") return denied;
    core.factoryReset(atMs);
    return { factoryReset: {} };
  },
  dishFactoryReset: (core, _, atMs, caller) => {
    if (caller === "lan") return denied;
    core.factoryReset(atMs);
    return { dishFactoryReset: {} };
  },
  userReportedIssue: (core, _, atMs) => {
    core.log.add({
      reason: EVENT_REASON_UT_ALERT_USER_REPORTED_ISSUE,
      severity: EVENT_SEVERITY_ADVISORY,
      startMs: atMs,
      durationMs: 0,
    });
    return { userReportedIssue: {} };
  },
  dishGetContext: "denied",
  signedRequest: "denied",
  sensitiveRequest: "denied",
  authenticate: "denied",
  enableDebugTelem: "denied",
  getLog: "denied",
  getNetworkInterfaces: "denied",
  pingHost: "denied",
  setSku: "denied",
  setTrustedKeys: "denied",
  speedTest: "denied",
  getHeapDump: "denied",
  restartControl: "denied",
  fuse: "denied",
  getPersistentStats: "denied",
  getConnections: "denied",
  startSpeedtest: "denied",
  getSpeedtestStatus: "denied",
  reportClientSpeedtest: "denied",
  initiateRemoteSsh: "denied",
  selfTest: "denied",
  setTestMode: "denied",
  softwareUpdate: "denied",
  iqCapture: "denied",
  runIperfServer: "denied",
  tcpConnectivityTest: "denied",
  udpConnectivityTest: "denied",
  getGoroutineStackTraces: "denied",
  dishSetEmc: "denied",
  dishGetEmc: "denied",
  dishGetData: "denied",
  dishSetMaxPowerTestMode: "denied",
  dishActivateRssiScan: "denied",
  dishGetRssiScanResult: "denied",
  resetButton: "denied",
  setPerVehicleConfig: "denied",
  dishAviationTest: "denied",
  ztlmQuery: "denied",
  dishStartTestModeServer: "denied",
  startUnlock: "denied",
  finishUnlock: "denied",
  getGnssMeasurement: "denied",
  getRadioStats: "unknown",
  toggleMode: "unknown",
  transceiverIfLoopbackTest: "unknown",
  transceiverGetStatus: "unknown",
  transceiverGetTelemetry: "unknown",
  wifiGetClients: "unknown",
  wifiGetPingMetrics: "unknown",
  wifiSetConfig: "unknown",
  wifiGetConfig: "unknown",
  wifiSetup: "unknown",
  wifiSetMeshDeviceTrust: "unknown",
  wifiSetMeshConfig: "unknown",
  wifiGetClientHistory: "unknown",
  wifiSetClientGivenName: "unknown",
  wifiSetAviationConformed: "unknown",
  wifiSelfTest: "unknown",
  wifiRunSelfTest: "unknown",
  wifiCalibrationMode: "unknown",
  wifiGuestInfo: "unknown",
  wifiRfTest: "unknown",
  wifiGetFirewall: "unknown",
  wifiTogglePoeNegotiation: "unknown",
  wifiFactoryTestCommand: "unknown",
  wifiStartLocalTelemProxy: "unknown",
  wifiBackhaulStats: "unknown",
  wifiToggleUmbilicalMode: "unknown",
  wifiClientSandbox: "unknown",
  wifiRunDebugNetsys: "unknown",
  wifiResetEthPhy: "unknown",
  wifiFlushHardwareNat: "unknown",
  wifiWriteCalibration: "unknown",
};

const denied = refusal("permissionDenied", "Permission denied");

/** The request that an envelope carries; null: none that the schema knows. */
export function requestName(request: DeviceRequest): RequestName | null {
  for (const name in request) {
    if (name in dishRequests && request[name as RequestName] !== undefined) return name as RequestName;
  }
  return null;
}

/** Answers one request at an instant up to which the terminal has lived. */
export function answerRequest(
  core: DishCore,
  request: DeviceRequest,
  atMs: number,
  caller: Caller,
): DeviceAnswer {
  const name = requestName(request);
  const rule = name === null ? "unknown" : dishRequests[name];
  if (name === null || rule === "unknown") return unimplemented;
  if (rule === "denied") return denied;
  return answerWith(rule as Handler<typeof name>, name, core, request, atMs, caller);
}

/** Ties a rule to the member of the request that it is for. */
function answerWith<Name extends RequestName>(
  rule: Handler<Name>,
  name: Name,
  core: DishCore,
  request: DeviceRequest,
  atMs: number,
  caller: Caller,
): DeviceAnswer {
  return rule(core, request[name] as NonNullable<DeviceRequest[Name]>, atMs, caller);
}
