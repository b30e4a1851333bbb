// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { readPlace } from "../../data/published.ts";
import { PORTAL_ACTIONS, requestOf } from "./portal-actions.ts";

const tools = { readPlace, newSalt: () => "5a17" };
const appeal = PORTAL_ACTIONS["appeal.file"]!;
const move = PORTAL_ACTIONS["portal.move"]!;

test("an appeal names its notice and nobody's party", () => {
  const statement = "The terminal never left the hospital.";
  assert.deepEqual(requestOf(appeal, "not-1", { statement: ` ${statement} `, lifeCritical: true }, tools), {
    ok: true,
    request: { noticeId: "not-1", statement, lifeCritical: true },
  });
});

test("what is missing is said at its field", () => {
  const answer = requestOf(appeal, "not-1", { statement: "No." }, tools);
  assert.ok(!answer.ok);
  assert.deepEqual(Object.keys(answer.errors), ["statement"]);
  const moved = requestOf(move, "line-1", { nickname: "Roof", serviceAddress: "north" }, tools);
  assert.ok(!moved.ok);
  assert.deepEqual(Object.keys(moved.errors), ["serviceAddress"]);
});

test("a line that moves about has no address", () => {
  assert.deepEqual(requestOf(move, "line-1", { nickname: "Van", serviceAddress: "" }, tools), {
    ok: true,
    request: {
      serviceLineId: "line-1",
      hasAddress: false,
      personal: { salt: "5a17", nickname: "Van", serviceAddress: null },
    },
  });
});
