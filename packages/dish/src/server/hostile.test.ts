// SPDX-License-Identifier: MIT
// Clients that mean harm, on bare sockets. After each of them the server still answers everybody else.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, it } from "node:test";
import fc from "fast-check";
import { codecOf } from "../codec/codec.ts";
import { type DishServer, startDishServer } from "./dish-server.ts";
import type { ListeningEndpoint } from "./endpoint.ts";
import { frameOf } from "./frame.ts";
import type { Limits } from "./limits.ts";
import { EchoDish } from "./testing/echo-dish.ts";
import {
  type CameFrame,
  callHeaders,
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
const getHistory = frameOf(request.encode({ getHistory: {} }));

/** Small, so that the tests are quick. */
const limits: Partial<Limits> = {
  messageBytes: 64 * 1024,
  connectionsPerEndpoint: 64,
  connectionMemoryBytes: 1024 * 1024,
  endpointMemoryBytes: 4 * 1024 * 1024,
  firstCallMs: 1500,
  callMs: 1500,
  controlBurst: 50,
  chatterBytesPerSecond: 64 * 1024,
};

/** What Linux says of this process. */
const LIMITS = "/proc/self/limits";

let server: DishServer;
let at: ListeningEndpoint;

/** A server for each test of a group: at the root these would run for the tests of every other file too. */
function withServer(): void {
  beforeEach(async () => {
    const started = await startDishServer({
      endpoints: [{ address: "127.0.0.1", grpcPort: 0, grpcWebPort: 0, device: new EchoDish() }],
      limits,
    });
    assert.ok(started.ok);
    server = started.value;
    [at] = [...server.endpoints.values()] as [ListeningEndpoint];
  });

  afterEach(async () => {
    await answers();
    await server[Symbol.asyncDispose]();
  });
}

/** A good client gets its answer. */
async function answers(port = at.grpcPort): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const good = await RawHttp2.to(port, frame => {
    if (frame.streamId === 1 && frame.type === frameType.headers && (frame.flags & END_STREAM) !== 0)
      resolve();
  });
  good.socket.on("close", () => reject(new Error("the server hung up on a good client")));
  good.send(opening, unaryCall(1, getStatus));
  await promise;
  good.socket.removeAllListeners("close");
  good.socket.destroy();
}

/** A client of its own, and all frames that come to it. */
async function raw(): Promise<{ client: RawHttp2; frames: CameFrame[] }> {
  const frames: CameFrame[] = [];
  return { client: await RawHttp2.to(at.grpcPort, frame => frames.push(frame)), frames };
}

const closed = (client: RawHttp2): Promise<unknown> =>
  client.closed ? Promise.resolve() : once(client.socket, "close");

/** Until something holds; the test runner's own limit is the only one. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 10));
}

const farewells = (): Readonly<Record<string, number>> => ({ ...server.figures().farewells });

describe("what is no HTTP/2 at all", () => {
  withServer();
  it("is cut off on the gRPC port at its first wrong byte", async () => {
    for (const start of ["GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01", "PRI * HTTP/1.1"]) {
      const socket = connect(at.grpcPort, "127.0.0.1").on("error", () => undefined);
      socket.write(start);
      await once(socket, "close");
    }
    assert.equal(farewells().protocol, 3);
  });

  it("is survived when it is random, with or without a good beginning", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, begunWell) => {
        const { client } = await raw();
        client.send(begunWell ? opening : Buffer.alloc(0), bytes);
        client.socket.end();
        await closed(client);
      }),
      { numRuns: 100 },
    );
  });

  it("is survived when the frames are right and their contents random", async () => {
    const frame = fc
      .tuple(fc.nat(10), fc.nat(255), fc.nat(4), fc.uint8Array({ maxLength: 40 }))
      .map(([type, flags, streamId, payload]) => http2Frame(type, flags, streamId, payload));
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 12 }), async frames => {
        const { client } = await raw();
        client.send(opening, ...frames);
        client.socket.end();
        await closed(client);
      }),
      { numRuns: 100 },
    );
  });

  it("is survived on the web port", async () => {
    const head = `POST ${HANDLE} HTTP/1.1\r\nhost: a\r\ncontent-type: application/grpc-web\r\n`;
    for (const text of [
      "\0\0\0\0\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      `${head}content-length: 99999999999999999999\r\n\r\n`,
      `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`,
      `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n`,
      `${head}x: ${"y".repeat(40_000)}\r\n\r\n`,
      `CONNECT a:1 HTTP/1.1\r\n\r\n`,
    ]) {
      const socket = connect(at.grpcWebPort!, "127.0.0.1").on("error", () => undefined);
      socket.resume().write(text);
      await once(socket, "close");
    }
  });
});

describe("messages", () => {
  withServer();
  /** How a call with these bytes ends: `grpc-status` is not read here, only that there is an end. */
  async function ending(framed: Uint8Array): Promise<CameFrame> {
    const { client, frames } = await raw();
    client.send(opening, unaryCall(1, framed));
    await until(() => frames.some(f => f.streamId === 1 && (f.flags & END_STREAM) !== 0));
    client.socket.destroy();
    return frames.find(f => f.streamId === 1)!;
  }

  it("that are too large by their prefix alone are refused without waiting for them", async () => {
    const huge = Buffer.alloc(5);
    huge.writeUInt32BE(0xffffffff, 1);
    const { client, frames } = await raw();
    client.send(
      opening,
      http2Frame(frameType.headers, END_HEADERS, 1, callHeaders(HANDLE)),
      http2Frame(frameType.data, 0, 1, huge),
    );
    await until(() => frames.some(f => f.streamId === 1 && f.type === frameType.headers));
    await until(() => frames.some(f => f.streamId === 1 && f.type === frameType.reset));
    client.socket.destroy();
  });

  it("that are compressed, marked in no known way, cut short, missing or two end in a refusal", async () => {
    const compressed = Buffer.from(getStatus);
    compressed[0] = 1;
    const marked = Buffer.from(getStatus);
    marked[0] = 7;
    const bad = [
      compressed,
      marked,
      getStatus.subarray(0, 6),
      Buffer.alloc(0),
      Buffer.concat([getStatus, getStatus]),
    ];
    for (const framed of bad) assert.equal((await ending(framed)).type, frameType.headers);
  });

  it("of random bytes end in an answer or a refusal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
        assert.equal((await ending(frameOf(bytes))).type, frameType.headers);
      }),
      { numRuns: 100 },
    );
  });
});

describe("floods", () => {
  withServer();
  it("of pings end the connection", async () => {
    const { client } = await raw();
    client.send(
      opening,
      ...Array.from({ length: 200 }, () => http2Frame(frameType.ping, 0, 0, Buffer.alloc(8))),
    );
    await closed(client);
    assert.equal(farewells().flood, 1);
  });

  it("of settings end the connection", async () => {
    const { client } = await raw();
    client.send(opening, ...Array.from({ length: 200 }, () => http2Frame(frameType.settings, 0, 0)));
    await closed(client);
    assert.equal(farewells().flood, 1);
  });

  it("of calls taken back at once end the connection", async () => {
    const { client } = await raw();
    client.send(opening);
    const headers = callHeaders(HANDLE);
    for (let i = 0; i < 2000; i++) {
      client.send(
        http2Frame(frameType.headers, END_HEADERS, 2 * i + 1, headers),
        http2Frame(frameType.reset, 0, 2 * i + 1, Buffer.alloc(4)),
      );
    }
    await closed(client);
  });

  it("of window updates, priorities and frames of no known type end the connection", async () => {
    const endless = async (frame: Uint8Array): Promise<void> => {
      const { client } = await raw();
      client.send(opening);
      const timer = setInterval(() => client.send(...Array.from({ length: 4000 }, () => frame)), 20);
      await closed(client);
      clearInterval(timer);
    };
    await endless(http2Frame(frameType.priority, 0, 1, Buffer.from([0, 0, 0, 0, 16])));
    await endless(http2Frame(0xaa, 0, 0, Buffer.alloc(100)));
    // Of these the library makes nothing: only their amount gives them away.
    await endless(http2Frame(frameType.windowUpdate, 0, 0, Buffer.from([0, 0, 0, 1])));
    assert.equal(farewells().chatter, 1);
  });

  it("of headers that never end, and of empty data, end the connection", async () => {
    const { client } = await raw();
    client.send(opening, http2Frame(frameType.headers, 0, 1, callHeaders(HANDLE)));
    const more = http2Frame(frameType.continuation, 0, 1, headerBlock({ x: "y".repeat(100) }));
    for (let i = 0; i < 2000; i++) client.send(more);
    await closed(client);

    const { client: other } = await raw();
    other.send(opening, http2Frame(frameType.headers, END_HEADERS, 1, callHeaders(HANDLE)));
    const timer = setInterval(
      () => other.send(...Array.from({ length: 4000 }, () => http2Frame(frameType.data, 0, 1))),
      20,
    );
    await closed(other);
    clearInterval(timer);
  });

  it("of calls beyond the streams of a connection are refused one by one", async () => {
    const { client, frames } = await raw();
    client.send(opening);
    for (let i = 0; i < 150; i++) {
      client.send(http2Frame(frameType.headers, END_HEADERS, 2 * i + 1, callHeaders(HANDLE)));
    }
    await until(() => client.closed || frames.filter(f => f.type === frameType.reset).length >= 50);
    client.socket.destroy();
  });
});

describe("connections that come to nothing", () => {
  withServer();
  it("are closed in time, however little they have said", async () => {
    const silent = await Promise.all(
      [Buffer.alloc(0), opening.subarray(0, 10), opening].map(async start => {
        const { client } = await raw();
        client.send(start);
        return client;
      }),
    );
    const web = connect(at.grpcWebPort!, "127.0.0.1").on("error", () => undefined);
    web.resume().write("POST / HTTP/1.1\r\nhost: a\r\n");
    const drip = setInterval(() => web.write("x: y\r\n"), 100);
    await Promise.all([...silent.map(closed), once(web, "close")]);
    clearInterval(drip);
    assert.equal(farewells().silent, 4);
  });

  it("give way to newcomers when there are too many, the oldest first", async () => {
    const first = await raw();
    const crowd = await Promise.all(Array.from({ length: 80 }, raw));
    await closed(first.client);
    assert.equal(server.figures().connections, limits.connectionsPerEndpoint);
    await answers();
    for (const { client } of crowd) client.socket.destroy();
  });

  it("do not push out who makes calls", async () => {
    const { client, frames } = await raw();
    client.send(opening, unaryCall(1, getStatus));
    await until(() => frames.some(f => f.streamId === 1));
    const crowd = await Promise.all(Array.from({ length: 100 }, raw));
    client.send(unaryCall(3, getStatus));
    await until(() => frames.some(f => f.streamId === 3));
    for (const one of [client, ...crowd.map(c => c.client)]) one.socket.destroy();
  });

  it("may not keep a terminal busy with streams that say nothing", async () => {
    const crowd = await Promise.all(Array.from({ length: limits.connectionsPerEndpoint! }, raw));
    const headers = callHeaders("/SpaceX.API.Device.Device/Stream");
    for (const { client } of crowd)
      client.send(opening, http2Frame(frameType.headers, END_HEADERS, 1, headers));
    // Within a second of their calls all of them could be in earnest; then the quietest gives way.
    await new Promise(resolve => setTimeout(resolve, 1200));
    await answers();
    assert.equal(farewells().displaced, 1);
    for (const { client } of crowd) client.socket.destroy();
  });

  it("give way wherever they are when the whole server is full", async () => {
    const started = await startDishServer({
      endpoints: ["ut1", "ut2"].map(id => ({
        address: "127.0.0.1",
        grpcPort: 0,
        grpcWebPort: null,
        device: new EchoDish(id),
      })),
      limits: { connections: 20 },
    });
    assert.ok(started.ok);
    const [one, two] = [...started.value.endpoints.values()] as [ListeningEndpoint, ListeningEndpoint];
    const crowd = await Promise.all(Array.from({ length: 40 }, () => RawHttp2.to(one.grpcPort)));
    await answers(two.grpcPort);
    assert.ok(started.value.figures().connections <= 20);
    for (const client of crowd) client.socket.destroy();
    await started.value[Symbol.asyncDispose]();
  });

  it("may be ten thousand: others are served, and they cost little", { skip: filesAllowed() }, async () => {
    const roomy = await startDishServer({
      endpoints: [{ address: "127.0.0.1", grpcPort: 0, grpcWebPort: null, device: new EchoDish() }],
      limits: { connections: 11_000, connectionsPerEndpoint: 11_000, firstCallMs: 60_000 },
    });
    assert.ok(roomy.ok);
    const [{ grpcPort }] = [...roomy.value.endpoints.values()] as [ListeningEndpoint];
    await answers(grpcPort);
    const before = process.memoryUsage.rss();
    const crowd = fork(new URL("./testing/half-open.ts", import.meta.url), [String(grpcPort), "10000"], {
      execArgv: [],
    });
    try {
      await once(crowd, "message");
      await answers(grpcPort);
      await until(() => roomy.value.figures().connections >= 10_000);
      assert.ok(process.memoryUsage.rss() - before < 10_000 * 20_000, "less than 20 kB each");
      assert.equal(roomy.value.figures().memoryBytes, 0);
    } finally {
      crowd.disconnect();
      await once(crowd, "exit");
      await roomy.value[Symbol.asyncDispose]();
    }
  });
});

describe("slow clients", () => {
  withServer();
  it("that never finish their call are answered without", async () => {
    const { client, frames } = await raw();
    client.send(opening, http2Frame(frameType.headers, END_HEADERS, 1, callHeaders(HANDLE)));
    const drip = setInterval(() => client.send(http2Frame(frameType.data, 0, 1, Buffer.of(0))), 500);
    await until(() => frames.some(f => f.streamId === 1 && f.type === frameType.headers));
    clearInterval(drip);
    client.socket.destroy();
  });

  it("that send a message byte by byte are served, and it costs its bytes only", async () => {
    const { client, frames } = await raw();
    client.send(opening, http2Frame(frameType.headers, END_HEADERS, 1, callHeaders(HANDLE)));
    const message = frameOf(request.encode({ targetId: "x".repeat(2000), getStatus: {} }));
    client.send(...[...message].map(byte => http2Frame(frameType.data, 0, 1, Buffer.of(byte))));
    await until(() => server.figures().memoryBytes > message.length);
    assert.ok(server.figures().memoryBytes < 20_000);
    client.send(http2Frame(frameType.data, END_STREAM, 1));
    await until(() => frames.some(f => f.streamId === 1 && f.type === frameType.headers));
    client.socket.destroy();
  });

  it("that never read what they ask for are cut off, and nobody else", async () => {
    // A window of one byte: not even the first answer gets through.
    const small = Buffer.from([0, 4, 0, 0, 0, 1]);
    const { client } = await raw();
    client.send(opening, http2Frame(frameType.settings, 0, 0, small));
    for (let i = 0; i < 80; i++) client.send(unaryCall(2 * i + 1, getHistory));
    // All of the answers that wait are on the account, of 3,600 bytes each, and the calls themselves.
    await until(() => server.figures().memoryBytes > 80 * (3_600 + 8_000));
    assert.ok(server.figures().memoryBytes <= limits.connectionMemoryBytes!);
    await answers();
    await until(() => server.figures().memoryBytes === 0);
    client.socket.destroy();
  });

  it("in numbers lose the heaviest of them when the endpoint is full", async () => {
    const small = Buffer.from([0, 4, 0, 0, 0, 1]);
    const crowd = await Promise.all(Array.from({ length: 12 }, raw));
    for (const { client } of crowd) {
      client.send(opening, http2Frame(frameType.settings, 0, 0, small));
      for (let i = 0; i < 80; i++) client.send(unaryCall(2 * i + 1, getHistory));
    }
    await until(() => (farewells().memory ?? 0) > 0);
    await answers();
    assert.ok(server.figures().memoryBytes <= limits.endpointMemoryBytes!);
    for (const { client } of crowd) client.socket.destroy();
  });
});

/** Why ten thousand sockets cannot be opened twice here; false: they can. */
function filesAllowed(): string | false {
  const limit = /Max open files\s+(\d+)/.exec(existsSync(LIMITS) ? readFileSync(LIMITS, "utf8") : "")?.[1];
  return Number(limit) >= 12_000 ? false : "fewer than 12,000 open files are allowed here";
}
