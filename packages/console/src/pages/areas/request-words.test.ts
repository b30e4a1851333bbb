// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RequestRow } from "./request-row.ts";
import { dueOf, progressOf, REQUEST_WAY, scopeText } from "./request-words.ts";

const request: RequestRow = {
  id: "req-1",
  requester: "Ministry of Harbours",
  kind: "request",
  scope: { kind: "area", areas: ["UA"], wants: "restrict" },
  jurisdiction: "UA",
  legalBasis: null,
  emergency: true,
  sealed: false,
  receivedMs: 0,
  state: "received",
  stateSinceMs: 0,
  authentication: null,
  impactNote: null,
  reasons: [],
  granted: [],
  expiresMs: null,
  verifiedBy: null,
};

test("a refusal stands where the request was when it was refused", () => {
  const authentication = { method: "call back", by: "ines", atMs: 1 };
  const reviewed = {
    ...request,
    state: "refused" as const,
    authentication,
    impactNote: "Nobody is cut off.",
  };
  assert.equal(REQUEST_WAY[progressOf(reviewed)], "reviewed");
  assert.equal(REQUEST_WAY[progressOf({ ...request, state: "refused" })], "received");
  assert.equal(REQUEST_WAY[progressOf({ ...request, state: "partial" })], "granted");
});

test("an emergency is acknowledged in a quarter of an hour and decided in four hours", () => {
  assert.deepEqual(dueOf(request), { what: "Acknowledge", atMs: 900_000 });
  assert.deepEqual(dueOf({ ...request, state: "reviewed" }), { what: "Decide", atMs: 14_400_000 });
  assert.equal(dueOf({ ...request, state: "granted" }), null);
  assert.equal(dueOf({ ...request, emergency: false }), null);
});

test("what is asked for is one line", () => {
  assert.equal(scopeText(request), "restrict in UA");
});
