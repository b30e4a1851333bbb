// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Admission } from "../admission.ts";
import { explain } from "../explain.ts";
import { admit, locatedIn, noonMs, policyOf, samplePolicyDocument } from "../fixture.ts";
import type { DayStay } from "../location-history.ts";
import type { Policy } from "../policy.ts";

const dayMs = 86_400_000;
const today = Math.floor(noonMs / dayMs);

/** The last days up to today, oldest first. */
function lately(...countries: readonly (readonly string[])[]): readonly DayStay[] {
  return countries.map((seen, i) => ({ day: today - countries.length + 1 + i, countries: seen }));
}

function days(count: number, country: string): readonly (readonly string[])[] {
  return Array.from({ length: count }, () => [country]);
}

function inBB(stays: readonly DayStay[], policy?: Policy): Admission {
  return admit({ location: locatedIn("BB", { stays }), ...(policy === undefined ? {} : { policy }) });
}

function counting(counts: string, resetsAtHome: boolean): Policy {
  return policyOf({ ...samplePolicyDocument(), roaming: { counts, resetsAtHome } });
}

test("F11: day 60 abroad still works, day 61 is restricted", () => {
  assert.equal(inBB(lately(...days(60, "BB"))).reason, "ALLOW");
  const expired = inBB(lately(...days(61, "BB")));
  assert.deepEqual([expired.reason, expired.outcome], ["ROAM_EXPIRED", "restricted"]);
  assert.deepEqual(expired.warnings, []);
});

test("F11: warnings at 30, 45 and 55 days, as data and in words", () => {
  const thresholds = [29, 30, 44, 45, 54, 55, 60].map(
    count => inBB(lately(...days(count, "BB"))).warnings[0]?.threshold ?? null,
  );
  assert.deepEqual(thresholds, [null, 30, 30, 45, 45, 55, 55]);
  const warned = inBB(lately(...days(55, "BB")));
  assert.deepEqual(warned.warnings, [{ code: "ROAM_DAYS", days: 55, limit: 60, threshold: 55 }]);
  assert.match(explain(warned).paragraph, /abroad for 55 of the 60 days/);
  assert.deepEqual(admit({ location: locatedIn("AA", { stays: lately(...days(55, "BB")) }) }).warnings, []);
});

test("F11: whether a day at home begins the count anew is the policy's to say", () => {
  const stays = lately(...days(40, "BB"), ["AA"], ...days(25, "BB"));
  assert.equal(inBB(stays, counting("eachCountry", false)).reason, "ROAM_EXPIRED");
  assert.equal(inBB(stays, counting("eachCountry", true)).reason, "ALLOW");
});

test("F11: each country has its count, or all have one, as the policy says", () => {
  const stays = lately(...days(40, "CC"), ...days(25, "BB"));
  assert.equal(inBB(stays).reason, "ALLOW");
  assert.equal(inBB(stays, counting("eachCountry", false)).reason, "ALLOW");
  assert.equal(inBB(stays, counting("allCountries", false)).reason, "ROAM_EXPIRED");
});

test("F11: last year's days are forgotten, and a day at home and abroad is a day at home", () => {
  const newYear = Date.UTC(2024, 0, 1) / dayMs;
  const lastYear = Array.from({ length: 70 }, (_, i) => ({ day: newYear - 70 + i, countries: ["BB"] }));
  assert.equal(inBB([...lastYear, ...lately(...days(60, "BB"))]).reason, "ALLOW");
  const commuter = lately(...Array.from({ length: 65 }, () => ["BB", "AA"]));
  assert.equal(inBB(commuter).reason, "ALLOW");
});
