// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { after, before, test } from "node:test";
import type { LinkEngine } from "./contract.ts";
import { createLinkEngine } from "./engine.ts";
import { acceptLease, lease, linkState, RawClient } from "./test-bed.ts";

let engine: LinkEngine;
let port: number;
let api: Server;
let site: Server;
let apiConnections = 0;
let heard = "";

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

before(async () => {
  api = createServer(socket => {
    apiConnections++;
    socket.destroy();
  });
  site = createServer(socket => {
    socket.on("data", chunk => {
      heard += chunk;
      if (heard.includes("hello")) socket.end("welcome");
    });
    socket.on("error", () => {});
  });
  api.listen(0, "127.0.0.1");
  site.listen(0, "127.0.0.1");
  await Promise.all([once(api, "listening"), once(site, "listening")]);
  engine = createLinkEngine({
    verifyLease: acceptLease,
    reserved: { "account.test": { host: "127.0.0.1", port: portOf(site), introduce: true } },
    forbidden: (_address, asked) => asked === portOf(api),
    resolve: async () => ["127.0.0.1"],
  });
  const attached = await engine.attach({ terminalId: "t1", port: 0 });
  assert.ok(attached.ok);
  port = attached.value.port;
});
after(async () => {
  await engine[Symbol.asyncDispose]();
  api.close();
  site.close();
});

/** The SOCKS5 reply to a CONNECT, by name or by IPv4 address. */
async function replyTo(host: string, to: number): Promise<{ client: RawClient; reply: number }> {
  // Leases are short, and much may have been tested since this file was read.
  engine.setLinkStates([linkState()]);
  engine.installLeases([lease()]);
  const client = new RawClient(port);
  client.send(Buffer.of(5, 1, 0));
  await client.take(2);
  const address = /^[0-9.]+$/.test(host)
    ? Buffer.of(1, ...host.split(".").map(Number))
    : Buffer.concat([Buffer.of(3, host.length), Buffer.from(host)]);
  client.send(Buffer.concat([Buffer.of(5, 1, 0), address, Buffer.of(to >> 8, to & 255)]));
  const answer = await client.take(10);
  return { client, reply: answer[1]! };
}

test("what belongs to the operator is out of every terminal's reach, by address and by name", async () => {
  for (const host of ["127.0.0.1", "sneaky.example"]) {
    const { client, reply } = await replyTo(host, portOf(api));
    assert.equal(reply, 2, host);
    client.socket.destroy();
  }
  assert.equal(apiConnections, 0);
});

test("a reserved service hears first whose connection it is", async () => {
  const { client, reply } = await replyTo("account.test", 80);
  assert.equal(reply, 0);
  client.send("TERMINAL t2\r\nhello");
  assert.equal((await client.take(7)).toString(), "welcome");
  assert.equal(heard, "TERMINAL t1\r\nTERMINAL t2\r\nhello", "what the terminal says itself comes behind");
  client.socket.destroy();
});
