// SPDX-License-Identifier: MIT
// Where the web leads behind a terminal that may reach only what is reserved.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lease, RawClient, serve, servedEngine } from "./test-bed.ts";

test("out of reach, port 80 leads to the captive service and everything else is refused", {
  timeout: 20_000,
}, async () => {
  const lines: string[] = [];
  await using account = await serve(socket => {
    socket.on("data", chunk => {
      lines.push(...chunk.toString("latin1").split("\r\n"));
      if (lines.at(-2) === "" && lines.length > 3) socket.end("HTTP/1.1 302 Found\r\n\r\n");
    });
  });
  const reserved = { "account.test": { host: "127.0.0.1", port: account.port, introduce: true } };
  // Nobody is there: what is not led elsewhere fails in its own way.
  const resolve = async (): Promise<readonly string[]> => [];
  const { engine, port } = await servedEngine({ reserved, resolve, captive: "account.test" });
  await using _ = engine;
  const ask = async (head: string): Promise<string> => {
    const client = new RawClient(port);
    client.send(`${head} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const text = (await client.takeAll()).toString("latin1");
    return text.slice(9, 12);
  };
  assert.equal(await ask("GET http://news.test/"), "502", "in reach: no such name");
  engine.installLeases([lease({ issuedAtMs: Date.now() + 1, reach: "accountAndEmergency" })]);
  assert.equal(await ask("GET http://news.test/a"), "302");
  assert.ok(lines.includes("TERMINAL t1") && lines.includes("Host: news.test"), lines.join());
  assert.equal(await ask("GET http://192.0.2.1/"), "302", "an address is led there too");
  assert.equal(await ask("GET http://news.test:8080/"), "403");
  assert.equal(await ask("CONNECT news.test:443"), "403");
  const socks = async (host: string, to: number): Promise<number> => {
    const client = new RawClient(port);
    client.send(
      Buffer.concat([
        Buffer.from([5, 1, 0, 5, 1, 0, 3, host.length]),
        Buffer.from(host),
        Buffer.from([0, to]),
      ]),
    );
    const reply = (await client.take(4))[3]!;
    client.socket.destroy();
    return reply;
  };
  assert.deepEqual([await socks("news.test", 80), await socks("news.test", 25)], [0, 2]);
  assert.equal(engine.stats().terminals[0]?.refused, 7, "what was led elsewhere was refused first");
  engine.revoke("t1", { code: "SUSPENDED", message: "Suspended." });
  assert.equal(await ask("GET http://news.test/"), "403", "without a lease nothing answers");
});
