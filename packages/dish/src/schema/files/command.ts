// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** Who may call what. */
export const commandFile = {
  path: "spacex_api/device/command.proto",
  package: "SpaceX.API.Device",
  imports: [],
  options: { goPackage: "spacex.com/api/device" },
  messages: {
    PublicKey: { key: [1, "string"], capabilities: [2, "Capability[]"], user: [3, "User"] },
  },
  enums: {
    Capability: {
      READ: 0,
      READ_INTERNAL: 13,
      READ_PRIVATE: 7,
      LOCAL: 14,
      WRITE: 1,
      WRITE_PERSISTENT: 11,
      DEBUG: 2,
      ADMIN: 3,
      SETUP: 4,
      SET_SKU: 5,
      REFRESH: 6,
      FUSE: 8,
      RESET: 9,
      TEST: 10,
      SSH: 12,
      GUEST: 15,
    },
    User: {
      NO_USER: 0,
      GOD: 1,
      LAN: 2,
      CLOUD: 3,
      FACTORY: 4,
      ROUTER: 5,
      GUEST_LAN: 6,
      SENSITIVE_COMMANDING: 7,
      LAN_TLS: 8,
      CLOUD_INDIA: 9,
    },
  },
  deprecated: ["PublicKey.capabilities"],
} as const satisfies ProtoFile;
