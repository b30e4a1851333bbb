// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Frontier, leafHash, toHex, treeRoot } from "./index.ts";

const leaf = (i: number) => leafHash(Buffer.from(`entry ${i}`));

function grown(size: number): Frontier {
  const frontier = new Frontier();
  for (let i = 0; i < size; i++) frontier.append(leaf(i));
  return frontier;
}

test("a frontier stored and restored at any size goes on as if nothing had happened", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 50 }), (size, more) => {
      const stored: unknown = JSON.parse(JSON.stringify(grown(size)));
      const restored = Frontier.fromJSON(stored as ReturnType<Frontier["toJSON"]>);
      assert.ok(restored.ok);
      for (let i = size; i < size + more; i++) restored.value.append(leaf(i));
      const leaves = Array.from({ length: size + more }, (_, i) => leaf(i));
      assert.equal(toHex(restored.value.root()), toHex(treeRoot(leaves)));
    }),
    { numRuns: 60 },
  );
});

test("a clone appends without its original noticing", () => {
  const frontier = grown(7);
  const before = toHex(frontier.root());
  const copy = frontier.clone();
  copy.append(leaf(7));
  assert.equal(frontier.size, 7);
  assert.equal(toHex(frontier.root()), before);
  assert.equal(toHex(copy.root()), toHex(grown(8).root()));
});

test("the caller's buffers stay the caller's: changing them later changes nothing", () => {
  const frontier = new Frontier();
  const mine = leaf(0);
  frontier.append(mine);
  mine.fill(0);
  frontier.root().fill(0);
  assert.equal(toHex(frontier.root()), toHex(leaf(0)));
});

test("memory stays logarithmic: one peak per one-bit of the size", () => {
  for (const size of [0, 1, 2, 3, 255, 256, 257]) {
    const ones = size.toString(2).replaceAll("0", "").length;
    assert.equal(grown(size).toJSON().peaks.length, ones);
  }
});

test("a stored frontier that cannot be one is refused at the place that is wrong", () => {
  const { peaks } = grown(3).toJSON();
  const placeOf = (size: number, stored: readonly string[]) => {
    const result = Frontier.fromJSON({ size, peaks: stored });
    return result.ok ? "ok" : `${result.error.code} ${result.error.place}`;
  };
  assert.equal(placeOf(3, peaks), "ok");
  assert.equal(placeOf(-1, peaks), "bad-frontier /size");
  assert.equal(placeOf(1.5, peaks), "bad-frontier /size");
  assert.equal(placeOf(4, peaks), "bad-frontier /peaks");
  assert.equal(placeOf(3, [peaks[0]!, "AB"]), "bad-frontier /peaks/1");
});
