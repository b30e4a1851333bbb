// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { CliError } from "../command.ts";
import { readDuration, readInstant, readNumber } from "./moments.ts";
import { placeNamed } from "./places.ts";

test("lengths of time", () => {
  for (const [text, ms] of [
    ["250ms", 250],
    ["90s", 90_000],
    ["15min", 900_000],
    ["15m", 900_000],
    ["1.5h", 5_400_000],
    ["7d", 604_800_000],
  ] as const)
    assert.equal(readDuration("over", text), ms);
  for (const text of ["", "10", "-1h", "0s", "1e3s", "1 week", "400d", "99999999999h"])
    assert.throws(() => readDuration("over", text), CliError, text);
});

test("instants are UTC unless they say otherwise", () => {
  const noon = Date.UTC(2026, 4, 21, 12);
  for (const text of [
    "2026-05-21T12:00",
    "2026-05-21T12:00Z",
    "2026-05-21T12:00:00.000Z",
    "2026-05-21T14:00+02:00",
  ])
    assert.equal(readInstant("at", text), noon, text);
  assert.equal(readInstant("at", "2026-05-21"), Date.UTC(2026, 4, 21));
  for (const text of [
    "now",
    "2026",
    "2026-13-01",
    "2026-05-21 12:00",
    "1900-01-01",
    "9999-01-01",
    "1779364800000",
  ])
    assert.throws(() => readInstant("at", text), CliError, text);
});

test("numbers stay within bounds", () => {
  assert.equal(readNumber("seed", "7", 0, 9, "whole"), 7);
  for (const text of ["", "x", "10", "-1", "NaN"])
    assert.throws(() => readNumber("seed", text, 0, 9), CliError);
  assert.throws(() => readNumber("seed", "1.5", 0, 9, "whole"), CliError);
});

test("places by position, name and country", () => {
  assert.deepEqual(placeNamed("50.45, 30.52"), { name: "50.45, 30.52", latDeg: 50.45, lonDeg: 30.52 });
  const kyiv = placeNamed("Kyiv");
  assert.ok(Math.abs(kyiv.latDeg - 50.45) < 0.1 && Math.abs(kyiv.lonDeg - 30.52) < 0.1);
  assert.equal(placeNamed("UA").name, kyiv.name);
  for (const text of ["91,0", "0,181", "Nowhere-at-all-x", ""])
    assert.throws(() => placeNamed(text), CliError, text);
});
