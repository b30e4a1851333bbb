// SPDX-License-Identifier: MIT
// Interoperation with an independent client, in every way that curl can use a proxy.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { test } from "node:test";
import { promisify } from "node:util";
import { servedEngine } from "./test-bed.ts";

const run = promisify(execFile);
const missing = spawnSync("curl", ["--version"]).error === undefined ? false : "curl is not installed";

/** Body, then status, connect code and time on a line of their own. */
async function curl(...args: string[]): Promise<{ readonly body: string; readonly code: string }> {
  const format = "\n%{http_code} %{http_connect}";
  const { stdout } = await run("curl", ["-sS", "--max-time", "10", "-w", format, ...args]).catch(
    error => error,
  );
  const at = stdout.lastIndexOf("\n");
  return { body: stdout.slice(0, at), code: stdout.slice(at + 1) };
}

test("curl: SOCKS5 with addresses and names, HTTP forwarding and CONNECT, uploads, refusals", {
  skip: missing,
}, async () => {
  const resolve = async (name: string) => (name === "site.example" ? ["127.0.0.1"] : []);
  const { engine, port } = await servedEngine({ resolve });
  await using _ = engine;
  const web = createServer((request, response) => {
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on("end", () =>
      response.end(`${request.method} ${request.url} ${request.headers.via ?? "direct"} ${bytes}`),
    );
  });
  await new Promise<void>(resolveListening => web.listen(0, "127.0.0.1", resolveListening));
  const address = web.address();
  const webPort = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://site.example:${webPort}/a?b=c`;
  try {
    const proxy = `127.0.0.1:${port}`;
    assert.deepEqual(await curl("--proxy", `socks5h://${proxy}`, url), {
      body: "GET /a?b=c direct 0",
      code: "200 000",
    });
    const byAddress = await curl("--proxy", `socks5://${proxy}`, `http://127.0.0.1:${webPort}/x`);
    assert.equal(byAddress.body, "GET /x direct 0");
    assert.deepEqual(await curl("--proxy", `http://${proxy}`, url), {
      body: "GET /a?b=c 1.1 perigee 0",
      code: "200 000",
    });
    assert.deepEqual(await curl("--proxytunnel", "--proxy", `http://${proxy}`, url), {
      body: "GET /a?b=c direct 0",
      code: "200 200",
    });
    const upload = await curl("--proxy", `http://${proxy}`, "--data-binary", "x".repeat(100_000), url);
    assert.equal(upload.body, "POST /a?b=c 1.1 perigee 100000");
    const chunked = ["-H", "Transfer-Encoding: chunked", "--data-binary", "x".repeat(50_000)];
    assert.equal(
      (await curl("--proxy", `http://${proxy}`, ...chunked, url)).body,
      "POST /a?b=c 1.1 perigee 50000",
    );
    const unknown = await curl("--proxy", `http://${proxy}`, "http://nowhere.example/");
    assert.equal(unknown.code, "502 000");

    engine.revoke("t1", { code: "SUSPENDED", message: "Suspended by order 7." });
    const refused = await curl("--proxy", `http://${proxy}`, url);
    assert.equal(refused.code, "403 000");
    assert.equal(JSON.parse(refused.body).code, "SUSPENDED");
    assert.equal((await curl("--proxytunnel", "--proxy", `http://${proxy}`, url)).code, "000 403");
    assert.equal((await curl("--proxy", `socks5h://${proxy}`, url)).code, "000 000");
  } finally {
    web.closeAllConnections();
    await new Promise(resolveClosed => web.close(resolveClosed));
  }
});
