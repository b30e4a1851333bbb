// SPDX-License-Identifier: MIT
import { type Codec, codecOf } from "../codec/codec.ts";
import type { MessageName, MessageOf } from "../schema/message.ts";
import type { DeviceAnswer, DeviceRequest, DeviceResponse, RpcStatus } from "./device.ts";
import { PREFIX_BYTES } from "./frame.ts";
import type { Addressee, Method, Said } from "./method.ts";
import { isRefusal, refusal, unimplemented } from "./rpc-status.ts";

/** `api_version` of the firmware that the schema is of (2026; it was 37 in June 2025). */
const API_VERSION = 42n;

const request = codecOf("SpaceX.API.Device.Request");
const response = codecOf("SpaceX.API.Device.Response");
const toDevice = codecOf("SpaceX.API.Device.ToDevice");
const fromDevice = codecOf("SpaceX.API.Device.FromDevice");
const toController = codecOf("SpaceX.API.Device.ToController");
const fromController = codecOf("SpaceX.API.Device.FromController");
const startUnlock = codecOf("SpaceX.API.Device.Services.Unlock.StartUnlockRequest");
const startedUnlock = codecOf("SpaceX.API.Device.Services.Unlock.StartUnlockResponse");
const finishUnlock = codecOf("SpaceX.API.Device.Services.Unlock.FinishUnlockRequest");
const finishedUnlock = codecOf("SpaceX.API.Device.Services.Unlock.FinishUnlockResponse");

/** `SpaceX.API.Device.Device/Handle`: one request, one response. */
export const handle: Method = {
  streaming: false,
  say: (bytes, to) => {
    const asked = request.decode(bytes);
    if (!asked.ok) return malformed(asked.error);
    return after(ask(asked.value, to), answer =>
      isRefusal(answer) ? answer : response.encode(enveloped(asked.value, answer), PREFIX_BYTES),
    );
  },
};

/**
 * `SpaceX.API.Device.Device/Stream`: requests and health checks, each answered in its turn. A refusal ends no stream: it
 * stands in the `status` of its response.
 */
export const stream: Method = {
  streaming: true,
  say: (bytes, to) => {
    const asked = toDevice.decode(bytes);
    if (!asked.ok) return malformed(asked.error);
    const { request: one, healthCheck } = asked.value;
    if (healthCheck !== undefined) return fromDevice.encode({ healthCheck: {} }, PREFIX_BYTES);
    if (one === undefined) return null;
    return after(ask(one, to), answer => {
      const said: DeviceResponse = isRefusal(answer)
        ? { status: { code: answer.grpcStatus, message: answer.message } }
        : answer;
      return fromDevice.encode({ response: enveloped(one, said) }, PREFIX_BYTES);
    });
  },
};

/** `SpaceX.API.Device.Mesh/MeshStream`: routers of one network among themselves. */
export const meshStream: Method = {
  streaming: true,
  say: (bytes, to) => {
    const told = toController.decode(bytes);
    if (!told.ok) return malformed(told.error);
    const answer = to.device.mesh?.(told.value, to.caller) ?? unimplemented;
    return isRefusal(answer) ? answer : fromController.encode(answer, PREFIX_BYTES);
  },
};

/** `SpaceX.API.Device.Services.Unlock.UnlockService`: the same two requests, without an envelope. */
export const unlock: Readonly<Record<"start" | "finish", Method>> = {
  start: bare(
    startUnlock,
    startedUnlock,
    value => ({ startUnlock: value }),
    answer => answer.startUnlock,
  ),
  finish: bare(
    finishUnlock,
    finishedUnlock,
    value => ({ finishUnlock: value }),
    answer => answer.finishUnlock,
  ),
};

/** A request that is a method of its own. */
function bare<A extends MessageName, B extends MessageName>(
  asking: Codec<A>,
  answering: Codec<B>,
  wrap: (value: MessageOf<A>) => DeviceRequest,
  unwrap: (answer: DeviceResponse) => MessageOf<B> | undefined,
): Method {
  return {
    streaming: false,
    say: (bytes, to) => {
      const asked = asking.decode(bytes);
      if (!asked.ok) return malformed(asked.error);
      return after(ask(wrap(asked.value), to), answer => {
        if (isRefusal(answer)) return answer;
        const value = unwrap(answer);
        return value === undefined ? unimplemented : answering.encode(value, PREFIX_BYTES);
      });
    },
  };
}

/** Has the device answer that the request names: its own, or another one behind the same endpoint. */
function ask(one: DeviceRequest, to: Addressee): DeviceAnswer | Promise<DeviceAnswer> {
  const { targetId } = one;
  if (targetId === undefined || targetId === "" || targetId === to.device.id) {
    return to.device.handle(one, to.caller);
  }
  const other = to.find(targetId);
  return other === undefined
    ? refusal("notFound", `there is no device ${targetId.slice(0, LONGEST_ID)} here`)
    : other.handle(one, to.caller);
}

/** Ids of devices are about 30 characters; what is longer is not repeated in full. */
const LONGEST_ID = 64;

/** The answer with what the device left out of its envelope. */
const enveloped = (one: DeviceRequest, answer: DeviceResponse): DeviceResponse => ({
  id: one.id,
  status: {},
  apiVersion: API_VERSION,
  ...answer,
});

/** Goes on with an answer: at once if it is there, so that most calls end within the turn that they came in. */
const after = (
  answer: DeviceAnswer | Promise<DeviceAnswer>,
  then: (answer: DeviceAnswer) => Said,
): Said | Promise<Said> => (answer instanceof Promise ? answer.then(then) : then(answer));

const malformed = (error: { readonly message: string }): RpcStatus =>
  refusal("internal", `the message cannot be read: ${error.message}`);
