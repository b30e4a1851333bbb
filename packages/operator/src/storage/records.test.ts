// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addRecords,
  changeRecord,
  changeRecords,
  endRecord,
  type NewRecord,
  purgeKnownBefore,
  type RecordChange,
  type RecordVersion,
  readRecords,
} from "./records.ts";
import { testOnEach } from "./testing.ts";

testOnEach("numbers come back as numbers, documents as they were", async engine => {
  await using made = await engine.open();
  const document = { name: 'Ł "quoted" \\ 東京', deep: [1.5, null, { x: true }], big: 9_007_199_254_740_991 };
  await addRecords(made.db, "party", [
    { id: "p1", document, validFromMs: 1_790_000_000_000, knownFromMs: 1_790_000_000_001 },
  ]);
  const expected: RecordVersion<unknown> = {
    id: "p1",
    document,
    validFromMs: 1_790_000_000_000,
    validToMs: null,
    knownFromMs: 1_790_000_000_001,
    knownToMs: null,
  };
  assert.deepEqual(await readRecords(made.db, "party"), [expected]);
  assert.deepEqual(await readRecords(made.db, "account"), [], "a kind sees its own records only");
});

testOnEach("what was believed stays readable after a change and after an end", async engine => {
  await using made = await engine.open();
  const { db } = made;
  await addRecords(db, "terminal", [{ id: "t", document: "first", validFromMs: 10, knownFromMs: 10 }]);
  await changeRecord(db, "terminal", { id: "t", document: "second", atMs: 20, knownAtMs: 25 });
  await endRecord(db, "terminal", { id: "t", atMs: 40, knownAtMs: 41 });
  const at = async (validAtMs: number, knownAtMs: number) =>
    (await readRecords<string>(db, "terminal", { validAtMs, knownAtMs })).map(r => r.document);
  assert.deepEqual(await at(22, 24), ["first"], "not known yet");
  assert.deepEqual(await at(22, 25), ["second"]);
  assert.deepEqual(await at(15, 99), ["first"]);
  assert.deepEqual(await at(39, 99), ["second"]);
  assert.deepEqual(await at(40, 99), []);
  assert.deepEqual(await at(40, 40), ["second"], "its end was not known yet");
  assert.equal((await readRecords(db, "terminal", { ids: ["t"], validAtMs: 39 })).length, 1);
  assert.equal((await readRecords(db, "terminal", { ids: ["other"] })).length, 0);
});

testOnEach("20,000 records and their changes go in batches", async engine => {
  await using made = await engine.open();
  const records = Array.from({ length: 20_000 }, (_, i) => ({
    id: `t${i}`,
    document: { number: i },
    validFromMs: 1,
    knownFromMs: 1,
  }));
  await addRecords(made.db, "terminal", records);
  await changeRecords(
    made.db,
    "terminal",
    records.map(({ id }, i) => ({ id, document: { number: -i }, atMs: 5, knownAtMs: 6 })),
  );
  const now = await readRecords<{ number: number }>(made.db, "terminal", { validAtMs: 5 });
  assert.equal(now.length, 20_000);
  assert.ok(now.every((r, i) => r.id === `t${i}` && r.document.number === (i === 0 ? 0 : -i)));
  assert.equal((await readRecords(made.db, "terminal", { validAtMs: 4, knownAtMs: 5 })).length, 20_000);
});

testOnEach(
  "forgetting takes what is no longer believed, and what is believed only when told to",
  async engine => {
    await using made = await engine.open();
    const { db } = made;
    await addRecords(db, "stay", [
      { id: "t", document: "a", validFromMs: 0, validToMs: 10, knownFromMs: 0 },
      { id: "t", document: "b", validFromMs: 10, knownFromMs: 0 },
    ]);
    await changeRecord(db, "stay", { id: "t", document: "c", atMs: 20, knownAtMs: 20 });
    assert.equal(await purgeKnownBefore(db, "stay", 19, { keepOpen: true }), 0);
    assert.equal(await purgeKnownBefore(db, "terminal", 99, { keepOpen: false }), 0);
    assert.equal(await purgeKnownBefore(db, "stay", 20, { keepOpen: true }), 1);
    const documents = async () => (await readRecords<string>(db, "stay")).map(r => r.document).sort();
    assert.deepEqual(await documents(), ["a", "b", "c"]);
    assert.equal(await purgeKnownBefore(db, "stay", 20, { keepOpen: false }), 2);
    assert.deepEqual(await documents(), ["c"]);
  },
);

/** The rule in plain words, over an array: what the statements are compared with. */
class PlainRecords {
  readonly rows: (Omit<RecordVersion<unknown>, "knownToMs" | "validToMs"> & {
    validToMs: number | null;
    knownToMs: number | null;
  })[] = [];

  add({ id, document, validFromMs, validToMs, knownFromMs }: NewRecord): void {
    this.rows.push({ id, document, validFromMs, validToMs: validToMs ?? null, knownFromMs, knownToMs: null });
  }

  change({ id, document, atMs, knownAtMs }: RecordChange): void {
    for (const row of this.rows.filter(r => r.id === id && r.knownToMs === null && r.validToMs === null)) {
      row.knownToMs = knownAtMs;
      if (atMs > row.validFromMs) {
        this.add({ ...row, validToMs: atMs, knownFromMs: knownAtMs });
      }
    }
    this.add({ id, document, validFromMs: atMs, knownFromMs: knownAtMs });
  }
}

const id = fc.constantFrom("a", "b", "c");
const changesOf = fc.array(fc.record({ id, atMs: fc.integer({ min: 0, max: 30 }), step: fc.nat(5) }), {
  maxLength: 12,
});

testOnEach("changes in a batch are changes one after the other, at every pair of instants", async engine => {
  await using made = await engine.open();
  const { db } = made;
  await fc.assert(
    fc.asyncProperty(changesOf, fc.integer({ min: 1, max: 6 }), async (steps, batch) => {
      await db.deleteFrom("record").execute();
      const plain = new PlainRecords();
      const first = { id: "a", document: -1, validFromMs: 5, knownFromMs: 0 };
      plain.add(first);
      await addRecords(db, "order", [first]);
      let knownAtMs = 0;
      const changes = steps.map(({ step, ...change }, document) => {
        knownAtMs += step;
        return { ...change, document, knownAtMs };
      });
      for (const change of changes) plain.change(change);
      for (let from = 0; from < changes.length; from += batch) {
        await changeRecords(db, "order", changes.slice(from, from + batch));
      }
      const rows = await db.selectFrom("record").selectAll().execute();
      const spell = (r: object): string => JSON.stringify(r);
      assert.deepEqual(
        rows
          .map(r =>
            spell({
              id: r.id,
              document: r.document,
              validFromMs: r.valid_from_ms,
              validToMs: r.valid_to_ms,
              knownFromMs: r.known_from_ms,
              knownToMs: r.known_to_ms,
            }),
          )
          .sort(),
        plain.rows.map(spell).sort(),
      );
    }),
    { numRuns: 60 },
  );
});
