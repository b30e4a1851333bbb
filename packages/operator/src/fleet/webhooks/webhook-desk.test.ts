// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { MapBook, manufactureTerminal } from "@perigee/authority";
import { slotAt } from "@perigee/network";
import { embedded, type TestDatabase } from "../../storage/testing.ts";
import type { TelemetryRow } from "../../telemetry/row.ts";
import { eventKinds } from "./events.ts";
import { retryAfterS } from "./schedule.ts";
import { isSigned } from "./signature.ts";
import { mostWebhooks, WebhookDesk } from "./webhook-desk.ts";

interface Received {
  readonly id: string;
  readonly signature: string;
  readonly timestampS: number;
  readonly body: string;
  readonly terminal: string;
  readonly raised: readonly number[];
}

const start = Date.UTC(2026, 0, 10);
const account = "acc-a";
const book = new MapBook();
let nowMs = start;
let test0: TestDatabase;
let receiver: Server;
let url: string;
/** What the receiver answers to a message. */
let answer: (message: Received) => number;
let received: Received[] = [];
let rows: TelemetryRow[] = [];
let desk: WebhookDesk;

before(async () => {
  test0 = await embedded.open();
  for (const id of ["one", "two"]) {
    const terminal = { ...manufactureTerminal(id, id, start), accountId: account };
    book.apply([{ kind: "terminal", id, document: terminal }]);
  }
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", chunk => (body += chunk));
    request.on("end", () => {
      const { data } = JSON.parse(body);
      const message: Received = {
        id: String(request.headers["webhook-id"]),
        signature: String(request.headers["webhook-signature"]),
        timestampS: Number(request.headers["webhook-timestamp"]),
        body,
        terminal: data.userTerminalId,
        raised: (data.raised ?? []).map((alert: { code: number }) => alert.code),
      };
      const status = answer(message);
      if (status < 300) received.push(message);
      response.writeHead(status, { location: "/elsewhere" }).end("much to say");
    });
  });
  await new Promise<void>(done => receiver.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
after(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await test0[Symbol.asyncDispose]();
});
/** Each test begins so; a hook at the root would run for the tests of every other file too. */
async function begin(): Promise<void> {
  for (const table of ["webhook_message", "webhook"] as const) await test0.db.deleteFrom(table).execute();
  answer = () => 204;
  received = [];
  rows = [];
  desk = opened();
}

/** A desk as a start of the operator makes it. */
const opened = (): WebhookDesk =>
  new WebhookDesk({
    ...{ db: test0.db, book: () => book, nowMs: () => nowMs, targets: "loopback", random: () => 0.999 },
    telemetry: () => ({
      recent: async ({ fromSlot }) => ({
        rows: rows.filter(row => row.slot >= fromSlot),
        nextSlot: slotAt(nowMs) + 1_000_000,
        firstSlot: 0,
      }),
    }),
  });

/** Alerts of terminals in a slot, and what then happens. */
async function slot(alerts: Readonly<Record<string, readonly number[]>>): Promise<void> {
  rows = Object.entries(alerts).map(([terminal, codes]) => ({
    ...{ slot: 1e9, terminal, account, cell: null, country: null, inTerritorialWaters: null },
    ...{ satellite: 1, gateway: "g", pop: "p", rttMs: 1, pingLatencyMs: 1, pingDropRate: 0 },
    ...{ downBytes: 0, upBytes: 0, obstruction: 0, signalQuality: 1, uptimeS: 1, software: "1" },
    ...{ secondsUntilReboot: -1, wireCode: 1, reason: "", reporting: true, alerts: codes },
  }));
  await desk.pump();
  rows = [];
}

/** Pumps until nothing is due at this instant. */
async function drain(): Promise<void> {
  for (let round = 0; round < 20; round++) await desk.pump();
}

test("what is raised and cleared is told once, signed", async () => {
  await begin();
  const webhook = (await desk.add(account, url, eventKinds))!;
  await slot({ one: [50] });
  await slot({ one: [50] });
  await slot({ one: [97] });
  await drain();
  assert.deepEqual(
    received.map(({ body }) => {
      const { raised, cleared, active } = JSON.parse(body).data;
      return [raised, cleared, active].map((list: { code: number }[]) => list.map(({ code }) => code));
    }),
    [
      [[50], [], [50]],
      [[97], [50], [97]],
    ],
  );
  for (const { id, timestampS, body, signature } of received) {
    assert.ok(isSigned(webhook.secret, id, timestampS, body, signature, nowMs / 1000));
  }
  assert.equal(new Set(received.map(({ id }) => id)).size, 2);
});

test("a message that fails is sent again later, and none about its terminal overtakes it", async () => {
  await begin();
  const webhook = (await desk.add(account, url, eventKinds))!;
  const terminals = new Set<string>();
  let failing = true;
  let first = "";
  answer = message => {
    terminals.add(message.terminal);
    first ||= message.terminal;
    return failing && message.terminal === first ? 500 : 204;
  };
  await slot({ one: [50] });
  await slot({ one: [50, 51], two: [60] });
  await slot({ one: [50, 51, 52], two: [60, 61] });
  await drain();
  assert.deepEqual(
    received.map(({ raised }) => raised),
    [[60], [61]],
    "the other terminal's arrive",
  );
  failing = false;
  nowMs += retryAfterS[0]! * 1000;
  await drain();
  assert.deepEqual(
    received.map(({ raised }) => raised),
    [[60], [61], [50], [51], [52]],
  );
  const told = await desk.deliveries(webhook.id);
  assert.deepEqual(told.map(({ state, attempts }) => [state, attempts]).toSorted(), [
    ["delivered", 1],
    ["delivered", 1],
    ["delivered", 1],
    ["delivered", 1],
    ["delivered", 2],
  ]);
});

test("a message that never arrives is given up, and the next one goes on; redirects are no arrival", async () => {
  await begin();
  const webhook = (await desk.add(account, url, eventKinds))!;
  let attempts = 0;
  answer = ({ raised }) => {
    if (raised[0] !== 50) return 200;
    attempts++;
    return 307;
  };
  await slot({ one: [50] });
  await slot({ one: [50, 51] });
  for (const waitS of [...retryAfterS, 0]) {
    await drain();
    nowMs += waitS * 1000;
  }
  await drain();
  assert.equal(attempts, retryAfterS.length + 1);
  assert.deepEqual(
    received.map(({ raised }) => raised),
    [[51]],
  );
  const states = (await desk.deliveries(webhook.id)).map(({ state }) => state);
  assert.ok(states.includes("delivered"));
});

test("what waits is sent after a restart, and every alert that stands is told again", async () => {
  await begin();
  await desk.add(account, url, eventKinds);
  answer = () => 503;
  await slot({ one: [50] });
  await desk[Symbol.asyncDispose]();
  answer = () => 204;
  nowMs += retryAfterS[0]! * 1000;
  desk = opened();
  await slot({ one: [50] });
  await drain();
  assert.deepEqual(
    received.map(({ raised }) => raised),
    [[50], [50]],
  );
});

test("a receiver that is gone for good ends its webhook; so does its account, and nobody else", async () => {
  await begin();
  const gone = (await desk.add(account, url, eventKinds))!;
  answer = () => 410;
  await slot({ one: [50] });
  await drain();
  assert.deepEqual(await desk.list(account), []);
  answer = () => 204;
  const other = (await desk.add(account, url, eventKinds))!;
  assert.equal(await desk.end("acc-b", other.id), false);
  assert.equal(await desk.end(account, other.id), true);
  assert.equal(await desk.end(account, gone.id), false);
  for (let i = 0; i < mostWebhooks; i++) assert.ok(await desk.add(account, url, eventKinds));
  assert.equal(await desk.add(account, url, eventKinds), null);
});

test("another account's webhook is told nothing", async () => {
  await begin();
  await desk.add("acc-b", url, eventKinds);
  await slot({ one: [50] });
  await drain();
  assert.deepEqual(received, []);
});
