// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { test } from "node:test";
import { linkState, RawClient, serve, servedEngine, socksConnect, tunnelTo } from "./test-bed.ts";

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Everything a socket says, hashed as it comes. */
async function digest(socket: Socket): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) hash.update(chunk);
  return hash.digest("hex");
}

test("a few MB in both directions at once arrive intact, and each direction ends by itself", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  const [up, down] = [randomBytes(3_000_000), randomBytes(4_000_000)];
  const heard = Promise.withResolvers<string>();
  await using server = await serve(socket => {
    digest(socket).then(heard.resolve);
    socket.end(down);
  });
  const client = await tunnelTo(port, server.port);
  client.socket.removeAllListeners("data");
  const received = digest(client.socket);
  client.socket.end(up);
  assert.equal(await received, sha256(down));
  assert.equal(await heard.promise, sha256(up));
  const [stats] = engine.stats().terminals;
  assert.deepEqual([stats?.upBytes, stats?.downBytes], [up.length, down.length]);
});

test("half-close: after the client's FIN the server can still answer", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  await using server = await serve(socket => {
    const heard: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => heard.push(chunk));
    socket.on("end", () => socket.end(`heard ${Buffer.concat(heard)}`));
  });
  const client = await tunnelTo(port, server.port);
  client.socket.end("question");
  assert.equal((await client.takeAll()).toString(), "heard question");
  await once(client.socket, "close");
  while (engine.stats().terminals[0]?.openConnections !== 0)
    await new Promise(resolve => setImmediate(resolve));
  assert.equal(engine.stats().terminals[0]?.heldBytes, 0);
});

test("a reset at one end is a reset at the other, behind the last bytes", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  const reset = Promise.withResolvers<string>();
  await using server = await serve(socket => {
    socket.on("error", (error: NodeJS.ErrnoException) => reset.resolve(error.code ?? ""));
    socket.on("data", (chunk: Buffer) => {
      if (chunk.toString() !== "die") return;
      socket.write("last words", () => setImmediate(() => socket.resetAndDestroy()));
    });
  });
  const one = await tunnelTo(port, server.port);
  one.send("die");
  assert.equal((await one.take(10)).toString(), "last words");
  assert.equal(await one.closed, "reset");

  const two = await tunnelTo(port, server.port);
  two.send("hello");
  two.socket.resetAndDestroy();
  assert.equal(await reset.promise, "ECONNRESET");
});

test("round trips are never below the floor, and connecting costs one", async () => {
  const { engine, port } = await servedEngine({}, { oneWayMs: [12, 12, 12], fixedMs: 4 });
  await using _ = engine;
  await using server = await serve(socket => socket.pipe(socket));
  const floorMs = 2 * 12 + 4 + 2 * (4 / 3);
  const connectStart = performance.now();
  const client = await tunnelTo(port, server.port);
  assert.ok(performance.now() - connectStart >= floorMs);
  const trips: number[] = [];
  for (let index = 0; index < 20; index++) {
    const sentMs = performance.now();
    client.send("x");
    await client.take(1);
    trips.push(performance.now() - sentMs);
  }
  assert.ok(Math.min(...trips) >= floorMs, `${Math.min(...trips)}`);
});

test("a step of the delay shows at once; the bound widens with the lateness that the engine measured", async () => {
  const { engine, port } = await servedEngine({}, { oneWayMs: [2, 2, 2] });
  await using _ = engine;
  await using server = await serve(socket => socket.pipe(socket));
  const client = await tunnelTo(port, server.port);
  const median = async () => {
    const trips: number[] = [];
    for (let index = 0; index < 15; index++) {
      const sentMs = performance.now();
      client.send("x");
      await client.take(1);
      trips.push(performance.now() - sentMs);
    }
    return trips.toSorted((a, b) => a - b)[7]!;
  };
  const before = await median();
  engine.setLinkStates([linkState({ oneWayMs: [22, 22, 22] })]);
  const after = await median();
  const slackMs = 8 + 4 * engine.stats().latenessMs.p95;
  assert.ok(Math.abs(after - before - 40) < slackMs, `${before} to ${after}, slack ${slackMs}`);
});

for (const mbps of [8, 80]) {
  test(`${mbps} Mbit/s: the receiver sees that rate within 10 %, or more time if the machine is late`, async () => {
    const { engine, port } = await servedEngine({}, { downMbps: mbps });
    await using _ = engine;
    const total = mbps * 125 * 400;
    await using server = await serve(socket => socket.end(Buffer.alloc(total)));
    const client = await tunnelTo(port, server.port);
    client.socket.removeAllListeners("data");
    let bytes = 0;
    let firstMs = 0;
    for await (const chunk of client.socket) {
      if (bytes === 0) firstMs = performance.now();
      bytes += chunk.length;
    }
    const tookMs = performance.now() - firstMs;
    assert.equal(bytes, total);
    const lateMs = engine.stats().latenessMs.max;
    assert.ok(tookMs > 400 * 0.9 - lateMs && tookMs < 400 * 1.1 + 2 * lateMs, `${tookMs} ms, late ${lateMs}`);
  });
}

test("a client that does not read holds up its own connection and no other, within the window", async () => {
  const { engine, port } = await servedEngine({ maxBufferedBytes: 1_000_000 }, { downMbps: 10_000 });
  await using _ = engine;
  await using server = await serve(socket => socket.on("data", () => socket.write(Buffer.alloc(30_000_000))));
  const stalled = await tunnelTo(port, server.port);
  stalled.socket.pause();
  stalled.send("x");
  await using echo = await serve(socket => socket.pipe(socket));
  const other = await tunnelTo(port, echo.port);
  for (let index = 0; index < 20; index++) {
    other.send("y");
    await other.take(1);
    assert.ok(engine.stats().terminals[0]!.heldBytes < 1_200_000);
  }
});

test("a forwarded request takes its body with it and nothing that follows", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  const heard: Buffer[] = [];
  await using server = await serve(socket => {
    socket.on("data", (chunk: Buffer) => heard.push(chunk));
    socket.on("end", () => socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
  });
  const client = new RawClient(port);
  const url = `http://127.0.0.1:${server.port}/`;
  client.send(`POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nab`);
  client.send(`cGET http://elsewhere.example/ HTTP/1.1\r\nHost: y\r\n\r\n`);
  client.socket.end();
  assert.match((await client.takeAll()).toString(), /^HTTP\/1\.1 204 /);
  assert.match(Buffer.concat(heard).toString(), /\r\n\r\nabc$/);
  client.socket.destroy();
});

test("SOCKS answers say what went wrong at the far end", async () => {
  const resolve = async (name: string) => {
    if (name === "here.example") return ["127.0.0.1"];
    throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  };
  const { engine, port } = await servedEngine({ resolve, dialTimeoutMs: 300 });
  await using _ = engine;
  const closedPort = await (async () => {
    await using server = await serve(() => {});
    return server.port;
  })();
  const byName = (name: string, target: number) => [
    5,
    1,
    0,
    3,
    name.length,
    ...Buffer.from(name),
    target >> 8,
    target & 255,
  ];
  await using server = await serve(socket => socket.end("hello"));
  for (const [request, reply] of [
    [socksConnect(closedPort), 5],
    [byName("nowhere.example", 80), 4],
    [byName("here.example", server.port), 0],
  ] as const) {
    const client = new RawClient(port);
    client.send([5, 1, 0, ...request]);
    assert.equal((await client.take(12))[3], reply);
    client.socket.destroy();
  }
});
