// SPDX-License-Identifier: MIT
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Frame types of HTTP/2 (RFC 9113, 6). */
export const frameType = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const END_STREAM = 1;
export const END_HEADERS = 4;
export const ACK = 1;

const HEAD_BYTES = 9;
const NOTHING = new Uint8Array(0);

/** The preface with empty settings. */
export const opening: Buffer = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1"),
  http2Frame(frameType.settings, 0, 0),
]);

/** One frame, right or wrong. */
export function http2Frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array = NOTHING,
): Buffer {
  const frame = Buffer.alloc(HEAD_BYTES + payload.length);
  frame.writeUIntBE(payload.length, 0, 3);
  frame[3] = type;
  frame[4] = flags;
  frame.writeUInt32BE(streamId, 5);
  frame.set(payload, HEAD_BYTES);
  return frame;
}

/** Headers as HPACK literals without any table (RFC 7541, 6.2.2); names and values below 127 bytes. */
export function headerBlock(headers: Readonly<Record<string, string>>): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value, "latin1");
    return Buffer.concat([Buffer.of(bytes.length), bytes]);
  };
  return Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [Buffer.of(0), text(name), text(value)]),
  );
}

/** The headers of a call of gRPC. */
export const callHeaders = (path: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  headerBlock({
    ":method": "POST",
    ":scheme": "http",
    ":path": path,
    ":authority": "dish",
    te: "trailers",
    "content-type": "application/grpc",
    ...more,
  });

/** The path most calls take. */
export const HANDLE = "/SpaceX.API.Device.Device/Handle";

/** All frames of a unary call. @param framed the message with its prefix */
export const unaryCall = (
  streamId: number,
  framed: Uint8Array,
  headers: Buffer = callHeaders(HANDLE),
): Buffer =>
  Buffer.concat([
    http2Frame(frameType.headers, END_HEADERS, streamId, headers),
    http2Frame(frameType.data, END_STREAM, streamId, framed),
  ]);

/** A frame that came from the server. */
export interface CameFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

/** A client of HTTP/2 that does as it is told, however wrong: for tests and load. It reads frames and decodes none. */
export class RawHttp2 {
  readonly socket: Socket;
  /** Whether the server ended the connection. */
  closed = false;
  readonly #onFrame: (frame: CameFrame) => void;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, onFrame: (frame: CameFrame) => void) {
    this.socket = socket;
    this.#onFrame = onFrame;
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.closed = true;
    });
    socket.on("data", piece => this.#read(piece));
  }

  /** Connects, and says nothing yet. */
  static async to(port: number, onFrame: (frame: CameFrame) => void = () => undefined): Promise<RawHttp2> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    return new RawHttp2(socket, onFrame);
  }

  send(...bytes: readonly Uint8Array[]): void {
    if (!this.closed) this.socket.write(Buffer.concat(bytes));
  }

  #read(piece: Buffer): void {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    while (bytes.length >= HEAD_BYTES) {
      const length = bytes.readUIntBE(0, 3);
      if (bytes.length < HEAD_BYTES + length) break;
      const [type, flags, streamId] = [bytes[3]!, bytes[4]!, bytes.readUInt32BE(5)];
      this.#onFrame({ type, flags, streamId, payload: bytes.subarray(HEAD_BYTES, HEAD_BYTES + length) });
      bytes = bytes.subarray(HEAD_BYTES + length);
    }
    this.#rest = bytes;
  }
}
