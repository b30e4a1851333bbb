// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { slotStartMs } from "@perigee/network";
import fc from "fast-check";
import type { CellVisit, TelemetryRow } from "./row.ts";
import { TelemetryStore } from "./store.ts";
import { FIRST_SLOT, folder, rowOf, silent, someCells } from "./testing.ts";

const DAY_SLOTS = 5760;
const start = (slot: number): number => slotStartMs(slot);

/** Cells and what they lie under, resolution 0 to 4: what h3-js 4.5.0 says. The last is a pentagon. */
const parents: Readonly<Record<string, readonly string[]>> = {
  "851f8377fffffff": [
    "801ffffffffffff",
    "811fbffffffffff",
    "821f87fffffffff",
    "831f83fffffffff",
    "841f837ffffffff",
  ],
  "851f812ffffffff": [
    "801ffffffffffff",
    "811fbffffffffff",
    "821f87fffffffff",
    "831f81fffffffff",
    "841f813ffffffff",
  ],
  "851fab0bfffffff": [
    "801ffffffffffff",
    "811fbffffffffff",
    "821faffffffffff",
    "831fabfffffffff",
    "841fab1ffffffff",
  ],
  "854c0003fffffff": [
    "804dfffffffffff",
    "814c3ffffffffff",
    "824c07fffffffff",
    "834c00fffffffff",
    "844c001ffffffff",
  ],
};

/** Rows of some slots around midnight, so that the first day is rolled and the second is not. */
const story = fc
  .array(
    fc.record({
      terminal: fc.constantFrom("a", "b", 'it\'s "c"', "ñ-日本"),
      slots: fc.integer({ min: 1, max: 9 }),
      cell: fc.option(fc.constantFrom(...someCells.slice(0, 4)), { nil: null }),
      account: fc.constantFrom("account-1", "account-2", null),
      bytes: fc.integer({ min: 0, max: 2 ** 40 }),
      alerts: fc.uniqueArray(fc.integer({ min: 50, max: 97 }), { maxLength: 4 }),
      heard: fc.boolean(),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map(parts => {
    const next = new Map<string, number>();
    const rows: TelemetryRow[] = [];
    for (const { terminal, slots, cell, account, bytes, alerts, heard } of parts) {
      // Every fourth stretch is preceded by a slot without a row.
      const from = (next.get(terminal) ?? FIRST_SLOT + DAY_SLOTS - 12) + (bytes % 4 === 0 ? 1 : 0);
      for (let slot = from; slot < from + slots; slot++) {
        rows.push(
          rowOf(slot, terminal, {
            ...(heard ? {} : silent),
            account,
            cell,
            downBytes: bytes,
            upBytes: bytes % 1000,
            alerts: [...alerts].sort((x, y) => x - y),
          }),
        );
      }
      next.set(terminal, from + slots);
    }
    return rows;
  });

async function takeAll(store: TelemetryStore, rows: readonly TelemetryRow[]): Promise<void> {
  const slots = Map.groupBy(rows, row => row.slot);
  for (const slot of [...slots.keys()].sort((a, b) => a - b)) await store.take(slots.get(slot)!);
  await store.settled();
}

const between = (rows: readonly TelemetryRow[], from: number, before: number): TelemetryRow[] =>
  rows.filter(row => row.slot >= from && row.slot < before).sort((a, b) => a.slot - b.slot);

/** Each slot of each visit, as a text. */
const slotsOf = (visits: readonly CellVisit[]): string[] =>
  visits
    .flatMap(({ terminal, account, cell, fromSlot, untilSlot }) =>
      Array.from(
        { length: untilSlot - fromSlot + 1 },
        (_, k) => `${terminal} ${account} ${cell.toString(16)} ${fromSlot + k}`,
      ),
    )
    .sort();

describe("the telemetry store", () => {
  test("answers are those of a plain list of rows, on both sides of a midnight", async () => {
    await fc.assert(
      fc.asyncProperty(
        story,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, skip, span) => {
          using place = folder();
          await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
          await takeAll(store, rows);
          const from = FIRST_SLOT + DAY_SLOTS - 14 + skip;
          const before = from + span;
          for (const terminal of new Set(rows.map(row => row.terminal))) {
            const own = between(rows, from, before).filter(row => row.terminal === terminal);
            assert.deepEqual(await store.history(terminal, start(from), start(before)), own);
            assert.deepEqual(await store.usage(terminal, start(from), start(before)), {
              downBytes: own.reduce((sum, row) => sum + row.downBytes, 0),
              upBytes: own.reduce((sum, row) => sum + row.upBytes, 0),
            });
          }
          const cells = someCells.slice(1, 3);
          const visits = await store.whoWas(cells, start(from), start(before));
          assert.deepEqual(
            slotsOf(visits),
            between(rows, from, before)
              .filter(row => row.cell !== null && cells.includes(row.cell))
              .map(row => `${row.terminal} ${row.account} ${row.cell!.toString(16)} ${row.slot}`)
              .sort(),
          );
          // Of one stretch there is one visit, also across midnight.
          const ends = new Set(visits.map(v => `${v.terminal} ${v.account} ${v.cell} ${v.untilSlot + 1}`));
          assert.ok(!visits.some(v => ends.has(`${v.terminal} ${v.account} ${v.cell} ${v.fromSlot}`)));
        },
      ),
      { numRuns: 12 },
    );
  });

  test("who stays in a cell over midnight is there once; who leaves, or changes hands, is there anew", async () => {
    using place = folder();
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
    const midnight = FIRST_SLOT + DAY_SLOTS;
    for (let slot = midnight - 3; slot < midnight + 3; slot++) {
      await store.take([
        rowOf(slot, "stays"),
        rowOf(slot, "sold", { account: slot < midnight ? "account-1" : "account-2" }),
        rowOf(slot, "away", { cell: slot === midnight ? null : someCells[0]! }),
      ]);
    }
    await store.settled();
    const visits = await store.whoWas([someCells[0]!], start(midnight - 9), start(midnight + 9));
    assert.deepEqual(
      visits.map(visit => [visit.terminal, visit.fromSlot - midnight, visit.untilSlot - midnight]),
      [
        ["away", -3, -1],
        ["sold", -3, -1],
        ["stays", -3, 2],
        ["sold", 0, 2],
        ["away", 1, 2],
      ],
    );
  });

  test("a slot is taken once: one that is not later than the last is left as it is", async () => {
    using place = folder();
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
    await store.take([rowOf(FIRST_SLOT, "a", { downBytes: 1 })]);
    await store.take([rowOf(FIRST_SLOT, "a", { downBytes: 2 })]);
    await store.take([rowOf(FIRST_SLOT - 1, "a", { downBytes: 3 })]);
    await store.take([]);
    assert.deepEqual(await store.usage("a", 0, start(FIRST_SLOT + 10)), {
      downBytes: 1,
      upBytes: 250_000,
    });
  });

  test("cells of any size are asked for: a large cell holds what lies under it", async () => {
    using place = folder();
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
    const small = Object.keys(parents);
    await store.take(small.map(cell => rowOf(FIRST_SLOT, cell, { cell: BigInt(`0x${cell}`) })));
    for (const [cell, larger] of Object.entries(parents)) {
      for (const [resolution, parent] of [...larger, cell].entries()) {
        const there = await store.whoWas([BigInt(`0x${parent}`)], start(FIRST_SLOT), start(FIRST_SLOT + 1));
        assert.deepEqual(
          there.map(visit => visit.terminal).sort(),
          small.filter(other => [...parents[other]!, other][resolution] === parent).sort(),
          parent,
        );
      }
    }
    await assert.rejects(store.whoWas([0x861f8d0dfffffffn], 0, 1), RangeError);
  });

  test("a day of more rows than a file holds is in several: each terminal's rows are found, of whichever they lie in", async () => {
    using place = folder();
    const [terminals, slots, rowsPerFile] = [500, 100, 16 * 2048];
    // Longer than what a vector holds of a text, alike in first letters, and sorting otherwise than UTF-16 would.
    const id = (i: number): string =>
      `terminal-${["abcd", "\ufb01-", "\u{1f6f0}"][i % 3]}-${String(i).padStart(4, "0")}`;
    const account = (i: number, k: number): string | null =>
      k % 9 === 0 ? null : `account-number-${(i + Math.floor(k / 4)) % 5}`;
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30, rowGroup: 2048 });
    for (let k = 0; k < slots; k++) {
      await store.take(
        Array.from({ length: terminals }, (_, i) =>
          rowOf(FIRST_SLOT + k, id(i), { account: account(i, k), downBytes: i }),
        ),
      );
    }
    await store.take([rowOf(FIRST_SLOT + DAY_SLOTS, "a")]);
    await store.settled();
    assert.deepEqual(
      store.status().files.map(({ file, rows }) => [file, rows]),
      [
        ["2026-05-21/0.parquet", rowsPerFile],
        ["2026-05-21/1.parquet", terminals * slots - rowsPerFile],
      ],
    );
    const [from, before] = [start(FIRST_SLOT), start(FIRST_SLOT + slots)];
    const sorted = Array.from({ length: terminals }, (_, i) => i).sort((a, b) =>
      Buffer.compare(Buffer.from(id(a)), Buffer.from(id(b))),
    );
    // The first, the last, and around the one whose rows are in both files.
    const split = Math.floor(rowsPerFile / slots);
    for (const i of [0, split - 1, split, split + 1, terminals - 1].map(rank => sorted[rank]!)) {
      const rows = await store.history(id(i), from, before);
      assert.deepEqual(
        rows.map(row => [row.slot - FIRST_SLOT, row.terminal, row.account]),
        Array.from({ length: slots }, (_, k) => [k, id(i), account(i, k)]),
      );
      assert.equal((await store.usage(id(i), from, before)).downBytes, slots * i);
    }
    assert.equal((await store.history("terminal-", from, before)).length, 0);
    assert.deepEqual((await store.verify()).damaged, []);
  });

  test("what is older than it may be goes; each terminal's bytes of a day stay", async () => {
    using place = folder();
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 2 });
    for (let day = 0; day < 6; day++) {
      await store.take([rowOf(FIRST_SLOT + day * DAY_SLOTS, "a", { downBytes: 10 ** day, upBytes: 0 })]);
      await store.settled();
    }
    assert.deepEqual(
      store.status().files.map(file => file.day),
      ["2026-05-24", "2026-05-25"],
    );
    const until = start(FIRST_SLOT + 6 * DAY_SLOTS);
    assert.equal((await store.history("a", 0, until)).length, 3);
    assert.equal((await store.whoWas(someCells, 0, until)).length, 3);
    assert.equal((await store.usage("a", 0, until)).downBytes, 111_111);
  });

  test("those who come back get every slot once, in order, whole, theirs only", async () => {
    using place = folder();
    const expected: string[] = [];
    const read: string[] = [];
    const accounts = new Set(["account-1"]);
    let fromSlot = 0;
    const readOn = async (store: TelemetryStore): Promise<void> => {
      for (;;) {
        const page = await store.recent({ fromSlot, accounts, maxRows: 7 });
        read.push(...page.rows.map(row => `${row.slot} ${row.terminal}`));
        fromSlot = page.nextSlot;
        if (page.rows.length === 0) return;
      }
    };
    for (let start = 0; start < 3; start++) {
      // Memory for a few slots only: the reader comes so late that the others are read from disk.
      await using store = await TelemetryStore.open({
        folder: place.path,
        retentionDays: 30,
        recentBytes: 5 * 4 * 95,
      });
      for (let k = 0; k < 30; k++) {
        const slot = FIRST_SLOT + DAY_SLOTS - 45 + 30 * start + k;
        const rows = ["a", "b", "c", "d"].map((id, i) =>
          rowOf(slot, id, { account: i === 3 ? "account-2" : "account-1" }),
        );
        await store.take(rows);
        expected.push(
          ...rows.filter(row => accounts.has(row.account!)).map(row => `${slot} ${row.terminal}`),
        );
        if (k === 12) await readOn(store);
      }
      if (start === 2) await readOn(store);
    }
    assert.deepEqual(read, expected);
  });

  test("the stream goes back eight hours, and the newest row of a terminal with it", async () => {
    using place = folder();
    {
      await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
      await store.take([rowOf(FIRST_SLOT, "old"), rowOf(FIRST_SLOT, "a")]);
      await store.take([rowOf(FIRST_SLOT + 1, "a", { software: "b" })]);
      await store.take([rowOf(FIRST_SLOT + 1920, "new")]);
      assert.equal((await store.recent({ fromSlot: 0 })).firstSlot, FIRST_SLOT + 1);
      assert.equal(store.newest("old"), null);
      assert.equal(store.newest("a")!.software, "b");
    }
    await using store = await TelemetryStore.open({ folder: place.path, retentionDays: 30 });
    assert.equal(store.newest("old"), null);
    assert.deepEqual(store.newest("a"), rowOf(FIRST_SLOT + 1, "a", { software: "b" }));
    assert.deepEqual(
      (await store.recent({ fromSlot: 0 })).rows.map(row => row.terminal),
      ["a", "new"],
    );
  });
});
