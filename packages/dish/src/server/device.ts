// SPDX-License-Identifier: MIT
import type { MessageOf } from "../schema/message.ts";

/** `SpaceX.API.Device.Request`: what a client asks of a device. */
export type DeviceRequest = MessageOf<"SpaceX.API.Device.Request">;
/** `SpaceX.API.Device.Response`: what the device answers. */
export type DeviceResponse = MessageOf<"SpaceX.API.Device.Response">;

/** `SpaceX.API.Device.ToController`: what a router of a mesh network tells the one that leads it. */
export type MeshMessage = MessageOf<"SpaceX.API.Device.ToController">;
/** `SpaceX.API.Device.FromController`: what it is told. */
export type MeshAnswer = MessageOf<"SpaceX.API.Device.FromController">;

/** Where a call came from: the local network of the terminal, or the cloud of the account that holds it. */
export type Caller = "lan" | "cloud";

/** A refusal: the status a call ends with instead of a message. */
export interface RpcStatus {
  /** gRPC status code, 1 to 16 (`rpcCode` has their names). */
  readonly grpcStatus: number;
  /** The sentence the client reads in `grpc-message`. */
  readonly message: string;
}

/** What a device says to a request: a message, or a refusal. */
export type DeviceAnswer = DeviceResponse | RpcStatus;

/** A dish or a router, as the server sees it. */
export interface Device {
  /** What clients write in `target_id`: `ut…` of a dish, `Router-…` of a router. */
  readonly id: string;
  /**
   * Answers one request. The server fills in what the envelope lacks: `id` (that of the request), `status` (empty) and
   * `apiVersion`. A device that does not know the request returns `unimplemented`. A device that throws fails this
   * call only, with INTERNAL.
   *
   * @param request at most one member besides `id`, `epochId` and `targetId` is set
   * @param caller where the call came from
   */
  handle(request: DeviceRequest, caller: Caller): DeviceAnswer | Promise<DeviceAnswer>;
  /**
   * Answers one message of another router of the same mesh network. A device without this takes part in none.
   */
  mesh?(message: MeshMessage, caller: Caller): MeshAnswer | RpcStatus;
}
