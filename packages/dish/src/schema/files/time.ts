// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** An instant under a stated epoch. */
export const timeFile = {
  path: "spacex_api/telemetron/public/common/time.proto",
  package: "SpaceX.API.Telemetron.Public.Common",
  imports: [],
  messages: {
    TimestampInfo: { epoch: [1, "Epoch"], nanoseconds: [2, "int64"] },
  },
  enums: {
    Epoch: { UNIX: 0, GPS: 1 },
  },
} as const satisfies ProtoFile;
