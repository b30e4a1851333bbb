// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { gpsNanoseconds, gpsSeconds, nanoseconds } from "./gps-time.ts";

test("GPS seconds of instants that others publish", () => {
  // The last leap second: GPS 1167264018 follows it (gps.gov, "Leap Seconds", and the NIST table of UTC - GPS).
  assert.equal(gpsSeconds(Date.UTC(2017, 0, 1)), 1_167_264_018);
  // Start of GPS week 2200: weeks of 604,800 s, and 18 s of leap seconds before midnight UTC.
  assert.equal(gpsSeconds(Date.UTC(2022, 2, 5, 23, 59, 42)), 2200 * 604_800);
});

test("nanoseconds are exact beyond 2^53", () => {
  const utcMs = Date.UTC(2026, 2, 1, 12, 0, 0, 123);
  assert.equal(
    gpsNanoseconds(utcMs),
    BigInt(gpsSeconds(Date.UTC(2026, 2, 1, 12))) * 1_000_000_000n + 123_000_000n,
  );
  assert.equal(nanoseconds(utcMs), BigInt(utcMs) * 1_000_000n);
});
