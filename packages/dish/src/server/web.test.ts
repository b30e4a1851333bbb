// SPDX-License-Identifier: MIT
// gRPC-Web by plain HTTP/1.1, as scripts and pages without a library speak it, and who may.
import assert from "node:assert/strict";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { after, before, describe, it } from "node:test";
import { codecOf } from "../codec/codec.ts";
import { type DishServer, startDishServer } from "./dish-server.ts";
import { frameOf } from "./frame.ts";
import { EchoDish } from "./testing/echo-dish.ts";

const HANDLE = "/SpaceX.API.Device.Device/Handle";
const getStatus = frameOf(codecOf("SpaceX.API.Device.Request").encode({ getStatus: {} }));
const response = codecOf("SpaceX.API.Device.Response");

let server: DishServer;
let port: number;
before(async () => {
  const device = new EchoDish();
  const started = await startDishServer({
    endpoints: [{ id: "asLatest", address: "127.0.0.1", grpcPort: 0, grpcWebPort: 0, device }],
    limits: { messageBytes: 100_000 },
  });
  assert.ok(started.ok);
  server = started.value;
  port = server.endpoints.get("asLatest")!.grpcWebPort!;
});
after(() => server[Symbol.asyncDispose]());

interface Answer {
  readonly code: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request, to the end of its answer. */
function send(
  headers: Record<string, string>,
  body: Uint8Array = getStatus,
  method = "POST",
  path = HANDLE,
  to = port,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = httpRequest({ host: "127.0.0.1", port: to, method, path, headers }, answer => {
    const pieces: Buffer[] = [];
    answer.on("data", (piece: Buffer) => pieces.push(piece));
    answer.on("end", () =>
      resolve({ code: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
    );
  });
  sent.on("error", reject);
  sent.end(method === "POST" ? body : undefined);
  return promise;
}

/** Message and trailers of a body. */
function parts(body: Buffer): { message: Buffer | null; trailers: string } {
  if (body[0] === 0x80) return { message: null, trailers: body.subarray(5).toString() };
  const length = body.readUInt32BE(1);
  return { message: body.subarray(5, 5 + length), trailers: body.subarray(10 + length).toString() };
}

const WEB = { "content-type": "application/grpc-web+proto" };

describe("a script", () => {
  it("gets the message and then the status in the body", async () => {
    const { code, headers, body } = await send(WEB);
    assert.equal(code, 200);
    assert.equal(headers["content-type"], "application/grpc-web+proto");
    const { message, trailers } = parts(body);
    assert.ok(response.decode(message!).ok);
    assert.equal(trailers, "grpc-status:0\r\n");
  });

  it("gets a refusal without a message", async () => {
    const body = frameOf(codecOf("SpaceX.API.Device.Request").encode({ getLocation: {} }));
    const { message, trailers } = parts((await send(WEB, body)).body);
    assert.equal(message, null);
    assert.equal(trailers, "grpc-status:7\r\ngrpc-message:not today, 100 %25 %E2%80%94 sorry\r\n");
  });

  it("speaks text where bytes are too much for it", async () => {
    const text = { "content-type": "application/grpc-web-text" };
    const asked = Buffer.from(Buffer.from(getStatus).toString("base64"));
    const { headers, body } = await send(text, asked);
    assert.equal(headers["content-type"], "application/grpc-web-text+proto");
    assert.ok(response.decode(parts(Buffer.from(body.toString(), "base64")).message!).ok);
    const bad = await send(text, Buffer.from("AAAA!"));
    assert.match(Buffer.from(bad.body.toString(), "base64").toString(), /grpc-status:13/);
  });

  it("is told of unknown methods, compression and messages that are too large", async () => {
    assert.match(
      parts((await send(WEB, getStatus, "POST", "/a.B/C")).body).trailers,
      /grpc-status:12\r\n.*no service/,
    );
    assert.match(
      parts((await send({ ...WEB, "grpc-encoding": "gzip" })).body).trailers,
      /^grpc-status:12\r\n/,
    );
    const huge = await send(WEB, frameOf(new Uint8Array(200_000)));
    assert.match(parts(huge.body).trailers, /^grpc-status:8\r\n/);
    assert.match(
      parts((await send({ ...WEB, "grpc-timeout": "soon" })).body).trailers,
      /^grpc-status:13\r\n/,
    );
  });

  it("gets codes of HTTP for what is no call", async () => {
    assert.equal((await send(WEB, getStatus, "GET")).code, 405);
    assert.equal((await send({ "content-type": "application/json" })).code, 415);
    assert.equal((await send({ "content-type": "application/grpc" })).code, 415);
    assert.equal((await send({}, getStatus, "OPTIONS")).code, 405);
  });
});

describe("a page in a browser", () => {
  const ask = { "access-control-request-method": "POST" };

  it("of the terminal itself may call", async () => {
    for (const origin of ["http://192.168.100.1", "http://dishy.starlink.com", `http://127.0.0.1:${port}`]) {
      const preflight = await send({ ...ask, origin }, getStatus, "OPTIONS");
      assert.equal(preflight.code, 204);
      assert.equal(preflight.headers["access-control-allow-origin"], origin);
      assert.match(preflight.headers["access-control-allow-headers"]!, /x-grpc-web/);
      const call = await send({ ...WEB, origin, referer: `${origin}/a/b` });
      assert.equal(call.headers["access-control-allow-origin"], origin);
      assert.match(parts(call.body).trailers, /^grpc-status:0/);
    }
  });

  it("of anybody else gets an empty answer, and the terminal is not asked", async () => {
    for (const page of [
      { origin: "http://example.net" },
      { referer: "http://example.net/x" },
      { referer: "nonsense" },
    ]) {
      const { code, headers, body } = await send({ ...WEB, ...page });
      assert.deepEqual([code, body.length, headers["access-control-allow-origin"]], [200, 0, undefined]);
    }
    const preflight = await send({ ...ask, origin: "http://example.net" }, getStatus, "OPTIONS");
    assert.equal(preflight.headers["access-control-allow-origin"], undefined);
  });

  it("of anybody else is forbidden by older firmware, and allowed where the setting says so", async () => {
    const codes: number[] = [];
    for (const browsers of [
      { strangers: "forbidden" },
      { origins: "any" },
      { origins: ["http://example.net"] },
    ] as const) {
      const started = await startDishServer({
        endpoints: [{ address: "127.0.0.1", grpcPort: 0, grpcWebPort: 0, device: new EchoDish() }],
        browsers,
      });
      assert.ok(started.ok);
      const [at] = [...started.value.endpoints.values()];
      const { code, body } = await send(
        { ...WEB, origin: "http://example.net" },
        getStatus,
        "POST",
        HANDLE,
        at!.grpcWebPort!,
      );
      codes.push(code, Math.sign(body.length));
      await started.value[Symbol.asyncDispose]();
    }
    assert.deepEqual(codes, [403, 0, 200, 1, 200, 1]);
  });
});
