// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { defaults } from "../config.ts";
import type { Preview } from "../contract.ts";
import { type Operator, startOperator } from "../operator.ts";
import { demoPath } from "../testing.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-previews-"));
let operator: Operator;

before(async () => {
  const base = { ...defaults(demoPath), port: 0, proxyPort: 0, dishPort: 0, planet: "off" as const };
  const started = await startOperator({
    config: { ...base, data: join(folder, "data"), signIn: "open" },
    consoleFolder: join(folder, "no-console"),
  });
  assert.ok(started.ok, started.ok ? "" : started.error.message);
  operator = started.value;
});
after(async () => {
  await operator[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(person: string, path: string, body?: unknown) {
  const response = await fetch(operator.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "x-perigee-client": "test",
      "x-perigee-as": person,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const about = { terminalId: "warsaw", ground: "Reported from two places at once." };

test("a preview says what would be decided, and decides nothing", async () => {
  const before = await ask("ines-calloway", "/v1/ledger/head");
  const alone = await ask("ines-calloway", "/v1/previews/order.suspend", { ...about, hours: 6 });
  assert.equal(alone.status, 200);
  const suspends = alone.body as unknown as Preview;
  assert.equal(suspends.approvalsNeeded, 0);
  assert.match(suspends.decisions[0]?.text ?? "", /suspends warsaw for 6 h/);
  assert.equal(suspends.decisions[0]?.noticed, true);

  const byTwo = await ask("ines-calloway", "/v1/previews/order.restrict", about);
  const restricts = byTwo.body as unknown as Preview;
  assert.equal(restricts.approvalsNeeded, 2);
  assert.equal(restricts.count, 1, "what it would decide once approved");

  const after = await ask("ines-calloway", "/v1/ledger/head");
  assert.equal(after.body["size"], before.body["size"]);
  assert.deepEqual((await ask("ines-calloway", "/v1/proposals")).body, { total: 0, items: [] });
});

test("a preview refuses what the command would refuse, for the same reason and at the same place", async () => {
  for (const [person, name, request] of [
    ["ines-calloway", "order.suspend", { ...about, hours: 73 }],
    ["ines-calloway", "order.suspend", { ...about, terminalId: "nowhere", hours: 1 }],
    ["ines-calloway", "order.restore", about],
    ["paolo-venn", "order.suspend", { ...about, hours: 1 }],
  ] as const) {
    const preview = await ask(person, `/v1/previews/${name}`, request);
    const command = await ask(person, `/v1/commands/${name}`, request);
    assert.ok(preview.status >= 400, name);
    assert.deepEqual(preview, command, name);
  }
});

test("the chain of custody of a terminal, and of none", async () => {
  const chain = await ask("paolo-venn", "/v1/terminals/warsaw/custody");
  assert.equal(chain.status, 200);
  assert.ok(Array.isArray(chain.body["events"]) && Array.isArray(chain.body["faults"]));
  assert.equal((await ask("paolo-venn", "/v1/terminals/nowhere/custody")).status, 404);
});

test("personal data come open and get their salt; the sealed form is nobody's request", async () => {
  const register = (personal: unknown) =>
    ask("jonas-fell", "/v1/commands/party.register", { kind: "person", country: "PL", personal });
  const sealed = await register({ sealed: "0".repeat(64) });
  assert.deepEqual([sealed.status, sealed.body["place"]], [400, "body.personal"]);
  assert.equal((await register({ name: "Una Example" })).status, 201);
  const mine = await ask("jonas-fell", "/v1/previews/portal.pause", { party: "x" });
  assert.equal(mine.status, 404, "what customers ask for is asked in the portal");
});
