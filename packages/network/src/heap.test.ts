// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createMinHeap } from "./heap.ts";

test("gives nodes back in order of their least key, ties by number, as a sorted list does", () => {
  const heap = createMinHeap(50);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(49), fc.nat(20)), { maxLength: 200 }), pushes => {
      heap.clear();
      const least = new Map<number, number>();
      for (const [node, key] of pushes) {
        heap.push(node, key);
        least.set(node, Math.min(key, least.get(node) ?? key));
      }
      assert.equal(heap.size, least.size);
      const expected = [...least].sort(([a, ka], [b, kb]) => ka - kb || a - b);
      for (const [node, key] of expected) {
        assert.equal(heap.pop(), node);
        assert.equal(heap.lastKey, key);
      }
      assert.equal(heap.pop(), -1);
    }),
  );
});

test("is empty after clear, and takes the same nodes again", () => {
  const heap = createMinHeap(3);
  heap.push(2, 1);
  heap.push(0, 5);
  heap.clear();
  assert.equal(heap.pop(), -1);
  heap.push(2, 9);
  assert.equal(heap.pop(), 2);
});
