// SPDX-License-Identifier: MIT
import type { ServerResponse } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";
import type { Wire } from "./call.ts";
import type { RpcStatus } from "./device.ts";
import { frameOf, TRAILERS_FLAG } from "./frame.ts";
import { isGone } from "./grpc-wire.ts";
import { FINE, percentEncode } from "./rpc-status.ts";

/** One answer of HTTP, of either version. */
export interface WebBody {
  head(headers: Readonly<Record<string, string>>): void;
  /** @returns whether more may follow at once */
  write(bytes: Uint8Array): boolean;
  end(bytes: Uint8Array): void;
  abort(): void;
  pause(): void;
  resume(): void;
  readonly pendingBytes: number;
}

/** A call as gRPC-Web has it: the status is the last frame of the body, since browsers hide trailers. */
export class WebWire implements Wire {
  readonly #body: WebBody;
  readonly #head: Readonly<Record<string, string>>;
  readonly #text: boolean;
  #begun = false;

  /** @param text whether the body is base64, for clients that read text only (`application/grpc-web-text`) */
  constructor(body: WebBody, head: Readonly<Record<string, string>>, text: boolean) {
    this.#body = body;
    this.#head = head;
    this.#text = text;
  }

  get pendingBytes(): number {
    return this.#body.pendingBytes;
  }

  send(frame: Uint8Array): boolean {
    this.#begin();
    return this.#body.write(this.#encoded(frame));
  }

  reply(frame: Uint8Array): void {
    this.#begin();
    this.#body.end(this.#encoded(Buffer.concat([frame, statusFrame(FINE)])));
  }

  end(status: RpcStatus): void {
    this.#begin();
    this.#body.end(this.#encoded(statusFrame(status)));
  }

  abort(): void {
    this.#body.abort();
  }

  pause(): void {
    this.#body.pause();
  }

  resume(): void {
    this.#body.resume();
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#body.head(this.#head);
  }

  /** Each piece of text is padded on its own, as the protocol allows. */
  #encoded(frames: Uint8Array): Uint8Array {
    if (!this.#text) return frames;
    const { buffer, byteOffset, length } = frames;
    return Buffer.from(Buffer.from(buffer, byteOffset, length).toString("base64"), "latin1");
  }
}

/** The frame that ends a body (gRPC-Web, "Message framing": trailers as lines of HTTP/1, names in lower case). */
function statusFrame({ grpcStatus, message }: RpcStatus): Uint8Array {
  const sentence = message === "" ? "" : `grpc-message:${percentEncode(message)}\r\n`;
  return frameOf(Buffer.from(`grpc-status:${grpcStatus}\r\n${sentence}`, "latin1"), TRAILERS_FLAG);
}

/** The body of an answer over HTTP/1.1. */
export function http1Body(response: ServerResponse): WebBody {
  const { req: request } = response;
  return {
    head: headers => {
      // What is left of a body nobody reads would be taken for the next request.
      if (!request.complete) response.setHeader("connection", "close");
      response.writeHead(200, headers);
    },
    write: bytes => response.write(bytes),
    end: bytes => {
      const done = request.complete ? undefined : () => request.socket.destroySoon();
      response.end(bytes, done);
    },
    abort: () => request.socket.destroy(),
    pause: () => request.pause(),
    resume: () => request.resume(),
    get pendingBytes() {
      return response.writableLength;
    },
  };
}

/** The body of an answer over HTTP/2. */
export function http2Body(stream: ServerHttp2Stream): WebBody {
  return {
    head: headers => {
      if (!isGone(stream)) stream.respond({ ":status": 200, ...headers });
    },
    write: bytes => !isGone(stream) && stream.write(bytes),
    end: bytes => {
      if (isGone(stream)) return;
      stream.end(bytes);
      if (!stream.readableEnded) setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR));
    },
    abort: () => stream.close(constants.NGHTTP2_CANCEL),
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    get pendingBytes() {
      return stream.writableLength;
    },
  };
}
