// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { ELEMENTS_AGE_WARNINGS, elementsAge, elementsAgeWarning } from "./age.ts";
import { epochMs } from "./elements.ts";
import { needs, recorded } from "./recorded-data.ts";
import { parseTle } from "./tle.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 4, 30);
const aged = (...days: number[]) =>
  days.map(day => ({
    epochDayMs: NOW - Math.ceil(day) * DAY_MS,
    epochMsOfDay: (Math.ceil(day) - day) * DAY_MS,
  }));

test("oldest, median and newest, in days", () => {
  const { oldestDays, medianDays, newestDays, warning } = elementsAge(aged(0.25, 3.5, 0.5), NOW);
  assert.deepEqual([oldestDays, medianDays, newestDays, warning], [3.5, 0.5, 0.25, null]);
  assert.equal(elementsAge(aged(1, 2, 3, 4), NOW).medianDays, 2);
  assert.throws(() => elementsAge([], NOW), RangeError);
});

test("a warning begins at one day, grows at three and nine, and counts the days ahead too", () => {
  assert.equal(elementsAgeWarning(0.99), null);
  const effects = [1, 2.9, 3, 8.9, 9, 400, -3].map(
    days => ELEMENTS_AGE_WARNINGS.find(({ effect }) => elementsAgeWarning(days)?.endsWith(effect))?.fromDays,
  );
  assert.deepEqual(effects, [1, 1, 3, 3, 9, 9, 3]);
  assert.match(elementsAgeWarning(-3) ?? "", /3\.0 days ahead/);
});

test("the distances are the measured ones at the measured ages, and end with them", () => {
  // Measured: half 162 km and a tenth 1,929 km off after 9.4 days.
  assert.match(elementsAgeWarning(9.4) ?? "", /more than 160 km .* more than 1900 km/);
  assert.match(elementsAgeWarning(1000) ?? "", /more than 160 km .* more than 1900 km/);
});

test(
  "a recorded day's file has no warning on its day, and one a fortnight later",
  needs("tle/starlink-2026-05-30.tle.gz"),
  () => {
    const parsed = parseTle(recorded("tle/starlink-2026-05-30.tle.gz"));
    assert.ok(parsed.ok);
    const lastMs = Math.max(...parsed.value.map(epochMs));
    const fresh = elementsAge(parsed.value, Date.UTC(2026, 4, 30, 23));
    assert.equal(fresh.warning, null);
    assert.ok(
      fresh.newestDays <= fresh.medianDays && fresh.medianDays < 1 && fresh.oldestDays > fresh.medianDays,
    );
    assert.notEqual(elementsAge(parsed.value, lastMs + 14 * DAY_MS).warning, null);
  },
);
