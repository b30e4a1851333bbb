// SPDX-License-Identifier: MIT
// Endpoints come and go, and connections with them.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2, constants } from "node:http2";
import { createServer } from "node:net";
import { describe, it } from "node:test";
import { codecOf } from "../codec/codec.ts";
import { type DishServer, type DishServerOptions, startDishServer } from "./dish-server.ts";
import type { Endpoint, ListeningEndpoint } from "./endpoint.ts";
import { frameOf } from "./frame.ts";
import { EchoDish } from "./testing/echo-dish.ts";
import {
  END_HEADERS,
  END_STREAM,
  frameType,
  HANDLE,
  headerBlock,
  http2Frame,
  opening,
  RawHttp2,
  unaryCall,
} from "./testing/raw-http2.ts";

const request = codecOf("SpaceX.API.Device.Request");
const getStatus = frameOf(request.encode({ getStatus: {} }));
const getPing = frameOf(request.encode({ getPing: {} }));

const endpoint = (more: Partial<Endpoint> = {}): Endpoint => ({
  address: "127.0.0.1",
  grpcPort: 0,
  grpcWebPort: null,
  device: new EchoDish(),
  ...more,
});

async function start(options: DishServerOptions): Promise<{ server: DishServer; at: ListeningEndpoint }> {
  const started = await startDishServer(options);
  assert.ok(started.ok);
  return { server: started.value, at: [...started.value.endpoints.values()][0]! };
}

/** How one call ends, with the headers and trailers decoded. */
async function call(
  session: ClientHttp2Session,
  framed: Uint8Array,
  more: Record<string, string> = {},
): Promise<{ code: number; status: string | undefined; message: string | undefined }> {
  const stream = session.request(
    {
      ":method": "POST",
      ":path": HANDLE,
      "content-type": "application/grpc",
      te: "trailers",
      ...more,
    },
    { endStream: false },
  );
  let all: Record<string, string | undefined> = {};
  stream.on("response", headers => {
    all = { ...all, ...(headers as Record<string, string>) };
  });
  stream.on("trailers", headers => {
    all = { ...all, ...(headers as Record<string, string>) };
  });
  stream.on("error", () => undefined);
  stream.resume().end(framed);
  await new Promise(resolve => stream.on("close", resolve));
  return { code: Number(all[":status"]), status: all["grpc-status"], message: all["grpc-message"] };
}

const session = (port: number): ClientHttp2Session =>
  connectHttp2(`http://127.0.0.1:${port}`).on("error", () => undefined);

describe("endpoints", () => {
  it("say which port or name is taken, and which address is not there", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    for (const [wrong, code, place] of [
      [{ grpcPort: port }, "taken", "grpcPort"],
      [{ grpcWebPort: port }, "taken", "grpcWebPort"],
      [{ address: "203.0.113.1" }, "address", "address"],
    ] as const) {
      const started = await startDishServer({
        endpoints: [endpoint(), endpoint({ id: "second", ...wrong })],
      });
      assert.ok(!started.ok);
      assert.deepEqual([started.error.code, started.error.place], [code, place]);
    }
    other.close();
    const { server } = await start({ endpoints: [endpoint()] });
    const twice = await server.add(endpoint());
    assert.deepEqual(twice.ok || twice.error.place, "id");
    await server[Symbol.asyncDispose]();
    const late = await server.add(endpoint());
    assert.deepEqual(late.ok || late.error.code, "closed");
  });

  it("answer as their own devices, and can be taken away one by one", async () => {
    const [one, two] = [new EchoDish("ut1"), new EchoDish("ut2")];
    const { server } = await start({ endpoints: [endpoint({ device: one }), endpoint({ device: two })] });
    const to = (id: string): number => server.endpoints.get(id)!.grpcPort;
    const clients = [session(to("ut1")), session(to("ut2"))] as const;
    await call(clients[0], getStatus);
    await call(clients[1], getStatus);
    await call(clients[1], getStatus);
    assert.deepEqual([one.answered, two.answered], [1, 2]);
    const hungUp = once(clients[0], "close");
    assert.equal(await server.remove("ut1"), true);
    assert.equal(await server.remove("ut1"), false);
    await hungUp;
    assert.equal((await call(clients[1], getStatus)).status, "0");
    clients[1].destroy();
    await server[Symbol.asyncDispose]();
  });

  it("that go let calls end that have begun", async () => {
    const { server, at } = await start({ endpoints: [endpoint({ grpcWebPort: 0 })] });
    const client = session(at.grpcPort);
    const grpc = call(client, getPing);
    const web = fetch(`http://127.0.0.1:${at.grpcWebPort}${HANDLE}`, {
      method: "POST",
      headers: { "content-type": "application/grpc-web" },
      body: new Uint8Array(getPing),
    });
    await new Promise(resolve => setTimeout(resolve, 60));
    await server[Symbol.asyncDispose]();
    assert.equal((await grpc).status, "0");
    assert.match(Buffer.from(await (await web).arrayBuffer()).toString(), /grpc-status:0/);
  });

  it("speak both on one port where that is asked for", async () => {
    // Any port that is free now: the two have to be equal, so zero will not do.
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as { port: number };
    await new Promise(resolve => probe.close(resolve));
    const { server } = await start({ endpoints: [endpoint({ grpcPort: port, grpcWebPort: port })] });
    const client = session(port);
    assert.equal((await call(client, getStatus)).status, "0");
    const web = await fetch(`http://127.0.0.1:${port}${HANDLE}`, {
      method: "POST",
      headers: { "content-type": "application/grpc-web" },
      body: new Uint8Array(getStatus),
    });
    assert.match(Buffer.from(await web.arrayBuffer()).toString(), /grpc-status:0/);
    client.destroy();
    await server[Symbol.asyncDispose]();
  });
});

describe("a connection", () => {
  it("without a call for long is told to come back another time", async () => {
    const { server, at } = await start({ endpoints: [endpoint()], limits: { idleMs: 500 } });
    const client = session(at.grpcPort);
    let goodbye: number | undefined;
    client.on("goaway", code => {
      goodbye = code;
    });
    await call(client, getStatus);
    await once(client, "close");
    assert.equal(goodbye, constants.NGHTTP2_NO_ERROR);
    assert.deepEqual(server.figures().farewells, { idle: 1 });
    await server[Symbol.asyncDispose]();
  });

  it("that pings too often hears the word that makes clients of gRPC ping less", async () => {
    const { server, at } = await start({
      endpoints: [endpoint()],
      limits: { controlBurst: 5, controlPerSecond: 1 },
    });
    const client = session(at.grpcPort);
    let word = "";
    client.on("goaway", (code, _last, data) => {
      word = `${code} ${Buffer.from(data ?? []).toString()}`;
    });
    await once(client, "connect");
    for (let i = 0; i < 8; i++) client.ping(() => undefined);
    await new Promise(resolve => client.on("close", resolve));
    assert.equal(word, `${constants.NGHTTP2_ENHANCE_YOUR_CALM} too_many_pings`);
    await server[Symbol.asyncDispose]();
  });
});

describe("a call", () => {
  it("is refused by HTTP if it is none, and by its status if it asks for what there is not", async () => {
    const { server, at } = await start({ endpoints: [endpoint()] });
    const client = session(at.grpcPort);
    const refused = async (more: Record<string, string>): Promise<unknown> => {
      const { code, status } = await call(client, getStatus, more);
      return status ?? code;
    };
    assert.equal(await refused({ ":method": "GET" }), 405);
    assert.equal(await refused({ "content-type": "application/json" }), 415);
    assert.equal(await refused({ "content-type": "application/grpc-web" }), 415);
    assert.equal(await refused({ "content-type": "application/grpc+proto" }), "0");
    assert.equal(await refused({ ":path": "/SpaceX.API.Device.Device/Fly" }), "12");
    assert.equal(await refused({ ":path": "/nothing" }), "12");
    assert.equal(await refused({ "grpc-encoding": "gzip" }), "12");
    assert.equal(await refused({ "grpc-timeout": "often" }), "13");
    assert.match((await call(client, getStatus, { ":path": "/a/b" })).message ?? "", /no service/);
    client.destroy();
    await server[Symbol.asyncDispose]();
  });

  it("with more headers than there is room for does not reach the device", async () => {
    const device = new EchoDish();
    const { server, at } = await start({ endpoints: [endpoint({ device })] });
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x-${i}`, "y".repeat(100)]));
    for (const more of [many, { x: "y".repeat(20_000) }, { x: "y".repeat(60_000) }]) {
      const client = session(at.grpcPort);
      const { status, code } = await call(client, getStatus, more);
      assert.ok(status === undefined && code !== 200);
      client.destroy();
    }
    assert.equal(device.answered, 0);
    await server[Symbol.asyncDispose]();
  });

  it("ends at its deadline even if its client never finishes it", async () => {
    const { server, at } = await start({ endpoints: [endpoint()] });
    const client = session(at.grpcPort);
    const { status } = await call(client, getPing, { "grpc-timeout": "20m" });
    assert.equal(status, "4");
    client.destroy();
    await server[Symbol.asyncDispose]();
  });

  it("that is taken back as soon as it is made leaves nothing behind", async () => {
    const { server, at } = await start({ endpoints: [endpoint()] });
    const client = await RawHttp2.to(at.grpcPort);
    const back = Buffer.from([0, 0, 0, 8]);
    const wrong = headerBlock({ ":method": "GET", ":scheme": "http", ":path": "/", ":authority": "dish" });
    client.send(
      opening,
      ...Array.from({ length: 60 }, (_, i) => [
        i % 3 === 0
          ? http2Frame(frameType.headers, END_HEADERS | END_STREAM, 2 * i + 1, wrong)
          : unaryCall(2 * i + 1, i % 3 === 1 ? getStatus : getPing),
        http2Frame(frameType.reset, 0, 2 * i + 1, back),
      ]).flat(),
    );
    await new Promise(resolve => setTimeout(resolve, 250));
    assert.equal(server.figures().connections, 1);
    assert.equal(server.figures().memoryBytes, 0);
    client.socket.destroy();
    await server[Symbol.asyncDispose]();
  });

  it("that is taken back while it is answered leaves nothing behind", async () => {
    const { server, at } = await start({ endpoints: [endpoint()] });
    const client = await RawHttp2.to(at.grpcPort);
    client.send(opening, unaryCall(1, getPing));
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.ok(server.figures().memoryBytes > 0);

    client.send(http2Frame(frameType.reset, 0, 1, Buffer.from([0, 0, 0, 8])));
    await new Promise(resolve => setTimeout(resolve, 200));
    assert.equal(server.figures().memoryBytes, 0);
    client.socket.destroy();
    await server[Symbol.asyncDispose]();
  });
});
