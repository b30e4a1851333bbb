// SPDX-License-Identifier: MIT
import type { MessageName, MessageOf } from "../schema/message.ts";
import { type DecodeError, type DecodeLimits, defaultLimits } from "./fault.ts";
import { type MessagePlan, planOf } from "./plan.ts";
import { readWhole } from "./read.ts";
import { writeWhole } from "./write.ts";

/** A decoded message, or why the bytes are none. */
export type Decoded<N extends MessageName> =
  | { readonly ok: true; readonly value: MessageOf<N> }
  | { readonly ok: false; readonly error: DecodeError };

/** Encoder and decoder of one message type. */
export interface Codec<N extends MessageName> {
  readonly name: N;
  /** As {@link encode}. */
  encode(value: MessageOf<N>, headroomBytes?: number): Uint8Array<ArrayBuffer>;
  /** As {@link decode}. */
  decode(bytes: Uint8Array, limits?: Partial<DecodeLimits>): Decoded<N>;
}

/**
 * Encoder and decoder of a message type, compiled at first use and kept: what a loop should hold.
 *
 * @throws RangeError if the table has no such message.
 */
export function codecOf<N extends MessageName>(name: N): Codec<N> {
  const plan = planOf(name);
  return {
    name,
    encode: (value, headroomBytes = 0) => writeWhole(plan, value, headroomBytes),
    decode: (bytes, limits) => read(plan, bytes, limits),
  };
}

/**
 * The bytes of a message: fields in the order of their numbers, numbers packed, defaults left out (protobuf.dev,
 * "Encoding"). The same value gives the same bytes; a map's entries stand in the order of the map.
 *
 * @param headroomBytes zero bytes left free in front, for a frame's head (5 for gRPC).
 * @throws RangeError if a number is out of its type's range or two members of a oneof are set: a caller's bug.
 */
export function encode<N extends MessageName>(
  name: N,
  value: MessageOf<N>,
  headroomBytes = 0,
): Uint8Array<ArrayBuffer> {
  return writeWhole(planOf(name), value, headroomBytes);
}

/**
 * Reads a message from bytes that anyone may have made.
 *
 * Unknown fields are skipped. Of a repeated single field, or of a oneof's members, the last one holds; parts of one
 * message are merged. Truncation, wrong wire types, text that is not UTF-8, and anything beyond the limits are errors.
 * The value shares no memory with the bytes.
 */
export function decode<N extends MessageName>(
  name: N,
  bytes: Uint8Array,
  limits?: Partial<DecodeLimits>,
): Decoded<N> {
  return read(planOf(name), bytes, limits);
}

function read<N extends MessageName>(
  plan: MessagePlan,
  bytes: Uint8Array,
  limits: Partial<DecodeLimits> | undefined,
): Decoded<N> {
  // The plan was compiled from the entry of the table that the type is derived from.
  return readWhole(
    plan,
    bytes,
    limits === undefined ? defaultLimits : { ...defaultLimits, ...limits },
  ) as Decoded<N>;
}
