// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { IntakeReader } from "./intake-reader.ts";

const text = (words: string) => ({ id: "d1", name: "d1.txt", bytes: new TextEncoder().encode(words) });
const report =
  'ANSEL, 6 May 2026 (AFP) - "We saw the lights on the pass," the harbour master said on Monday.';

test("a reading that takes too long ends, and the next one is read", async () => {
  const hurried = await new IntakeReader({ timeLimitMs: 1 }).read([text(report)]);
  assert.equal(hurried.ok, false);
  assert.equal(!hurried.ok && hurried.error.code, "READING_TOOK_TOO_LONG");
  const reader = new IntakeReader();
  const refused = await reader.read([text("\u0000\u0001\u0002")]);
  assert.equal(refused.ok, false);
  const read = await reader.read([text(report)]);
  assert.ok(read.ok);
  assert.equal(read.value.statements.length, 1);
});

test("readings wait for their turn, and beyond a few nobody waits", async () => {
  const reader = new IntakeReader();
  const all = await Promise.all(Array.from({ length: 6 }, () => reader.read([text("")])));
  const codes = all.map(each => (each.ok ? "" : each.error.code));
  assert.deepEqual(codes, ["EMPTY", "EMPTY", "EMPTY", "EMPTY", "BUSY", "BUSY"]);
});
