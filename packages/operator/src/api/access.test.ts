// SPDX-License-Identifier: MIT
// Who may ask what, over HTTP: a real operator of the demo with signing in open, and one where people sign in.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { permissionNames, type Role } from "@perigee/authority";
import Fastify from "fastify";
import { z } from "zod";
import { type Config, defaults } from "../config.ts";
import * as contract from "../contract.ts";
import { type Operator, startOperator } from "../operator.ts";
import { demo, demoPath } from "../testing.ts";
import { guardAccess } from "./guard.ts";
import { answerProblems } from "./problem.ts";
import { createServer } from "./server.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-access-api-"));
let operator: Operator;

before(async () => {
  operator = await start("open", "open");
});
after(async () => {
  await operator[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function start(signIn: Config["signIn"], name: string): Promise<Operator> {
  const base = {
    ...defaults(demoPath),
    port: 0,
    proxyPort: 0,
    dishPort: 0,
    planet: "off" as const,
    faults: true,
  };
  const started = await startOperator({
    config: { ...base, data: join(folder, name), signIn },
    consoleFolder: join(folder, "no-console"),
  });
  assert.ok(started.ok, started.ok ? "" : started.error.message);
  return started.value;
}

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function ask(at: Operator, path: string, { method = "GET", body, headers = {} }: Asked = {}) {
  const response = await fetch(at.url + path, {
    method,
    headers: {
      "x-perigee-client": "test",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

const as = (person: string): Record<string, string> => ({ "x-perigee-as": person });
const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map(line => line.split(";")[0])
    .join("; ");

test("every address states its permission, and each one that is stated exists", async () => {
  const server = await createServer(operator.context, join(folder, "no-console"));
  const routes = [...server.routePermissions];
  await server.close();
  assert.ok(routes.length > 40, `${routes.length}`);
  const without = routes.filter(([, permission]) => permission === null).map(([route]) => route);
  assert.deepEqual(without, [], "these addresses state no permission");
  for (const [route, permission] of routes)
    assert.ok(permissionNames.includes(permission!), `${route}: ${permission}`);
  // Under /api tokens of service accounts count, see fleet.test.ts.
  const open = routes.filter(([route, permission]) => permission === "public" && / \/v1\//.test(route));
  const expected = [
    "DELETE /v1/session",
    "GET /v1/openapi.json",
    "GET /v1/session",
    "POST /v1/session",
    "POST /v1/session/password",
  ];
  for (const route of expected)
    assert.ok(
      open.some(([name]) => name === route),
      route,
    );
  const changing = open.map(([name]) => name).filter(name => /^(POST|PUT|DELETE|PATCH) /.test(name));
  assert.deepEqual(
    changing.filter(name => !name.includes("/v1/session")),
    // Whoever reports something must not have to say who they are.
    ["POST /v1/public/reports"],
    "nobody changes anything else without having signed in",
  );
});

test("an address that states no permission answers nobody", async () => {
  const server = Fastify();
  answerProblems(server);
  guardAccess(server, operator.context.access, operator.context.clock);
  server.get("/v1/forgotten", () => "what nobody should see");
  for (const person of Object.values(people)) {
    const answer = await server.inject({ url: "/v1/forgotten", headers: as(person) });
    assert.deepEqual([answer.statusCode, answer.json().code], [403, "PERMISSION_UNSTATED"]);
  }
  await server.close();
});

/** Written by hand from docs/sign-in.md: which roles get past the door of an address. */
const everyRole: readonly Role[] = ["viewer", "operator", "compliance", "approver", "auditor", "admin"];
const door: readonly [string, string, readonly Role[]][] = [
  ["GET", "/v1/session", everyRole],
  ["GET", "/v1/openapi.json", everyRole],
  ["GET", "/v1/status", everyRole],
  ["GET", "/v1/satellites", everyRole],
  ["GET", "/v1/planet", everyRole],
  ["GET", "/v1/terminals", everyRole],
  ["GET", "/v1/terminals/kyiv", everyRole],
  ["GET", "/v1/terminals/kyiv/explain", everyRole],
  ["GET", "/v1/terminals/kyiv/link", ["operator", "compliance", "approver", "auditor"]],
  ["GET", "/v1/areas", everyRole],
  ["GET", "/v1/policy", everyRole],
  ["GET", "/v1/place?lat=52&lon=21", everyRole],
  ["GET", "/v1/areas/UA/status", everyRole],
  ["GET", "/v1/reports/transparency", everyRole],
  ["POST", "/v1/policy/plan", ["operator", "compliance", "approver", "auditor"]],
  ["GET", "/v1/portal", []],
  ["GET", "/v1/parties", ["viewer", "operator", "compliance", "approver", "auditor"]],
  ["GET", "/v1/proposals", ["viewer", "operator", "compliance", "approver", "auditor"]],
  ["POST", "/v1/commands/order.suspend", ["compliance"]],
  ["POST", "/v1/commands/proposal.approve", ["approver"]],
  ["POST", "/v1/commands/allowList.approveForces", ["approver"]],
  ["POST", "/v1/commands/party.erase", ["operator"]],
  ["GET", "/v1/orders", everyRole],
  ["POST", "/v1/orders", ["compliance"]],
  ["POST", "/v1/elements?source=x", ["operator"]],
  ["POST", "/v1/faults", ["operator"]],
  ["GET", "/v1/faults/links", ["operator"]],
  ["DELETE", "/v1/faults/links", ["operator"]],
  ["GET", "/v1/ledger/head", everyRole],
  ["GET", "/v1/people", everyRole],
  ["POST", "/v1/people", ["admin"]],
  ["PUT", "/v1/people/nobody-here/roles", ["admin"]],
  ["DELETE", "/v1/people/nobody-here", ["admin"]],
  ["POST", "/v1/people/nobody-here/password-code", ["admin"]],
  ["GET", "/v1/keys", everyRole],
  ["GET", "/v1/keys?person=ines-calloway", ["admin"]],
  ["POST", "/v1/keys", everyRole],
  ["DELETE", "/v1/keys/none", ["admin"]],
  ["GET", "/v1/audit/location-reads", ["auditor"]],
  ["GET", "/v1/evidence", ["compliance", "approver", "auditor"]],
  ["PUT", "/v1/evidence/none/copy", ["compliance"]],
  ["GET", "/v1/evidence/none/copy", ["compliance", "approver", "auditor"]],
  ["GET", "/v1/audit/evidence-reads", ["auditor"]],
];
const people: Record<Role, string> = {
  viewer: "paolo-venn",
  operator: "jonas-fell",
  compliance: "tomas-reid",
  approver: "amara-osei",
  auditor: "ruth-adeyemi",
  admin: "sara-lindqvist",
};

test("each role gets past exactly the doors that are its own", async () => {
  for (const [method, path, roles] of door) {
    for (const role of everyRole) {
      const body = method === "GET" || method === "DELETE" ? undefined : {};
      const answer = await ask(operator, path, { method, body, headers: as(people[role]) });
      const name = `${role}: ${method} ${path}: ${answer.status}`;
      assert.ok(answer.status < 500, name);
      assert.equal(answer.status !== 403 && answer.status !== 401, roles.includes(role), name);
      if (answer.status === 403) {
        const problem = contract.problem.parse(answer.body);
        assert.equal(problem.code, "PERMISSION_MISSING", name);
        assert.ok(permissionNames.includes(problem.place as never), name);
        assert.ok(problem.detail.includes(problem.place!), problem.detail);
      }
    }
  }
});

test("a viewer sees a country and a large cell, in lists, pages and events alike; others see the place", async () => {
  const rows = z.array(contract.terminalRow);
  const exact = rows.parse((await ask(operator, "/v1/terminals", { headers: as("jonas-fell") })).body);
  const coarse = rows.parse((await ask(operator, "/v1/terminals", { headers: as("paolo-venn") })).body);
  const page = contract.terminalDetail.parse(
    (await ask(operator, "/v1/terminals/kyiv", { headers: as("paolo-venn") })).body,
  );
  const kyiv = exact.find(row => row.id === "kyiv")!;
  assert.equal(kyiv.position?.precision, "exact");
  for (const row of [...coarse, page]) {
    assert.notEqual(row.position?.precision, "exact", row.id);
    assert.equal(row.position?.speedKmh ?? null, null);
  }
  assert.equal(page.detail.link, null);
  for (const secret of [kyiv.position!.latDeg, kyiv.position!.lonDeg, kyiv.position!.cell]) {
    assert.ok(!JSON.stringify([coarse, page]).includes(String(secret)), String(secret));
  }
  const stream = new AbortController();
  const events = await fetch(`${operator.url}/v1/events`, {
    headers: as("paolo-venn"),
    signal: stream.signal,
  });
  let text = "";
  for await (const chunk of events.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (/event: terminals\ndata: .*\n\n/.test(text)) break;
  }
  const announced = rows.parse(JSON.parse(/event: terminals\ndata: (.*)\n\n/.exec(text)![1]!));
  assert.ok(announced.length > 0);
  for (const row of announced) assert.notEqual(row.position?.precision, "exact", row.id);
});

test("each read of a position is on record: who, which, why; a viewer's look is none", async () => {
  const why = { "x-perigee-why": "case 12: reported stolen" };
  await ask(operator, "/v1/terminals/warsaw", { headers: { ...as("tomas-reid"), ...why } });
  await ask(operator, "/v1/terminals/warsaw", { headers: as("paolo-venn") });
  const list = async (query: string) =>
    z
      .array(contract.locationRead)
      .parse(
        (await ask(operator, `/v1/audit/location-reads?${query}`, { headers: as("ruth-adeyemi") })).body,
      );
  const [row] = await list("person=tomas-reid&terminal=warsaw&limit=1");
  assert.deepEqual(
    [row?.person, row?.via, row?.route, row?.terminals, row?.why, row?.reads],
    ["tomas-reid", "open", "/v1/terminals/:id", ["warsaw"], "case 12: reported stolen", 1],
  );
  assert.deepEqual(await list("person=paolo-venn"), []);
  assert.ok((await list("person=jonas-fell")).some(read => read.route === "/v1/terminals"));
});

test("an order is given by whoever is signed in; another name is not taken", async () => {
  const order = {
    kind: "suspend",
    terminalId: "kansas-farm",
    ground: "Reported stolen by its owner.",
    hours: 1,
  };
  const post = (body: unknown) =>
    ask(operator, "/v1/orders", { method: "POST", body, headers: as("tomas-reid") });
  assert.equal((await post({ ...order, officer: "Ines Calloway" })).status, 400);
  const given = await post(order);
  assert.equal(given.status, 201);
  assert.equal(contract.order.parse(given.body).officer, "Tomas Reid");
  await post({ kind: "restore", terminalId: "kansas-farm", ground: "It was found in the barn." });
});

test("where signing in is open, a session is a name in a cookie, and there are no passwords", async () => {
  const { headers, status } = await ask(operator, "/v1/session", {
    method: "POST",
    body: { person: "ruth-adeyemi" },
  });
  assert.equal(status, 201);
  assert.match(headers.get("set-cookie") ?? "", /HttpOnly; SameSite=Strict/);
  const cookie = cookieOf(headers);
  const who = contract.session.parse((await ask(operator, "/v1/session", { headers: { cookie } })).body);
  assert.deepEqual(
    [who.mode, who.person?.id, who.people.length],
    ["open", "ruth-adeyemi", demo().people.length],
  );
  const unnamed = contract.session.parse((await ask(operator, "/v1/session")).body);
  assert.equal(unnamed.person?.id, "ines-calloway", "the scenario's first");
  const stranger = await ask(operator, "/v1/session", { method: "POST", body: { person: "stranger" } });
  assert.equal(stranger.status, 404);
  const login = { email: "ruth.adeyemi@perigee.example", password: "whatever it may be" };
  assert.equal(
    (await ask(operator, "/v1/session", { method: "POST", body: login })).body.code,
    "SIGN_IN_IS_OPEN",
  );
});

test("where people sign in, nothing but the door is open until they have", async () => {
  const local = await start("local", "local");
  try {
    const first = local.firstSignIn;
    assert.equal(first?.person.email, "sara.lindqvist@perigee.example");
    for (const [method, path] of door) {
      const isDoor = path === "/v1/session" || path === "/v1/openapi.json";
      const body = method === "GET" || method === "DELETE" ? undefined : {};
      for (const headers of [{}, as("sara-lindqvist"), { cookie: "perigee-open-person=sara-lindqvist" }]) {
        const { status } = await ask(local, path, { method, body, headers });
        assert.equal(status === 401 || status === 403, !isDoor, `${method} ${path}: ${status}`);
      }
    }
    const asked = { email: first!.person.email, code: first!.code, password: "correct horse battery" };
    const set = await ask(local, "/v1/session/password", { method: "POST", body: asked });
    assert.equal(set.status, 201, JSON.stringify(set.body));
    const cookie = cookieOf(set.headers);
    assert.equal(
      (await ask(local, "/v1/session/password", { method: "POST", body: asked })).status,
      403,
      "once",
    );

    const without = await ask(local, "/v1/people", { headers: { cookie, "x-perigee-client": "" } });
    assert.equal(without.status, 200);
    const added = await ask(local, "/v1/people", {
      method: "POST",
      headers: { cookie },
      body: { id: "noor", name: "Noor Haan", email: "noor@perigee.example", roles: ["compliance"] },
    });
    const { passwordCode } = contract.addedPerson.parse(added.body);
    const password = "another long secret";
    const hers = await ask(local, "/v1/session/password", {
      method: "POST",
      body: { email: "noor@perigee.example", code: passwordCode!.code, password },
    });
    assert.equal(hers.status, 201, JSON.stringify(hers.body));
    const key = await ask(local, "/v1/keys", {
      method: "POST",
      headers: { cookie: cookieOf(hers.headers) },
      body: { label: "night shift", days: 1 },
    });
    const bearer = { authorization: `Bearer ${contract.madeKey.parse(key.body).key}` };
    const seen = contract.terminalDetail.parse(
      (await ask(local, "/v1/terminals/kyiv", { headers: bearer })).body,
    );
    assert.equal(seen.position?.precision, "exact");
    assert.equal((await ask(local, "/v1/people", { method: "POST", headers: bearer, body: {} })).status, 403);

    // A customer has no role, and a password all the same.
    const customer = await ask(local, "/v1/people", {
      method: "POST",
      headers: { cookie },
      body: { id: "mila", name: "Mila Grau", email: "mila@mail.example", roles: [], party: "mila-grau" },
    });
    const invited = contract.addedPerson.parse(customer.body).passwordCode!;
    const mila = await ask(local, "/v1/session/password", {
      method: "POST",
      body: { email: "mila@mail.example", code: invited.code, password },
    });
    const change = (current: string, to: string, own = cookieOf(mila.headers)) =>
      ask(local, "/v1/session/password", {
        method: "PUT",
        headers: { cookie: own },
        body: { current, password: to },
      });
    assert.equal((await change("not the password", "a third long secret")).status, 401);
    assert.equal((await change(password, "a third long secret")).status, 200);
    const signIn = (tried: string) =>
      ask(local, "/v1/session", { method: "POST", body: { email: "mila@mail.example", password: tried } });
    assert.deepEqual(
      [(await signIn(password)).status, (await signIn("a third long secret")).status],
      [401, 201],
    );

    const token = readFileSync(join(folder, "local", "operator.token"), "utf8");
    const line = { authorization: `Bearer ${token}` };
    assert.equal((await ask(local, "/v1/people", { headers: line })).status, 200);
    assert.equal((await ask(local, "/v1/orders", { method: "POST", headers: line, body: {} })).status, 403);

    assert.equal(
      (await ask(local, "/v1/people/noor", { method: "DELETE", headers: { cookie } })).status,
      200,
    );
    assert.equal((await ask(local, "/v1/terminals", { headers: bearer })).status, 401);
    assert.equal(
      (await ask(local, "/v1/terminals", { headers: { cookie: cookieOf(hers.headers) } })).status,
      401,
    );
    assert.equal((await ask(local, "/v1/session", { method: "DELETE", headers: { cookie } })).status, 200);
    assert.equal((await ask(local, "/v1/terminals", { headers: { cookie } })).status, 401);
    const entries = JSON.stringify(
      (await ask(local, "/v1/ledger/entries?limit=1000", { headers: line })).body,
    );
    assert.ok(
      entries.includes("enterPerson") &&
        entries.includes("makeKey") &&
        entries.includes("makePasswordCode") &&
        entries.includes("endPerson"),
    );
    assert.ok(!entries.includes("@perigee.example"), "no e-mail address in the ledger");
  } finally {
    await local[Symbol.asyncDispose]();
  }
});

test("an operator that others can reach does not start with signing in open", async () => {
  const config = {
    ...defaults(demoPath),
    data: join(folder, "wide"),
    host: "0.0.0.0",
    port: 0,
    proxyPort: 0,
    dishPort: 0,
  };
  const started = await startOperator({ config, consoleFolder: folder });
  assert.equal(started.ok ? "ok" : started.error.code, "SIGN_IN_OPEN");
});
