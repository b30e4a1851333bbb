// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { orderRequest } from "@perigee/operator/contract";
import fc from "fast-check";
import { checkDraft, toRequest } from "./order-draft.ts";

test("a draft passes here exactly when the operator's contract takes it", () => {
  const drafts = fc.record({
    ground: fc.string({ maxLength: 520 }),
    hours: fc.oneof(fc.integer({ min: -2, max: 80 }).map(String), fc.constantFrom("", "x", "1.5")),
  });
  fc.assert(
    fc.property(fc.constantFrom("suspend" as const, "restore" as const), drafts, (kind, draft) => {
      const here = Object.keys(checkDraft(kind, draft)).length === 0;
      const there = orderRequest.safeParse(toRequest(kind, "ut-1", draft)).success;
      assert.equal(here, there, JSON.stringify(draft));
    }),
  );
});
