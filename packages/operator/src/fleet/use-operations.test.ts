// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { slotAt } from "@perigee/network";
import { asPerson, type StillOperator } from "../api/testing/still-operator.ts";
import type { TelemetryRow } from "../telemetry/row.ts";
import { dayMs } from "./billing/cycle.ts";
import { travelWithLines } from "./billing/travel.ts";
import { allPermissions } from "./contract.ts";
import { features, levels } from "./feature.ts";
import { fleetOperations } from "./operations.ts";
import { type Answer, client, fleetOperator, ownAccount, tokenOf } from "./testing.ts";
import { useOperations } from "./use-operations.ts";
import { accountNumberOf, wireIdentityOf } from "./wire-ids.ts";

let operator: StillOperator;
/** When terminals carry traffic: two gigabytes an hour, one in each direction. */
const busy: { fromMs: number; untilMs: number }[] = [];
let telemetryIsGone = false;
let made = 0;

before(async () => {
  operator = await fleetOperator([
    { clientId: "elsewhere", accountId: "acc-alba-shipping", permissions: allPermissions },
  ]);
  operator.context.fleet.ports.usage = {
    usage: (_terminalId, fromMs, untilMs) => {
      const inside = busy.map(span => Math.min(untilMs, span.untilMs) - Math.max(fromMs, span.fromMs));
      const busyMs = inside.reduce((sum, ms) => sum + Math.max(0, ms), 0);
      const bytes = telemetryIsGone ? 0 : Math.round((busyMs / 3_600_000) * 1e9);
      return { downBytes: bytes, upBytes: bytes };
    },
  };
});
after(() => operator[Symbol.asyncDispose]());

/** Tokens last for minutes, and these tests move the clock by weeks. */
async function ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, payload?: object) {
  return await client(operator, await tokenOf(operator))(method, path, payload);
}

const later = (days: number): void => operator.clock.moveTo(operator.clock.nowMs() + days * dayMs);

/** Two days of traffic: 96 GB for every terminal on a line. */
function twoBusyDays(): void {
  const fromMs = operator.clock.nowMs();
  busy.push({ fromMs, untilMs: fromMs + 2 * dayMs });
  later(2);
}

const errorOf = ({ body: { errors } }: Answer): string | undefined => errors[0]?.errorMessage;

async function newLine(productReferenceId = "roam-50"): Promise<string> {
  const address = await ask("POST", "/addresses", {
    ...{ addressLines: ["Invented Street 5"], locality: "Warsaw", postalCode: "00-001" },
    ...{ formattedAddress: "Invented Street 5, Warsaw", latitude: 52.2297, longitude: 21.0122 },
  });
  const { addressReferenceId } = address.body.content;
  const line = await ask("POST", "/service-lines", { addressReferenceId, productReferenceId });
  assert.equal(line.status, 201, JSON.stringify(line.body));
  return line.body.content.serviceLineNumber;
}

/** A new terminal on a line; the id of its record. */
async function terminalOn(line: string): Promise<string> {
  const kitNumber = `KIT8${String(++made).padStart(7, "0")}`;
  const enrolled = await operator.context.carryOut({
    name: "terminal.enrol",
    request: { kitNumber, serial: `USE${1_000 + made}`, model: "Mini", source: "a test" },
    actor: { id: "clerk", name: "Clerk", roles: ["operator"] },
  });
  assert.ok(enrolled.ok, JSON.stringify(enrolled));
  for (const path of ["/user-terminals", `/service-lines/${line}/user-terminals`]) {
    const added = await ask("POST", path, { deviceId: kitNumber });
    assert.equal(added.status, 200, JSON.stringify(added.body));
  }
  return operator.context.fleet.ids.terminalOf(kitNumber)!;
}

async function endLine(line: string): Promise<void> {
  assert.equal((await ask("DELETE", `/service-lines/${line}?endNow=true`)).status, 200);
}

const invoices = async () => (await ask("GET", "/billing/invoices")).body.content.results;
/** What is owed in euros, in cents: sums of amounts are exact only so. */
const owedCents = async () => Math.round((await balance())[0].dueAmount * 100);
const balance = async () => (await ask("GET", "/billing/balance")).body.content.balances;
const usageOf = async (line: string, more: object = {}) => {
  const answer = await ask("POST", "/data-usage/query", { serviceLineNumbers: [line], ...more });
  return answer.body.content.results[0];
};

test("an account owes what its lines cost, cycle by cycle, and what it pays comes off", async () => {
  assert.deepEqual(await balance(), []);
  const line = await newLine();
  const [first] = await invoices();
  // Opened on the billing day: the whole cycle.
  assert.deepEqual(
    [first.amount, first.dueAmount, first.currency, first.status],
    [60, 60, "EUR", "Outstanding"],
  );
  const detail = (await ask("GET", `/billing/invoices/${first.invoiceId}`)).body.content;
  assert.deepEqual(detail.invoiceLines[0].serviceLineNumbers, [line]);
  assert.deepEqual([detail.invoiceLines[0].quantity, detail.invoiceLines[0].subTotal], [1, 60]);
  assert.equal((await ask("GET", "/billing/invoices/INV-0")).status, 404);

  later(15);
  assert.equal((await invoices())[0].status, "Overdue");
  const paid = await operator.server.inject({
    ...{
      method: "POST",
      url: `/v1/billing/accounts/${ownAccount}/payments`,
      headers: asPerson("jonas-fell"),
    },
    payload: { amount: 75.5, currency: "EUR", reference: "Invented Bank 1" },
  });
  assert.equal(paid.statusCode, 201, paid.body);
  assert.deepEqual(await balance(), [{ currency: "EUR", dueAmount: -15.5 }]);
  assert.equal((await invoices())[0].status, "Paid");

  later(20);
  assert.deepEqual(
    (await invoices()).map(({ amount, dueAmount }: { amount: number; dueAmount: number }) => [
      amount,
      dueAmount,
    ]),
    [
      [60, 44.5],
      [60, 0],
    ],
  );
  await endLine(line);
  later(60);
  assert.deepEqual(
    await balance(),
    [{ currency: "EUR", dueAmount: 44.5 }],
    "an ended line costs nothing more",
  );
});

test("money is entered by those who keep accounts, into the ledger, and by nobody else", async () => {
  const pay = (person: string, payload: object, account = ownAccount) =>
    operator.server.inject({
      ...{ method: "POST", url: `/v1/billing/accounts/${account}/payments`, headers: asPerson(person) },
      payload,
    });
  const money = { amount: 44.5, currency: "EUR", reference: "Invented Bank 2" };
  assert.equal((await pay("paolo-venn", money)).statusCode, 403);
  assert.equal((await pay("jonas-fell", money, "nobody")).statusCode, 404);
  assert.equal((await pay("jonas-fell", { ...money, amount: 0.001 })).statusCode, 400);
  assert.equal((await pay("jonas-fell", { ...money, amount: -1 })).statusCode, 400);
  assert.equal((await pay("jonas-fell", money)).statusCode, 201);
  assert.equal(operator.decisions.at(-1)!.action, "data payment");
  const url = `/v1/billing/accounts/${ownAccount}`;
  const bill = (await operator.server.inject({ url, headers: asPerson("jonas-fell") })).json();
  assert.deepEqual(bill.balances, [{ currency: "EUR", dueAmount: 0 }]);
});

test("data count as priority until they are used up, and telemetry that goes takes no day of a bill with it", async () => {
  const line = await newLine();
  await terminalOn(line);
  twoBusyDays();
  const use = await usageOf(line);
  const [cycle] = use.billingCycles;
  assert.equal(use.servicePlan.usageLimitGB, 50);
  // 48 hours at 2 GB: 50 GB are included.
  assert.deepEqual([cycle.totalPriorityGB, cycle.totalStandardGB, cycle.totalOptInPriorityGB], [50, 46, 0]);
  const days = cycle.dailyDataUsage.filter((day: { priorityGB: number }) => day.priorityGB > 0);
  assert.equal(
    days.reduce((sum: number, day: { priorityGB: number }) => sum + day.priorityGB, 0),
    50,
  );
  telemetryIsGone = true;
  const kept = (await usageOf(line)).billingCycles[0].totalStandardGB;
  assert.ok(kept > 0 && kept < 46, `${kept}: the days that were over are kept, the running one is read`);
  telemetryIsGone = false;
  await endLine(line);
  assert.equal(await usageOf(line), undefined, "only active lines, unless asked otherwise");
  assert.notEqual(await usageOf(line, { activeServiceLinesOnly: false }), undefined);
});

test("opting in buys by the block from then on, costs at the cycle's end, and cools down", async () => {
  const line = await newLine();
  await terminalOn(line);
  const path = `/service-lines/${line}/data`;
  assert.equal(errorOf(await ask("POST", `${path}/opt-out`)), "not_opted_in");
  const optedIn = await ask("POST", `${path}/opt-in`);
  assert.equal(optedIn.body.content.productId, "roam-gb");
  const owed = await owedCents();
  twoBusyDays();
  const [cycle] = (await usageOf(line)).billingCycles;
  assert.deepEqual([cycle.totalPriorityGB, cycle.totalOptInPriorityGB, cycle.totalStandardGB], [96, 46, 0]);
  const [overage] = cycle.overageLines;
  assert.deepEqual([overage.overageAmountGB, overage.overagePrice, overage.pricePerGB], [46, 46, 1]);
  assert.equal(await owedCents(), owed, "not before the cycle is over");
  const out = await ask("POST", `${path}/opt-out`);
  assert.equal(out.body.content.isInOptInCoolDown, true);
  assert.equal(errorOf(await ask("POST", `${path}/opt-in`)), "opt_in_cool_down");
  await endLine(line);
  later(31);
  assert.equal(await owedCents(), owed + 4_600);
});

test("blocks are charged when they come; those of a pool serve each of its lines", async () => {
  const lines = [await newLine(), await newLine()];
  for (const line of lines) await terminalOn(line);
  const [giver, taker] = lines;
  const { results } = (await ask("GET", "/data-pools")).body.content;
  const { dataPoolId } = results.find((pool: { productId: string }) => pool.productId === "roam-50");
  const owed = await owedCents();
  const blocks = [{ productId: "roam-500", count: 1 }];
  const set = await ask("PUT", `/service-lines/${giver}/data/recurring`, {
    ...{ recurringDataBlocks: blocks, dataPoolId, applyToCurrentMonth: true },
  });
  assert.equal(set.status, 200, JSON.stringify(set.body));
  assert.equal((await ask("PATCH", `/service-lines/${taker}/consume-from-pool`)).status, 200);
  assert.equal(await owedCents(), owed + 9_000);
  twoBusyDays();
  const usage = (await ask("GET", `/data-pools/usage?dataPoolIds=${dataPoolId}`)).body.content.results[0];
  // Each line has 50 GB of its own and takes 46 from the pool.
  assert.equal(usage.dataBlocks[0].consumedAmountGB, 92);
  assert.deepEqual(
    usage.dataBlocks[0].serviceLineUsage.map((each: { consumedAmountGB: number }) => each.consumedAmountGB),
    [46, 46],
  );
  for (const line of lines) {
    const { billingCycles, servicePlan } = await usageOf(line);
    assert.deepEqual([billingCycles[0].totalPriorityGB, billingCycles[0].totalStandardGB], [96, 0]);
    assert.deepEqual([servicePlan.usageLimitGB, servicePlan.dataPoolUsage.dataPoolId], [500, dataPoolId]);
  }
  const top = await ask("POST", `/service-lines/${taker}/data/top-up`, { productId: "roam-500", count: 2 });
  assert.equal(top.status, 200);
  assert.equal(await owedCents(), owed + 9_000 + 18_000);
  assert.equal(
    (await ask("POST", `/data-pools/${dataPoolId}/set-automatic-top-up?enabled=true`)).status,
    200,
  );
  const [pool] = (await ask("GET", `/data-pools?dataPoolIds[]=${dataPoolId}`)).body.content.results;
  assert.equal(pool.automaticTopUpEnabled, true);
  for (const line of lines) await endLine(line);
});

test("what cannot be bought is refused, by the member that asks for it", async () => {
  const line = await newLine("home-100");
  const path = `/service-lines/${line}`;
  const refusals: [Answer, string][] = [
    [await ask("POST", `${path}/data/top-up`, { productId: "roam-500", count: 1 }), "invalid_data_product"],
    [await ask("POST", `${path}/data/opt-in`), "opt_in_not_available"],
    [await ask("PATCH", `${path}/consume-from-pool`), "no_data_pool"],
    [
      await ask("PUT", `${path}/data/recurring`, { recurringDataBlocks: [{ productId: "x", count: 1 }] }),
      "invalid_data_product",
    ],
  ];
  for (const [answer, error] of refusals) {
    assert.equal(answer.status, 422);
    assert.equal(errorOf(answer), error);
  }
  assert.equal((await ask("POST", `${path}/data/top-up`, { productId: "x", count: 0 })).status, 400);
  assert.equal((await ask("POST", "/service-lines/AST-0-0-0/data/opt-in")).status, 404);
  assert.equal((await ask("POST", `/data-pools/${crypto.randomUUID()}/set-automatic-top-up`)).status, 404);
  await endLine(line);
  assert.equal(
    errorOf(await ask("POST", `${path}/data/top-up`, { productId: "roam-500", count: 1 })),
    "service_line_not_active",
  );
});

test("a change of product within a cycle makes two partial periods, a credit and a charge", async () => {
  const line = await newLine();
  later(1);
  const changed = await ask("PUT", `/service-lines/${line}/product`, {
    ...{ productReferenceId: "home-100", delayUpdate: false },
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  const periods = (await ask("GET", `/service-lines/${line}/billing-cycles/partial-periods`)).body.content;
  assert.deepEqual(
    periods.map((period: { productReferenceId: string }) => period.productReferenceId),
    ["roam-50", "home-100"],
  );
  assert.equal(periods[0].periodEnd, periods[1].periodStart);
  const [latest] = await invoices();
  const { invoiceLines } = (await ask("GET", `/billing/invoices/${latest.invoiceId}`)).body.content;
  assert.deepEqual(
    invoiceLines.map((each: { unitPrice: number; quantity: number }) => [
      each.unitPrice,
      Math.sign(each.quantity),
    ]),
    [
      [60, -1],
      [40, 1],
    ],
  );
  await endLine(line);
});

const row = (terminal: string, slot: number, more: Partial<TelemetryRow> = {}): TelemetryRow => ({
  ...{
    slot,
    terminal,
    account: ownAccount,
    cell: 0x851e2953fffffffn,
    country: "PL",
    inTerritorialWaters: false,
  },
  ...{ satellite: 44_713, gateway: "gw", pop: "wrswpol1", rttMs: 31, pingLatencyMs: 33, pingDropRate: 0 },
  ...{
    downBytes: 1_875_000,
    upBytes: 0,
    obstruction: 0,
    signalQuality: 1,
    uptimeS: 60,
    software: "2026.07.1",
  },
  ...{ secondsUntilReboot: -1, wireCode: 1, reason: "", reporting: true, alerts: [79] },
  ...more,
});

test("each service account reads the stream of an account once, and the cache shows what came last", async () => {
  const line = await newLine();
  const terminal = await terminalOn(line);
  const slot = slotAt(operator.clock.nowMs());
  const rows = [row(terminal, slot - 2), row(terminal, slot - 1, { alerts: [50, 97] })];
  operator.context.fleet.ports.telemetry = {
    recent: async ({ fromSlot, accounts }) => ({
      rows: rows.filter(each => each.slot >= fromSlot && accounts!.has(each.account!)),
      nextSlot: slot,
      firstSlot: slot - 1_920,
    }),
    newest: id => rows.findLast(each => each.terminal === id) ?? null,
  };
  const stream = async (clientId: string, payload: object) => {
    const answer = await operator.server.inject({
      ...{ method: "POST", url: "/api/public/v2/telemetry/stream", payload },
      headers: { authorization: `Bearer ${await tokenOf(operator, clientId)}` },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    return { text: answer.body, values: answer.json().data.values as unknown[][] };
  };
  const first = await stream("tests", { batchSize: 2, maxLingerMs: 0 });
  assert.deepEqual(
    first.values.map(values => values[0]),
    ["u", "i"],
  );
  assert.ok(first.text.includes(`${0x851e2953fffffffn}`), "the cell, digit by digit");
  const second = await stream("tests", { batchSize: 2, maxLingerMs: 0 });
  assert.deepEqual(
    second.values.map(values => [values[0], values.at(-1)]),
    [["u", [50, 97]]],
  );
  assert.deepEqual((await stream("tests", { maxLingerMs: 0 })).values, []);
  assert.deepEqual(
    (await stream("elsewhere", { maxLingerMs: 0 })).values,
    [],
    "another account's are not told",
  );

  const id = `ut${wireIdentityOf(operator.authority.book.get("terminal", terminal)!).userTerminalId}`;
  const cache = await ask("POST", "/telemetry/query", { userTerminalIds: [id] });
  const shown = cache.body.content.userTerminals[id];
  assert.equal(shown.h3CellId, "851e2953fffffff");
  assert.deepEqual(
    [shown.alertEthernetSlowLink10, shown.alertDataOverageRateLimited, shown.alertPopChange],
    [true, true, false],
  );
  assert.equal(shown.downlinkThroughputMbps, 1);
  rows.push(row(terminal, slot, { reporting: false, pop: null }));
  const silent = (await ask("POST", "/telemetry/query", {})).body.content.userTerminals[id];
  assert.deepEqual(
    [silent.alertPopChange, silent.ipAllocations],
    [null, null],
    "nothing is known of who is silent",
  );
  const wrong = { batchSize: 65_001 };
  assert.equal((await ask("POST", "/telemetry/stream", wrong)).status, 400);
  await endLine(line);
});

test("what no account here has is refused like a missing permission, whatever a service account may do", async () => {
  const gated = useOperations.filter(operation => operation.gated);
  assert.equal(gated.length, 22);
  for (const { method, path, permission } of gated) {
    const answer = await operator.server.inject({
      ...{ method, url: `/api${path.replaceAll(/\{\w+\}/g, "x")}` },
      headers: { authorization: `Bearer ${await tokenOf(operator)}` },
    });
    assert.equal(answer.statusCode, 403, `${method} ${path}`);
    assert.deepEqual(answer.json(), {
      accountId: accountNumberOf(ownAccount),
      requiredPermission: {
        featureAccess: features[permission!.feature],
        permission: levels[permission!.level],
      },
      featureAccessString: permission!.feature,
      permissionString: permission!.level,
    });
  }
  const names = fleetOperations.map(operation => operation.operationId);
  assert.equal(new Set(names).size, names.length);
});

test("billing time goes ahead, and what was put off to a bill day happens on the way, without a cycle more", async () => {
  const line = await newLine();
  const owed = await owedCents();
  assert.equal((await ask("DELETE", `/service-lines/${line}`)).status, 200);
  assert.equal((await ask("GET", `/service-lines/${line}`)).body.content.active, true);
  const { fleet } = operator.context;
  const { time } = fleet.desks.billing;
  const beforeMs = time.nowMs();
  const actor = { id: "jonas-fell", name: "Jonas Fell", roles: ["operator"] as const };
  // The clock of these tests stands; while billing time stops at a bill day, real time goes on.
  const walking = setInterval(() => operator.clock.moveTo(operator.clock.nowMs() + 20), 10);
  operator.clock.moveTo(operator.clock.nowMs() + 1);
  const gone = await travelWithLines(fleet, actor, 40 * dayMs);
  clearInterval(walking);
  assert.ok(gone.ok, JSON.stringify(gone));
  assert.equal(gone.value - beforeMs >= 40 * dayMs, true);
  assert.equal((await ask("GET", `/service-lines/${line}`)).body.content.active, false);
  assert.equal(await owedCents(), owed);
  assert.equal(time.of(time.real(beforeMs)), beforeMs, "what was before the jumps stays where it was");
  assert.equal((await travelWithLines(fleet, actor, 4_000 * dayMs)).ok, false);
});
