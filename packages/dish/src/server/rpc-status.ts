// SPDX-License-Identifier: MIT
import type { RpcStatus } from "./device.ts";

/** Status codes of gRPC that this server or its devices end a call with (gRPC core, `statuscodes.md`). */
export const rpcCode = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

/** How every good call ends. */
export const FINE: RpcStatus = { grpcStatus: rpcCode.ok, message: "" };

/** What a terminal says to a request that it does not know, word for word as real ones do. */
export const unimplemented: RpcStatus = {
  grpcStatus: rpcCode.unimplemented,
  message: "Unimplemented: <nil>",
};

/** @returns a refusal with one of `rpcCode` and a sentence for people */
export const refusal = (code: keyof typeof rpcCode, message: string): RpcStatus => ({
  grpcStatus: rpcCode[code],
  message,
});

/** Whether a device refused, or answered with a message. */
export const isRefusal = (answer: object): answer is RpcStatus => "grpcStatus" in answer;

/** Longest sentence sent, in characters: trailers have to fit into the header block a client accepts. */
const LONGEST_MESSAGE = 512;

/**
 * A sentence as `grpc-message` carries it: UTF-8, with everything but printable ASCII, and the percent sign itself, as
 * `%XX` (gRPC over HTTP/2, "Status-Message → Percent-Encoded").
 */
export function percentEncode(message: string): string {
  // Almost every sentence needs nothing.
  if (message.length <= LONGEST_MESSAGE && /^[ -$&-~]*$/.test(message)) return message;
  let encoded = "";
  // By code points: half of a surrogate pair would become a replacement character.
  for (const byte of Buffer.from([...message].slice(0, LONGEST_MESSAGE).join(""), "utf8")) {
    encoded +=
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}
