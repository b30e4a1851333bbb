// SPDX-License-Identifier: MIT
import type { DeviceAnswer, DeviceRequest } from "../server/device.ts";
import { refusal, unimplemented } from "../server/rpc-status.ts";
import { nanoseconds } from "../terminal/gps-time.ts";
import { clientMessages } from "./client-messages.ts";
import type { RouterCore } from "./core.ts";
import { firewall } from "./firewall.ts";
import { networkInterfaces, radioStats } from "./interfaces.ts";
import { pingHost, pings } from "./pings.ts";
import type { Asked, Question } from "./question.ts";
import { guarded, setConfig, setGivenName, setUp } from "./settings.ts";
import {
  deviceInfo,
  pingMetrics,
  shownConfig,
  wifiDiagnostics,
  wifiHistory,
  wifiStatus,
} from "./status-messages.ts";

type Handler<Name extends Asked> = (
  core: RouterCore,
  body: NonNullable<DeviceRequest[Name]>,
  question: Question,
) => DeviceAnswer;

/** `denied`: real routers keep it from their owners. `unknown`: it is for a dish, or nothing that a router here has. */
type Rule<Name extends Asked> = Handler<Name> | "denied" | "unknown";

/** What a router does with every request of the schema. */
export const routerRequests: { readonly [Name in Asked]-?: Rule<Name> } = {
  getStatus: (core, _, { atMs }) => ({ wifiGetStatus: wifiStatus(core, atMs) }),
  getHistory: (core, _, { atMs }) => ({ wifiGetHistory: wifiHistory(core, atMs) }),
  getDeviceInfo: core => ({ getDeviceInfo: { deviceInfo: deviceInfo(core) } }),
  getDiagnostics: core => ({ wifiGetDiagnostics: wifiDiagnostics(core) }),
  getPing: core => ({ getPing: { results: pings(core) } }),
  pingHost,
  time: (_, __, { atMs }) => ({ time: { unixNano: nanoseconds(atMs) } }),
  getRadioStats: (core, _, { atMs }) => ({
    getRadioStats: { radioStats: radioStats(core.home, core.radios, core.seed, atMs) },
  }),
  getNetworkInterfaces: core => ({
    getNetworkInterfaces: {
      networkInterfaces: networkInterfaces(core.home, core.config, core.radios, {
        up: core.uplink.cable,
        ipv4: core.wanIpv4,
        ipv6: core.wanIpv6 === "" ? [] : [core.wanIpv6],
        rxBytes: core.wanRxBytes,
        txBytes: core.wanTxBytes,
      }),
    },
  }),
  getPersistentStats: core => ({
    wifiGetPersistentStats: {
      stats: {
        factoryResetCommand: {
          count: core.factoryResets,
          lastOccurredTimestamp: BigInt(Math.floor(core.factoryResetMs / 1000)),
        },
      },
    },
  }),
  wifiGetClients: (core, _, { atMs }) => ({
    wifiGetClients: { clients: clientMessages(core.home, core.config, atMs, core.config.macLan ?? "") },
  }),
  wifiGetConfig: core => ({ wifiGetConfig: { wifiConfig: shownConfig(core) } }),
  wifiGetPingMetrics: core => ({ wifiGetPingMetrics: { internet: pingMetrics(core) } }),
  wifiGetFirewall: core => ({ wifiGetFirewall: firewall(core) }),
  wifiGuestInfo: core => ({
    wifiGuestInfo: {
      isGuest: false,
      isOnline: core.internet.over(1).latencyMs !== null,
      routerHardwareVersion: core.identity.hardwareVersion,
      dishHardwareVersion: core.identity.dishHardwareVersion,
    },
  }),

  reboot: (core, _, { atMs }) => {
    core.restart("command", atMs);
    return { reboot: {} };
  },
  factoryReset: (core, _, question) =>
    guarded(question, () => {
      core.restart("factoryReset", question.atMs);
      return { factoryReset: {} };
    }),
  wifiSetConfig: setConfig,
  wifiSetClientGivenName: setGivenName,
  wifiSetup: setUp,

  authenticate: "denied",
  enableDebugTelem: "denied",
  fuse: "denied",
  getConnections: "denied",
  getGoroutineStackTraces: "denied",
  getHeapDump: "denied",
  getLog: "denied",
  getNextId: "denied",
  initiateRemoteSsh: "denied",
  iqCapture: "denied",
  reportClientSpeedtest: "denied",
  resetButton: "denied",
  restartControl: "denied",
  runIperfServer: "denied",
  selfTest: "denied",
  sensitiveRequest: "denied",
  setPerVehicleConfig: "denied",
  setSku: "denied",
  setTestMode: "denied",
  setTrustedKeys: "denied",
  signedRequest: "denied",
  softwareUpdate: "denied",
  speedTest: "denied",
  startSpeedtest: "denied",
  getSpeedtestStatus: "denied",
  tcpConnectivityTest: "denied",
  udpConnectivityTest: "denied",
  update: "denied",
  wifiCalibrationMode: "denied",
  wifiClientSandbox: "denied",
  wifiFactoryTestCommand: "denied",
  wifiFlushHardwareNat: "denied",
  wifiResetEthPhy: "denied",
  wifiRfTest: "denied",
  wifiRunDebugNetsys: "denied",
  wifiRunSelfTest: "denied",
  wifiSelfTest: "denied",
  wifiSetAviationConformed: "denied",
  wifiStartLocalTelemProxy: "denied",
  wifiTogglePoeNegotiation: "denied",
  wifiToggleUmbilicalMode: "denied",
  wifiWriteCalibration: "denied",
  ztlmQuery: "denied",
  startUnlock: "denied",
  finishUnlock: "denied",
  getLocation: "unknown",
  dishGetObstructionMap: "unknown",
  dishClearObstructionMap: "unknown",
  dishGetConfig: "unknown",
  dishSetConfig: "unknown",
  dishPowerSave: "unknown",
  dishStow: "unknown",
  dishInhibitGps: "unknown",
  dishInhibitRf: "unknown",
  dishFactoryReset: "unknown",
  userReportedIssue: "unknown",
  dishGetContext: "unknown",
  dishSetEmc: "unknown",
  dishGetEmc: "unknown",
  dishGetData: "unknown",
  dishSetMaxPowerTestMode: "unknown",
  dishActivateRssiScan: "unknown",
  dishGetRssiScanResult: "unknown",
  dishAviationTest: "unknown",
  dishStartTestModeServer: "unknown",
  getGnssMeasurement: "unknown",
  toggleMode: "unknown",
  transceiverIfLoopbackTest: "unknown",
  transceiverGetStatus: "unknown",
  transceiverGetTelemetry: "unknown",
  wifiSetMeshDeviceTrust: "unknown",
  wifiSetMeshConfig: "unknown",
  wifiGetClientHistory: "unknown",
  wifiBackhaulStats: "unknown",
};

const denied = refusal("permissionDenied", "Permission denied");

/** The request that an envelope carries; null: none that the schema knows. */
function askedOf(request: DeviceRequest): Asked | null {
  for (const name in request) {
    if (Object.hasOwn(routerRequests, name) && request[name as Asked] !== undefined) return name as Asked;
  }
  return null;
}

/** Answers one request at an instant up to which the router has lived. */
export function answerRequest(core: RouterCore, request: DeviceRequest, question: Question): DeviceAnswer {
  const name = askedOf(request);
  const rule = name === null ? "unknown" : routerRequests[name];
  if (name === null || rule === "unknown") return unimplemented;
  if (rule === "denied") return denied;
  return answerWith(rule as Handler<typeof name>, name, core, request, question);
}

/** Ties a rule to the member of the request that it is for. */
function answerWith<Name extends Asked>(
  rule: Handler<Name>,
  name: Name,
  core: RouterCore,
  request: DeviceRequest,
  question: Question,
): DeviceAnswer {
  return rule(core, request[name] as NonNullable<DeviceRequest[Name]>, question);
}
