// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { retentionRules } from "@perigee/authority";
import { LocationReads } from "../access/location-reads.ts";
import { stillOperator } from "../api/testing/still-operator.ts";
import { replayLog } from "../authority/replay-log.ts";
import type { Database } from "../storage/database.ts";
import { logDecision } from "../storage/decisions.ts";
import { addRecords, changeRecord, readRecords } from "../storage/records.ts";
import { testOnEach } from "../storage/testing.ts";
import { newKey } from "../testing.ts";
import { Keeper } from "./keeper.ts";
import { purgeJobs, versionJobs } from "./purge-jobs.ts";

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 21, 12);
const key = newKey();

const logTo =
  (db: Database, said: string[]) =>
  async (
    decision: Parameters<typeof logDecision>[2],
    change: (tx: Database, index: number) => Promise<void>,
  ) => {
    await db.transaction().execute(async tx => {
      const { ledgerIndex } = await logDecision(tx, key, decision);
      await change(tx, ledgerIndex);
    });
    said.push(decision.text);
  };

const days = (kind: keyof typeof retentionRules): number => retentionRules[kind].days!;

testOnEach(
  "each kind goes when its days are over and not a millisecond before; what holds stays",
  async engine => {
    await using opened = await engine.open();
    const { db } = opened;
    const said: string[] = [];
    const log = logTo(db, said);
    const facts = (id: string, atMs: number) => ({ decision_id: id, at_ms: atMs, facts: "{}" });
    const edgeMs = nowMs - days("locationVerdict") * dayMs;
    await db
      .insertInto("admission_facts")
      .values([facts("old", edgeMs - 1), facts("edge", edgeMs), facts("new", nowMs)])
      .execute();
    await addRecords(db, "stay", [
      {
        id: "ut",
        document: { day: 1 },
        validFromMs: edgeMs - 2 * dayMs,
        validToMs: edgeMs - dayMs,
        knownFromMs: 0,
      },
      { id: "ut", document: { day: 2 }, validFromMs: nowMs - dayMs, validToMs: nowMs, knownFromMs: 0 },
    ]);
    const lineEdgeMs = nowMs - days("serviceLine") * dayMs;
    await addRecords(db, "serviceLine", [
      { id: "line", document: { nickname: "first" }, validFromMs: 0, knownFromMs: 0 },
    ]);
    for (const [nickname, atMs] of [
      ["second", lineEdgeMs - 1],
      ["third", lineEdgeMs + 1],
    ] as const)
      await changeRecord(db, "serviceLine", { id: "line", document: { nickname }, atMs, knownAtMs: atMs });
    await addRecords(db, "terminal", [{ id: "ut", document: { name: "a" }, validFromMs: 0, knownFromMs: 0 }]);
    await changeRecord(db, "terminal", { id: "ut", document: { name: "b" }, atMs: 1, knownAtMs: 1 });
    const reads = new LocationReads(db, log);
    const read = {
      actor: { id: "ada" },
      via: "key",
      route: "/v1/terminals/:id",
      terminals: ["ut"],
      why: null,
    } as const;
    const readMs = nowMs - (days("readAudit") + 2) * dayMs;
    await reads.note(read, readMs);
    await reads.note(read, nowMs);
    await reads.flush();

    const keeper = new Keeper(db, log, 20_000, [...purgeJobs, ...versionJobs]);
    const first = await keeper.run(nowMs);
    assert.deepEqual(first, { stay: 1, locationVerdict: 1, serviceLine: 1 });
    // Rows without a digest in the ledger wait for it.
    await reads.digestDays(nowMs);
    assert.deepEqual(await keeper.run(nowMs), {}, "once a day");
    assert.deepEqual(await keeper.run(nowMs + dayMs), { locationVerdict: 1, readAudit: 1, serviceLine: 1 });
    assert.equal((await reads.list({ limit: 10 })).length, 1);
    const lines = await readRecords<{ nickname: string }>(db, "serviceLine", { everKnown: true });
    assert.equal(lines.at(-1)!.document.nickname, "third");
    assert.ok(lines.some(({ knownToMs }) => knownToMs === null));
    assert.equal(
      (await readRecords(db, "terminal", { everKnown: true })).length,
      3,
      "a device's history stays",
    );
    assert.equal(said.filter(text => /forgotten/.test(text)).length, 6, said.join("\n"));
  },
);

testOnEach("a run is bounded and goes on at the next; what is logged is what went", async engine => {
  await using opened = await engine.open();
  const { db } = opened;
  const said: string[] = [];
  await db
    .insertInto("admission_facts")
    .values(Array.from({ length: 25 }, (_, i) => ({ decision_id: `d${i}`, at_ms: i, facts: "{}" })))
    .execute();
  const keeper = new Keeper(db, logTo(db, said), 10);
  assert.deepEqual(await keeper.run(nowMs), { locationVerdict: 10 });
  const left = await db.selectFrom("admission_facts").select("at_ms").orderBy("at_ms").execute();
  assert.equal(left[0]!.at_ms, 10, "the oldest go first");
  assert.deepEqual(await keeper.run(nowMs + 1), { locationVerdict: 10 });
  assert.deepEqual(await keeper.run(nowMs + 2), { locationVerdict: 5 });
  assert.deepEqual(await keeper.run(nowMs + 3), {});
  assert.deepEqual(
    said.map(text => text.split(" ")[0]),
    ["10", "10", "5"],
  );
});

testOnEach("a run that cannot be logged forgets nothing", async engine => {
  await using opened = await engine.open();
  const { db } = opened;
  await db.insertInto("admission_facts").values({ decision_id: "d", at_ms: 1, facts: "{}" }).execute();
  const keeper = new Keeper(db, async (_, change) => {
    await db.transaction().execute(async tx => {
      await change(tx, 0);
      throw new Error("the ledger is full");
    });
  });
  await assert.rejects(keeper.run(nowMs), /ledger is full/);
  assert.equal((await db.selectFrom("admission_facts").selectAll().execute()).length, 1);
});

testOnEach(
  "after the facts are forgotten a replay says what it cannot make again, and differs in nothing",
  async engine => {
    await using operator = await stillOperator([], engine);
    const { authority, clock, db, decisions } = operator;
    await authority.evaluateAll(clock.nowMs());
    const admissions = decisions.filter(({ action }) => action === "admission").length;
    assert.ok(admissions > 5);
    const keeper = new Keeper(db, (decision, change) => authority.log(decision, change));
    assert.equal((await keeper.run(clock.nowMs() + 3 * 365 * dayMs))["locationVerdict"], admissions);
    const report = await replayLog(db, authority.commands.values());
    assert.deepEqual([report.notKept, report.admissions, report.differences], [admissions, 0, []]);
  },
);

test("every rule with an end has a job, but for what is never stored", () => {
  const ended = Object.entries(retentionRules).flatMap(([kind, { days: term }]) =>
    term === null ? [] : [kind],
  );
  const jobs = new Set([...purgeJobs, ...versionJobs].map(({ kind }) => kind));
  assert.deepEqual(
    ended.filter(kind => !jobs.has(kind)),
    ["rawPosition", "telemetry"],
  );
  assert.equal(jobs.size, purgeJobs.length + versionJobs.length);
});
