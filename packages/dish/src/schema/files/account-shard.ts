// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** In which part of the world an account is kept. */
export const accountShardFile = {
  path: "spacex_api/device/account_shard.proto",
  package: "SpaceX.API.Device",
  imports: [],
  options: { goPackage: "spacex.com/api/device/account_shard" },
  messages: {},
  enums: {
    AccountShard: {
      ACCOUNT_SHARD_UNKNOWN: 0,
      ACCOUNT_SHARD_DEFAULT: 1,
      ACCOUNT_SHARD_INDIA: 2,
      ACCOUNT_SHARD_STARSHIELD: 3,
    },
  },
} as const satisfies ProtoFile;
