// SPDX-License-Identifier: MIT
// The whole life of a terminal in a customer's fleet, through a client generated from the operator's own document; what
// each step means is read at the terminal itself.
import assert from "node:assert/strict";
import { createHmac, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { disablementCode } from "@perigee/dish";
import type { DishView, MadeServiceAccount } from "@perigee/operator/contract";
import { discover, type Envelope, FleetClient, type Page, tokenFor } from "./fleet-client.ts";
import { callDevice } from "./grpc-client.ts";
import { eventually, OperatorProcess } from "./operator-process.ts";

/** In the demo's world, its holder's, and in no account yet. */
const TERMINAL = "alba-office";
const QUAY = { latitude: 44.1733, longitude: 28.6383 };
/** 178 km from the quay; the plan works within 50 km of its address. */
const GALATI = { latitude: 45.4353, longitude: 28.008 };

interface Address {
  readonly addressReferenceId: string;
}
interface Line {
  readonly serviceLineNumber: string;
  readonly active: boolean;
  readonly endDate: string | null;
}
interface Terminal {
  readonly userTerminalId: string;
  readonly kitSerialNumber: string;
  readonly serviceLineNumber: string | null;
}

let operator: OperatorProcess;
let fleet: FleetClient;
let dish: DishView;
let deviceId: string;

before(async () => {
  operator = await OperatorProcess.start();
  fleet = await FleetClient.generate(
    operator.url,
    await tokenFor(operator.url, "demo-fleet", "demo-secret-not-secret"),
  );
  dish = await operator.get<DishView>(`/v1/terminals/${TERMINAL}/dish`);
  deviceId = dish.kitNumber;
});
after(() => operator[Symbol.asyncDispose]());

/** What the terminal shows to whoever stands before it. */
async function shown(): Promise<{ readonly code: number; readonly connected: boolean }> {
  const { dishGetStatus } = await callDevice(dish.grpc, { getStatus: {} });
  assert.ok(dishGetStatus !== undefined);
  assert.equal(dishGetStatus.deviceInfo?.id, dish.id);
  return { code: dishGetStatus.disablementCode ?? 0, connected: dishGetStatus.outage === undefined };
}

const shows = (what: string, code: number, connected: boolean): Promise<unknown> =>
  eventually(what, 40_000, async () => {
    const now = await shown();
    return now.code === code && now.connected === connected;
  });

/** A program of an account, made as a clerk makes it. */
async function newProgram(
  accountId: string,
  permissions: "all" | Record<string, string> = "all",
): Promise<FleetClient> {
  const { status, body } = await operator.post("/v1/service-accounts", {
    ...{ accountId, name: "A story's program", permissions },
  });
  assert.equal(status, 201, JSON.stringify(body));
  const { serviceAccount, secret } = body as MadeServiceAccount;
  return await FleetClient.generate(
    operator.url,
    await tokenFor(operator.url, serviceAccount.clientId, secret),
  );
}

const address = (place: object, metadata = "") => ({
  addressLines: ["Quay 7, Port of Constanta"],
  locality: "Constanta",
  formattedAddress: "Quay 7, Port of Constanta, 900900 Constanta",
  metadata,
  ...place,
});

test("the token is signed with a key of the published set, RS384, and names account and issuer", async () => {
  const { issuer, jwks_uri } = await discover(operator.url);
  const token = await tokenFor(operator.url, "demo-fleet", "demo-secret-not-secret");
  const [head, body, signature] = token.split(".") as [string, string, string];
  const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  const { alg, kid } = json(head);
  assert.equal(alg, "RS384");
  const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const jwk = keys.find(each => each.kid === kid);
  assert.ok(jwk !== undefined && !("d" in jwk), "the public half of the key, and no more");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const signed = Buffer.from(`${head}.${body}`);
  assert.ok(verify("sha384", signed, key, Buffer.from(signature, "base64url")));
  assert.ok(!verify("sha384", Buffer.from(`${head}.${body}x`), key, Buffer.from(signature, "base64url")));
  const claims = json(body);
  assert.equal(claims.iss, issuer);
  assert.equal(claims.exp - claims.iat, 900);
  const { accountNumber } = await fleet.content<{ accountNumber: string }>("readAccount");
  assert.match(accountNumber, /^ACC-\d{6}-\d{5}-\d{2}$/);
  assert.equal(claims.account_number, accountNumber);
});

test("a terminal's whole life: each step of the fleet's program shows at the terminal, and none can be left out", async () => {
  const refusal = async (operationId: string, parameters: object | null, data?: object) => {
    const { status, data: body } = await fleet.refused(operationId, parameters, data);
    assert.equal(body.isValid, false);
    assert.equal(body.content, null);
    return [status, body.errors[0]?.errorMessage];
  };
  assert.deepEqual(await shown(), { code: disablementCode.NO_ACTIVE_ACCOUNT, connected: true });

  // Nothing before its time.
  const nowhere = { addressReferenceId: crypto.randomUUID(), productReferenceId: "residential" };
  assert.deepEqual(await refusal("createServiceLine", null, nowhere), [404, "not_found"]);
  const made = await fleet.call<Address>("createAddress", null, address(QUAY));
  assert.equal(made.status, 201);
  const { addressReferenceId } = made.data.content;
  const unsold = { addressReferenceId, productReferenceId: "no-such-product" };
  assert.deepEqual(await refusal("createServiceLine", null, unsold), [422, "invalid_product"]);
  const line = await fleet.call<Line>("createServiceLine", null, {
    ...{ addressReferenceId, productReferenceId: "residential" },
  });
  assert.equal(line.status, 201);
  const { serviceLineNumber } = line.data.content;
  assert.deepEqual(await refusal("addUserTerminalToServiceLine", { serviceLineNumber }, { deviceId }), [
    ...[404, "not_found"],
  ]);

  // In the account, and without service: the captive account site is all that it reaches.
  assert.equal((await fleet.call("addUserTerminal", null, { deviceId })).status, 200);
  assert.deepEqual(await refusal("addUserTerminal", null, { deviceId }), [422, "terminal_taken"]);
  assert.deepEqual(await shown(), { code: disablementCode.NO_ACTIVE_ACCOUNT, connected: true });
  const listed = async () =>
    (await fleet.content<Page<Terminal>>("listUserTerminals", { searchString: deviceId })).results;
  assert.deepEqual(
    (await listed()).map(each => [`ut${each.userTerminalId}`, each.serviceLineNumber]),
    [[dish.id, null]],
  );

  // On the line: in service within a slot or so, in the network and at the terminal.
  await fleet.call("addUserTerminalToServiceLine", { serviceLineNumber }, { deviceId });
  assert.deepEqual(await refusal("addUserTerminalToServiceLine", { serviceLineNumber }, { deviceId }), [
    ...[422, "terminal_on_line"],
  ]);
  assert.deepEqual(await refusal("removeUserTerminal", { deviceId }), [422, "terminal_on_line"]);
  await shows("it is in service", disablementCode.OKAY, true);
  assert.ok((await operator.link(TERMINAL)).rttMs.median > 1);
  await eventually("its telemetry says so", 40_000, async () => {
    const { userTerminals } = await fleet.content<{
      userTerminals: Record<
        string,
        { popPingLatencyMsAvg: number; alertDisabledNoActiveServiceLine: boolean }
      >;
    }>("queryTelemetry", null, { includeRouters: false, userTerminalIds: [dish.id] });
    const row = userTerminals[dish.id];
    await new Promise(done => setTimeout(done, 1_500));
    return row !== undefined && row.popPingLatencyMsAvg > 1 && row.alertDisabledNoActiveServiceLine === false;
  });

  // The address moves away from under it, and back.
  await fleet.call("updateAddress", { addressReferenceId }, address(GALATI));
  await shows("it is too far from its address", disablementCode.TOO_FAR_FROM_SERVICE_ADDRESS, true);
  await fleet.call("updateAddress", { addressReferenceId }, address(QUAY));
  await shows("it is where it belongs", disablementCode.OKAY, true);

  // Restarted from afar.
  assert.equal((await fleet.call("rebootUserTerminal", { deviceId })).status, 200);
  await assert.rejects(shown(), "nobody answers while it restarts");

  // Teardown in reverse. A line that ends leaves the terminal with the account.
  await fleet.call("deactivateServiceLine", {
    serviceLineNumber,
    endNow: true,
    reasonForCancellation: "sold",
  });
  const ended = await fleet.content<Line>("readServiceLine", { serviceLineNumber });
  assert.deepEqual([ended.active, ended.endDate === null], [false, false]);
  assert.deepEqual(await refusal("deactivateServiceLine", { serviceLineNumber, endNow: true }), [
    ...[422, "line_ended"],
  ]);
  await eventually("it is back, without a line", 60_000, async () => {
    const now = await shown().catch(() => null);
    return now !== null && now.code === disablementCode.NO_ACTIVE_ACCOUNT;
  });
  assert.equal((await fleet.call("removeUserTerminal", { deviceId })).status, 200);
  assert.deepEqual(await listed(), []);
  assert.deepEqual(await refusal("removeUserTerminal", { deviceId }), [404, "not_found"]);

  // What was done is in the ledger, in the name of the program.
  const { decisions } = (await operator.terminal(TERMINAL)).detail;
  const actions = decisions.map(({ action }) => action);
  for (const action of ["register", "assign to line", "verify", "activate", "release"]) {
    assert.ok(actions.includes(action), `${action} is not among ${actions.join(", ")}`);
  }
});

test("a program without a permission is told which one, and features that nobody has are refused so too", async () => {
  const looker = await newProgram("acc-wisla-freight", { ServicePlan: "View" });
  assert.equal((await looker.call("listServiceLines")).status, 200);
  const { status, data } = await looker.refused("createServiceLine", null, {
    ...{ addressReferenceId: crypto.randomUUID(), productReferenceId: "residential" },
  });
  assert.equal(status, 403);
  const lacks = data as unknown as { requiredPermission: object; featureAccessString: string };
  assert.deepEqual(lacks.requiredPermission, { featureAccess: 9, permission: 1 });
  assert.equal(lacks.featureAccessString, "ServicePlan");

  const gated: readonly [operationId: string, parameters: object | null, data?: object][] = [
    ["setFlightStatus", null, { tailNumber: "X-ABCD", flightNumber: "1", eventType: "TakeOff" }],
    ["readMobileMap", { timestamp: "2026-11-21T12:00:00Z" }],
    ["listRouterConfigs", null],
    ["listL2VpnCircuits", null],
    ["listSandboxClients", null],
  ];
  for (const [operationId, parameters, body] of gated) {
    assert.equal((await fleet.refused(operationId, parameters, body)).status, 403, operationId);
  }
});

test("the same request with the same key happens once", async () => {
  const headers = { "Idempotency-Key": "story-1" };
  const count = async () => (await fleet.content<Page<Address>>("listAddresses")).totalCount;
  const before = await count();
  const first = await fleet.call("createAddress", null, address(QUAY, "once"), { headers });
  const again = await fleet.call("createAddress", null, address(QUAY, "once"), { headers });
  assert.deepEqual(again.data, first.data);
  assert.equal(again.headers["perigee-idempotent-replay"], "true");
  assert.equal(await count(), before + 1);
  const other = await fleet.refused("createAddress", null, address(QUAY, "twice"), { headers });
  assert.deepEqual([other.status, other.data.errors[0]?.errorMessage], [422, "idempotency_key_reused"]);
});

test("a webhook is told of what becomes of a terminal, signed", async () => {
  const messages: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const receiver = createServer((request, response) => {
    let body = "";
    request.on("data", part => {
      body += part;
    });
    request.on("end", () => {
      messages.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  try {
    const { port } = receiver.address() as AddressInfo;
    const hook = await fleet.content<{ webhookId: string; secret: string }>("addWebhook", null, {
      ...{ url: `http://127.0.0.1:${port}/perigee`, events: ["terminal.admission"] },
    });
    const elsewhere = await fleet.refused("addWebhook", null, { url: "https://inside.example/" });
    assert.deepEqual(
      [elsewhere.status, elsewhere.data.errors[0]?.errorMessage],
      [422, "webhook_target_refused"],
    );
    await operator.order({
      ...{ kind: "suspend", terminalId: "black-sea-ship", hours: 1 },
      ground: "The story wants its holder's program to hear of it.",
    });
    const message = await eventually("a message came", 30_000, async () => messages[0] ?? null);
    const { type, data } = JSON.parse(message.body);
    assert.equal(type, "terminal.admission");
    assert.match(data.userTerminalId, /^00020900-/);
    // What a receiver does (Standard Webhooks 1.0.0), without the operator's code.
    const key = Buffer.from(hook.secret.replace(/^whsec_/, ""), "base64");
    const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = message.headers;
    const mac = createHmac("sha256", key).update(`${id}.${at}.${message.body}`).digest("base64");
    assert.equal(signature, `v1,${mac}`);
    assert.ok(Math.abs(Number(at) - Date.now() / 1000) < 60);
    await operator.order({
      ...{ kind: "restore", terminalId: "black-sea-ship" },
      ground: "The story's program has heard of it.",
    });
    assert.equal((await fleet.call("endWebhook", { webhookId: hook.webhookId })).status, 200);
  } finally {
    receiver.close();
    receiver.closeAllConnections();
  }
});

test("the telemetry stream gives numbers beyond 2^53 exactly, each row once", async () => {
  const read = async (): Promise<string> => {
    const answer = await fleet.call<never>(
      "streamTelemetry",
      null,
      { batchSize: 1_000, maxLingerMs: 0 },
      { responseType: "text", transformResponse: (text: string) => text },
    );
    return answer.data as unknown as string;
  };
  const text = await eventually("there are rows", 40_000, async () => {
    const page = await read();
    if (JSON.parse(page).data.values.length > 0) return page;
    await new Promise(done => setTimeout(done, 2_000));
    return null;
  });
  // An integer too large for a double keeps its digits when it is read from the text.
  const exact = JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^\d+$/.test(context?.source ?? "")
      ? BigInt(context!.source!)
      : value,
  );
  const { values, columnNamesByDeviceType } = exact.data;
  const columns: string[] = columnNamesByDeviceType.u;
  const rows: unknown[][] = values.filter((row: unknown[]) => row[0] === "u");
  assert.ok(rows.length > 0);
  const of = (row: unknown[], name: string) => row[columns.indexOf(name)];
  const seen = new Set<string>();
  for (const row of rows) {
    const atNs = of(row, "UtcTimestampNs") as bigint;
    assert.equal(
      atNs % 1_000_000_000n,
      0n,
      "slots begin at whole seconds: 12, 27, 42 and 57 past the minute",
    );
    assert.equal((atNs / 1_000_000_000n) % 15n, 12n);
    const cell = of(row, "H3CellId") as bigint;
    assert.match(cell.toString(16), /^85[0-9a-f]{6}fffffff$/, "an H3 cell of resolution 5");
    const name = `${String(of(row, "DeviceId"))} ${atNs}`;
    assert.ok(!seen.has(name), "no row twice");
    seen.add(name);
  }
  assert.ok(exact.metadata.enums.AlertsByDeviceType.u["55"] === "disabled_no_active_account");
  for (const row of JSON.parse(await read()).data.values) {
    assert.ok(
      !seen.has(`${row[columns.indexOf("DeviceId")]} ${row[1]}`),
      "what was given is not given again",
    );
  }
});

test("lists come by the hundred, and an account that asks too often is told when to come back", async () => {
  const program = await newProgram("acc-havel-rail");
  const { data } = await program.call<Address>("createAddress", null, address(QUAY, "0"));
  const ids = [data.content.addressReferenceId];
  // Ten at a time: each is a decision with an entry in the ledger.
  for (let made = 1; made < 121; made += 10) {
    const tens = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        program.content<Address>("createAddress", null, address(QUAY, String(made + i))),
      ),
    );
    ids.push(...tens.map(({ addressReferenceId }) => addressReferenceId));
  }
  const pages = await Promise.all(
    [0, 1, 2].map(page => program.content<Page<Address>>("listAddresses", { page })),
  );
  assert.deepEqual(
    pages.map(({ pageIndex, limit, isLastPage, totalCount, results }) => ({
      ...{ pageIndex, limit, isLastPage, totalCount, length: results.length },
    })),
    [
      { pageIndex: 0, limit: 100, isLastPage: false, totalCount: 121, length: 100 },
      { pageIndex: 1, limit: 100, isLastPage: true, totalCount: 121, length: 21 },
      { pageIndex: 2, limit: 100, isLastPage: true, totalCount: 121, length: 0 },
    ],
  );
  const listed = pages.flatMap(({ results }) => results.map(each => each.addressReferenceId));
  assert.deepEqual(listed.toSorted(), ids.toSorted(), "every one once");

  // Lists in queries, as generators write them: with brackets, and the name repeated.
  for (const indexes of [false, null] as const) {
    const found = await program.call<Page<Address>>(
      "listAddresses",
      { addressIds: [ids[3], ids[99]] },
      undefined,
      { paramsSerializer: { indexes } },
    );
    const query = String(found.request.path);
    assert.equal(query.includes("%5B%5D=") || query.includes("[]="), indexes === false, query);
    assert.equal(found.data.content.totalCount, 2, query);
  }

  const refused = await eventually("the account has asked too often", 30_000, async () => {
    try {
      await program.call("readAccount");
      return null;
    } catch (error) {
      return (
        error as { response: { status: number; headers: Record<string, string>; data: Envelope<null> } }
      ).response;
    }
  });
  assert.deepEqual([refused.status, refused.data.errors[0]?.errorMessage], [429, "too_many_requests"]);
  const waitS = Number(refused.headers["retry-after"]);
  assert.ok(waitS >= 1 && waitS <= 60);
  assert.equal((await fleet.call("readAccount")).status, 200, "other accounts are not concerned");
});
