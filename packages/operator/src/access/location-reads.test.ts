// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Decision } from "@perigee/authority";
import fc from "fast-check";
import type { Database } from "../storage/database.ts";
import { embedded, scratchServer, type TestDatabase, type TestEngine } from "../storage/testing.ts";
import { digestOf, type LocationRead, LocationReads } from "./location-reads.ts";
import type { LogDecision } from "./people.ts";

const dayMs = 86_400_000;
const startMs = Date.parse("2026-11-22T00:00:00Z");
for (const [name, engine] of [
  ["embedded", embedded],
  ["PostgreSQL", scratchServer],
] as const) {
  const skip = engine === null && "PERIGEE_TEST_DATABASE_URL names no PostgreSQL server";
  describe(`reads of positions (${name})`, { skip }, () => testReads(engine!));
}

function testReads(engine: TestEngine): void {
  let records: TestDatabase;
  let db: Database;
  let decisions: Decision[];
  let reads: LocationReads;

  before(async () => {
    records = await engine.open();
    db = records.db;
  });
  after(() => records[Symbol.asyncDispose]());
  beforeEach(async () => {
    await db.deleteFrom("location_read").execute();
    await db.deleteFrom("location_read_digest").execute();
    decisions = [];
    reads = new LocationReads(db, log);
  });

  const log: LogDecision = async (decision, change) => {
    await db.transaction().execute(tx => change(tx, decisions.length));
    decisions.push(decision);
  };
  const look = (terminals: readonly string[], personId = "ruth"): LocationRead => ({
    actor: { id: personId },
    via: "session",
    route: "/v1/terminals",
    terminals,
    why: null,
  });
  const all = () => reads.list({ limit: 1000 });

  test("a read is on record before its answer may leave; polling costs a row a minute", async () => {
    for (let i = 0; i < 120; i++) {
      await reads.note(look(["b", "a"]), startMs + i * 1000);
      assert.equal((await all()).length, 1 + Math.floor(i / 60), `second ${i}`);
    }
    await reads.flush();
    assert.deepEqual(
      (await all()).map(({ minuteMs, terminals, terminalCount, reads: count }) => [
        minuteMs,
        terminals,
        terminalCount,
        count,
      ]),
      [
        [startMs + 60_000, ["a", "b"], 2, 60],
        [startMs, ["a", "b"], 2, 60],
      ],
    );
  });

  test("no read is lost or counted twice, whoever reads what at once", async () => {
    const one = fc.record({
      person: fc.constantFrom("ruth", "ines", "tomas"),
      terminals: fc.subarray(["a", "b", "c"], { minLength: 1 }),
      why: fc.constantFrom(null, "a search"),
      afterMs: fc.integer({ min: 0, max: 90_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 40 }), async asked => {
        await db.deleteFrom("location_read").execute();
        const counting = new LocationReads(db, log);
        let nowMs = startMs;
        const expected = new Map<string, number>();
        await Promise.all(
          asked.map(({ person, terminals, why, afterMs }) => {
            nowMs += afterMs;
            const minuteMs = Math.floor(nowMs / 60_000) * 60_000;
            const key = JSON.stringify([minuteMs, person, [...terminals].sort(), why]);
            expected.set(key, (expected.get(key) ?? 0) + 1);
            return counting.note({ ...look(terminals, person), why }, nowMs);
          }),
        );
        await counting.flush();
        const stored = (await counting.list({ limit: 1000 })).map(row => [
          JSON.stringify([row.minuteMs, row.personId, row.terminals, row.why]),
          row.reads,
        ]);
        assert.deepEqual(new Map(stored as [string, number][]), expected);
        assert.equal(stored.length, expected.size, "a row each");
      }),
      { numRuns: 100 },
    );
  });

  test("a question about one terminal also finds lists too long to name theirs", async () => {
    await reads.note(look(["kyiv"]), startMs);
    await reads.note(look(["warsaw"], "ines"), startMs);
    await reads.note(
      look(
        Array.from({ length: 21 }, (_, i) => `ut-${i}`),
        "ines",
      ),
      startMs,
    );
    await reads.note(look([]), startMs);
    const found = async (query: Parameters<LocationReads["list"]>[0]) =>
      (await reads.list(query)).map(row => row.terminals ?? `list of ${row.terminalCount}`);
    assert.deepEqual(await found({ terminalId: "kyiv", limit: 9 }), ["list of 21", ["kyiv"]]);
    assert.deepEqual(await found({ personId: "ines", limit: 9 }), ["list of 21", ["warsaw"]]);
    assert.deepEqual(await found({ fromMs: startMs + 60_000, limit: 9 }), []);
    const [newest] = await reads.list({ limit: 1 });
    assert.deepEqual(await found({ beforeRow: newest!.row, limit: 1 }), [["warsaw"]]);
  });

  test("a day that is over has one digest in the ledger, and no row of it can be changed unnoticed", async () => {
    await reads.note(look(["kyiv"]), startMs + 1);
    await reads.note(look(["kyiv"]), startMs + 2);
    assert.equal(await reads.digestDays(startMs + dayMs - 1), 0, "not before the day is over");
    await reads.note(look(["kyiv"], "ines"), startMs + dayMs);
    assert.equal(await reads.digestDays(startMs + dayMs), 1);
    assert.equal(await reads.digestDays(startMs + dayMs + 1), 0, "once");
    const rows = await reads.list({ untilMs: startMs + dayMs, limit: 9 });
    const { digest, rows: count } = decisions[0]!.inputs as { digest: string; rows: string };
    assert.equal(decisions.length, 1);
    assert.equal(count, "1");
    assert.equal(rows[0]!.reads, 2, "counted before the digest");
    assert.equal(digestOf(rows.reverse()), digest);
    for (const change of [
      { reads: 1 },
      { personId: "ines" },
      { terminals: ["warsaw"] },
      { why: "x" },
      { minuteMs: 0 },
    ]) {
      assert.notEqual(digestOf([{ ...rows[0]!, ...change }]), digest, JSON.stringify(change));
    }
    assert.notEqual(digestOf([]), digest);
    assert.equal(await reads.digestDays(startMs + 2 * dayMs), 1, "the next day has its own");
  });
}
