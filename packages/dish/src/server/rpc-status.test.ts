// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { timeoutMs } from "./grpc-timeout.ts";
import { percentEncode } from "./rpc-status.ts";

it("a sentence of any characters travels as printable ASCII and comes back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), sentence => {
      const encoded = percentEncode(sentence);
      assert.match(encoded, /^[ -~]*$/);
      assert.equal(decodeURIComponent(encoded), sentence);
    }),
  );
});

it("a sentence is cut where it is too long, between characters", () => {
  assert.equal(percentEncode("a".repeat(9000)).length, 512);
  assert.equal(decodeURIComponent(percentEncode("🛰".repeat(9000))), "🛰".repeat(512));
});

it("the time a client waits is read as gRPC writes it", () => {
  // The examples and limits of "gRPC over HTTP/2": at most eight digits, and a unit.
  assert.equal(timeoutMs("1S"), 1000);
  assert.equal(timeoutMs("999m"), 999);
  assert.equal(timeoutMs("2H"), 7_200_000);
  assert.equal(timeoutMs("3M"), 180_000);
  assert.equal(timeoutMs("1500u"), 1.5);
  assert.equal(timeoutMs("99999999n"), 99.999999);
  assert.equal(timeoutMs("99999999H"), 2 ** 31 - 1);
  for (const bad of ["", "S", "1", "1s", "123456789S", "-1S", "1.5S", " 1S", "0x1S"]) {
    assert.equal(timeoutMs(bad), null, bad);
  }
});
