// SPDX-License-Identifier: MIT
import { answerReflection } from "../reflection/reflection.ts";
import { handle, meshStream, stream, unlock } from "./device-service.ts";
import { frameOf } from "./frame.ts";
import type { Method, MethodTable } from "./method.ts";

/** `ServerReflectionInfo`, by which clients learn the schema. Its two versions differ in their names only. */
const reflection = (dialect: "v1" | "v1alpha"): Method => ({
  streaming: true,
  say: bytes => frameOf(answerReflection(bytes, dialect)),
});

/** All that a terminal serves. */
export const methods: MethodTable = new Map([
  ["/SpaceX.API.Device.Device/Handle", handle],
  ["/SpaceX.API.Device.Device/Stream", stream],
  ["/SpaceX.API.Device.Mesh/MeshStream", meshStream],
  ["/SpaceX.API.Device.Services.Unlock.UnlockService/StartUnlock", unlock.start],
  ["/SpaceX.API.Device.Services.Unlock.UnlockService/FinishUnlock", unlock.finish],
  ["/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", reflection("v1")],
  ["/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", reflection("v1alpha")],
]);
