// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createLocalJWKSet, jwtVerify } from "jose";
import type { StillOperator } from "../api/testing/still-operator.ts";
import { allPermissions } from "./contract.ts";
import { fleetOperations } from "./operations.ts";
import { type Answer, client, fleetOperator, ownAccount, secret, tokenOf } from "./testing.ts";
import { accountNumberOf, wireIdentityOf } from "./wire-ids.ts";

let operator: StillOperator;
let ask: ReturnType<typeof client>;

before(async () => {
  operator = await fleetOperator([
    { clientId: "fuzz", accountId: "acc-wisla-freight", permissions: allPermissions },
    { clientId: "looks-only", accountId: ownAccount, permissions: { ServicePlan: "View" } },
    {
      clientId: "another",
      accountId: "acc-alba-shipping",
      permissions: { ServicePlan: "Edit", AccountInformation: "View" },
    },
  ]);
  ask = client(operator, await tokenOf(operator));
});
after(() => operator[Symbol.asyncDispose]());

const home = {
  addressLines: ["Invented Street 5"],
  locality: "Warsaw",
  region: "Poland",
  regionCode: "US",
  postalCode: "00-001",
  metadata: "flat",
  formattedAddress: "Invented Street 5, Warsaw",
  latitude: 52.2297,
  longitude: 21.0122,
};
const errorOf = ({ body: { errors } }: Answer): string | undefined => errors[0]?.errorMessage;

/** A terminal as it comes from the factory, nobody's yet; its kit number. */
async function enrolled(n: number): Promise<string> {
  const kitNumber = `KIT9${String(n).padStart(7, "0")}`;
  const done = await operator.context.carryOut({
    name: "terminal.enrol",
    request: { kitNumber, serial: `SERIAL${n}`, model: "Mini", source: "a test" },
    actor: { id: "clerk", name: "Clerk", roles: ["operator"] },
  });
  assert.ok(done.ok, JSON.stringify(done));
  return kitNumber;
}

async function newLine(productReferenceId = "home-100"): Promise<string> {
  const address = await ask("POST", "/addresses", home);
  const { addressReferenceId } = address.body.content;
  const line = await ask("POST", "/service-lines", { addressReferenceId, productReferenceId });
  assert.equal(line.status, 201, JSON.stringify(line.body));
  return line.body.content.serviceLineNumber;
}

test("a program finds the token endpoint, and its token is signed with a key of the published set", async () => {
  const { server, clock } = operator;
  const discovery = (await server.inject("/api/auth/.well-known/openid-configuration")).json();
  const path = (url: string) => new URL(url).pathname;
  const jwks = (await server.inject(path(discovery.jwks_uri))).json();
  const basic = Buffer.from(`tests:${encodeURIComponent(secret)}`).toString("base64");
  const answer = await server.inject({
    ...{ method: "POST", url: path(discovery.token_endpoint), payload: "grant_type=client_credentials" },
    headers: { "content-type": "application/x-www-form-urlencoded", authorization: `Basic ${basic}` },
  });
  const { access_token, token_type, expires_in } = answer.json();
  assert.deepEqual([token_type, expires_in], ["Bearer", 900]);
  const { payload, protectedHeader } = await jwtVerify(access_token, createLocalJWKSet(jwks), {
    currentDate: new Date(clock.nowMs()),
    issuer: discovery.issuer,
  });
  assert.deepEqual([protectedHeader.alg, payload["client_id"]], ["RS384", "tests"]);
  assert.equal(payload["account_number"], accountNumberOf(ownAccount));
});

test("wrong secrets, other grants and accounts of others get no token", async () => {
  const form = (members: Record<string, string>) =>
    operator.server.inject({
      ...{ method: "POST", url: "/api/auth/connect/token", payload: new URLSearchParams(members).toString() },
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  const good = { grant_type: "client_credentials", client_id: "tests", client_secret: secret };
  const cases: [Record<string, string>, number, string][] = [
    [{ ...good, client_secret: "wrong" }, 401, "invalid_client"],
    [{ ...good, client_id: "nobody" }, 401, "invalid_client"],
    [{ ...good, grant_type: "password" }, 400, "unsupported_grant_type"],
    [{ ...good, account_number: accountNumberOf("acc-alba-shipping") }, 400, "invalid_target"],
  ];
  for (const [members, status, error] of cases) {
    const answer = await form(members);
    assert.deepEqual([answer.statusCode, answer.json().error], [status, error]);
  }
});

test("without a token, or with one that is over, nobody is answered", async () => {
  const { server, clock } = operator;
  for (const authorization of ["", "Bearer x.y.z", "Basic dGVzdHM6"]) {
    const answer = await server.inject({ url: "/api/public/v2/account", headers: { authorization } });
    assert.equal(answer.statusCode, 401);
    assert.equal(answer.json().isValid, false);
  }
  const token = await tokenOf(operator);
  clock.moveTo(clock.nowMs() + 901_000);
  assert.equal((await client(operator, token)("GET", "/account")).status, 401);
  ask = client(operator, await tokenOf(operator));
  assert.equal((await ask("GET", "/account")).status, 200);
});

test("a service account without a permission is told which one it lacks", async () => {
  const look = client(operator, await tokenOf(operator, "looks-only"));
  assert.equal((await look("GET", "/products")).status, 200);
  const refused = await look("POST", "/service-lines", {
    addressReferenceId: crypto.randomUUID(),
    productReferenceId: "x",
  });
  assert.equal(refused.status, 403);
  assert.deepEqual(refused.body, {
    accountId: accountNumberOf(ownAccount),
    requiredPermission: { featureAccess: 9, permission: 1 },
    featureAccessString: "ServicePlan",
    permissionString: "Edit",
  });
});

test("a page of another origin can use no cookie and no name here, and a program needs no header of ours", async () => {
  const answer = await operator.server.inject({
    ...{ method: "POST", url: "/api/public/v2/addresses", payload: home },
    headers: {
      origin: "http://elsewhere.example",
      "x-perigee-as": "jonas-fell",
      cookie: "perigee-open-person=jonas-fell",
    },
  });
  assert.equal(answer.statusCode, 401);
});

test("the way of a terminal: address, line, account, line, service; and back", async () => {
  const { authority } = operator;
  const kit = await enrolled(1);
  const address = await ask("POST", "/addresses", home);
  assert.equal(address.status, 201);
  // The code is that of the position, whatever the request says.
  assert.equal(address.body.content.regionCode, "PL");
  const { addressReferenceId } = address.body.content;
  const line = await ask("POST", "/service-lines", { addressReferenceId, productReferenceId: "home-100" });
  assert.equal(line.status, 201);
  const { serviceLineNumber } = line.body.content;
  assert.match(serviceLineNumber, /^AST-\d{6}-\d{5}-\d{2}$/);
  const onLine = `/service-lines/${serviceLineNumber}/user-terminals`;

  assert.equal(
    (await ask("POST", onLine, { deviceId: kit })).status,
    404,
    "not before it is with the account",
  );
  assert.equal((await ask("POST", "/user-terminals", { deviceId: kit })).status, 200);
  assert.equal(errorOf(await ask("POST", "/user-terminals", { deviceId: kit })), "terminal_taken");
  const listed = await ask("GET", `/user-terminals?searchString=${kit}`);
  const [{ userTerminalId, serviceLineNumber: none }] = listed.body.content.results;
  assert.equal(none, null);
  const terminalId = operator.context.fleet.ids.terminalOf(userTerminalId)!;
  assert.equal(authority.record(terminalId).terminal.state, "registered");
  await authority.evaluateAll(operator.clock.nowMs(), [terminalId]);
  assert.equal(authority.admissionOf(terminalId)?.reason, "TERMINAL_NOT_ACTIVE");

  assert.equal((await ask("POST", onLine, { deviceId: userTerminalId })).status, 200);
  const { terminal, plan } = authority.record(terminalId);
  assert.deepEqual([terminal.state, plan?.id], ["active", "residential"]);
  assert.deepEqual(terminal.serviceAddress, { latDeg: home.latitude, lonDeg: home.longitude });
  assert.notEqual(
    authority.admissionOf(terminalId)?.reason,
    "TERMINAL_NOT_ACTIVE",
    "admission goes by it at once",
  );
  const decided = operator.decisions
    .filter(({ subject }) => subject === terminalId)
    .map(({ action }) => action);
  assert.deepEqual(
    decided.filter(action => action !== "admission"),
    ["enrol", "register", "assign to line", "verify", "activate"],
  );

  assert.equal(errorOf(await ask("DELETE", `/user-terminals/${kit}`)), "terminal_on_line");
  assert.equal((await ask("DELETE", `${onLine}/${kit}`)).status, 200);
  assert.equal(authority.admissionOf(terminalId)?.reason, "TERMINAL_NOT_ACTIVE");
  assert.equal((await ask("DELETE", `/user-terminals/${kit}`)).status, 200);
  const gone = authority.record(terminalId).terminal;
  assert.deepEqual([gone.state, gone.accountId], ["sold", null]);
  operator.clock.moveTo(operator.clock.nowMs() + 1);
  assert.equal((await ask("POST", "/user-terminals", { deviceId: kit })).status, 200, "it can come back");
  assert.equal((await ask("POST", onLine, { deviceId: kit })).status, 200);

  assert.equal((await ask("DELETE", `/service-lines/${serviceLineNumber}?endNow=true`)).status, 200);
  assert.equal(authority.record(terminalId).terminal.serviceLineId, null);
  assert.equal(authority.admissionOf(terminalId)?.reason, "TERMINAL_NOT_ACTIVE", "the line is closed");
  const ended = await ask("GET", `/service-lines/${serviceLineNumber}`);
  assert.deepEqual([ended.body.content.active, ended.body.content.endDate !== null], [false, true]);
});

test("what is another account's does not exist, by any name", async () => {
  const number = await newLine();
  const other = client(operator, await tokenOf(operator, "another"));
  assert.equal((await other("GET", `/service-lines/${number}`)).status, 404);
  assert.equal((await other("DELETE", `/service-lines/${number}?endNow=true`)).status, 404);
  const [address] = (await ask("GET", "/addresses")).body.content.results;
  assert.equal((await other("GET", `/addresses/${address.addressReferenceId}`)).status, 404);
  const opened = await other("POST", "/service-lines", {
    ...{ addressReferenceId: address.addressReferenceId, productReferenceId: "home-100" },
  });
  assert.equal(opened.status, 404);
  const ship = wireIdentityOf(operator.authority.record("black-sea-ship").terminal);
  assert.equal((await ask("DELETE", `/user-terminals/${ship.userTerminalId}`)).status, 404);
  assert.equal(errorOf(await ask("POST", "/user-terminals", { deviceId: ship.kitNumber })), "terminal_taken");
});

test("a line moves with its address, and its terminal with it", async () => {
  const kit = await enrolled(2);
  const address = await ask("POST", "/addresses", home);
  const { addressReferenceId } = address.body.content;
  const line = await ask("POST", "/service-lines", { addressReferenceId, productReferenceId: "home-100" });
  await ask("POST", "/user-terminals", { deviceId: kit });
  await ask("POST", `/service-lines/${line.body.content.serviceLineNumber}/user-terminals`, {
    deviceId: kit,
  });
  const moved = await ask("PUT", `/addresses/${addressReferenceId}`, {
    ...home,
    latitude: 50.06,
    longitude: 19.94,
  });
  assert.equal(moved.status, 200);
  const terminalId = operator.context.fleet.ids.terminalOf(kit)!;
  assert.deepEqual(operator.authority.record(terminalId).terminal.serviceAddress, {
    latDeg: 50.06,
    lonDeg: 19.94,
  });
});

test("products change now or with the bill day; an ended line is taken up again", async () => {
  const { clock, authority } = operator;
  const number = await newLine("roam-50");
  const read = async () => (await ask("GET", `/service-lines/${number}`)).body.content;
  const path = `/service-lines/${number}/product`;
  assert.equal(errorOf(await ask("PUT", path, { productReferenceId: "nothing" })), "invalid_product");
  assert.equal(errorOf(await ask("PUT", path, { productReferenceId: "roam-50" })), "nothing_changes");
  assert.equal((await ask("PUT", path, { productReferenceId: "home-100" })).status, 200);
  const waiting = await read();
  assert.deepEqual(
    [waiting.productReferenceId, waiting.delayedProductId],
    ["roam-50", "home-100"],
    "a downgrade waits",
  );
  const { fleet } = operator.context;
  const lineId = fleet.ids.lineOf(ownAccount, number)!;
  const dueMs = authority.book.get("serviceLine", lineId)!.pending!.atMs;
  await authority.evaluateAll(dueMs - 1, []);
  assert.equal((await read()).productReferenceId, "roam-50");
  clock.moveTo(dueMs);
  await authority.evaluateAll(dueMs, []);
  ask = client(operator, await tokenOf(operator));
  const changed = await read();
  assert.deepEqual([changed.productReferenceId, changed.delayedProductId], ["home-100", null]);
  assert.equal((await ask("PUT", path, { productReferenceId: "roam-50" })).status, 200);
  assert.equal((await read()).productReferenceId, "roam-50", "an upgrade does not wait");

  assert.equal((await ask("DELETE", `/service-lines/${number}`)).status, 200);
  assert.equal((await read()).active, true, "it ends with the cycle");
  assert.equal((await ask("DELETE", `/service-lines/${number}?endNow=true`)).status, 200);
  assert.equal((await read()).active, false);
  assert.equal(errorOf(await ask("DELETE", `/service-lines/${number}?endNow=true`)), "line_ended");
  assert.equal((await ask("PUT", path, { productReferenceId: "home-100" })).status, 200);
  const again = await read();
  assert.deepEqual([again.active, again.endDate, again.productReferenceId], [true, null, "home-100"]);
});

test("names, public addresses and blocks of data of a line", async () => {
  const address = await ask("POST", "/addresses", home);
  const { addressReferenceId } = address.body.content;
  const dataBlockProducts = { recurringDataBlocks: [{ productId: "roam-500", count: 2 }] };
  const asked = { addressReferenceId, productReferenceId: "roam-50", dataBlockProducts };
  const wrong = { ...asked, dataBlockProducts: { recurringDataBlocks: [{ productId: "x", count: 1 }] } };
  const before = (await ask("GET", "/service-lines")).body.content.totalCount;
  assert.equal(errorOf(await ask("POST", "/service-lines", wrong)), "invalid_data_product");
  assert.equal((await ask("GET", "/service-lines")).body.content.totalCount, before, "nothing was opened");
  const line = (await ask("POST", "/service-lines", asked)).body.content;
  assert.equal(line.dataBlocks.recurringBlocksCurrentBillingCycle[0].count, 2);
  assert.equal(line.dataBlocks.recurringBlocksNextBillingCycle[0].dataAmount, 500);
  const path = `/service-lines/${line.serviceLineNumber}`;
  assert.equal((await ask("PUT", `${path}/nickname`, { nickname: "The barge" })).status, 200);
  assert.equal((await ask("PUT", `${path}/public-ip`, { publicIp: true })).status, 200);
  const found = await ask(
    "GET",
    `/service-lines?searchString=barge&addressReferenceId=${addressReferenceId}`,
  );
  const [{ nickname, publicIp }] = found.body.content.results;
  assert.deepEqual([nickname, publicIp], ["The barge", true]);
  const entries = operator.decisions.map(decision => JSON.stringify(decision)).join("\n");
  assert.ok(
    !entries.includes("barge") && !entries.includes("Invented Street"),
    "the log holds nothing personal",
  );
});

test("contacts come, change and go", async () => {
  const person = {
    firstName: "Ines",
    lastName: "Falk",
    email: "ines@falk.example",
    phoneNumber: "+48 1",
    locale: "pl-PL",
  };
  const made = await ask("POST", "/contacts", { ...person, roles: ["Technical"] });
  assert.equal(made.status, 200);
  assert.equal(errorOf(await ask("POST", "/contacts", { ...person, roles: ["Admin"] })), "contact_exists");
  assert.equal((await ask("POST", "/contacts", { ...person, roles: ["Emperor"] })).status, 400);
  const path = `/contacts/${made.body.content.subjectId}`;
  const changed = await ask("PUT", path, { roles: ["Admin", "Technical"] });
  assert.deepEqual(changed.body.content.roles, ["Admin", "Technical"]);
  assert.equal((await ask("GET", "/contacts")).body.content.totalCount, 1);
  assert.equal((await ask("DELETE", path)).status, 200);
  assert.equal((await ask("DELETE", path)).status, 404);
  assert.equal((await ask("GET", "/contacts")).body.content.totalCount, 0);
});

test("a customer of one's own has an account, a program, and its own token", async () => {
  const customer = {
    firstName: "Bo",
    lastName: "Lind",
    email: "bo@lind.example",
    phone: "+48 2",
    locale: "pl-PL",
  };
  const made = (await ask("POST", "/managed/customers", { ...customer, businessName: "Lind Boats" })).body
    .content;
  const tree = (await ask("GET", "/managed/accounts/tree")).body.content;
  assert.deepEqual(tree.tree[tree.rootAccountNumber].children, [made.accountNumber]);
  assert.equal(tree.tree[made.accountNumber].accountName, "Lind Boats");
  const accounts = (await ask("GET", "/managed/accounts?searchString=lind")).body.content;
  assert.deepEqual([accounts.results.length, accounts.nextKey], [1, null]);
  const scoped = client(operator, await tokenOf(operator, "tests", { account_number: made.accountNumber }));
  const child = (await scoped("GET", "/account")).body.content;
  assert.equal(child.accountNumber, made.accountNumber);
  assert.deepEqual(child.activeSuspensions, ["holder_unverified"]);
  assert.equal((await scoped("GET", "/service-lines")).body.content.totalCount, 0, "only its own things");
  const form = { client_secret: made.serviceAccountSecret, account_number: accountNumberOf(ownAccount) };
  await assert.rejects(
    tokenOf(operator, made.serviceAccountClientId, form),
    "nobody reaches above their account",
  );
});

test("the same request with the same key happens once", async () => {
  const count = async () => (await ask("GET", "/addresses")).body.content.totalCount;
  const before = await count();
  const key = { "idempotency-key": "order-1" };
  const first = await ask("POST", "/addresses", home, key);
  const again = await ask("POST", "/addresses", home, key);
  assert.deepEqual([again.status, again.body], [201, first.body]);
  assert.equal(again.headers["perigee-idempotent-replay"], "true");
  assert.equal(await count(), before + 1);
  const other = await ask("POST", "/addresses", { ...home, metadata: "other" }, key);
  assert.deepEqual([other.status, errorOf(other)], [422, "idempotency_key_reused"]);
  const both = { "idempotency-key": "order-2" };
  const pair = await Promise.all([
    ask("POST", "/addresses", home, both),
    ask("POST", "/addresses", home, both),
  ]);
  // The second finds the first still running, or its answer.
  const statuses = pair.map(({ status }) => status);
  assert.ok(statuses.includes(201) && statuses.every(status => status === 201 || status === 409));
  assert.equal(await count(), before + 2);
  const rows = await operator.db.selectFrom("fleet_answer").select("body").execute();
  assert.ok(
    rows.every(({ body }) => !Buffer.from(body).includes("Warsaw")),
    "who has the records cannot read answers",
  );
});

test("pages have a hundred items, and what is malformed is told where", async () => {
  const results = await ask("GET", "/addresses?page=1000");
  assert.deepEqual([results.body.content.results.length, results.body.content.isLastPage], [0, true]);
  for (const [query, member] of [
    ["page=-1", "page"],
    ["page=x", "page"],
    ["page=1&page=2", "page"],
  ]) {
    const refused = await ask("GET", `/addresses?${query}`);
    assert.deepEqual([refused.status, refused.body.errors[0]?.memberNames], [400, [member]]);
  }
  const [{ addressReferenceId: id }] = (await ask("GET", "/addresses")).body.content.results;
  for (const name of ["addressIds", "addressIds[]"]) {
    const found = await ask("GET", `/addresses?${name}=${id}&${name}=${crypto.randomUUID()}`);
    assert.equal(found.body.content.totalCount, 1);
  }
  const bad = await ask("POST", "/addresses", { ...home, latitude: 91, unknown: true });
  assert.deepEqual(
    [bad.status, bad.body.errors],
    [400, [{ memberNames: ["latitude"], errorMessage: "invalid" }]],
  );
  const unknown = await ask("POST", "/addresses", { ...home, unknown: true });
  assert.equal(unknown.status, 201, "what the API does not know it does not read");
  for (const payload of ["{", '"\\u0000"', "[".repeat(100_000)]) {
    const answer = await operator.server.inject({
      ...{ method: "POST", url: "/api/public/v2/addresses", payload },
      headers: { authorization: `Bearer ${await tokenOf(operator)}`, "content-type": "application/json" },
    });
    assert.deepEqual([answer.statusCode, answer.json().isValid], [400, false]);
  }
});

test("a disabled service account's tokens are void at once", async () => {
  const token = await tokenOf(operator, "another");
  const by = { id: "clerk", name: "Clerk" };
  await operator.context.fleet.clients.setDisabled("another", true, by, operator.clock.nowMs());
  assert.equal((await client(operator, token)("GET", "/account")).status, 401);
  await assert.rejects(tokenOf(operator, "another"));
  await operator.context.fleet.clients.setDisabled("another", false, by, operator.clock.nowMs());
  assert.equal((await client(operator, token)("GET", "/account")).status, 200);
});

test("an account has 250 requests a minute, and is told how many are left", async () => {
  const { clock } = operator;
  clock.moveTo(clock.nowMs() + 60_000);
  const token = await tokenOf(operator, "another");
  const other = client(operator, token);
  const first = await other("GET", "/account");
  assert.equal(first.headers["perigee-ratelimit-remaining"], "249");
  for (let i = 1; i < 250; i++) assert.equal((await other("GET", "/account")).status, 200);
  const refused = await other("GET", "/account");
  assert.deepEqual([refused.status, refused.headers["retry-after"]], [429, "60"]);
  assert.equal((await ask("GET", "/account")).status, 200, "another account is not concerned");
  clock.moveTo(clock.nowMs() + 60_000);
  assert.equal((await other("GET", "/account")).status, 200);
});

test("every operation, given what nobody should send: an envelope and no failure", async () => {
  const hostile = [
    "x",
    "%00",
    "..%2f..",
    "AST-000000-00000-00",
    "KIT00000000",
    "__proto__",
    "9".repeat(150),
    "%F0%9F%92%A5",
  ];
  const bodies: unknown[] = [null, [], "text", 1e308, {}, { deviceId: "" }, { deviceId: "constructor" }];
  const deep = `${'{"personal":{"sealed":'.repeat(20)}1${"}}".repeat(20)}`;
  const token = await tokenOf(operator, "fuzz");
  for (const { method, path, body, multipart } of fleetOperations) {
    // Waiting is what the stream is for; it has tests of its own.
    if (path.endsWith("/telemetry/stream")) continue;
    for (const [i, word] of hostile.entries()) {
      operator.clock.moveTo(operator.clock.nowMs() + 250);
      const url = `/api${path.replaceAll(/\{\w+\}/g, word)}?page=${word}&cursor=${word}&endNow=${i % 2 === 0}`;
      const payload = i === 7 ? deep : JSON.stringify(bodies[i]);
      const answer = await operator.server.inject({
        ...{ method, url: i % 2 ? url : url.split("?")[0]! },
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === null || multipart ? {} : { "content-type": "application/json" }),
        },
        ...(body === null || multipart ? {} : { payload }),
      });
      assert.ok(answer.statusCode < 500, `${method} ${url} ${payload}: ${answer.statusCode} ${answer.body}`);
      assert.match(String(answer.headers["content-type"]), /^application\/json/, `${method} ${url}`);
    }
  }
});

test("the document describes every operation, and every reference in it leads somewhere", async () => {
  const document = (await operator.server.inject("/api/openapi.json")).json();
  const paths: Record<string, Record<string, { operationId: string }>> = document.paths;
  const described = Object.values(paths).flatMap(at => Object.values(at).map(each => each.operationId));
  assert.deepEqual(described.toSorted(), fleetOperations.map(each => each.operationId).toSorted());
  assert.equal(new Set(described).size, described.length);
  for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(name! in document.components.schemas, `there is no schema ${name}`);
  }
});
