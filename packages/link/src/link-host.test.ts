// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { MessageChannel } from "node:worker_threads";
import { connectLinkEngine } from "./link-client.ts";
import { hostLinkEngine, type LinkHostOptions } from "./link-host.ts";
import { acceptLease, lease, linkState, RawClient, serve, startThread, tunnelTo } from "./test-bed.ts";

function pair(options: Partial<LinkHostOptions> = {}) {
  const { port1, port2 } = new MessageChannel();
  const host = hostLinkEngine(port1, { verifyLease: acceptLease, ...options });
  return { host, client: connectLinkEngine(port2), port2 };
}

async function served(options: Partial<LinkHostOptions> = {}) {
  const both = pair(options);
  const attached = await both.client.attach({ terminalId: "t1", port: 0 });
  await both.client.setLinkStates([linkState()]);
  return { ...both, port: attached.ok ? attached.value.port : assert.fail(attached.error.message) };
}

test("every call crosses the port and comes back with the engine's own answer", async () => {
  const { client, port } = await served();
  await using _ = client;
  await using server = await serve(socket => socket.pipe(socket));
  assert.deepEqual(await client.installLeases([lease()]), { ok: true, value: { accepted: 1, rejected: [] } });
  const tunnel = await tunnelTo(port, server.port);
  tunnel.send("ping");
  assert.equal((await tunnel.take(4)).toString(), "ping");
  const stats = await client.stats();
  assert.ok(stats.ok && stats.value.terminals[0]?.downBytes === 4);
  assert.deepEqual(await client.setRefusal("t1", { code: "X", message: "x" }), { ok: true, value: null });
  const revoked = await client.revoke("t1", { code: "SUSPENDED", message: "Stopped." });
  assert.deepEqual(revoked, { ok: true, value: { reset: 1 } });
  assert.equal(await tunnel.closed, "reset");
  const unknown = await client.revoke("t7", { code: "SUSPENDED", message: "Stopped." });
  assert.equal(!unknown.ok && unknown.error.code, "TERMINAL_UNKNOWN");
});

test("cut off from the authority, service ends with the lease though link states still flow", async () => {
  const { client, port } = await served({ faults: true });
  await using _ = client;
  await using server = await serve(socket => socket.pipe(socket));
  await client.installLeases([lease()]);
  const tunnel = await tunnelTo(port, server.port);
  const nowMs = Date.now() + 1;
  await client.installLeases([lease({ issuedAtMs: nowMs, expiresAtMs: nowMs + 800 })]);
  assert.deepEqual(await client.setAuthorityReachable(false), { ok: true, value: null });
  const lost = await client.installLeases([lease({ issuedAtMs: nowMs + 1, expiresAtMs: nowMs + 60_000 })]);
  assert.equal(!lost.ok && lost.error.code, "AUTHORITY_UNREACHABLE");
  const unheard = await client.revoke("t1", { code: "SUSPENDED", message: "Stopped." });
  assert.equal(!unheard.ok && unheard.error.code, "AUTHORITY_UNREACHABLE");
  const states = await client.setLinkStates([linkState({ slot: 2 })]);
  assert.ok(states.ok && states.value.accepted === 1);
  tunnel.send("alive");
  assert.equal((await tunnel.take(5)).toString(), "alive");
  assert.equal(await tunnel.closed, "reset");
  assert.ok(Date.now() >= nowMs + 799);
  await client.setAuthorityReachable(true);
  await client.installLeases([lease({ issuedAtMs: nowMs + 2, expiresAtMs: nowMs + 60_000 })]);
  (await tunnelTo(port, server.port)).socket.destroy();
});

test("a host without faults refuses to pretend", async () => {
  const { client } = pair();
  await using _ = client;
  const refused = await client.setAuthorityReachable(false);
  assert.equal(!refused.ok && refused.error.code, "FAULTS_DISABLED");
});

test("when the controlling end is gone the engine closes: nobody is left to take service away", async () => {
  const { client, port, port2 } = await served();
  await client.installLeases([lease()]);
  await using server = await serve(() => {});
  const tunnel = await tunnelTo(port, server.port);
  port2.close();
  assert.equal(await tunnel.closed, "reset");
  const late = new RawClient(port);
  const [error] = await once(late.socket, "error");
  assert.equal(error.code, "ECONNREFUSED");
  const stats = await client.stats();
  assert.equal(!stats.ok && stats.error.code, "CLOSED");
});

test("what the verifier throws is an answer, not the end of the thread", async () => {
  const { client } = await served({
    verifyLease: () => {
      throw new Error("broken verifier");
    },
  });
  await using _ = client;
  const answer = await client.installLeases([lease()]);
  assert.deepEqual(!answer.ok && [answer.error.code, answer.error.message], ["INTERNAL", "broken verifier"]);
});

test("in a thread of its own: it serves, ends when disposed, and a killed thread resets its connections", async () => {
  for (const end of ["dispose", "kill"] as const) {
    const worker = startThread();
    const client = connectLinkEngine(worker);
    const attached = await client.attach({ terminalId: "t1", port: 0 });
    await client.setLinkStates([linkState()]);
    await client.installLeases([lease()]);
    await using server = await serve(socket => socket.pipe(socket));
    const tunnel = await tunnelTo(attached.ok ? attached.value.port : 0, server.port);
    tunnel.send("ping");
    assert.equal((await tunnel.take(4)).toString(), "ping");
    const exited = once(worker, "exit");
    if (end === "dispose") await client[Symbol.asyncDispose]();
    else await worker.terminate();
    await exited;
    // Disposal resets; of a killed thread the kernel closes the sockets, as a reset or as an end.
    const how = await tunnel.closed;
    if (end === "dispose") assert.equal(how, "reset");
    const stats = await client.stats();
    assert.equal(!stats.ok && stats.error.code, "CLOSED");
  }
});
