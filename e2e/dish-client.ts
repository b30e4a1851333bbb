// SPDX-License-Identifier: MIT
// A client of a terminal's local API: one gRPC-Web call over HTTP/1.1, as a page or a script makes it.
import { decode, encode, type MessageOf } from "@perigee/dish";

type Request = MessageOf<"SpaceX.API.Device.Request">;
type Response = MessageOf<"SpaceX.API.Device.Response">;

/** A call that ended with another status than OK. */
export class RpcFailed extends Error {
  readonly grpcStatus: number;

  constructor(grpcStatus: number, message: string) {
    super(`status ${grpcStatus}: ${message}`);
    this.grpcStatus = grpcStatus;
  }
}

/** Asks a device at `host:port`. */
export async function askDevice(socket: string, request: Request): Promise<Response> {
  const message = encode("SpaceX.API.Device.Request", request);
  const body = Buffer.concat([Buffer.alloc(5), message]);
  body.writeUInt32BE(message.length, 1);
  const response = await fetch(`http://${socket}/SpaceX.API.Device.Device/Handle`, {
    method: "POST",
    headers: { "content-type": "application/grpc-web+proto", "x-grpc-web": "1" },
    body,
  });
  let frames = Buffer.from(await response.arrayBuffer());
  let answer: Buffer | null = null;
  // A refusal may come as headers alone.
  let trailers = `grpc-status:${response.headers.get("grpc-status") ?? ""}\r\ngrpc-message:${response.headers.get("grpc-message") ?? ""}`;
  while (frames.length >= 5) {
    const [flag, length] = [frames[0]!, frames.readUInt32BE(1)];
    const payload = frames.subarray(5, 5 + length);
    if ((flag & 0x80) === 0) answer = payload;
    else trailers = payload.toString("latin1");
    frames = frames.subarray(5 + length);
  }
  const status = Number(/grpc-status: *(\d+)/i.exec(trailers)?.[1] ?? "2");
  const text = decodeURIComponent(/grpc-message: *(.*)/i.exec(trailers)?.[1]?.trim() ?? "");
  if (status !== 0) throw new RpcFailed(status, text);
  const decoded = decode("SpaceX.API.Device.Response", answer ?? Buffer.alloc(0));
  if (!decoded.ok) throw new Error(decoded.error.message);
  return decoded.value;
}

/** What a dish says of itself now. */
export async function statusOf(socket: string): Promise<NonNullable<Response["dishGetStatus"]>> {
  const { dishGetStatus } = await askDevice(socket, { getStatus: {} });
  if (dishGetStatus === undefined) throw new Error("the answer is of another kind");
  return dishGetStatus;
}
