// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countryCode2, findPlaces, placesOfCountry } from "./gazetteer.ts";
import { distanceKm } from "./geodesy.ts";

test("finds towns by name, without accents and case, the largest first", () => {
  for (const [query, country, latDeg, lonDeg] of [
    ["Brisbane", "AU", -27.47, 153.03],
    ["kanazawa", "JP", 36.56, 136.66],
    ["ZURICH", "CH", 47.37, 8.54],
    ["sao paulo", "BR", -23.55, -46.63],
    ["Portland, US", "US", 45.52, -122.68],
    ["Seattle, USA", "US", 47.61, -122.33],
  ] as const) {
    const [best] = findPlaces(query);
    assert.equal(best?.country, country, query);
    assert.ok(distanceKm(best!, { latDeg, lonDeg }) < 15, query);
  }
});

test("whole names come before beginnings, and beginnings before parts", () => {
  const found = findPlaces("york");
  const rank = found.map(({ name }) => (/^york$/i.test(name) ? 0 : /^york/i.test(name) ? 1 : 2));
  assert.deepEqual(
    rank,
    rank.toSorted((a, b) => a - b),
  );
  assert.equal(found.length, 20);
  assert.equal(found[0]!.country, "GB");
});

test("no query breaks it, and none is answered without bound", () => {
  assert.deepEqual(findPlaces(""), []);
  assert.deepEqual(findPlaces("Paris, Nowhere"), []);
  assert.deepEqual(findPlaces("a".repeat(201)), []);
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), query => {
      assert.ok(findPlaces(query).length <= 20);
    }),
    { numRuns: 10 },
  );
});

test("towns of a country: with people, most first, parts of towns left out", () => {
  const poland = placesOfCountry("PL");
  assert.equal(poland[0]!.name, "Warsaw");
  for (const [k, { country, population }] of poland.entries())
    assert.ok(country === "PL" && population > 0 && population <= (poland[k - 1]?.population ?? 1e9));
  assert.deepEqual(placesOfCountry("QQ"), []);
});

test("country codes of three letters", () => {
  const codes = ["POL", "GBR", "xkx", "KIR", "us", "QQQ", "POLAND", ""].map(countryCode2);
  assert.deepEqual(codes, ["PL", "GB", "XK", "KI", "US", null, null, null]);
});
