// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createCsvWriter, csvChunks, tableToCsv } from "./csv.ts";
import type { Table } from "./table.ts";

/** RFC 4180 by its grammar, one character after the other: the oracle. `null` is a field without quotes and content. */
function parsed(csv: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  let i = 0;
  while (i < csv.length) {
    let field: string | null = null;
    if (csv[i] === '"') {
      field = "";
      for (i++; !(csv[i] === '"' && csv[i + 1] !== '"'); i++) {
        assert.ok(i < csv.length, "quotes are closed");
        if (csv[i] === '"') i++;
        field += csv[i];
      }
      i++;
    } else {
      for (; i < csv.length && csv[i] !== "," && csv[i] !== "\r"; i++) {
        assert.ok(csv[i] !== '"' && csv[i] !== "\n", "no bare quote or line feed");
        field = (field ?? "") + csv[i];
      }
    }
    record.push(field);
    if (csv[i] === ",") {
      i++;
      if (csv[i] === "\r") record.push(null);
      else continue;
    }
    assert.equal(csv.slice(i, i + 2), "\r\n");
    i += 2;
    records.push(record);
    record = [];
  }
  assert.equal(record.length, 0, "the last line ends");
  return records;
}

test("any text comes back as it was, and an empty one is not a missing one", () => {
  const text = fc.option(
    fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "a", " ", "é", "=", "😀") }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), rows => {
      const csv = tableToCsv({
        columns: [
          { name: "a,b", type: "text", values: rows.map(([a]) => a) },
          { name: 'say "b"', type: "text", values: rows.map(([, b]) => b) },
        ],
      });
      assert.deepEqual(parsed(csv), [["a,b", 'say "b"'], ...rows]);
    }),
  );
});

test("numbers come back bit by bit", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.array(fc.float()), (doubles, singles) => {
      const fields = (table: Table): number[] =>
        parsed(tableToCsv(table))
          .slice(1)
          .map(([field]) => Number(field));
      assert.deepEqual(fields({ columns: [{ name: "x", type: "f64", values: doubles }] }), doubles);
      const back = fields({ columns: [{ name: "x", type: "f32", values: singles }] }).map(Math.fround);
      assert.deepEqual(back, singles);
    }),
  );
});

test("every type has its form", () => {
  const csv = tableToCsv(
    {
      columns: [
        { name: "at", type: "instant", values: [1_772_366_412_000, null] },
        { name: "rtt", type: "f64", unit: "ms", digits: 2, values: [-0.001, 31.256] },
        { name: "single", type: "f32", values: Float32Array.of(0.1, 16_777_216) },
        { name: "slot", type: "i32", values: Int32Array.of(-1, 2) },
        { name: "cell", type: "i64", values: BigUint64Array.of(599_686_042_433_355_775n, 0n) },
        { name: "online", type: "bool", values: Uint8Array.of(1, 0) },
      ],
    },
    { heading: "unit" },
  );
  assert.equal(
    csv,
    "at,rtt (ms),single,slot,cell,online\r\n" +
      "2026-03-01T12:00:12.000Z,0.00,0.1,-1,599686042433355775,true\r\n" +
      ",31.26,16777216,2,0,false\r\n",
  );
});

test("pieces make the whole, whoever cuts them", () => {
  const values = Int32Array.from({ length: 20_001 }, (_, i) => i);
  const table: Table = { columns: [{ name: "i", type: "i32", values }] };
  const whole = tableToCsv(table);
  const chunks = [...csvChunks(table)];
  assert.equal(chunks.length, 4);
  assert.equal(chunks.join(""), whole);
  const writer = createCsvWriter([{ name: "i", type: "i32" }]);
  const batches = [values.subarray(0, 7), values.subarray(7, 7), values.subarray(7)];
  const written = batches.map(batch => writer.rows([{ name: "i", type: "i32", values: batch }]));
  assert.equal(writer.heading() + written.join(""), whole);
  assert.equal(parsed(whole).length, 20_002);
});

test("a caller's mistakes are named", () => {
  const one = { name: "a", type: "f64", values: [1] } as const;
  assert.throws(() => tableToCsv({ columns: [one, one] }), /unique/);
  assert.throws(
    () => tableToCsv({ columns: [one, { ...one, name: "b", values: [1, 2] }] }),
    /"b" has 2 rows/,
  );
  assert.throws(() => tableToCsv({ columns: [{ ...one, digits: 21 }] }), /digits/);
  assert.throws(() => tableToCsv({ columns: [{ name: "i", type: "i32", values: [0.5] }] }), /32 bits/);
  assert.throws(() => tableToCsv({ columns: [{ name: "i", type: "i64", values: [2n ** 63n] }] }), /64 bits/);
  assert.throws(() => tableToCsv({ columns: [{ name: "t", type: "instant", values: [0.5] }] }), /instant/);
  assert.throws(() => createCsvWriter([{ name: "a", type: "i32" }]).rows([one]), /a: i32/);
});
