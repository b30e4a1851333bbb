// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { Base64Stream } from "./base64-stream.ts";

it("parts that were encoded on their own are decoded as one stream, whatever pieces they come in", () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 30 }), (sent, size) => {
      const text = sent.map(part => Buffer.from(part).toString("base64")).join("");
      const stream = new Base64Stream();
      const got: Buffer[] = [];
      for (let at = 0; at < text.length; at += size) {
        got.push(stream.push(Buffer.from(text.slice(at, at + size))) ?? assert.fail("is base64"));
      }
      assert.ok(stream.complete);
      assert.deepEqual(Buffer.concat(got), Buffer.concat(sent));
    }),
  );
});

it("what is no base64 is refused", () => {
  for (const text of ["A*==", "A===", "====", "AA=A", "=AAA", "AAAA\n"]) {
    assert.equal(new Base64Stream().push(Buffer.from(text)), null, text);
  }
  const short = new Base64Stream();
  short.push(Buffer.from("AAAAA"));
  assert.ok(!short.complete);
});
