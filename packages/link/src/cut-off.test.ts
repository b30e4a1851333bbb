// SPDX-License-Identifier: MIT
// The promise that matters most: no lease, no byte. With real sockets.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { createLinkEngine } from "./engine.ts";
import {
  acceptLease,
  lease,
  linkState,
  RawClient,
  serve,
  servedEngine,
  socksConnect,
  tunnelTo,
} from "./test-bed.ts";

const get = (url: string) => `GET ${url} HTTP/1.1\r\nHost: x\r\n\r\n`;

async function ask(port: number, request: string): Promise<{ head: string; body: Record<string, unknown> }> {
  const client = new RawClient(port);
  client.send(request);
  const [head = "", body = ""] = (await client.takeAll()).toString().split("\r\n\r\n");
  client.socket.destroy();
  return { head, body: JSON.parse(body) };
}

async function socksReplyTo(port: number, request: readonly number[]): Promise<number | undefined> {
  const client = new RawClient(port);
  client.send([5, 1, 0, ...request]);
  const reply = (await client.take(12))[3];
  assert.equal(await client.closed, reply === 0 ? undefined : "end");
  return reply;
}

test("revocation resets open connections at both ends; what was on its way is not delivered", async () => {
  const { engine, port } = await servedEngine({}, { oneWayMs: [300, 300, 300] });
  await using _ = engine;
  let heard = 0;
  const gone = Promise.withResolvers<void>();
  await using server = await serve(socket => {
    socket.on("data", (chunk: Buffer) => {
      heard += chunk.length;
    });
    socket.on("close", gone.resolve);
  });
  const client = await tunnelTo(port, server.port);
  client.send(Buffer.alloc(50_000));
  while ((engine.stats().terminals[0]?.heldBytes ?? 0) < 50_000)
    await new Promise(resolve => setImmediate(resolve));
  const result = engine.revoke("t1", { code: "SUSPENDED", message: "Suspended by order 7." });
  assert.deepEqual(result, { ok: true, value: { reset: 1 } });
  assert.equal(await client.closed, "reset");
  await gone.promise;
  assert.equal(heard, 0);
  const [stats] = engine.stats().terminals;
  assert.deepEqual(
    [stats?.discardedBytes, stats?.heldBytes, stats?.openConnections, stats?.cut, stats?.reach],
    [50_000, 0, 0, 1, "nothing"],
  );
});

test("after it, every protocol says no in its own words, with the operator's reason", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  engine.revoke("t1", { code: "SUSPENDED", message: 'Suspended: "order 7".' });
  assert.equal(await socksReplyTo(port, socksConnect(9)), 2);
  for (const request of [get("http://example.org/"), "CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n"]) {
    const { head, body } = await ask(port, request);
    assert.match(head, /^HTTP\/1\.1 403 Forbidden\r\n/);
    assert.match(head, /Content-Type: application\/problem\+json/);
    assert.match(head, /X-Perigee-Reason: SUSPENDED/);
    assert.match(
      head,
      /Proxy-Status: perigee; error=http_request_denied; details="Suspended: \\"order 7\\"\."/,
    );
    assert.deepEqual(
      [body["status"], body["code"], body["detail"]],
      [403, "SUSPENDED", 'Suspended: "order 7".'],
    );
  }
  assert.equal(engine.stats().terminals[0]?.refused, 3);
});

test("no link is another answer than no permission", async () => {
  const { engine, port } = await servedEngine(
    {},
    { fromMs: Date.now() + 600_000, untilMs: Date.now() + 615_000 },
  );
  await using _ = engine;
  const { head, body } = await ask(port, get("http://example.org/"));
  assert.match(head, /^HTTP\/1\.1 503 /);
  assert.equal(body["code"], "NO_LINK");
  assert.equal(await socksReplyTo(port, socksConnect(9)), 3);
});

test("a lease that runs out takes its connections with it, though nothing else happens", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  await using server = await serve(() => {});
  const client = await tunnelTo(port, server.port);
  const nowMs = Date.now();
  const report = engine.installLeases([lease({ issuedAtMs: nowMs + 1, expiresAtMs: nowMs + 150 })]);
  assert.equal(report.accepted, 1);
  assert.equal(await client.closed, "reset");
  assert.ok(engine.stats().atMs >= nowMs + 150);
  const { body } = await ask(port, get("http://example.org/"));
  assert.equal(body["code"], "LEASE_EXPIRED");
});

test("a renewed lease keeps connections open", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  await using server = await serve(socket => socket.pipe(socket));
  const client = await tunnelTo(port, server.port);
  const nowMs = Date.now();
  engine.installLeases([lease({ issuedAtMs: nowMs + 1, expiresAtMs: nowMs + 150 })]);
  engine.installLeases([lease({ issuedAtMs: nowMs + 2, expiresAtMs: nowMs + 60_000 })]);
  while (engine.stats().atMs < nowMs + 160) await new Promise(resolve => setImmediate(resolve));
  client.send("still here");
  assert.equal((await client.take(10)).toString(), "still here");
});

test("reach accountAndEmergency: the operator's own names answer, everything else is refused and cut", async () => {
  await using account = await serve(socket =>
    socket.once("data", () => socket.end("HTTP/1.0 200 OK\r\n\r\naccount")),
  );
  const reserved = { "Account.Perigee.Test": { host: "127.0.0.1", port: account.port } };
  const { engine, port } = await servedEngine({ reserved });
  await using _ = engine;
  await using server = await serve(() => {});
  const outside = await tunnelTo(port, server.port);
  engine.installLeases([lease({ issuedAtMs: Date.now() + 1, reach: "accountAndEmergency" })]);
  assert.equal(await outside.closed, "reset");
  assert.equal(await socksReplyTo(port, socksConnect(server.port)), 2);
  const { body } = await ask(port, get("http://example.org/"));
  assert.equal(body["code"], "DESTINATION_OUT_OF_REACH");
  const client = new RawClient(port);
  client.send(get("http://account.perigee.test/overdue"));
  assert.match((await client.takeAll()).toString(), /account$/);
});

test("own names are not reachable without any lease", async () => {
  const engine = createLinkEngine({
    verifyLease: acceptLease,
    reserved: { a: { host: "127.0.0.1", port: 1 } },
  });
  await using _ = engine;
  const attached = await engine.attach({ terminalId: "t1", port: 0 });
  engine.setLinkStates([linkState()]);
  engine.setRefusal("t1", { code: "AREA_NOT_ACTIVE", message: "No service here." });
  const { body } = await ask(attached.ok ? attached.value.port : 0, get("http://a/"));
  assert.equal(body["code"], "AREA_NOT_ACTIVE");
});

test("forged, foreign, late and overtaken leases are refused one by one, with their places", async () => {
  const { engine } = await servedEngine();
  await using _ = engine;
  const atMs = Date.now() + 1_000;
  engine.revoke("t1", { code: "SUSPENDED", message: "Stopped.", atMs });
  const forged = lease({ issuedAtMs: atMs + 1 });
  const report = engine.installLeases([
    { ...forged, batch: { ...forged.batch, signature: "bad" } },
    lease({ terminalId: "t2" }),
    lease({ issuedAtMs: atMs }),
    lease({ issuedAtMs: atMs + 2 }),
    lease({ issuedAtMs: atMs + 1 }),
  ]);
  assert.equal(report.accepted, 1);
  assert.deepEqual(
    report.rejected.map(({ code, place }) => [code, place]),
    [
      ["LEASE_INVALID", "[0]"],
      ["TERMINAL_UNKNOWN", "[1].claims.terminalId"],
      ["LEASE_REVOKED", "[2].claims.issuedAtMs"],
      ["LEASE_STALE", "[4].claims.issuedAtMs"],
    ],
  );
});

test("a connection still being dialled is cut as well", async () => {
  const stuck = Promise.withResolvers<readonly string[]>();
  const { engine, port } = await servedEngine({ resolve: () => stuck.promise });
  await using _ = engine;
  const client = new RawClient(port);
  client.send("CONNECT slow.example:80 HTTP/1.1\r\nHost: x\r\n\r\n");
  while (engine.stats().terminals[0]?.openConnections !== 1)
    await new Promise(resolve => setImmediate(resolve));
  engine.revoke("t1", { code: "SUSPENDED", message: "Stopped." });
  assert.equal(await client.closed, "reset");
  stuck.resolve(["127.0.0.1"]);
});

test("disposing the engine resets everything and frees the port", async () => {
  const { engine, port } = await servedEngine();
  await using server = await serve(() => {});
  const client = await tunnelTo(port, server.port);
  await engine[Symbol.asyncDispose]();
  assert.equal(await client.closed, "reset");
  const late = new RawClient(port);
  const [error] = await once(late.socket, "error");
  assert.equal(error.code, "ECONNREFUSED");
  const again = await engine.attach({ terminalId: "t1", port: 0 });
  assert.equal(!again.ok && again.error.code, "CLOSED");
});

test("bad link states and double attachment are errors with places", async () => {
  const { engine, port } = await servedEngine();
  await using _ = engine;
  const report = engine.setLinkStates([
    linkState({ upMbps: 0 }),
    linkState({ oneWayMs: [1, Number.NaN, 1] }),
    linkState({ access: { missProbability: 1 } }),
    linkState({ terminalId: "t9" }),
    linkState({ gap: { fromMs: 3, dropUntilMs: 2, untilMs: 4 } }),
  ]);
  assert.deepEqual(
    report.rejected.map(({ place }) => place),
    ["[0].upMbps", "[1].oneWayMs[1]", "[2].access.missProbability", "[3].terminalId", "[4].gap"],
  );
  const twice = await engine.attach({ terminalId: "t1", port: 0 });
  assert.equal(!twice.ok && twice.error.code, "TERMINAL_ATTACHED");
  const taken = await engine.attach({ terminalId: "t2", port });
  assert.equal(!taken.ok && taken.error.code, "PORT_UNAVAILABLE");
});
