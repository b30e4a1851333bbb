// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordFault } from "./password-rules.ts";
import { SignInLimit } from "./sign-in-limit.ts";

const person = { name: "Ines Calloway", email: "i.calloway@perigee.example" };

test("a password is refused for being short, monotonous, or the first thing to try", () => {
  for (const [password, expected] of [
    ["correct horse battery", null],
    ["twelve chars", null],
    ["ünïcödé wörds", null],
    ["eleven char", /at least 12/],
    ["aaaabbbbccccdddd", /different/],
    ["x".repeat(129), /at most 128/],
    ["CALLOWAY loves horses", /calloway/],
    ["i.calloway for ever", /calloway/],
    ["my Perigee password", /perigee/],
  ] as const) {
    const fault = passwordFault(password, person);
    if (expected === null) assert.equal(fault, null, password);
    else assert.match(fault ?? "nothing", expected, password);
  }
});

test("an allowance is used up, waits for the end of its span, and is given back", () => {
  const limit = new SignInLimit({ attempts: 3, spanMs: 1000 });
  assert.deepEqual(
    [0, 1, 2].map(at => limit.begin("a", at)),
    [0, 0, 0],
  );
  assert.equal(limit.begin("a", 400), 600);
  assert.equal(limit.begin("b", 400), 0, "another name");
  limit.takeBack("a");
  assert.equal(limit.begin("a", 500), 0);
  assert.equal(limit.begin("a", 999), 1);
  assert.equal(limit.begin("a", 1000), 0, "a new span");
  limit.takeBack("never seen");
});

test("names without end do not fill the memory, and do not wash a counted one away while it is fresh", () => {
  const limit = new SignInLimit({ attempts: 1, spanMs: 1000 });
  for (let i = 0; i < 9_000; i++) limit.begin(`old ${i}`, 0);
  limit.begin("target", 0);
  for (let i = 0; i < 9_000; i++) limit.begin(`new ${i}`, 1);
  assert.equal(limit.begin("target", 2), 998);
  assert.equal(limit.begin("old 0", 2), 0, "forgotten");
});
