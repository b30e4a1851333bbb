// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Actor } from "@perigee/authority";
import { createWorld } from "@perigee/world";
import { verifyStoredLog } from "../storage/ledger-audit.ts";
import { newestHead, readEntries } from "../storage/ledger-store.ts";
import { readRecords } from "../storage/records.ts";
import { type TestAuthority, testAuthority } from "../testing.ts";
import { replayLog } from "./replay-log.ts";

let bed: TestAuthority;
let nowMs: number;

before(async () => {
  bed = await testAuthority();
  nowMs = bed.scenario.startMs;
});
after(() => bed[Symbol.asyncDispose]());

/** Reports from everybody and an answer about everybody, some time later. */
async function step(laterMs: number, authority = bed.authority): Promise<string[]> {
  nowMs += laterMs;
  const world = createWorld(bed.scenario.world, bed.scenario.startMs);
  assert.deepEqual(await authority.takeReports(world.reportsAt(nowMs), nowMs), []);
  return await authority.evaluateAll(nowMs);
}

const actor: Actor = { id: "test", name: "T. Est", roles: ["compliance"] };
const request = { terminalId: "kyiv", actor, ground: "A ground of sufficient length." };

test("the demo's terminals get the answers that its story needs, each refusal for another reason", async () => {
  const changed = await step(15_000);
  assert.equal(changed.length, bed.scenario.terminals.length, "the first answer about each is a decision");
  const reasonOf = (id: string) => bed.authority.admissionOf(id)?.reason;
  assert.equal(reasonOf("sevastopol"), "LEGAL_REGIME");
  assert.equal(reasonOf("moscow"), "AREA_NOT_LICENSED");
  assert.equal(reasonOf("dubai"), "AREA_NOT_ACTIVE");
  for (const id of ["kyiv", "chasiv-yar-hospital", "warsaw", "ulukhaktok", "kenya-school", "kansas-farm"]) {
    assert.equal(reasonOf(id), "ALLOW", id);
  }
});

test("an answer that stays the same is an evaluation, not a decision", async () => {
  const before = (await newestHead(bed.db))!.size;
  assert.deepEqual(await step(15_000), []);
  assert.equal((await newestHead(bed.db))!.size, before);
});

test("no lease for who may reach nothing, a short one in the special zone", () => {
  const leases = bed.authority.issueLeases(bed.authority.terminalIds(), nowMs);
  const by = new Map(leases.map(l => [l.claims.terminalId, l.claims]));
  for (const id of ["sevastopol", "moscow", "dubai"]) assert.ok(!by.has(id), id);
  assert.equal(by.get("warsaw")!.expiresAtMs - nowMs, 60_000);
  assert.equal(by.get("chasiv-yar-hospital")!.expiresAtMs - nowMs, 15_000);
});

test("a suspension changes state, record, log and admission together", async () => {
  const before = (await newestHead(bed.db))!.size;
  nowMs += 1000;
  const result = await bed.authority.order({ ...request, kind: "suspend", hours: 2 }, nowMs);
  assert.ok(result.ok);
  assert.equal(bed.authority.admissionOf("kyiv")?.reason, "TERMINAL_SUSPENDED");
  const [order, admission] = await readEntries(bed.db, before, 10);
  assert.match(order!.body, /"action":"suspend"/);
  assert.match(admission!.body, /"action":"admission"/);
  assert.equal(result.value.order.ledgerIndex, before);
  const [lease] = bed.authority.issueLeases(["kyiv"], nowMs);
  assert.equal(lease!.claims.reach, "accountAndEmergency");
});

test("what was true before stays readable: bitemporal by both times", async () => {
  const stateAt = async (asOf: { validAtMs?: number; knownAtMs?: number }) =>
    (await readRecords<{ state: string }>(bed.db, "terminal", asOf))
      .filter(r => r.id === "kyiv")
      .map(r => r.document.state);
  assert.deepEqual(await stateAt({ validAtMs: nowMs }), ["suspended"]);
  assert.deepEqual(
    await stateAt({ validAtMs: nowMs - 1 }),
    ["active"],
    "as we know now, it was active before",
  );
  assert.deepEqual(
    await stateAt({ validAtMs: nowMs + 60_000, knownAtMs: nowMs - 1 }),
    ["active"],
    "as we knew then",
  );
});

test("an order that is refused leaves no trace", async () => {
  const before = (await newestHead(bed.db))!.size;
  for (const [bad, code] of [
    [{ ...request, kind: "suspend" as const, hours: 2 }, "ILLEGAL_TERMINAL_TRANSITION"],
    [{ ...request, kind: "suspend" as const, hours: 73, terminalId: "warsaw" }, "REQUEST_INVALID"],
    [{ ...request, kind: "restore" as const, terminalId: "warsaw" }, "NOTHING_TO_RELEASE"],
    [{ ...request, kind: "suspend" as const, terminalId: "nobody" }, "TERMINAL_UNKNOWN"],
  ] as const) {
    const result = await bed.authority.order(bad, nowMs);
    assert.ok(!result.ok);
    assert.equal(result.error.code, code);
  }
  assert.equal((await newestHead(bed.db))!.size, before);
});

test("a restart knows what was decided: the suspended stay suspended, and nothing is decided anew", async () => {
  const reopened = await bed.reopen();
  const before = (await newestHead(bed.db))!.size;
  assert.deepEqual(await step(15_000, reopened), []);
  assert.equal(reopened.admissionOf("kyiv")?.reason, "TERMINAL_SUSPENDED");
  assert.equal((await newestHead(bed.db))!.size, before);
  assert.equal((await reopened.orders("kyiv"))[0]?.kind, "suspend");
});

test("a suspension ends by itself, and its end is logged", async () => {
  const changed = await step(2 * 3_600_000);
  assert.ok(changed.includes("kyiv"));
  assert.equal(bed.authority.admissionOf("kyiv")?.reason, "ALLOW");
  assert.equal(bed.decisions.filter(d => d.action === "expire" && d.subject === "kyiv").length, 1);
  const [ended] = await bed.authority.orders("kyiv");
  assert.notEqual(ended!.endedAt, null);
});

test("the log of all this verifies, and every decision stands in it", async () => {
  const report = await verifyStoredLog(bed.db, bed.key);
  assert.ok(report.ok, JSON.stringify(report.findings));
  const rows = await bed.db.selectFrom("decision").select("ledger_index").execute();
  const entries = await readEntries(bed.db, 0, 10_000);
  assert.deepEqual(
    rows.map(r => r.ledger_index).sort((a, b) => a - b),
    entries.map(e => e.index),
  );
});

test("two changes at once are both logged, one after the other", async () => {
  const results = await Promise.all(
    ["warsaw", "kansas-farm", "kenya-school"].map(terminalId =>
      bed.authority.order({ ...request, terminalId, kind: "suspend", hours: 1 }, nowMs),
    ),
  );
  assert.ok(results.every(r => r.ok));
  assert.equal(new Set(results.map(r => r.ok && r.value.order.ledgerIndex)).size, 3);
  assert.ok((await verifyStoredLog(bed.db, bed.key)).ok);
});

test("F22 the log can be replayed: every command and every admission comes out as it was decided", async () => {
  const report = await replayLog(bed.db, bed.authority.commands.values());
  assert.deepEqual(report.differences, []);
  assert.ok(report.rulings >= 5 && report.admissions >= 12, JSON.stringify(report));
  assert.equal(report.notKept, 0);
});

test("F22 a replay notices a request, a fact or a record that is not what was decided upon", async () => {
  const first = await bed.db.selectFrom("command_request").selectAll().executeTakeFirstOrThrow();
  const set = (body: string) =>
    bed.db.updateTable("command_request").set({ body }).where("hash", "=", first.hash).execute();
  await set(first.body.replace("length", "breadth"));
  assert.match(
    (await replayLog(bed.db, bed.authority.commands.values())).differences[0]!.message,
    /is not the one that was logged/,
  );
  await set(first.body);
  const facts = await bed.db.selectFrom("admission_facts").selectAll().executeTakeFirstOrThrow();
  const put = (document: unknown) =>
    bed.db
      .updateTable("admission_facts")
      .set({ facts: JSON.stringify(document) })
      .where("decision_id", "=", facts.decision_id)
      .execute();
  await put({ ...(facts.facts as object), emergency: true });
  assert.match(
    (await replayLog(bed.db, bed.authority.commands.values())).differences[0]!.message,
    /comes out otherwise/,
  );
  await put(facts.facts);
  assert.deepEqual((await replayLog(bed.db, bed.authority.commands.values())).differences, []);
});
