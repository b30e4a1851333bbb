// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** Scans of received signal strength. */
export const rssiScanFile = {
  path: "spacex_api/device/rssi_scan.proto",
  package: "SpaceX.API.Device",
  imports: [],
  options: { goPackage: "spacex.com/api/device" },
  messages: {
    RssiEntry: {
      theta_degree: [1, "double"],
      phi_degree: [2, "double"],
      rssi_dbf: [3, "double"],
      scan_timestamp_ms: [4, "uint64"],
    },
    DishActivateRssiScan: { channel: [1, "uint32"] },
    DishGetRssiScanResult: {
      success: [1, "bool"],
      channel: [2, "uint32"],
      request_timestamp: [3, "uint64"],
      number_samples: [4, "uint32"],
      rssi_scan_points: [5, "RssiEntry[]"],
    },
  },
  enums: {},
} as const satisfies ProtoFile;
