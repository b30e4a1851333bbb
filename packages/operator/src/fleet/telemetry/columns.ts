// SPDX-License-Identifier: MIT
import { terminalAlerts } from "./alert-codes.ts";

/** Columns of the stream by type of device, in the order of its rows. Readers are told them with every answer. */
export const columns = {
  u: [
    "DeviceType",
    "UtcTimestampNs",
    "DeviceId",
    "DownlinkThroughput",
    "UplinkThroughput",
    "PingDropRateAvg",
    "PingLatencyMsAvg",
    "ObstructionPercentTime",
    "Uptime",
    "SignalQuality",
    "H3CellId",
    "SecondsUntilSwupdateRebootPossible",
    "RunningSoftwareVersion",
    "CountryCode",
    "InTerritorialWaters",
    "ActiveAlerts",
  ],
  r: [
    "DeviceType",
    "UtcTimestampNs",
    "DeviceId",
    "WifiUptimeS",
    "WifiSoftwareVersion",
    "WifiHardwareVersion",
    "WifiIsRepeater",
    "WifiHopsFromController",
    "WifiIsBypassed",
    "InternetPingDropRate",
    "InternetPingLatencyMs",
    "WifiPopPingDropRate",
    "WifiPopPingLatencyMs",
    "DishPingDropRate",
    "DishPingLatencyMs",
    "Clients",
    "Clients2Ghz",
    "Clients5Ghz",
    "ClientsEth",
    "WanRxBytes",
    "WanTxBytes",
    "DishId",
    "ActiveAlerts",
  ],
  i: ["DeviceType", "UtcTimestampNs", "DeviceId", "AccountNumber", "Ipv4", "Ipv6Ue", "Ipv6Cpe"],
} as const;

/** What stands beside the rows of every answer, as JSON. */
export const columnsJson = JSON.stringify(columns);
export const enumsJson = JSON.stringify({
  DeviceType: { u: "UserTerminal", r: "Router", d: "UserTerminalDataUsage", i: "IpAllocs" },
  AlertsByDeviceType: { u: terminalAlerts, r: {} },
});
