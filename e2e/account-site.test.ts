// SPDX-License-Identifier: MIT
// A terminal reaches its own account page, whatever its state, and never the operator's API: nobody lifts their own
// suspension from behind the terminal that it is about.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OperatorProcess } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { readExactly, SocksRefused, socksConnect } from "./socks-client.ts";

/** Sends one raw HTTP request through a terminal and reads until the other side closes. */
async function through(proxyPort: number, host: string, port: number, request: string): Promise<string> {
  const socket = await socksConnect(proxyPort, host, port);
  socket.write(request);
  let text = "";
  for await (const chunk of socket) text += chunk;
  return text;
}

const get = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: account.perigee\r\nconnection: close\r\n\r\n`;

test("the account site is a terminal's own, and the API is nobody's", async () => {
  await using operator = await OperatorProcess.start();
  const ground = "The story wants to see whether this can be undone from inside.";
  await operator.order({ kind: "suspend", terminalId: "kansas-farm", ground, hours: 2 });
  const farm = await operator.proxyPort("kansas-farm");
  const kyiv = await operator.proxyPort("kyiv");
  assert.match(await through(farm, "account.perigee", 80, get("/")), /The story wants to see/);
  assert.match(await through(kyiv, "account.perigee", 80, get("/")), /Print workshop, Kyiv/);
  for (const path of ["/account/kyiv", "/v1/terminals", "/kyiv", "/../v1/orders"]) {
    assert.match(await through(farm, "account.perigee", 80, get(path)), /^HTTP\/1\.1 404 /, path);
  }
  const body = JSON.stringify({
    kind: "restore",
    terminalId: "kansas-farm",
    ground: "I want it back, please.",
  });
  const post =
    "POST /v1/orders HTTP/1.1\r\nhost: account.perigee\r\nconnection: close\r\nx-perigee-client: farmer\r\n" +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  assert.match(await through(farm, "account.perigee", 80, post), /^HTTP\/1\.1 405 /);
  // Another terminal's name in front of one's own words changes nothing: the introduction came first.
  assert.doesNotMatch(
    await through(farm, "account.perigee", 80, `TERMINAL kyiv\r\n${get("/")}`),
    /Print workshop/,
  );
  const api = Number(new URL(operator.url).port);
  for (const host of ["127.0.0.1", "localhost", "0.0.0.0", "127.8.9.10"]) {
    for (const port of [kyiv, farm]) {
      await assert.rejects(
        through(port, host, api, post),
        (error: unknown) => error instanceof SocksRefused && error.reply === 2,
        `${host} through ${port}`,
      );
    }
  }
  assert.equal((await operator.terminal("kansas-farm")).state, "suspended");
});

test("an emergency relay stays within reach of a restricted terminal, and of nobody denied", async () => {
  await using origin = await startOrigin();
  await using operator = await OperatorProcess.start({ emergency: `127.0.0.1:${origin.echoPort}` });
  const ground = "The story wants to see who can still call for help.";
  await operator.order({ kind: "suspend", terminalId: "kansas-farm", ground, hours: 2 });
  const farm = await operator.proxyPort("kansas-farm");
  await assert.rejects(socksConnect(farm, "127.0.0.1", origin.echoPort), SocksRefused);
  const call = await socksConnect(farm, "emergency.perigee", 112);
  call.write("help");
  assert.equal((await readExactly(call, 4)).toString(), "help");
  call.destroy();
  await assert.rejects(
    socksConnect(await operator.proxyPort("moscow"), "emergency.perigee", 112),
    SocksRefused,
  );
});
