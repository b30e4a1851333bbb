// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Elements } from "./elements.ts";
import { formatOmmJson, formatTle } from "./format.ts";
import { firstBreach } from "./limits.ts";
import { parseOmmJson } from "./omm.ts";
import { parseOmmCsv } from "./omm-csv.ts";
import { needs, recorded } from "./recorded-data.ts";
import { parseTle } from "./tle.ts";

const DAY_MS = 86_400_000;
const decimals = (max: number, digits: number) =>
  fc
    .integer({ min: 0, max: Math.round(max * 10 ** digits) })
    .map(n => Number((n / 10 ** digits).toFixed(digits)));
const sign = fc.constantFrom(1, -1);
const power = fc
  .tuple(sign, fc.integer({ min: 10_000, max: 99_999 }), fc.integer({ min: -9, max: 1 }))
  .map(([s, mantissa, exponent]) => Number(`${s * mantissa}e${exponent - 5}`));

/** Elements whose values a TLE can hold exactly. */
const tleElements: fc.Arbitrary<Elements> = fc
  .record(
    {
      catalogNumber: fc.integer({ min: 1, max: 339_999 }),
      name: fc.stringMatching(/^([A-Z][A-Z0-9-]{0,20})?$/),
      internationalDesignator: fc.constantFrom("", "1998-067A", "2026-101BC", "1957-001ZZZ", "2056-999A"),
      epochDayMs: fc
        .integer({ min: Date.UTC(1957, 0, 1) / DAY_MS, max: Date.UTC(2056, 11, 31) / DAY_MS })
        .map(day => day * DAY_MS),
      epochMsOfDay: fc.integer({ min: 0, max: 99_999_999 }).map(units => (units * 864) / 1000),
      inclinationDeg: decimals(180, 4),
      raanDeg: decimals(360, 4),
      eccentricity: decimals(0.9999999, 7),
      argumentOfPerigeeDeg: decimals(360, 4),
      meanAnomalyDeg: decimals(360, 4),
      meanMotionRevPerDay: decimals(16.5, 8),
      bstar: fc.oneof(fc.constant(0), power),
      nDot: fc.tuple(sign, decimals(0.99999999, 8)).map(([s, value]) => s * value || 0),
      nDDot: fc.oneof(fc.constant(0), power),
      elementSetNumber: fc.integer({ min: 0, max: 9999 }),
      revolutionNumber: fc.integer({ min: 0, max: 99_999 }),
    },
    { noNullPrototype: true },
  )
  .filter(set => firstBreach(set) === undefined);

test("property: what a TLE can hold comes back unchanged", () => {
  fc.assert(
    fc.property(tleElements, set => {
      const text = formatTle(set);
      assert.ok(text.ok, text.ok ? "" : text.error.message);
      assert.deepEqual(parseTle(text.value), { ok: true, value: [set] });
    }),
    { numRuns: 500 },
  );
});

test("property: what passes through OMM JSON comes back unchanged, epoch to the nanosecond", () => {
  const finer = fc.record({
    set: tleElements,
    raanDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    nanos: fc.integer({ min: 0, max: 86_400_000_000_000 - 1 }),
  });
  fc.assert(
    fc.property(finer, ({ set, raanDeg, nanos }) => {
      const exact = { ...set, raanDeg, epochMsOfDay: nanos / 1e6 };
      const result = parseOmmJson(formatOmmJson([exact]));
      assert.ok(result.ok, result.ok ? "" : result.error.message);
      const { epochMsOfDay, ...rest } = result.value[0]!;
      const { epochMsOfDay: expected, ...others } = exact;
      assert.deepEqual(rest, others);
      assert.ok(Math.abs(epochMsOfDay - expected) < 1e-6, `${epochMsOfDay} ms is not ${expected} ms`);
    }),
    { numRuns: 500 },
  );
});

test("property: any text is parsed or refused, never thrown on", () => {
  const piece = fc.constantFrom(
    "1 25544U",
    "2 25544",
    "\n",
    " ",
    "[",
    "{",
    '"EPOCH":',
    "1e999",
    "\u0000",
    "-",
    "9".repeat(69),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), pieces => {
      const text = pieces.join("");
      for (const result of [parseTle(text), parseOmmJson(text), parseOmmCsv(`NORAD_CAT_ID,${text}`)]) {
        if (!result.ok) assert.ok(result.error.place !== "" && result.error.message.length < 400);
      }
    }),
    { numRuns: 500 },
  );
});

test("an epoch that rounds up to midnight becomes the next day's, over the year's end", () => {
  const [set] = fc.sample(tleElements, { numRuns: 1, seed: 1 });
  const text = formatTle({ ...set!, epochDayMs: Date.UTC(2025, 11, 31), epochMsOfDay: DAY_MS - 1e-4 });
  assert.ok(text.ok);
  assert.match(text.value, / 26001\.00000000 /);
});

test("what the columns cannot hold is refused, not cut", () => {
  const [set] = fc.sample(tleElements, { numRuns: 1, seed: 1 });
  for (const [change, place] of [
    [{ catalogNumber: 340_000 }, ".catalogNumber"],
    [{ epochDayMs: Date.UTC(2057, 0, 1) }, ".epochDayMs"],
    [{ nDot: 1.5 }, ".nDot"],
    [{ inclinationDeg: Number.NaN }, ".inclinationDeg"],
  ] as const) {
    const result = formatTle({ ...set!, ...change });
    assert.ok(!result.ok);
    assert.equal(result.error.place, place);
  }
});

for (const path of ["starlink-2026-05-30", "oneweb-2026-05-30", "kuiper-2026-03", "iridium-2026-03"]) {
  test(`${path}: written again, byte for byte`, needs(`tle/${path}.tle.gz`), () => {
    const text = recorded(`tle/${path}.tle.gz`).replace(/ *\r?\n/g, "\n");
    const result = parseTle(text);
    assert.ok(result.ok);
    const again = result.value.map(set => {
      const written = formatTle(set);
      return written.ok ? written.value : written.error.message;
    });
    assert.equal(again.join(""), text);
  });
}
