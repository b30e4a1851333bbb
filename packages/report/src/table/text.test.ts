// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { displayWidth } from "./display-width.ts";
import { tableToJson } from "./json.ts";
import { tableToText } from "./text.ts";

test("columns align, numbers to the right, units in the heading", () => {
  const text = tableToText({
    title: "Delay",
    columns: [
      { name: "PoP", type: "text", values: ["Frankfurt", "東京", null] },
      { name: "median", unit: "ms", type: "f64", digits: 1, values: [31.25, 8, null] },
    ],
  });
  assert.equal(
    text,
    [
      "Delay",
      "",
      "PoP        median (ms)",
      "─────────  ───────────",
      "Frankfurt         31.3",
      "東京               8.0",
      "–                    –",
      "",
    ].join("\n"),
  );
});

test("widths of characters as terminals have them (Unicode Annex 11)", () => {
  const known: readonly (readonly [string, number])[] = [
    ["abc", 3],
    ["é", 1],
    ["e\u0301", 1],
    ["漢字", 4],
    ["ｆ", 2],
    ["한글", 4],
    ["👩‍🚀", 2],
    ["🛰️", 2],
    ["🇩🇪", 2],
    ["\u200b", 0],
    ["Ω→", 2],
  ];
  for (const [text, width] of known) assert.equal(displayWidth(text), width, text);
});

test("no row is wider than the terminal, and no text moves its cursor", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary" }), { maxLength: 8 }),
      fc.integer({ min: 20, max: 60 }),
      (names, width) => {
        const text = tableToText(
          {
            columns: [
              { name: "name", type: "text", values: names },
              { name: "n", type: "i32", values: names.map((_, i) => i) },
            ],
          },
          { width },
        );
        const lines = text.split("\n");
        assert.equal(lines.length, names.length + 3);
        for (const line of lines) {
          assert.ok(displayWidth(line) <= width, JSON.stringify(line));
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
          assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test("a long table shows its ends and counts the rest", () => {
  const values = Int32Array.from({ length: 100 }, (_, i) => i);
  const text = tableToText({ columns: [{ name: "i", type: "i32", values }] }, { rows: 5 });
  assert.deepEqual(
    text
      .trimEnd()
      .split("\n")
      .slice(2)
      .map(line => line.trim()),
    ["0", "1", "2", "⋮ 95 more rows", "98", "99"],
  );
});

test("JSON holds what JSON can hold", () => {
  const json = tableToJson({
    title: "t",
    columns: [
      { name: "at", type: "instant", values: [0] },
      { name: "cell", type: "i64", values: [2n ** 60n] },
      { name: "x", type: "f64", unit: "ms", values: [Number.NaN] },
      { name: "y", type: "f64", digits: 1, values: [0.123] },
      { name: 'q"', type: "text", values: ["\u0000"] },
      { name: "ok", type: "bool", values: [1] },
    ],
  });
  const { rows, columns, title } = JSON.parse(json);
  assert.equal(title, "t");
  assert.deepEqual(columns[2], { name: "x", type: "f64", unit: "ms" });
  assert.deepEqual(rows, [
    {
      at: "1970-01-01T00:00:00.000Z",
      cell: "1152921504606846976",
      x: null,
      y: 0.123,
      'q"': "\u0000",
      ok: true,
    },
  ]);
  assert.deepEqual(JSON.parse(tableToJson({ columns: [] })), { columns: [], rows: [] });
});
