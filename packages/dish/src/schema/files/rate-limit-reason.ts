// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** Why a rate is limited. */
export const rateLimitReasonFile = {
  path: "spacex_api/telemetron/public/integrations/rate_limit_reason.proto",
  package: "SpaceX.API.Telemetron.Public.Integrations",
  imports: [],
  options: { goPackage: "spacex.com/api/telemetron/public/integrations/ratelimitreason" },
  messages: {},
  enums: {
    RateLimitReason: {
      UNKNOWN: 0,
      NO_LIMIT: 1,
      POLICY_LIMIT: 2,
      USER_CUSTOM_LIMIT: 3,
      OVERAGE_LIMIT: 5,
      LOW_SPEED_POLICY_LIMIT: 6,
    },
  },
  reserved: {
    RateLimitReason: [4, "HIGH_HOURLY_AVG_LIMIT"],
  },
  since: { "RateLimitReason.LOW_SPEED_POLICY_LIMIT": "2025.12.16" },
} as const satisfies ProtoFile;
