// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DataTerms } from "../billing/terms.ts";
import { allot, type Block, type LineDays, type PoolDays } from "./allot.ts";

/** One byte, in the gigabytes that blocks are counted in: the twin counts byte by byte. */
const BYTE_GB = 1e-9;

const topUp: DataTerms = { productId: "more", priceMinor: 100, currency: "EUR", dataGB: 3 * BYTE_GB };

interface Case {
  readonly lines: readonly {
    readonly bytes: readonly number[];
    readonly blocks: readonly Block[];
    readonly pooled: boolean;
    readonly optInFrom: number;
  }[];
  readonly pool: { readonly blocks: readonly Block[]; readonly topUpFrom: number };
}

const block = fc.record({
  productId: fc.constant("block"),
  kind: fc.constantFrom("IncludedWithBaseSubscription", "RecurringPerBillingCycle", "OneTimePurchase"),
  perBlockGB: fc.integer({ min: 1, max: 6 }).map(bytes => bytes * BYTE_GB),
  count: fc.integer({ min: 1, max: 3 }),
  fromDay: fc.integer({ min: 0, max: 5 }),
}) as fc.Arbitrary<Block>;

const cases: fc.Arbitrary<Case> = fc.record({
  lines: fc.array(
    fc.record({
      bytes: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 6, maxLength: 6 }),
      blocks: fc.array(block, { maxLength: 3 }),
      pooled: fc.boolean(),
      optInFrom: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  pool: fc.record({ blocks: fc.array(block, { maxLength: 3 }), topUpFrom: fc.integer({ min: 0, max: 12 }) }),
});

const linesOf = ({ lines }: Case): LineDays[] =>
  lines.map(({ bytes, blocks, pooled, optInFrom }, i) => ({
    lineId: `line-${i}`,
    bytes,
    blocks,
    poolOn: () => (pooled ? "pool" : null),
    optInOn: day => (day >= optInFrom ? topUp : null),
  }));

const poolOf = ({ pool }: Case): PoolDays => ({
  poolId: "pool",
  blocks: pool.blocks,
  topUpOn: day => (day >= pool.topUpFrom ? topUp : null),
});

/** The same rules, one byte at a time, with nothing but counters. */
function byteByByte(given: Case) {
  const bytesIn = (b: Block): number => Math.round(b.perBlockGB / BYTE_GB) * b.count;
  const own = given.lines.map(line =>
    line.blocks.map(b => ({ fromDay: b.fromDay, free: bytesIn(b), bought: false })),
  );
  const pool = given.pool.blocks.map(b => ({ fromDay: b.fromDay, free: bytesIn(b), bought: false }));
  let poolBought = 0;
  const result = given.lines.map(() => ({ bought: 0, days: [] as { priority: number; optIn: number }[] }));
  for (let day = 0; day < 6; day++) {
    for (const [i, line] of given.lines.entries()) {
      const count = { priority: 0, optIn: 0 };
      for (let byte = 0; byte < line.bytes[day]!; byte++) {
        const isOpen = (b: { fromDay: number; free: number }) => b.fromDay <= day && b.free > 0;
        let from = own[i]!.find(isOpen) ?? (line.pooled ? pool.find(isOpen) : undefined);
        if (from === undefined && line.pooled && day >= given.pool.topUpFrom) {
          from = { fromDay: day, free: 3, bought: false };
          pool.push(from);
          poolBought++;
        } else if (from === undefined && day >= line.optInFrom) {
          from = { fromDay: day, free: 3, bought: true };
          own[i]!.push(from);
          result[i]!.bought++;
        }
        if (from === undefined) continue;
        from.free--;
        count.priority++;
        if (from.bought) count.optIn++;
      }
      result[i]!.days.push(count);
    }
  }
  return { lines: result, poolBought };
}

test("traffic counts as what a count of each single byte says", () => {
  fc.assert(
    fc.property(cases, given => {
      const { lines, pools } = allot(linesOf(given), [poolOf(given)]);
      const twin = byteByByte(given);
      for (const [i, line] of lines.entries()) {
        assert.deepEqual(
          line.days.map(({ priority, optIn }) => ({ priority, optIn })),
          twin.lines[i]!.days,
        );
        for (const [day, use] of line.days.entries()) {
          assert.equal(use.priority + use.standard, given.lines[i]!.bytes[day]);
        }
        assert.equal(boughtBlocks(line.blocks), twin.lines[i]!.bought);
      }
      assert.equal(boughtBlocks(pools[0]!.blocks), twin.poolBought);
    }),
    { numRuns: 500 },
  );
});

test("no block gives more than it holds, and none before its day", () => {
  fc.assert(
    fc.property(cases, given => {
      const { lines, pools } = allot(linesOf(given), [poolOf(given)]);
      for (const used of [...lines, ...pools].flatMap(part => part.blocks)) {
        const perDay = [...used.usedBytes.values()];
        const total = perDay.flat().reduce((a, b) => a + b, 0);
        assert.ok(total <= Math.round((used.count * used.perBlockGB) / BYTE_GB));
        for (const days of perDay) {
          assert.ok(days.every((bytes, day) => bytes === 0 || day >= used.fromDay));
        }
      }
    }),
  );
});

const boughtBlocks = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { kind, count }) => sum + (kind === "Overage" ? count : 0), 0);
