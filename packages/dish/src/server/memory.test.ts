// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { it } from "node:test";
import { MemoryAccount } from "./memory.ts";
import { TokenBucket } from "./token-bucket.ts";

it("what one takes is taken of all that it lies within, and the one that is full is named", () => {
  const all = new MemoryAccount(100);
  const one = new MemoryAccount(60, all);
  const other = new MemoryAccount(60, all);
  assert.equal(one.take(50), null);
  assert.equal(one.take(11), one);
  assert.equal(other.take(51), all);
  assert.equal(other.take(50), null);
  assert.equal(all.heldBytes, 100);
  one.give(10);
  assert.equal(all.heldBytes, 90);
});

it("an account that is closed gives everything back, once", () => {
  const all = new MemoryAccount(100);
  const one = new MemoryAccount(100, all);
  one.take(70);
  one.close();
  one.give(70);
  one.close();
  assert.equal(all.heldBytes, 0);
  assert.equal(one.take(1), one);
});

it("a bucket has its burst, and then its rate", () => {
  const bucket = new TokenBucket(3, 2, 1000);
  assert.deepEqual(
    Array.from({ length: 4 }, () => bucket.take(1000)),
    [true, true, true, false],
  );
  assert.equal(bucket.take(1499), false);
  assert.equal(bucket.take(1500), true);
  assert.deepEqual(
    Array.from({ length: 4 }, () => bucket.take(60_000)),
    [true, true, true, false],
  );
});
