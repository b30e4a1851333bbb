// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";

/** Scalars that can be absent. Public: protobuf.dev, "Well-Known Types". */
export const googleWrappersFile = {
  path: "google/protobuf/wrappers.proto",
  package: "google.protobuf",
  imports: [],
  options: {
    javaPackage: "com.google.protobuf",
    javaOuterClassname: "WrappersProto",
    javaMultipleFiles: true,
    goPackage: "google.golang.org/protobuf/types/known/wrapperspb",
    ccEnableArenas: true,
    objcClassPrefix: "GPB",
    csharpNamespace: "Google.Protobuf.WellKnownTypes",
  },
  messages: {
    DoubleValue: { value: [1, "double"] },
    FloatValue: { value: [1, "float"] },
    Int64Value: { value: [1, "int64"] },
    UInt64Value: { value: [1, "uint64"] },
    Int32Value: { value: [1, "int32"] },
    UInt32Value: { value: [1, "uint32"] },
    BoolValue: { value: [1, "bool"] },
    StringValue: { value: [1, "string"] },
    BytesValue: { value: [1, "bytes"] },
  },
  enums: {},
} as const satisfies ProtoFile;
