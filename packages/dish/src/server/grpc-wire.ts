// SPDX-License-Identifier: MIT
import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { Wire } from "./call.ts";
import type { RpcStatus } from "./device.ts";
import { FINE, percentEncode } from "./rpc-status.ts";

/** Said once per call that has a message. */
const HEAD: OutgoingHttpHeaders = {
  ":status": 200,
  "content-type": "application/grpc",
  "grpc-accept-encoding": "identity",
};
// Terminals send no date.
const WITH_TRAILERS = { waitForTrailers: true, sendDate: false };
const WITHOUT_BODY = { endStream: true, sendDate: false };

/** A call over HTTP/2 as gRPC has it: the status travels in trailers, or in the headers if there is nothing else. */
export class GrpcWire implements Wire {
  readonly #stream: ServerHttp2Stream;
  #begun = false;
  #status: RpcStatus = FINE;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
  }

  get pendingBytes(): number {
    return this.#stream.writableLength;
  }

  send(frame: Uint8Array): boolean {
    return this.#begin() && this.#stream.write(frame);
  }

  reply(frame: Uint8Array): void {
    if (this.#begin()) this.#stream.end(frame);
  }

  end(status: RpcStatus): void {
    const stream = this.#stream;
    if (isGone(stream)) return;
    this.#status = status;
    if (this.#begun) stream.end();
    else stream.respond({ ...HEAD, ...statusHeaders(status) }, WITHOUT_BODY);
    // A client that still speaks is told that nobody listens, once it has its answer (RFC 9113, 8.1).
    if (!stream.readableEnded) setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR));
  }

  abort(): void {
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** @returns whether there still is somebody to speak to */
  #begin(): boolean {
    const stream = this.#stream;
    if (isGone(stream)) return false;
    if (this.#begun) return true;
    this.#begun = true;
    stream.on("wantTrailers", () => stream.sendTrailers(statusHeaders(this.#status)));
    stream.respond(HEAD, WITH_TRAILERS);
    return true;
  }
}

/** Whether the client took its call back, or the connection is no more; the call learns of it a moment later. */
export const isGone = (stream: ServerHttp2Stream): boolean => stream.destroyed || stream.closed;

/** The status as headers; a good one needs no sentence. */
const statusHeaders = ({ grpcStatus, message }: RpcStatus): OutgoingHttpHeaders =>
  message === ""
    ? { "grpc-status": `${grpcStatus}` }
    : { "grpc-status": `${grpcStatus}`, "grpc-message": percentEncode(message) };
