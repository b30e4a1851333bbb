// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { type CsvBounds, type CsvFault, CsvReader, csvBounds } from "./csv.ts";

function read(pieces: readonly string[], bounds: CsvBounds = csvBounds) {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const faults: CsvFault[] = [];
  const reader = new CsvReader(
    ({ line, fields }) => {
      lines.push(line);
      rows.push(fields);
    },
    fault => faults.push(fault),
    bounds,
  );
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { rows, lines, faults };
}

test("the seven rules of RFC 4180, section 2, by its own examples", () => {
  const plain = [
    ["aaa", "bbb", "ccc"],
    ["zzz", "yyy", "xxx"],
  ];
  assert.deepEqual(read(["aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n"]).rows, plain);
  assert.deepEqual(read(["aaa,bbb,ccc\r\nzzz,yyy,xxx"]).rows, plain);
  assert.deepEqual(read(['"aaa","bbb","ccc"\r\nzzz,yyy,xxx']).rows, plain);
  assert.deepEqual(read(['"aaa","b\r\nbb","ccc"\r\nzzz,yyy,xxx']).rows, [
    ["aaa", "b\r\nbb", "ccc"],
    plain[1],
  ]);
  assert.deepEqual(read(['"aaa","b""bb","ccc"']).rows, [["aaa", 'b"bb', "ccc"]]);
});

test("byte order mark, line ends of three kinds, empty lines and fields, and where a row begins", () => {
  const { rows, lines, faults } = read(['\ufeffa,b\n\n"x\ny",\r,""\r\n\r\nlast']);
  assert.deepEqual(rows, [["a", "b"], ["x\ny", ""], ["", ""], ["last"]]);
  assert.deepEqual(lines, [1, 3, 5, 7]);
  assert.deepEqual(faults, []);
});

test("a bad record is named by line, field and rule, and the next one is read", () => {
  const rows: readonly (readonly [string, string, number])[] = [
    ['a,b"c\nd', "quoteInside", 2],
    ['a,"b"c\nd', "afterQuote", 2],
    ['a,"b" "c"\nd', "afterQuote", 2],
    ["a\0,b\nd", "nul", 1],
    ["a,\ud800\nd", "surrogate", 2],
    [`${"x".repeat(501)}\nd`, "fieldTooLong", 1],
    [`${"x,".repeat(51)}\nd`, "tooManyFields", 51],
    [`${`${"x".repeat(499)},`.repeat(11)}\nd`, "lineTooLong", 11],
  ];
  for (const [text, rule, field] of rows) {
    const { rows: good, faults } = read([text]);
    assert.deepEqual(good, [["d"]], rule);
    assert.deepEqual(faults, [{ line: 1, toLine: 1, field, rule }]);
  }
  assert.deepEqual(read(['a\n"b\nc']).faults, [{ line: 2, toLine: 3, field: 1, rule: "quoteOpen" }]);
  const many = read(["a\n".repeat(10)], { ...csvBounds, rows: 3 });
  assert.equal(many.rows.length, 3);
  assert.deepEqual(
    many.faults.map(({ rule, line }) => [rule, line]),
    [["tooManyRows", 4]],
  );
});

const quoteField = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test("what is written is read again, however it is cut into pieces", () => {
  const char = fc.constantFrom("a", "é", ",", '"', "\n", "\r", " ", "𝄞");
  const field = fc.string({ unit: char, maxLength: 6 });
  const table = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n", "\r"), fc.array(fc.nat(40)), (rows, end, cuts) => {
      const text = rows.map(row => row.map(quoteField).join(",")).join(end);
      const at = [0, ...cuts.filter(cut => cut < text.length).sort((a, b) => a - b), text.length];
      const pieces = at.slice(1).map((to, i) => text.slice(at[i], to));
      const { rows: found, faults } = read(pieces);
      assert.deepEqual(faults, []);
      assert.deepEqual(found, rows);
    }),
    { numRuns: cases(10_000), seed: 3 },
  );
});

test("no text throws, none is read otherwise in pieces, and every line is read, empty or in a fault", () => {
  const unit = fc.constantFrom("a", ",", '"', "\n", "\r", "\0", "\ud800", " ", "\ufeff");
  const bounds = { rows: 6, fields: 4, fieldChars: 5, lineChars: 12 };
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), text => {
      const whole = read([text], bounds);
      assert.deepEqual(
        read(
          [...text.matchAll(/[\s\S]/g)].map(([letter]) => letter),
          bounds,
        ),
        whole,
      );
      for (const row of whole.rows) {
        assert.ok(row.length <= bounds.fields);
        for (const each of row) assert.ok(each.length <= bounds.fieldChars);
      }
      assert.ok(whole.faults.every(({ line, toLine }) => line <= toLine));
    }),
    { numRuns: cases(10_000), seed: 4 },
  );
});
