// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, count, percent, place, quantity, quantityAbove } from "./number.ts";
import { age, dateTime, secondsLeft } from "./time.ts";
import { codeWords } from "./words.ts";

const plain = (text: string) => text.replaceAll("\u2009", " ");

test("numbers carry their unit and are grouped from five digits", () => {
  assert.equal(plain(quantity(34.249, "ms")), "34.2 ms");
  assert.equal(plain(quantity(-0.04, "ms")), "0.0 ms", "no negative zero");
  assert.equal(plain(quantity(null, "ms")), "– ms");
  assert.equal(plain(quantity(Number.NaN, "km", 0)), "– km");
  assert.equal(plain(quantity(35786.4, "km", 0)), "35 786 km");
  assert.equal(plain(count(9999)), "9999");
  assert.equal(plain(count(1_234_567)), "1 234 567");
  assert.equal(plain(bytes(999)), "999 B");
  assert.equal(plain(bytes(37_000_000)), "37.0 MB");
  assert.equal(plain(percent(0.0021)), "0.21 %");
  assert.equal(plain(quantityAbove(0.002, "Mbit/s")), "below 0.1 Mbit/s", "something is not nothing");
  assert.equal(plain(quantityAbove(0, "Mbit/s")), "0.0 Mbit/s");
  assert.equal(plain(quantityAbove(0.05, "Mbit/s")), "0.1 Mbit/s");
});

test("places have hemispheres, times are UTC", () => {
  assert.equal(place(-33.45, -70.66), "33.45° S 70.66° W");
  assert.equal(dateTime(Date.UTC(2026, 10, 21, 14, 5)), "2026-11-21 14:05 UTC");
  assert.equal(age(0, 59_999), "59 s");
  assert.equal(age(0, 3_600_000), "1 h");
  assert.equal(age(5, 0), "0 s", "a clock that is ahead is no negative age");
  assert.equal(secondsLeft(15_000, 8_200), "07");
  assert.equal(secondsLeft(0, 1), "00");
});

test("codes become words", () => {
  assert.equal(codeWords("AREA_NOT_ACTIVE"), "Area not active");
  assert.equal(codeWords("notActive"), "Not active");
});
