// SPDX-License-Identifier: MIT
// F7: a restricted terminal reaches its account site and emergency services only, and a browser behind it is led there.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { OperatorProcess } from "./operator-process.ts";
import { SocksRefused, socksConnect } from "./socks-client.ts";

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly reason: string | undefined;
  readonly body: string;
}

/** What a browser with this HTTP proxy gets for an address in clear text. */
function browse(proxyPort: number, url: string, method = "GET"): Promise<Answer> {
  return new Promise((done, fail) => {
    const headers = { host: new URL(url).host };
    request({ host: "127.0.0.1", port: proxyPort, path: url, method, headers }, async response => {
      let body = "";
      for await (const chunk of response) body += chunk;
      const { location } = response.headers;
      const reason = response.headers["x-perigee-reason"] as string | undefined;
      done({ status: response.statusCode!, location, reason, body });
    })
      .on("error", fail)
      .end();
  });
}

test("F7: behind a restricted terminal every http:// name leads to the account site, and nothing else answers", async () => {
  await using operator = await OperatorProcess.start();
  const farm = await operator.proxyPort("kansas-farm");
  const ground = "The story wants to see what a browser shows.";
  await operator.order({ kind: "suspend", terminalId: "kansas-farm", ground, hours: 2 });

  for (const url of ["http://example.com/", "http://news.example/a?b=c", "http://192.0.2.7/generate_204"]) {
    const answer = await browse(farm, url);
    assert.deepEqual(
      [answer.status, answer.location, answer.reason],
      [302, "http://account.perigee/", "TERMINAL_SUSPENDED"],
      url,
    );
  }
  const page = await browse(farm, "http://account.perigee/");
  assert.equal(page.status, 200);
  assert.match(page.body, /The story wants to see what a browser shows/);
  assert.equal((await browse(farm, "http://example.com/form", "POST")).status, 403);
  assert.equal((await browse(farm, "http://example.com:8080/")).status, 403);

  // A browser over SOCKS asks for the same port, and gets the same answer.
  const socket = await socksConnect(farm, "example.org", 80);
  socket.write("GET / HTTP/1.1\r\nhost: example.org\r\nconnection: close\r\n\r\n");
  let text = "";
  for await (const chunk of socket) text += chunk;
  assert.match(text, /^HTTP\/1\.1 302 [\s\S]*\r\nlocation: http:\/\/account\.perigee\/\r\n/i);
  // What is encrypted cannot be led anywhere.
  await assert.rejects(
    socksConnect(farm, "example.org", 443),
    (error: unknown) => error instanceof SocksRefused && error.reply === 2,
  );

  const moscow = await operator.proxyPort("moscow");
  assert.equal((await browse(moscow, "http://example.com/")).status, 403, "who is denied has no link");

  await operator.order({
    kind: "restore",
    terminalId: "kansas-farm",
    ground: "The story has seen enough of it.",
  });
  const after = await browse(farm, "http://nobody.invalid/");
  assert.deepEqual(
    [after.status, after.reason],
    [502, "NAME_NOT_FOUND"],
    "in service, names are names again",
  );
});
