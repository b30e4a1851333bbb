// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RateLimit } from "./rate-limit.ts";

test("no span of a name has more requests than it may, and each that waits until the end of its span is let through", () => {
  const steps = fc.array(fc.record({ name: fc.constantFrom("a", "b"), afterMs: fc.nat(40) }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(steps, asked => {
      const limit = new RateLimit({ requests: 3, spanMs: 100 });
      const passed = new Map<string, number[]>();
      let nowMs = 1_000;
      for (const { name, afterMs } of asked) {
        nowMs += afterMs;
        const standing = limit.take(name, nowMs);
        assert.ok(standing.remaining >= 0 && standing.resetMs > 0 && standing.resetMs <= 100);
        if (standing.allowed) passed.set(name, [...(passed.get(name) ?? []), nowMs]);
        else assert.ok(new RateLimit({ requests: 3, spanMs: 100 }).take(name, nowMs).allowed);
      }
      // Fixed spans: any window of one span touches two of them at most.
      for (const times of passed.values()) {
        for (const from of times) assert.ok(times.filter(at => at >= from && at < from + 100).length <= 6);
      }
    }),
  );
  const limit = new RateLimit({ requests: 2, spanMs: 100 });
  assert.deepEqual([limit.take("a", 0).remaining, limit.take("a", 1).remaining], [1, 0]);
  const refused = limit.take("a", 30);
  assert.deepEqual([refused.allowed, refused.resetMs], [false, 70]);
  assert.ok(limit.take("a", 30 + refused.resetMs).allowed);
});
