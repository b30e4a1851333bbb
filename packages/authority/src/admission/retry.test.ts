// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "../cases.ts";
import { admit, locatedIn } from "../fixture.ts";
import { Dice } from "./random-admissions.ts";
import { areaReject, mayAskAgain } from "./retry.ts";

test("F8: an area's refusal carries distance and minimum retry; other refusals do not", () => {
  for (const territory of ["CC", "AA-3", "DD"]) {
    assert.deepEqual(admit({ location: locatedIn(territory) }).reject, { minDistanceKm: 10, minRetryS: 60 });
  }
  assert.equal(admit({ location: locatedIn("AA-1") }).reject, null);
  assert.equal(admit().reject, null);
});

test("F8: a compliant terminal stays silent until it has moved or the timer ends; calling for help is exempt", () => {
  assert.equal(mayAskAgain(areaReject, 0, 59_999, 10), false);
  assert.equal(mayAskAgain(areaReject, 0, 60_000, 0), true);
  assert.equal(mayAskAgain(areaReject, 0, 1, 10.001), true);
  assert.equal(mayAskAgain(areaReject, 0, 1, 0, true), true);
});

test("F8: over random drives, two asks of a compliant terminal are a minute or ten kilometres apart", () => {
  const dice = new Dice(8);
  for (let drive = 0; drive < cases(10_000) / 100; drive++) {
    let [askedMs, askedKm, km] = [0, 0, 0];
    for (let second = 1; second <= 100; second++) {
      km += dice.next() * 0.6 - 0.1;
      if (!mayAskAgain(areaReject, askedMs, second * 1000, Math.abs(km - askedKm))) continue;
      assert.ok(second * 1000 - askedMs >= 60_000 || Math.abs(km - askedKm) > 10);
      [askedMs, askedKm] = [second * 1000, km];
    }
    assert.ok(askedMs > 0);
  }
});
