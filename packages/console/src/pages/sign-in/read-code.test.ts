// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCode } from "./read-code.ts";

test("a code is read from its own page's address and no other", () => {
  const hash = `#${new URLSearchParams({ email: "a+b@perigee.example", code: "x/y&z" })}`;
  assert.deepEqual(readCode("/sign-in", hash), { email: "a+b@perigee.example", code: "x/y&z" });
  assert.equal(readCode("/network", hash), null);
  for (const wrong of ["", "#", "#email=a", "#code=b", "#email=&code=b"]) {
    assert.equal(readCode("/sign-in", wrong), null, wrong);
  }
});
