// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readReports } from "../read.ts";
import { extendTables, shippedTables } from "./intake-tables.ts";
import { PATTERN_UNITS, patternFault } from "./pattern.ts";

describe("expressions of tables", () => {
  test("every shipped one may be used", () => {
    const { pages, speech } = shippedTables();
    const patterns = [...pages, ...speech].flatMap(row => row.patterns ?? []);
    assert.ok(patterns.length > 50);
    for (const pattern of patterns) assert.equal(patternFault(pattern), null, pattern);
  });

  /** Each of these takes time that grows exponentially, or as a high power, with the line. */
  const dangerous = [
    "(a+)+$",
    "(a|a)*b",
    "(a|aa)+$",
    "(.*a){12}",
    "([a-z]+)*x",
    "(x+x+)+y",
    "a*a*a*b",
    "(a?){30}a{30}",
    "(?:\\w+\\s?)+:",
    "((a{1,9}){1,9}){1,9}b",
    ".*.*=.*",
  ];
  for (const pattern of dangerous)
    test(`refused: ${pattern}`, () => assert.match(patternFault(pattern) ?? "", /too many ways/));

  for (const pattern of ["(", "[a", "a{2,1}", "\\p{Nothing}", "(?<n>a)", "(a)\\1", "(?<n>a)\\k<n>"])
    test(`refused: ${pattern}`, () => assert.notEqual(patternFault(pattern), null));

  for (const pattern of [
    "\\\\1",
    "[(]a+[)]",
    "(?<=to )[a-z]+@[a-z]+\\.com",
    "\\(c\\) ?\\d{4}",
    "[+*]{1,3}",
    "(\\w{1,20} ){0,3}statement",
    "\\p{Lu}[\\p{L}\\]]+",
  ])
    test(`allowed: ${pattern}`, () => assert.equal(patternFault(pattern), null));

  test("one that is too long is refused", () =>
    assert.match(patternFault("a".repeat(PATTERN_UNITS + 1)) ?? "", /at most 500/));

  test("no allowed expression out of a grammar holds a hostile line up", () => {
    // What the bound promises, tried: repetitions next to and within one another over one letter.
    const parts = ["a", "a?", "a*", "a+", "a{0,9}", "(a|a)", "(a|aa)?", "(a{1,3})", "[a-z]*"];
    const line = `${"a".repeat(10)}!`;
    for (const p of parts)
      for (const q of parts)
        for (const n of ["", "?", "*", "+", "{0,3}", "{2,}"]) {
          const pattern = `^(?:${p}${q})${n}$`;
          if (patternFault(pattern) === null) assert.equal(new RegExp(pattern, "iu").test(line), false);
        }
  });
});

describe("pages, speech and paraphrases as tables", () => {
  const documents = [
    {
      id: "a",
      mediaType: "text/plain" as const,
      text: `6 May 2031

Weather for sailors only

"We stopped the vessel as soon as the alarm sounded," Marit Osk blurted on Monday, a day after the storm.

Marit Osk spoke in a voice memo.
`,
    },
  ];
  const read = (added: Record<string, unknown>) => {
    const tables = extendTables(shippedTables(), added);
    assert.ok(tables.ok, tables.ok ? "" : tables.error.message);
    const report = readReports(documents, tables.value);
    assert.ok(report.ok);
    return report.value;
  };

  test("a verb, a channel and a line of the page of one's own are read", () => {
    const plain = read({});
    assert.equal(plain.statements.find(s => s.direct)?.speaker ?? null, null);
    const own = read({
      speech: [
        { use: "verb", stance: "asserts", words: ["blurted"] },
        { use: "channel", name: "dawn", patterns: ["\\bday after\\b"] },
      ],
      pages: [{ use: "furniture", patterns: ["weather for .{1,20}"] }],
    });
    const [statement] = own.statements.filter(s => s.direct);
    assert.equal(statement?.speaker?.name, "Marit Osk");
    assert.equal(statement?.channel, "dawn");
    assert.equal(
      own.documents[0]!.passages.find(p => p.from > 10 && p.kind === "furniture")?.kind,
      "furniture",
    );
  });

  const refused: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ["pages", { use: "promotion", patterns: ["(a+)+"] }, /too many ways/],
    ["pages", { use: "promotion", patterns: ["("] }, /no regular expression/],
    ["pages", { use: "advert", patterns: ["a"] }, /no use of this table/],
    ["pages", { use: "agency", words: ["x"] }, /needs the column "name"/],
    ["speech", { use: "verb", words: ["blurted"] }, /needs the column "stance"/],
    ["speech", { use: "verb", stance: "shouts", words: ["blurted"] }, /no stance/],
    ["speech", { use: "constructor", words: ["x"] }, /no use of this table/],
    ["paraphrases", { use: "word" }, /"words" is missing/],
  ];
  for (const [name, row, why] of refused)
    test(`refused: ${name} ${JSON.stringify(row)}`, () => {
      const tables = extendTables(shippedTables(), { [name]: [row] });
      assert.ok(!tables.ok);
      assert.equal(tables.error.code, "BAD_TABLE");
      assert.equal(tables.error.place, `${name}[0]`);
      assert.match(tables.error.message, why);
    });
});
