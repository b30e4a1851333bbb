// SPDX-License-Identifier: MIT
// A terminal's local API as its own tools call it: gRPC over cleartext HTTP/2, one call per connection.
import { connect } from "node:http2";
import { decode, encode, type MessageOf } from "@perigee/dish";

type Request = MessageOf<"SpaceX.API.Device.Request">;
type Response = MessageOf<"SpaceX.API.Device.Response">;

/** Asks a device at `host:port`; rejects with any status but OK. */
export async function callDevice(socket: string, request: Request): Promise<Response> {
  const message = encode("SpaceX.API.Device.Request", request);
  const frame = Buffer.concat([Buffer.alloc(5), message]);
  frame.writeUInt32BE(message.length, 1);
  const session = connect(`http://${socket}`);
  try {
    const body = await new Promise<Buffer>((resolve, reject) => {
      session.on("error", reject);
      const stream = session.request({
        ":method": "POST",
        ":path": "/SpaceX.API.Device.Device/Handle",
        "content-type": "application/grpc",
        te: "trailers",
      });
      const parts: Buffer[] = [];
      let status: unknown;
      stream.on("response", headers => {
        status = headers["grpc-status"];
      });
      stream.on("trailers", trailers => {
        status = trailers["grpc-status"];
      });
      stream.on("data", part => parts.push(part));
      stream.on("error", reject);
      stream.on("end", () => {
        if (Number(status) === 0) resolve(Buffer.concat(parts));
        else reject(new Error(`grpc-status ${String(status)}`));
      });
      stream.end(frame);
    });
    const length = body.readUInt32BE(1);
    if (body[0] !== 0 || body.length !== 5 + length) throw new Error("the answer is not one plain message");
    const answer = decode("SpaceX.API.Device.Response", body.subarray(5));
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  } finally {
    session.close();
  }
}
