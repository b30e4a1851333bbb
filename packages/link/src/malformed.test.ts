// SPDX-License-Identifier: MIT
// Whatever comes in at a terminal's port: one clear answer, the connection closed, nothing left behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { RawClient, servedEngine, socksConnect } from "./test-bed.ts";

const http400 = /^HTTP\/1\.1 400 Bad Request\r\n.*"code":"MALFORMED_REQUEST"/s;
const bytes = (...values: number[]) => Buffer.from(values).toString("latin1");
const hello = bytes(5, 1, 0);
/** A SOCKS reply after the method has been agreed. */
const replied = (code: number) => bytes(5, 0, 5, code, 0, 1, 0, 0, 0, 0, 0, 0);
const name = (text: string) => `${bytes(5, 1, 0, 3, text.length)}${text}${bytes(0, 80)}`;

function check(told: Buffer, answer: string | RegExp, what: string): void {
  const text = told.toString("latin1");
  if (typeof answer === "string")
    assert.equal(told.toString("hex"), Buffer.from(answer, "latin1").toString("hex"), what);
  else assert.match(text, answer, what);
}

const table: readonly (readonly [what: string, sent: string, answer: string | RegExp])[] = [
  ["SOCKS4", bytes(4, 1, 0, 80, 127, 0, 0, 1, 0), bytes(0, 0x5b, 0, 0, 0, 0, 0, 0)],
  ["SOCKS5 without methods", bytes(5, 0), bytes(5, 0xff)],
  ["SOCKS5 with passwords only", bytes(5, 1, 2), bytes(5, 0xff)],
  ["SOCKS5 with GSSAPI and passwords", bytes(5, 2, 1, 2), bytes(5, 0xff)],
  ["a request of version 4", `${hello}${bytes(4, 1, 0, 1, 127, 0, 0, 1, 0, 80)}`, replied(1)],
  ["BIND", `${hello}${bytes(5, 2, 0, 1, 127, 0, 0, 1, 0, 80)}`, replied(7)],
  ["command 0", `${hello}${bytes(5, 0, 0, 1, 127, 0, 0, 1, 0, 80)}`, replied(7)],
  ["command 255", `${hello}${bytes(5, 255, 0, 1, 127, 0, 0, 1, 0, 80)}`, replied(7)],
  ["a reserved byte that is set", `${hello}${bytes(5, 1, 1, 1, 127, 0, 0, 1, 0, 80)}`, replied(1)],
  ["address type 0", `${hello}${bytes(5, 1, 0, 0, 127, 0, 0, 1, 0, 80)}`, replied(8)],
  ["address type 2", `${hello}${bytes(5, 1, 0, 2, 127, 0, 0, 1, 0, 80)}`, replied(8)],
  ["port 0", `${hello}${bytes(5, 1, 0, 1, 127, 0, 0, 1, 0, 0)}`, replied(1)],
  ["an empty name", `${hello}${name("")}`, replied(1)],
  ["a name with a NUL", `${hello}${name("a\0b")}`, replied(1)],
  ["a name with a line break", `${hello}${name("a\r\nb")}`, replied(1)],
  ["a name with empty labels", `${hello}${name("a..b")}`, replied(1)],
  ["a name that is a URL", `${hello}${name("http://a")}`, replied(1)],
  ["a name of 255 characters", `${hello}${name("a".repeat(255))}`, replied(1)],
  ["noise", bytes(0x80, 1, 2, 3, 13, 10, 13, 10), http400],
  ["a TLS hello", `${bytes(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3)}${"x".repeat(60)}\r\n\r\n`, http400],
  ["a plain web request", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", http400],
  ["CONNECT to a URL", "CONNECT http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", http400],
  [
    "a smuggled length",
    "POST http://a/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    http400,
  ],
  ["an endless header", `GET http://a/ HTTP/1.1\r\n${"X: y\r\n".repeat(4_000)}`, /^HTTP\/1\.1 431 /],
];

test(`${table.length} malformed handshakes, each with its answer, and nothing left behind`, async t => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  for (const [what, sent, answer] of table) {
    await t.test(what, async () => {
      const client = new RawClient(port);
      client.send(sent);
      check(await client.takeAll(), answer, what);
      client.socket.destroy();
    });
  }
  const [stats] = engine.stats().terminals;
  assert.deepEqual([stats?.openConnections, stats?.heldBytes, stats?.refused], [0, 0, table.length]);
});

test("the same handshakes one byte at a time give the same answers", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  for (const [what, sent, answer] of table.filter(([, text]) => text.length < 100)) {
    const client = new RawClient(port);
    for (const byte of Buffer.from(sent, "latin1")) {
      if (client.socket.readableEnded) break;
      client.send([byte]);
      await new Promise(resolve => setImmediate(resolve));
    }
    check(await client.takeAll(), answer, what);
    client.socket.destroy();
  }
});

test("slow clients are told so, in their protocol, when their time is up", async () => {
  const { engine, port } = await servedEngine({ handshakeTimeoutMs: 60 });
  await using _ = engine;
  for (const [sent, answer] of [
    ["", ""],
    [bytes(5), bytes(5, 0xff)],
    [bytes(5, 1, 0, 5, 1), replied(1)],
    ["GET http://a/ HTTP/1.1\r\n", /^HTTP\/1\.1 408 /],
  ] as const) {
    const client = new RawClient(port);
    if (sent.length > 0) client.send(sent);
    check(await client.takeAll(), answer, sent);
    client.socket.destroy();
  }
});

test("more connections than allowed: refused with that reason, and room again after one closes", async () => {
  const { engine, port } = await servedEngine({ maxConnections: 1, resolve: () => new Promise(() => {}) });
  await using _ = engine;
  const first = new RawClient(port);
  first.send("CONNECT slow.example:80 HTTP/1.1\r\nHost: a\r\n\r\n");
  while (engine.stats().terminals[0]?.openConnections !== 1)
    await new Promise(resolve => setImmediate(resolve));
  const second = new RawClient(port);
  second.send("CONNECT other.example:80 HTTP/1.1\r\nHost: a\r\n\r\n");
  assert.match((await second.takeAll()).toString(), /503 .*"code":"TOO_MANY_CONNECTIONS"/s);
  const third = new RawClient(port);
  third.send([5, 1, 0, ...socksConnect(9)]);
  assert.equal((await third.take(12))[3], 1);
  for (const client of [first, second, third]) client.socket.destroy();
});
