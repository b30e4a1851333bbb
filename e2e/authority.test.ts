// SPDX-License-Identifier: MIT
// Story: the authority, over HTTP alone. Cut off by three persons, given back by a fourth; a lawful order about a country;
// and after a restart everything is still there, and comes out the same when it is decided again.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import type { Socket } from "node:net";
import { test } from "node:test";
import type { CarriedOut, KitAnswer, Portal, Problem } from "@perigee/operator/contract";
import { eventually, OperatorProcess, temporaryData } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { SocksRefused, socksConnect } from "./socks-client.ts";

const CUT_OFF_MS = 1_000;
const RESTORED_MS = 60_000;
const ENFORCED_MS = 60_000;

const [officer, second, clerk] = ["ines-calloway", "tomas-reid", "jonas-fell"];
const [approver, otherApprover] = ["amara-osei", "lukas-brandt"];
const customer = "marta-wolska";

interface Answer {
  readonly status: number;
  readonly body: CarriedOut & Problem;
}

/** A command as a person gives it. */
async function command(
  operator: OperatorProcess,
  as: string,
  name: string,
  request: object,
  reason = "",
): Promise<Answer> {
  const query = reason === "" ? "" : `?reason=${encodeURIComponent(reason)}`;
  const path = name.startsWith("appeal.file") ? `/v1/portal/commands/${name}` : `/v1/commands/${name}`;
  return (await operator.post(path + query, request, { "x-perigee-as": as })) as Answer;
}

/** The same, where it must be carried out. */
async function done(...asked: Parameters<typeof command>): Promise<CarriedOut> {
  const { status, body } = await command(...asked);
  assert.ok(status === 201 || status === 202, `${asked[2]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

const idOf = ({ records }: CarriedOut, kind: string): string => {
  const found = records.find(record => record.kind === kind);
  assert.ok(found, `no ${kind} among ${JSON.stringify(records)}`);
  return found.id;
};

/** When a connection ends, by the clock of `performance.now`. */
const endOf = (socket: Socket): Promise<number> =>
  new Promise(ended => {
    socket.on("error", () => undefined);
    socket.on("close", () => ended(performance.now()));
  });

test("cut off, told, appealed, given back; an order about a country; a restart", async () => {
  const data = temporaryData();
  try {
    await using origin = await startOrigin();
    let entries: number;
    let appealId: string;
    {
      await using operator = await OperatorProcess.start({ data });
      appealId = await cutOffAndGivenBack(operator, origin.echoPort);
      await kitNumbers(operator);
      await orderAboutACountry(operator, origin.echoPort);
      entries = await replayed(operator);
    }
    await using operator = await OperatorProcess.start({ data });
    assert.ok((await replayed(operator)) >= entries, "nothing is missing from the log");
    const appeal = await operator.get<{ now: { state: string } }>(`/v1/appeals/${appealId}`);
    assert.equal(appeal.now.state, "reversed");
    const requests = await operator.get<{ items: { state: string; kind: string }[] }>("/v1/area-requests");
    assert.deepEqual(
      requests.items.map(({ kind, state }) => `${kind} ${state}`),
      ["lawfulOrder verified"],
    );
    const { reason } = (await operator.terminal("german-train")).admission!;
    assert.equal(reason, "AREA_NOT_ACTIVE", "the order outlives the process");
    const port = await operator.proxyPort("warsaw");
    const socket = await eventually("traffic flows after the restart", RESTORED_MS, () =>
      socksConnect(port, "127.0.0.1", origin.echoPort).catch(() => null),
    );
    socket.destroy();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

/** @returns id of the appeal */
async function cutOffAndGivenBack(operator: OperatorProcess, echoPort: number): Promise<string> {
  const port = await operator.proxyPort("warsaw");
  const socket = await eventually("the flat is connected", 20_000, () =>
    socksConnect(port, "127.0.0.1", echoPort).catch(() => null),
  );
  const ended = endOf(socket);
  const finding = await done(operator, officer, "finding.record", {
    ...{ caseId: "case-1", terminalId: "warsaw", verdict: "confirmed" },
    basis: { kind: "firstParty", evidence: ["measurement-1"] },
    identityBinding: { kind: "device key", evidence: "challenge-1" },
    summary: "The device was measured where it must not be.",
  });
  const order = {
    ...{ terminalId: "warsaw", ground: "Measured where it must not be; confirmed." },
    basis: { kind: "finding", id: idOf(finding, "finding") },
  };
  const asked = await done(operator, officer, "order.deactivate", order, "A confirmed finding.");
  const approval = { proposalId: asked.proposalId, reason: "The evidence carries it." };
  // F20: whoever asks does not approve, neither by role nor by being somebody else's second.
  const own = await command(operator, officer, "proposal.approve", approval);
  assert.deepEqual([own.status, own.body.code], [403, "PERMISSION_MISSING"]);
  await done(operator, approver, "proposal.approve", approval);
  const twice = await command(operator, approver, "proposal.approve", approval);
  assert.deepEqual([twice.status, twice.body.code], [409, "APPROVER_NOT_INDEPENDENT"]);
  assert.equal(
    (await operator.terminal("warsaw")).admission?.reason,
    "ALLOW",
    "one approval changes nothing",
  );

  const sentAt = performance.now();
  const cut = await done(operator, otherApprover, "proposal.approve", approval);
  const lateMs = (await ended) - sentAt;
  console.log(`the connection ended ${lateMs.toFixed(1)} ms after the second approval was sent`);
  assert.ok(lateMs <= CUT_OFF_MS, `the connection ended ${lateMs.toFixed(0)} ms after the second approval`);
  await assert.rejects(
    socksConnect(port, "127.0.0.1", echoPort),
    (error: unknown) => error instanceof SocksRefused,
  );
  assert.equal((await operator.terminal("warsaw")).admission?.reason, "TERMINAL_DEACTIVATED");

  // F26: the holder is told at that moment, and appeals.
  const portal = await portalOf(operator);
  const notice = portal.notices.find(({ id }) => id === idOf(cut, "notice"));
  assert.match(notice?.facts ?? "", /Measured where it must not be/);
  const filed = await done(operator, customer, "appeal.file", {
    noticeId: notice!.id,
    statement: "The measurement is of the neighbour's device; ours stands at the window.",
  });
  const appealId = idOf(filed, "appeal");
  const verdict = { appealId, verdict: "reversed", reason: "The measurement was of another device." };
  const judgeOfOneself = await command(operator, officer, "appeal.decide", verdict);
  assert.equal(judgeOfOneself.status, 409, "who asked for it does not decide the appeal");
  const reversedAt = performance.now();
  await done(operator, second, "appeal.decide", verdict);
  const again = await eventually("traffic flows again", RESTORED_MS, () =>
    socksConnect(port, "127.0.0.1", echoPort).catch(() => null),
  );
  console.log(
    `connected again ${(performance.now() - reversedAt).toFixed(0)} ms after the reversal was sent`,
  );
  again.destroy();
  assert.equal((await portalOf(operator)).notices[0]?.appeal?.state, "reversed");
  return appealId;
}

async function portalOf(operator: OperatorProcess): Promise<Portal> {
  const response = await fetch(`${operator.url}/v1/portal`, { headers: { "x-perigee-as": customer } });
  assert.equal(response.status, 200);
  return (await response.json()) as Portal;
}

/** What a buyer may know of a box, and no more. */
async function kitNumbers(operator: OperatorProcess): Promise<void> {
  const enrolled = await done(operator, clerk, "terminal.enrol", {
    ...{ kitNumber: "KITE2E00001", serial: "E2E-000001", model: "Standard", source: "A delivery note" },
  });
  const answer = (): Promise<KitAnswer> => operator.get("/v1/public/kit/KITE2E00001");
  assert.deepEqual(await answer(), { mayBeActivated: "yes", reportedStolenOrBlocked: "no" });
  await done(operator, clerk, "terminal.reportLost", {
    ...{ terminalId: idOf(enrolled, "terminal"), source: "The shop reports a theft" },
  });
  assert.deepEqual(await answer(), { mayBeActivated: "no", reportedStolenOrBlocked: "yes" });
}

/** F23: a lawful order from its arrival to the letter back. */
async function orderAboutACountry(operator: OperatorProcess, echoPort: number): Promise<void> {
  const port = await operator.proxyPort("german-train");
  const socket = await eventually("the train is connected", 20_000, () =>
    socksConnect(port, "127.0.0.1", echoPort).catch(() => null),
  );
  const ended = endOf(socket);
  const received = await done(operator, officer, "areaRequest.receive", {
    ...{ requester: "Demo regulator of Germany", kind: "lawfulOrder", jurisdiction: "Germany" },
    scope: { kind: "area", areas: ["DE"], wants: "suspend" },
    legalBasis: "Demo Spectrum Act, section 9",
  });
  const about = { requestId: idOf(received, "areaRequest") };
  await done(operator, officer, "areaRequest.authenticate", { ...about, method: "Signed letter" });
  await done(operator, officer, "areaRequest.review", {
    ...about,
    ...{ impactNote: "One train; emergency calls stay possible.", note: "Lawful, narrow and limited." },
  });
  const asked = await done(
    operator,
    officer,
    "areaRequest.decide",
    {
      ...about,
      ...{ verdict: "grant", reasons: [{ text: "A lawful order of the regulator." }] },
      expiresMs: Date.now() + 6 * 3_600_000,
    },
    "The regulator orders it.",
  );
  const approval = { proposalId: asked.proposalId, reason: "The order is lawful." };
  await done(operator, approver, "proposal.approve", approval);
  const sentAt = performance.now();
  await done(operator, otherApprover, "proposal.approve", approval);
  const lateMs = (await ended) - sentAt;
  console.log(`the order was enforced ${lateMs.toFixed(1)} ms after the second approval was sent`);
  assert.ok(lateMs <= ENFORCED_MS, `it was enforced ${lateMs.toFixed(0)} ms after the second approval`);
  assert.equal((await operator.terminal("german-train")).admission?.reason, "AREA_NOT_ACTIVE");
  await done(operator, second, "areaRequest.verify", { ...about, observation: "No carrier was received." });
  const letter = await operator.get<{ counts: object; proofs: object[] }>(
    `/v1/area-requests/${about.requestId}/attestation`,
  );
  assert.deepEqual(letter.counts, { asked: 1, granted: 1, done: 1, notDone: [] });
  assert.ok(letter.proofs.length >= 4, "each decision can be checked against the ledger");
}

/** Everything is decided again from what is kept. @returns decisions made again */
async function replayed(operator: OperatorProcess): Promise<number> {
  const { decisions, admissions, notKept, differences } = await operator.get<{
    decisions: number;
    admissions: number;
    notKept: number;
    differences: { message: string }[];
  }>("/v1/ledger/replay");
  assert.deepEqual(differences, []);
  assert.equal(notKept, 0);
  return decisions + admissions;
}
