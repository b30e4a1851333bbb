// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { signalQuality, snrDb } from "./signal.ts";
import { imaginedLink, START_MS } from "./testing/imagined-dish.ts";

const at = (lengthKm: number): number =>
  snrDb(imaginedLink(START_MS, { hops: [{ kind: "up", lengthKm, delayMs: 2 }] }), 0);

test("twice the way costs 6.02 dB, and attenuation what it is", () => {
  assert.ok(Math.abs(at(550) - at(1100) - 20 * Math.log10(2)) < 1e-12);
  assert.ok(Math.abs(at(550) - at(1100) - 6.0206) < 1e-4);
  const link = imaginedLink(START_MS);
  assert.equal(snrDb(link, 0) - snrDb(link, 7), 7);
});

test("quality is 0 to 1 over 0 to 10 dB", () => {
  assert.deepEqual([-3, 0, 2.5, 10, 14, Number.NEGATIVE_INFINITY].map(signalQuality), [0, 0, 0.25, 1, 1, 0]);
});
