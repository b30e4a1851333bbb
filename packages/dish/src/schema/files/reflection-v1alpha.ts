// SPDX-License-Identifier: MIT
import type { ProtoFile } from "../table.ts";
import { reflectionV1File } from "./reflection-v1.ts";

/** The older dialect: the same messages and numbers in another package (grpc/reflection/v1alpha, deprecated). */
export const reflectionV1AlphaFile = {
  path: "grpc/reflection/v1alpha/reflection.proto",
  package: "grpc.reflection.v1alpha",
  imports: [],
  options: {
    goPackage: "google.golang.org/grpc/reflection/grpc_reflection_v1alpha",
    javaPackage: "io.grpc.reflection.v1alpha",
    javaOuterClassname: "ServerReflectionProto",
    javaMultipleFiles: true,
  },
  messages: reflectionV1File.messages,
  enums: {},
  services: reflectionV1File.services,
} as const satisfies ProtoFile;
