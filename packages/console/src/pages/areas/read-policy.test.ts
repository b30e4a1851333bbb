// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { readPolicy } from "./read-policy.ts";

test("only one JSON object is a policy document", () => {
  assert.deepEqual(readPolicy(' {"title": "Demo"} '), { ok: true, value: { title: "Demo" } });
  for (const text of ["", "  ", "[]", "null", "7", '"text"', "{", "{}x"]) {
    const answer = readPolicy(text);
    assert.ok(!answer.ok && answer.error.message.length > 10, text);
  }
});
