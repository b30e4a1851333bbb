// SPDX-License-Identifier: MIT
import { constants, performServerHandshake, type ServerHttp2Stream, type ServerOptions } from "node:http2";
import type { Connection } from "./connection.ts";
import type { PortKind } from "./endpoint.ts";
import { GrpcWire, isGone } from "./grpc-wire.ts";
import type { Limits } from "./limits.ts";
import { dialectOf, openCall } from "./open-call.ts";
import { beginWebCall, type CallInput, isPlain, type PlainAnswer, type WebHost } from "./web-call.ts";
import { http2Body } from "./web-wire.ts";

/** The first bytes of every connection of HTTP/2 (RFC 9113, 3.4). */
export const HTTP2_PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/** The limits in the words of Node. */
export const http2Options = (limits: Limits): ServerOptions => ({
  maxSessionMemory: Math.max(1, Math.ceil(limits.connectionMemoryBytes / 1e6)),
  maxSessionInvalidFrames: 10,
  maxSessionRejectedStreams: limits.streamsPerConnection,
  maxHeaderListPairs: 64,
  maxSettings: 16,
  streamResetBurst: limits.resetBurst,
  streamResetRate: limits.resetsPerSecond,
  settings: {
    enablePush: false,
    maxConcurrentStreams: limits.streamsPerConnection,
    maxHeaderListSize: limits.headerBytes,
  },
});

/** Serves a connection that began as HTTP/2 does. What was read of it is back in the socket. */
export function serveHttp2(
  connection: Connection,
  kind: PortKind,
  host: WebHost,
  options: ServerOptions,
): void {
  const session = performServerHandshake(connection.socket, options);
  session.on("error", () => connection.cut("protocol"));
  session.on("frameError", () => connection.cut("protocol"));
  const control = (): void => {
    if (connection.control()) return;
    // The word that makes clients of gRPC keep alive at longer intervals (gRPC proposal A8).
    session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, TOO_MANY_PINGS);
    setImmediate(() => connection.cut("flood"));
  };
  session.on("ping", control);
  session.on("remoteSettings", control);
  session.on("stream", (stream, headers, _flags, rawHeaders) => {
    stream.on("error", ignore);
    stream.on("data", (piece: Buffer) => connection.counted(piece.length));
    const method = headers[":method"] ?? "";
    const path = headers[":path"] ?? "";
    const grpc = dialectOf(headers["content-type"]) === "grpc";
    if (listBytes(rawHeaders) > host.limits.headerBytes) {
      refuse(connection, stream, { code: 431, headers: {} });
    } else if (grpc && method === "POST") {
      const wire = new GrpcWire(stream);
      feed(stream, openCall(host.methods, connection, path, headers, wire, host.limits.messageBytes));
    } else if (!kind.web) {
      refuse(connection, stream, { code: grpc ? 405 : 415, headers: {} });
    } else {
      const begun = beginWebCall(host, connection, method, path, headers, http2Body(stream));
      if (isPlain(begun)) refuse(connection, stream, begun);
      else feed(stream, begun);
    }
  });
  connection.goodbye = () => session.close();
}

/** Size of a list of headers, names and values in turn, in bytes (RFC 9113, 6.5.2): Node leaves the limit to clients. */
function listBytes(rawHeaders: readonly string[]): number {
  let bytes = 16 * rawHeaders.length;
  for (const text of rawHeaders) bytes += text.length;
  return bytes;
}

/** Leads the bytes of a stream to its call. */
function feed(stream: ServerHttp2Stream, call: CallInput | null): void {
  if (call === null) return;
  stream.on("data", (piece: Buffer) => call.received(piece));
  stream.on("end", () => call.ended());
  stream.on("drain", () => call.writable());
  stream.on("close", () => call.gone());
}

const TOO_MANY_PINGS = Buffer.from("too_many_pings", "latin1");

/** Answers what is no call. */
function refuse(connection: Connection, stream: ServerHttp2Stream, answer: PlainAnswer): void {
  connection.spoke();
  if (isGone(stream)) return;
  stream.respond({ ":status": answer.code, ...answer.headers }, { endStream: true });
  if (!stream.readableEnded) setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR));
}

const ignore = (): void => undefined;
