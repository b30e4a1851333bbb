// SPDX-License-Identifier: MIT
// Story 5: killed during traffic and during an order. Nothing acknowledged is lost, nobody suspended is online, the
// ledger verifies; an entry that somebody changed is found and named.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import type { LedgerEntry, LedgerHead } from "@perigee/operator/contract";
import { OperatorProcess, root, temporaryData } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { SocksRefused, socksConnect } from "./socks-client.ts";

const run = promisify(execFile);
const data = temporaryData();
after(() => rmSync(data, { recursive: true, force: true }));

const suspendRequest = (terminalId: string) => ({
  kind: "suspend" as const,
  terminalId,
  ground: `The story kills the operator while ${terminalId} is online.`,
  hours: 24,
});

async function ledgerVerify(): Promise<{ code: number; text: string }> {
  const args = [join(root, "packages/cli/src/main.ts"), "ledger", "verify", "--data", data];
  return await run(process.execPath, args).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );
}

test("kill -9 during traffic and during an order", async () => {
  let acknowledged: LedgerHead;
  const suspended: string[] = [];
  {
    const operator = await OperatorProcess.start({ data });
    await using origin = await startOrigin();
    const socket = await socksConnect(await operator.proxyPort("warsaw"), "127.0.0.1", origin.httpPort);
    const closed = new Promise(done => socket.on("close", done));
    socket.on("error", () => undefined);
    socket.on("data", () => undefined);
    socket.write("GET /bytes/400000000 HTTP/1.1\r\nhost: origin\r\n\r\n");
    for (const id of ["warsaw", "kyiv", "kenya-school"]) {
      await operator.order(suspendRequest(id));
      suspended.push(id);
    }
    acknowledged = await operator.get<LedgerHead>("/v1/ledger/head");
    // An order that is on its way when the process dies: it may be lost or done, but never half done.
    const torn = operator.post("/v1/orders", suspendRequest("kansas-farm")).catch(() => null);
    await new Promise(done => setTimeout(done, Math.random() * 12));
    await operator.kill();
    await closed;
    const answer = await torn;
    if (answer?.status === 201) suspended.push("kansas-farm");
    await operator[Symbol.asyncDispose]();
  }
  await using operator = await OperatorProcess.start({ data });
  await using origin = await startOrigin();
  const entries = await operator.get<LedgerEntry[]>("/v1/ledger/entries?limit=1000");
  assert.ok(entries.length >= acknowledged.size, "no acknowledged entry is lost");
  const { proof } = await operator.get<{ proof: string[] }>(
    `/v1/ledger/proof/consistency?from=${acknowledged.size}&to=${entries.length}`,
  );
  const head = await operator.get<LedgerHead>("/v1/ledger/head");
  assert.ok(head.size >= acknowledged.size && (proof.length > 0 || head.size === acknowledged.size));
  for (const id of suspended) {
    const row = await operator.terminal(id);
    assert.equal(row.state, "suspended", id);
    assert.equal(row.admission?.reason, "TERMINAL_SUSPENDED", id);
    await assert.rejects(
      socksConnect(await operator.proxyPort(id), "127.0.0.1", origin.echoPort),
      (error: unknown) => error instanceof SocksRefused && error.reply === 2,
    );
  }
  const farm = await operator.terminal("kansas-farm");
  const farmOrders = farm.detail.orders.length;
  assert.equal(
    farm.state,
    farmOrders === 1 ? "suspended" : "active",
    "an order is done wholly or not at all",
  );
  const verdict = await ledgerVerify();
  assert.equal(verdict.code, 0, verdict.text);
});

test("a tampered entry is found and named", async () => {
  const db = new PGlite({ dataDir: join(data, "records") });
  const { rows } = await db.query<{ index: number; body: string }>(
    `select index, body from ledger_entry where body like '%"action":"suspend"%' order by index limit 1`,
  );
  const { index, body } = rows[0]!;
  const changed = body.replace("Ines Calloway", "A. Nother");
  assert.notEqual(changed, body);
  await db.query("update ledger_entry set body = $1 where index = $2", [changed, index]);
  await db.close();
  await using _operator = await OperatorProcess.start({ data });
  const verdict = await ledgerVerify();
  assert.equal(verdict.code, 1);
  assert.match(verdict.text, new RegExp(`entry ${index}\\b`, "i"), verdict.text);
});
