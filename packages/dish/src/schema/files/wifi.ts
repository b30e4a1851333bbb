// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";
import { wifiMaintenanceMessages } from "./wifi-maintenance.ts";
import { wifiMeshMessages } from "./wifi-mesh.ts";
import { wifiMetricsMessages } from "./wifi-metrics.ts";
import { wifiStatusMessages } from "./wifi-status.ts";

/** What a router says and is told; its messages are spread over four tables. */
export const wifiFile = {
  path: "spacex_api/device/wifi.proto",
  package: "SpaceX.API.Device",
  imports: [
    "google/protobuf/wrappers.proto",
    "spacex_api/device/common.proto",
    "spacex_api/device/wifi_config.proto",
    "spacex_api/device/wifi_util.proto",
    "spacex_api/telemetron/public/common/time.proto",
    "spacex_api/satellites/network/ut_disablement_codes.proto",
  ],
  options: { goPackage: "spacex.com/api/device" },
  messages: {
    ...wifiMeshMessages,
    ...wifiStatusMessages,
    ...wifiMetricsMessages,
    ...wifiMaintenanceMessages,
  },
  enums: {
    "WifiGetClientHistoryResponse.WifiLimitedReason": {
      LIMIT_UNKNOWN: 0,
      LIMIT_NONE: 1,
      LIMIT_UNCLASSIFIED: 2,
      LIMIT_DROPPED_PACKETS: 3,
    },
    "WifiClient.Interface": { UNKNOWN: 0, ETH: 1, RF_2GHZ: 2, RF_5GHZ: 3, RF_5GHZ_HIGH: 4 },
    "WifiClient.Role": { ROLE_UNKNOWN: 0, CLIENT: 1, REPEATER: 2, CONTROLLER: 3 },
    "WifiClient.CaptiveState": {
      CAPTIVE_STATE_NOT_CONFIGURED: 0,
      CAPTIVE_STATE_UNKNOWN: 1,
      CAPTIVE_STATE_CAPTIVE: 2,
      CAPTIVE_STATE_NOT_CAPTIVE: 3,
      CAPTIVE_STATE_PARTIALLY_CAPTIVE: 4,
    },
    "WifiClient.SandboxState": {
      SANDBOX_STATE_NOT_CONFIGURED: 0,
      SANDBOX_STATE_UNKNOWN: 1,
      SANDBOX_STATE_SANDBOXED: 2,
      SANDBOX_STATE_UNSANDBOXED: 3,
      SANDBOX_STATE_PARTIALLY_SANDBOXED: 4,
    },
    "WifiNetwork.Band": { WIFI_UNKNOWN: 0, WIFI_2_4GHZ: 1, WIFI_5GHZ: 2 },
    "IwprivCommand.Ioctl": { IOCTL_SET: 0, IOCTL_E2P: 1, IOCTL_MAC: 3, IOCTL_SX_ALLOW_5GHZ_HIGH: 4 },
  },
  services: {
    Mesh: {
      MeshStream: { takes: "ToController", gives: "FromController", streams: true },
    },
  },
  reserved: {
    WifiBtmRequest: [2, 3, "request_mode", "termination_duration"],
    WifiClient: [50, 51, "authorized", "sandbox_client_id"],
    "WifiClient.RxStats": [4],
    "WifiClient.TxStats": [4],
    WifiAlerts: [
      6,
      7,
      8,
      9,
      "inconsistent_2ghz_antennae_performance_15db",
      "inconsistent_5ghz_antennae_performance_15db",
      "poor_2ghz_antennae_performance_80db",
      "poor_5ghz_antennae_performance_80db",
    ],
    WifiGetStatusResponse: [2, 5, 6, 7, 1001, 1002, 1006, 1007],
    starlink_router_client_speedtests: [14, 15, 21],
    StarlinkRouterClients: [136, "authorized"],
  },
  deprecated: [
    "FromController.steer_client_request",
    "SteerClientRequest.client_mac_addr",
    "SteerClientRequest.targets",
    "SteerClientRequest.SteerTarget.bssid",
    "SteerClientRequest.SteerTarget.channel",
    "WifiGetClientHistoryRequest.mac_address",
    "WifiClient.psmode",
    "WifiGetStatusResponse.captive_portal_enabled",
    "WifiGetStatusResponse.rf_2ghz_status",
    "WifiGetStatusResponse.rf_5ghz_status",
    "PingMetrics.latency_mean_ms_1d",
    "RadioStats.ThermalStatus.temp",
    "WifiSetClientGivenNameRequest.client_name",
    "starlink_router_hourly_metrics_v2.config_remote_ssh_enabled",
  ],
} as const satisfies ProtoFile;
