// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DatedOn } from "../model.ts";
import { datesIn, overlapInTime, weekdayNotAfter } from "./reported-date.ts";

const on = (iso: string): DatedOn => ({ from: iso, to: iso, precision: "day", why: "test" });
const first = (text: string, iso: string | null): string => {
  const date = datesIn(text, iso === null ? null : on(iso))[0]?.date;
  return date ? (date.from === date.to ? date.from : `${date.from}/${date.to}`) : "none";
};

test("Dates in reported speech, by a paper calendar", () => {
  const rows: readonly (readonly [string, string | null, string])[] = [
    ["he said on Monday", "2024-02-12", "2024-02-12"],
    ["the ministry said on Sunday", "2024-02-12", "2024-02-11"],
    ["a statement on Thursday", "2024-02-12", "2024-02-08"],
    ["a statement on Thursday", null, "none"],
    ["on 29 February 2024", null, "2024-02-29"],
    ["on 30 February 2024", null, "none"],
    ["on March 8, 2023", "2024-02-12", "2023-03-08"],
    ["on December 30 it fell", "2031-01-02", "2030-12-30"],
    ["in September, he said", "2024-02-12", "2023-09-01/2023-09-30"],
    ["in January, he said", "2024-01-20", "2024-01-01/2024-01-31"],
    ["in early September 2023", "2024-02-12", "2023-09-01/2023-09-10"],
    ["in late February 2024", null, "2024-02-20/2024-02-29"],
    ["last year, he refused", "2024-02-12", "2023-01-01/2023-12-31"],
    ["yesterday", "2024-03-01", "2024-02-29"],
    ["three days ago", "2024-03-01", "2024-02-27"],
    ["two years ago", "2031-06-15", "2028-12-13/2029-12-14"],
    ["annexed by it in 2014", "2024-02-12", "2014-01-01/2014-12-31"],
    ["last month", "2031-01-09", "2030-12-01/2030-12-31"],
    ["last week", "2024-02-14", "2024-02-05/2024-02-11"],
    ["he may say more", "2024-02-12", "none"],
    ["troops march on", "2024-02-12", "none"],
    ["in march step", "2024-02-12", "none"],
  ];
  for (const [text, published, wanted] of rows)
    assert.equal(first(text, published), wanted, `${text} (${published})`);
});

test("A weekday is never after the document and never a week before it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 6 }), (days, w) => {
      const iso = new Date(days * 86_400_000).toISOString().slice(0, 10);
      const name = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][w]!;
      const found = weekdayNotAfter(name, on(iso))!;
      const at = Date.parse(found.from);
      assert.equal(new Date(at).getUTCDay(), w);
      const before = (Date.parse(iso) - at) / 86_400_000;
      assert.ok(before >= 0 && before < 7);
    }),
  );
});

test("A document dated to a year gives no weekday", () => {
  assert.equal(
    weekdayNotAfter("Monday", { from: "2024-01-01", to: "2024-12-31", precision: "year", why: "" }),
    null,
  );
});

test("Intervals overlap on a shared day; the undated overlaps everything", () => {
  assert.equal(overlapInTime(on("2024-01-01"), on("2024-01-02")), false);
  assert.equal(overlapInTime(on("2024-01-01"), on("2024-01-01")), true);
  assert.equal(overlapInTime(null, on("2024-01-01")), true);
});

test("A line of a million digits and dates costs time in proportion", () => {
  const text = "1 in the on Monday ".repeat(20_000);
  assert.equal(datesIn(text, on("2024-02-12")).length, 20_000);
});
