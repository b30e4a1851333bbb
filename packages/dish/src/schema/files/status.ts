// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** What went wrong, as a message carries it. */
export const statusFile = {
  path: "spacex_api/common/status/status.proto",
  package: "SpaceX.API.Status",
  imports: [],
  options: { goPackage: "spacex.com/api/status" },
  messages: {
    Status: { code: [1, "int32"], message: [2, "string"] },
  },
  enums: {},
} as const satisfies ProtoFile;
