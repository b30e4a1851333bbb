// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { entrySummary } from "./entry-summary.ts";

test("a decision under its kind, a flat order, and a form nobody knows", () => {
  const decision = { action: "suspend", subject: "kyiv", outcome: "deny", text: "Officer A suspends kyiv." };
  assert.deepEqual(entrySummary({ kind: "decision", decision }), {
    title: "Suspended",
    detail: "Officer A suspends kyiv.",
  });
  assert.deepEqual(entrySummary({ kind: "order", terminalId: "kyiv" }), { title: "Order", detail: "kyiv" });
  assert.deepEqual(entrySummary([1, 2]), { title: "Entry", detail: "[1,2]" });
  assert.deepEqual(entrySummary({}), { title: "Entry", detail: "" });
});
