// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { readUdpDatagram, writeUdpDatagram } from "./socks.ts";
import { lease, RawClient, servedEngine } from "./test-bed.ts";

class UdpEnd implements AsyncDisposable {
  readonly socket: Socket = createSocket("udp4");
  readonly heard: Buffer[] = [];

  async open(): Promise<number> {
    this.socket.bind(0, "127.0.0.1");
    this.socket.on("message", message => this.heard.push(message));
    await once(this.socket, "listening");
    return this.socket.address().port;
  }

  /** Waits until this many datagrams have come. */
  async hear(count: number): Promise<readonly Buffer[]> {
    while (this.heard.length < count) await once(this.socket, "message");
    return this.heard;
  }

  async [Symbol.asyncDispose]() {
    this.socket.close();
  }
}

async function associate(port: number): Promise<{ readonly control: RawClient; readonly relayPort: number }> {
  const control = new RawClient(port);
  control.send([5, 1, 0, 5, 3, 0, 1, 0, 0, 0, 0, 0, 0]);
  const reply = await control.take(12);
  assert.deepEqual([...reply.subarray(0, 10)], [5, 0, 5, 0, 0, 1, 127, 0, 0, 1]);
  return { control, relayPort: reply.readUInt16BE(10) };
}

async function echoServer(): Promise<{ readonly end: UdpEnd; readonly port: number }> {
  const end = new UdpEnd();
  const port = await end.open();
  end.socket.on("message", (message, from) => end.socket.send(message, from.port, from.address));
  return { end, port };
}

test("datagrams go and come back in order, with the header of RFC 1928 section 7", async () => {
  const { engine, port } = await servedEngine({ resolve: async () => ["127.0.0.1"] });
  await using _ = engine;
  const echo = await echoServer();
  await using _echo = echo.end;
  await using client = new UdpEnd();
  await client.open();
  const { control, relayPort } = await associate(port);
  for (let index = 0; index < 100; index++) {
    client.socket.send(
      writeUdpDatagram("127.0.0.1", echo.port, Buffer.from([index])),
      relayPort,
      "127.0.0.1",
    );
  }
  const answers = (await client.hear(100)).map(message => readUdpDatagram(message));
  assert.deepEqual(
    answers.map(answer => answer?.payload[0]),
    Array.from({ length: 100 }, (_value, index) => index),
  );
  assert.deepEqual([answers[0]?.host, answers[0]?.port], ["127.0.0.1", echo.port]);

  // By name: resolved at the PoP, answered with the address.
  const name = Buffer.from("echo.example");
  const head = Buffer.from([0, 0, 0, 3, name.length, ...name, echo.port >> 8, echo.port & 255]);
  client.socket.send(Buffer.concat([head, Buffer.from("named")]), relayPort, "127.0.0.1");
  const named = readUdpDatagram((await client.hear(101))[100]!);
  assert.deepEqual([named?.host, named?.payload.toString()], ["127.0.0.1", "named"]);
  assert.equal(engine.stats().terminals[0]?.upBytes, 105);
  control.socket.destroy();
});

test("fragments, noise and strangers are ignored", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  const echo = await echoServer();
  await using _echo = echo.end;
  await using client = new UdpEnd();
  await using stranger = new UdpEnd();
  await Promise.all([client.open(), stranger.open()]);
  const { control, relayPort } = await associate(port);
  const good = writeUdpDatagram("127.0.0.1", echo.port, Buffer.from("good"));
  const fragment = Buffer.from(good);
  fragment[2] = 1;
  for (const message of [good, fragment, Buffer.from("noise"), Buffer.alloc(0), good]) {
    client.socket.send(message, relayPort, "127.0.0.1");
  }
  await client.hear(2);
  stranger.socket.send(good, relayPort, "127.0.0.1");
  client.socket.send(good, relayPort, "127.0.0.1");
  await client.hear(3);
  assert.equal(echo.end.heard.length, 3);
  assert.equal(stranger.heard.length, 0);
  control.socket.destroy();
});

test("lost datagrams are lost once and counted; the others arrive in order", async () => {
  const { engine, port } = await servedEngine({}, { lossProbability: 0.3 });
  await using _ = engine;
  const echo = await echoServer();
  await using _echo = echo.end;
  await using client = new UdpEnd();
  await client.open();
  const { control, relayPort } = await associate(port);
  const n = 300;
  const settled = (sent: number) => {
    const [stats] = engine.stats().terminals;
    return client.heard.length + (stats?.lostDatagrams ?? 0) === sent && stats?.heldBytes === 0;
  };
  for (let sent = 0; sent < n; ) {
    // Bursts that the kernel's socket buffers hold: what they drop is nobody's to count.
    for (const end = sent + 50; sent < end; sent++) {
      const payload = Buffer.alloc(2);
      payload.writeUInt16BE(sent);
      client.socket.send(writeUdpDatagram("127.0.0.1", echo.port, payload), relayPort, "127.0.0.1");
    }
    while (!settled(sent)) await new Promise(resolve => setImmediate(resolve));
  }
  const numbers = client.heard.map(message => readUdpDatagram(message)!.payload.readUInt16BE(0));
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  );
  // Both ways: 1 - 0.7^2 = 51 % are lost; four standard deviations of a binomial.
  assert.ok(
    Math.abs(client.heard.length - n * 0.49) < 4 * Math.sqrt(n * 0.49 * 0.51),
    `${client.heard.length}`,
  );
  control.socket.destroy();
});

test("the association ends with its control connection, and with the lease", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  const one = await associate(port);
  one.control.socket.end();
  assert.equal(await one.control.closed, "end");
  assert.equal(engine.stats().terminals[0]?.openConnections, 0);
  const two = await associate(port);
  engine.revoke("t1", { code: "SUSPENDED", message: "Stopped." });
  assert.equal(await two.control.closed, "reset");
});

test("under reach accountAndEmergency datagrams reach own names only", async () => {
  const echo = await echoServer();
  await using _echo = echo.end;
  const reserved = { "emergency.test": { host: "127.0.0.1", port: echo.port } };
  const { engine, port } = await servedEngine({ reserved });
  await using _ = engine;
  engine.installLeases([lease({ issuedAtMs: Date.now() + 1, reach: "accountAndEmergency" })]);
  await using client = new UdpEnd();
  await client.open();
  const { control, relayPort } = await associate(port);
  const name = Buffer.from("emergency.test");
  client.socket.send(writeUdpDatagram("127.0.0.1", echo.port, Buffer.from("no")), relayPort, "127.0.0.1");
  client.socket.send(Buffer.from([0, 0, 0, 3, name.length, ...name, 0, 9, 0x79]), relayPort, "127.0.0.1");
  await client.hear(1);
  assert.deepEqual(echo.end.heard.map(String), ["y"]);
  assert.equal(engine.stats().terminals[0]?.refused, 1);
  control.socket.destroy();
});

test("destination sockets are bounded: the least recently used goes, and comes back when used", async () => {
  const { engine, port } = await servedEngine({ maxUdpFlows: 2 });
  await using _ = engine;
  const servers = await Promise.all([echoServer(), echoServer(), echoServer()]);
  await using client = new UdpEnd();
  await client.open();
  const { control, relayPort } = await associate(port);
  for (const [turn, server] of [...servers, ...servers].entries()) {
    client.socket.send(writeUdpDatagram("127.0.0.1", server.port, Buffer.from("x")), relayPort, "127.0.0.1");
    await client.hear(turn + 1);
  }
  control.socket.destroy();
  for (const { end } of servers) await end[Symbol.asyncDispose]();
});
