// SPDX-License-Identifier: MIT
/**
 * The terminal as its owner's tools see it: its state machine, its memory of the last quarter of an hour, and its local
 * API over gRPC and gRPC-Web.
 *
 * @packageDocumentation
 */

export { type Codec, codecOf, type Decoded, decode, encode } from "./codec/codec.ts";
export type { DecodeError, DecodeErrorCode, DecodeLimits } from "./codec/fault.ts";
export { fileDescriptor, importClosure } from "./reflection/descriptor.ts";
export { answerReflection, type ReflectionDialect, services } from "./reflection/reflection.ts";
export { filesContaining } from "./reflection/symbols.ts";
export { defaultHome } from "./router/default-home.ts";
export { type DishUplinkOptions, dishUplink } from "./router/dish-uplink.ts";
export type { RouterClient, RouterHome, RouterIdentity, RouterPorts, Uplink } from "./router/inputs.ts";
export { Router, type RouterOptions } from "./router/router.ts";
export type { BandTelemetry, RouterTelemetry, Spread } from "./router/telemetry.ts";
export { disablementScenes } from "./scenes/disablement-scenes.ts";
export { outageScenes } from "./scenes/outage-scenes.ts";
export type { Scene, Shown } from "./scenes/scene.ts";
export { sceneNamed, scenes, scenesTable } from "./scenes/scenes.ts";
export { type RequestEntry, requestEntries, terminalApiTable } from "./schema/api-table.ts";
export {
  accountDisablementReason,
  bootReason,
  disablementCode,
  eventReason,
  eventSeverity,
  outageCause,
  positionSource,
  rateLimitReason,
  rebootReason,
  softwareUpdateState,
  userClassOfService,
  userMobilityClass,
} from "./schema/constants.ts";
export { enumOf, enumValueName } from "./schema/directory.ts";
export type { EnumName, EnumOf, MessageName, MessageOf } from "./schema/message.ts";
export { type BrowserRules, defaultBrowserRules } from "./server/browser-rules.ts";
export type { Farewell } from "./server/connection.ts";
export type {
  Caller,
  Device,
  DeviceAnswer,
  DeviceRequest,
  DeviceResponse,
  MeshAnswer,
  MeshMessage,
  RpcStatus,
} from "./server/device.ts";
export {
  type DishServer,
  type DishServerError,
  type DishServerFigures,
  type DishServerOptions,
  type DishServerResult,
  startDishServer,
} from "./server/dish-server.ts";
export type { Endpoint, ListeningEndpoint } from "./server/endpoint.ts";
export { defaultLimits, type Limits } from "./server/limits.ts";
export { isRefusal, refusal, rpcCode, unimplemented } from "./server/rpc-status.ts";
export type { DishAlertName, DishAlerts } from "./terminal/alerts.ts";
export type { Radio, Silence } from "./terminal/core.ts";
export { Dish, type DishOptions } from "./terminal/dish.ts";
export { type DishSettings, factorySettings } from "./terminal/dish-config.ts";
export { type DishHardware, soundHardware } from "./terminal/hardware.ts";
export type {
  DishAdmission,
  DishIdentity,
  DishPlan,
  DishPorts,
  DishPosition,
  DishSlot,
  LocationPolicy,
} from "./terminal/inputs.ts";
export { type OutageCause, outageCauses, outageTable } from "./terminal/outage-causes.ts";
export type { ActiveScene, Overrides } from "./terminal/overrides.ts";
export type { DishTelemetry } from "./terminal/telemetry.ts";
