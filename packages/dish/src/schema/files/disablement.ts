// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** Why a terminal may not pass traffic. */
export const disablementFile = {
  path: "spacex_api/satellites/network/ut_disablement_codes.proto",
  package: "SpaceX.API.Satellites.Network",
  imports: [],
  messages: {},
  enums: {
    UtDisablementCode: {
      UNKNOWN_STATE: 0,
      OKAY: 1,
      NO_ACTIVE_ACCOUNT: 2,
      TOO_FAR_FROM_SERVICE_ADDRESS: 3,
      IN_OCEAN: 4,
      BLOCKED_COUNTRY: 6,
      DATA_OVERAGE_SANDBOX_POLICY: 7,
      CELL_IS_DISABLED: 8,
      ROAM_RESTRICTED: 10,
      UNKNOWN_LOCATION: 11,
      ACCOUNT_DISABLED: 12,
      UNSUPPORTED_VERSION: 13,
      MOVING_TOO_FAST_FOR_POLICY: 14,
      UNDER_AVIATION_FLYOVER_LIMITS: 15,
      BLOCKED_AREA: 16,
    },
    AccountDisablementReason: { NO_RESTRICTION: 0, KNOW_YOUR_CUSTOMER_REQUIRED: 1 },
  },
  reserved: {
    UtDisablementCode: [5, 9, "INVALID_COUNTRY", "UNLICENSED_COUNTRY"],
  },
  since: {
    "UtDisablementCode.ACCOUNT_DISABLED": "2024.10.30",
    "UtDisablementCode.UNSUPPORTED_VERSION": "2024.12.04",
    "UtDisablementCode.MOVING_TOO_FAST_FOR_POLICY": "2025.03.20",
    "UtDisablementCode.UNDER_AVIATION_FLYOVER_LIMITS": "2025.04.08",
    "UtDisablementCode.BLOCKED_AREA": "2025.06.10",
  },
} as const satisfies ProtoFile;
