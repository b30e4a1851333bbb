// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { dayNumber, isoOf, onDay, WEEKDAYS } from "../documents/calendar.ts";
import { datingWords, resolveSaidOn } from "./said-on.ts";

/** A Wednesday. */
const published = onDay("2031-03-05", "test");

describe("days of reported speech", () => {
  const cases: readonly (readonly [words: string, from: string | undefined, to?: string])[] = [
    ["on Wednesday", "2031-03-05"],
    ["on Thursday", "2031-02-27"],
    ["next Friday", undefined],
    ["yesterday", "2031-03-04"],
    ["on February 11", "2031-02-11"],
    ["on 6 March", "2030-03-06"],
    ["on 30 February", undefined],
    ["March 5, 2029", "2029-03-05"],
    ["in September", "2030-09-01", "2030-09-30"],
    ["in early September 2029", "2029-09-01", "2029-09-10"],
    ["in February", "2031-02-01", "2031-02-28"],
    ["last year", "2030-01-01", "2030-12-31"],
    ["earlier in the year", "2031-01-01", "2031-03-05"],
    ["last month", "2031-02-01", "2031-02-28"],
    ["last week", "2031-02-24", "2031-03-02"],
    ["in 2028", "2028-01-01", "2028-12-31"],
  ];
  for (const [words, from, to] of cases)
    test(words, () => {
      const date = resolveSaidOn(words, published);
      assert.equal(date?.from, from);
      if (from !== undefined) assert.equal(date?.to, to ?? from);
    });

  test("a weekday is that weekday, not after the document and within the week before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 6 }), (day, weekday) => {
        const date = resolveSaidOn(`on ${WEEKDAYS[weekday]}`, onDay(isoOf(day), "test"))!;
        const back = day - dayNumber(date.from);
        assert.ok(back >= 0 && back < 7);
        assert.equal(new Date(`${date.from}T12:00:00Z`).getUTCDay(), weekday);
      }),
      { seed: 6 },
    );
  });

  test("nothing is dated without a document's date, unless the words do", () => {
    assert.equal(resolveSaidOn("on Monday", null), null);
    assert.equal(resolveSaidOn("last year", null), null);
    assert.equal(resolveSaidOn("on 4 May 2030", null)?.from, "2030-05-04");
  });

  test("of several expressions the one nearest to the verb counts", () => {
    const zone = "In September, after Friday's storm, the mayor said on Monday";
    assert.equal(datingWords(zone, zone.indexOf("said")), "on Monday");
    assert.equal(datingWords("they may march", 0), null);
  });
});
