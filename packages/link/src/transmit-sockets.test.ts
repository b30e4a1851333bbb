// SPDX-License-Identifier: MIT
// Orders to be silent, with real sockets.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TransmitOrder } from "./contract.ts";
import { lease, RawClient, serve, servedEngine, socksConnect, tunnelTo } from "./test-bed.ts";

const order = (sequence: number, transmit: "off" | "on", sparesEmergency = false): TransmitOrder => ({
  ...{ terminalId: "t1", sequence, transmit, sparesEmergency },
  ...{ code: "TX_OFF", message: "Ordered to be silent." },
});

test("F9: with real sockets: cut at once, another answer than a denial, and the emergency service stays if it is spared", {
  timeout: 20_000,
}, async () => {
  await using help = await serve(socket => socket.pipe(socket));
  const reserved = {
    "help.test": { host: "127.0.0.1", port: help.port, emergency: true },
    "account.test": { host: "127.0.0.1", port: help.port },
  };
  const { engine, port } = await servedEngine({ reserved });
  await using _ = engine;
  await using server = await serve(socket => socket.pipe(socket));
  const client = await tunnelTo(port, server.port);
  assert.deepEqual(engine.transmit([order(1, "off", true)]), { accepted: 1, rejected: [] });
  assert.equal(await client.closed, "reset");
  const ask = async (host: string): Promise<string> => {
    const asking = new RawClient(port);
    asking.send(`CONNECT ${host}:80 HTTP/1.1\r\nHost: x\r\n\r\n`);
    const head = (await asking.take(12)).toString();
    asking.socket.destroy();
    return head;
  };
  engine.installLeases([lease({ issuedAtMs: Date.now() + 1 })]);
  assert.equal(await ask("account.test"), "HTTP/1.1 403");
  assert.equal(await ask("help.test"), "HTTP/1.1 200");
  const [stats] = engine.stats().terminals;
  assert.deepEqual([stats?.txOff, stats?.spared, stats?.reach], ["TX_OFF", 1, "all"]);
  const stale = engine.transmit([order(1, "on"), { ...order(2, "on"), terminalId: "t9" }]);
  assert.deepEqual(
    stale.rejected.map(({ code, place }) => [code, place]),
    [
      ["ORDER_STALE", "[0].sequence"],
      ["TERMINAL_UNKNOWN", "[1].terminalId"],
    ],
  );
  engine.transmit([order(2, "on")]);
  const again = await tunnelTo(port, server.port);
  again.send("back");
  assert.equal((await again.take(4)).toString(), "back");
  engine.transmit([order(3, "off")]);
  assert.equal(await ask("help.test"), "HTTP/1.1 403");
  const socks = new RawClient(port);
  socks.send([5, 1, 0, ...socksConnect(server.port)]);
  assert.equal((await socks.take(12))[3], 2);
});
