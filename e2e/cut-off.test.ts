// SPDX-License-Identifier: MIT
// Story 3: an order during a download. The last byte leaves at once, the reason is told, and the way back is short.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { eventually, OperatorProcess } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { SocksRefused, socksConnect } from "./socks-client.ts";

const LAST_BYTE_MS = 500;
const RESTORED_MS = 2_000;

test("suspended during a download, restored afterwards", async () => {
  await using operator = await OperatorProcess.start();
  await using origin = await startOrigin();
  const port = await operator.proxyPort("kyiv");
  await operator.link("kyiv");

  const socket = await socksConnect(port, "127.0.0.1", origin.httpPort);
  let received = 0;
  let lastByteAt = 0;
  const ended = new Promise<string>(done => {
    socket.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    socket.on("close", () => done("closed"));
  });
  socket.on("data", chunk => {
    received += chunk.length;
    lastByteAt = performance.now();
  });
  socket.write("GET /bytes/400000000 HTTP/1.1\r\nhost: origin\r\n\r\n");
  await eventually("the download runs", 20_000, async () => received > 2_000_000);

  const sentAt = performance.now();
  const order = await operator.order({
    kind: "suspend",
    terminalId: "kyiv",
    ground: "The story needs the download to stop.",
    hours: 2,
  });
  const how = await ended;
  const lateMs = lastByteAt - sentAt;
  console.log(
    `last byte ${lateMs.toFixed(1)} ms after the order was sent, ${(received / 1e6).toFixed(1)} MB in`,
  );
  assert.ok(lateMs < LAST_BYTE_MS, `the last byte came ${lateMs.toFixed(0)} ms after the order`);
  assert.equal(how, "ECONNRESET", "the client sees the connection end");
  assert.equal(order.expiresAt, new Date(Date.parse(order.at) + 2 * 3_600_000).toISOString());
  const after = received;

  await assert.rejects(
    socksConnect(port, "127.0.0.1", origin.echoPort),
    (error: unknown) => error instanceof SocksRefused && error.reply === 2,
  );
  const answer = await new Promise<{ status: number; body: string }>((done, fail) => {
    request(
      { host: "127.0.0.1", port, path: `http://127.0.0.1:${origin.httpPort}/`, method: "GET" },
      response => {
        let body = "";
        response.on("data", chunk => {
          body += chunk;
        });
        response.on("end", () => done({ status: response.statusCode ?? 0, body }));
      },
    )
      .on("error", fail)
      .end();
  });
  assert.equal(answer.status, 403);
  assert.match(answer.body, /TERMINAL_SUSPENDED/);
  assert.match(answer.body, /The story needs the download to stop/);
  assert.equal(received, after, "not a byte more");
  const page = await accountPage(port);
  assert.match(page, /The story needs the download to stop/, "the account site stays reachable");

  const restoredAt = performance.now();
  await operator.order({
    kind: "restore",
    terminalId: "kyiv",
    ground: "The story goes on.",
  });
  const again = await eventually("traffic flows again", RESTORED_MS, () =>
    socksConnect(port, "127.0.0.1", origin.echoPort).catch(() => null),
  );
  const backMs = performance.now() - restoredAt;
  console.log(`connected again ${backMs.toFixed(0)} ms after the restoration was sent`);
  assert.ok(backMs < RESTORED_MS);
  again.destroy();

  const { orders, decisions } = (await operator.terminal("kyiv")).detail;
  assert.deepEqual(
    orders.map(o => o.kind),
    ["restore", "suspend"],
  );
  assert.deepEqual(
    decisions.slice(0, 4).map(d => `${d.action} ${d.outcome}`),
    ["admission allow", "restore active", "admission restricted", "suspend suspended"],
  );
});

/** What a browser behind the terminal sees at the account site. */
async function accountPage(proxyPort: number): Promise<string> {
  const socket = await socksConnect(proxyPort, "account.perigee", 80);
  socket.write("GET / HTTP/1.1\r\nhost: account.perigee\r\nconnection: close\r\n\r\n");
  let page = "";
  for await (const chunk of socket) page += chunk;
  return page;
}
