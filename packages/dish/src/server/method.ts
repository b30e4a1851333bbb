// SPDX-License-Identifier: MIT
import type { Caller, Device, RpcStatus } from "./device.ts";

/** To whom a call goes, and from where it comes. */
export interface Addressee {
  /** Who answers calls that name nobody. */
  readonly device: Device;
  readonly caller: Caller;
  /** Who answers calls with this `target_id`; undefined: nobody here. */
  find(targetId: string): Device | undefined;
}

/**
 * What a method says to one message: a message with `PREFIX_BYTES` in front for its prefix, nothing, or the refusal that
 * ends the call.
 */
export type Said = Uint8Array | RpcStatus | null;

/** One method of a service. All that terminals have answer a message with a message. */
export interface Method {
  /** Whether a call carries any number of messages, or exactly one each way. */
  readonly streaming: boolean;
  /** @param message bytes of the client's message, without its prefix */
  say(message: Uint8Array, to: Addressee): Said | Promise<Said>;
}

/** By path, e.g. `/SpaceX.API.Device.Device/Handle`. */
export type MethodTable = ReadonlyMap<string, Method>;
