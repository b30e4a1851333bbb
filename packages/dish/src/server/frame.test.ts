// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { FrameReader, frameOf, type NextMessage } from "./frame.ts";

/** Everything that a reader has now. */
function drain(reader: FrameReader): NextMessage[] {
  const got: NextMessage[] = [];
  for (;;) {
    const next = reader.next();
    if (next === "more") return got;
    got.push(next);
    if (typeof next === "string") return got;
  }
}

describe("a reader of frames", () => {
  it("gives back the messages, whatever pieces they come in, and never changes one it gave", () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1 }), (sent, sizes) => {
        const stream = Buffer.concat(sent.map(message => frameOf(message)));
        const reader = new FrameReader(300);
        const got: NextMessage[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length]!;
          reader.push(new Uint8Array(stream.subarray(at, at + size)));
          got.push(...drain(reader));
          at += size;
        }
        assert.deepEqual(
          got.map(message => Buffer.from(message as Uint8Array).toString("hex")),
          sent.map(message => Buffer.from(message).toString("hex")),
        );
        assert.equal(reader.heldBytes, 0);
      }),
    );
  });

  it("refuses by the prefix alone", () => {
    const cases: readonly (readonly [number[], NextMessage])[] = [
      [[0, 0, 0, 0, 11], "tooLarge"],
      [[0, 255, 255, 255, 255], "tooLarge"],
      [[1, 0, 0, 0, 1], "compressed"],
      [[2, 0, 0, 0, 1], "badFlag"],
      [[0, 0, 0, 0, 10], "more"],
    ];
    for (const [prefix, expected] of cases) {
      const reader = new FrameReader(10);
      reader.push(Uint8Array.from(prefix));
      assert.equal(reader.next(), expected);
    }
  });

  it("holds on to no more than has to wait", () => {
    const piece = new Uint8Array(65_536);
    piece.set(frameOf(new Uint8Array(65_522)));
    piece.set([0, 0, 0, 0, 9], 65_527);
    const reader = new FrameReader(100_000);
    reader.push(piece);
    reader.next();
    assert.equal(reader.next(), "more");
    assert.equal(reader.heldBytes, 9);
    // What waits is a copy: the piece could go, and may change.
    piece.fill(0xff);
    reader.push(new Uint8Array(5));
    assert.deepEqual(reader.next(), Buffer.alloc(9));
  });
});
