// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** An instant of UTC. Public: protobuf.dev, "Well-Known Types". */
export const googleTimestampFile = {
  path: "google/protobuf/timestamp.proto",
  package: "google.protobuf",
  imports: [],
  options: {
    javaPackage: "com.google.protobuf",
    javaOuterClassname: "TimestampProto",
    javaMultipleFiles: true,
    goPackage: "google.golang.org/protobuf/types/known/timestamppb",
    ccEnableArenas: true,
    objcClassPrefix: "GPB",
    csharpNamespace: "Google.Protobuf.WellKnownTypes",
  },
  messages: {
    Timestamp: { seconds: [1, "int64"], nanos: [2, "int32"] },
  },
  enums: {},
} as const satisfies ProtoFile;
