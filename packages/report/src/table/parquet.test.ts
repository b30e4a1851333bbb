// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { createParquetWriter, tableToParquet } from "./parquet.ts";
import type { Table } from "./table.ts";

const fileOf = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer;

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  pieces.reduce((at, piece) => {
    bytes.set(piece, at);
    return at + piece.length;
  }, 0);
  return bytes;
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 5 });

test("hyparquet reads back every type, nulls, NaN and the sign of zero", async () => {
  const row = fc.record({
    f64: maybe(fc.double()),
    f32: maybe(fc.float()),
    i32: maybe(fc.integer()),
    i64: maybe(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    text: maybe(fc.string({ unit: "grapheme" })),
    bool: maybe(fc.boolean()),
    instant: maybe(fc.integer({ min: -8e12, max: 8e12 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async rows => {
      const bytes = tableToParquet({
        columns: [
          { name: "f64", type: "f64", values: rows.map(({ f64 }) => f64) },
          { name: "f32", type: "f32", values: rows.map(({ f32 }) => f32) },
          { name: "i32", type: "i32", values: rows.map(({ i32 }) => i32) },
          { name: "i64", type: "i64", values: rows.map(({ i64 }) => i64) },
          { name: "text", type: "text", values: rows.map(({ text }) => text) },
          { name: "bool", type: "bool", values: rows.map(({ bool }) => bool) },
          { name: "instant", type: "instant", values: rows.map(({ instant }) => instant) },
        ],
      });
      const read = await parquetReadObjects({ file: fileOf(bytes) });
      const expected = rows.map(one => ({
        ...one,
        instant: one.instant === null ? null : new Date(one.instant),
      }));
      // JSON would hide what matters here; deepEqual tells −0 from 0 and NaN from null.
      assert.deepEqual(
        read.map(one => ({ ...one })),
        expected,
      );
    }),
    { numRuns: 60 },
  );
});

const table: Table = {
  title: "Latency",
  description: "Round-trip times.",
  notes: { seed: "7", elements: "9f3a" },
  columns: [
    { name: "slot", type: "i32", values: Int32Array.from({ length: 2500 }, (_, i) => i) },
    {
      name: "rttMs",
      type: "f32",
      unit: "ms",
      description: "Start of the slot.",
      values: Float32Array.from({ length: 2500 }, (_, i) => 30 + Math.sin(i)),
    },
  ],
};

test("units, descriptions and notes are in the file, in order", () => {
  const metadata = parquetMetadata(fileOf(tableToParquet(table)));
  assert.deepEqual(
    metadata.key_value_metadata?.map(({ key, value }) => [key, value]),
    [
      ["title", "Latency"],
      ["description", "Round-trip times."],
      ["seed", "7"],
      ["elements", "9f3a"],
      ["unit.rttMs", "ms"],
      ["description.rttMs", "Start of the slot."],
    ],
  );
  assert.deepEqual(
    metadata.schema.slice(1).map(({ name, type }) => [name, type]),
    [
      ["slot", "INT32"],
      ["rttMs", "FLOAT"],
    ],
  );
});

test("the same bytes come out, whatever batches go in", async () => {
  const whole = tableToParquet(table, { rowGroupRows: 1000 });
  assert.deepEqual(tableToParquet(table, { rowGroupRows: 1000 }), whole);
  assert.equal(parquetMetadata(fileOf(whole)).row_groups.length, 3);
  const writer = createParquetWriter(table, { rowGroupRows: 1000 });
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < 2500; from += 333) {
    const until = Math.min(2500, from + 333);
    const values = Int32Array.from({ length: until - from }, (_, i) => from + i);
    const delays = Float32Array.from(values, i => 30 + Math.sin(i));
    pieces.push(
      writer.rows([
        { name: "slot", type: "i32", values },
        { name: "rttMs", type: "f32", values: delays },
      ]),
    );
  }
  assert.ok(pieces.filter(({ length }) => length > 0).length >= 2, "row groups leave as they fill");
  pieces.push(writer.finish());
  assert.deepEqual(joined(pieces), whole);
  const rows = await parquetReadObjects({ file: fileOf(whole) });
  assert.deepEqual(
    rows.map(({ slot }) => slot),
    Array.from({ length: 2500 }, (_, i) => i),
  );
});

test("an empty table is a file with columns and no rows", async () => {
  const bytes = tableToParquet({ columns: [{ name: "x", type: "f64", values: [] }] });
  assert.equal(parquetMetadata(fileOf(bytes)).num_rows, 0n);
  assert.deepEqual(await parquetReadObjects({ file: fileOf(bytes) }), []);
});

test("a caller's mistakes are named", () => {
  assert.throws(() => tableToParquet({ columns: [] }), /at least one column/);
  assert.throws(() => tableToParquet(table, { rowGroupRows: 0 }), /rowGroupRows/);
  const writer = createParquetWriter(table);
  writer.finish();
  assert.throws(() => writer.rows(table.columns), /finished/);
  assert.throws(() => writer.finish(), /finished/);
});
