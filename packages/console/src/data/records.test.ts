// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { recordSource, recordsPath, versionAt } from "./records.ts";
import { pageOf } from "./records-local.ts";

const query = { q: "", where: [], sort: null, from: 0, limit: 100, time: null };
const at = (text: string) => Date.parse(text);

test("a query is an address: words, conditions, order, page and time", () => {
  assert.equal(recordsPath("parties", query), "/v1/parties?limit=100");
  assert.equal(
    recordsPath("parties", { ...query, q: " a b ", where: ["state:open", "n>3"], sort: "-atMs", from: 200 }),
    "/v1/parties?q=a+b&where=state%3Aopen&where=n%3E3&sort=-atMs&from=200&limit=100",
  );
  const validAtMs = at("2026-11-22T07:00:00Z");
  assert.equal(
    recordsPath("orders", { ...query, time: { validAtMs, knownAtMs: null } }, "csv"),
    "/v1/orders?format=csv&validAt=2026-11-22T07%3A00%3A00.000Z",
    "as known today says nothing of when it was known",
  );
});

test("what a list always asks for goes before what somebody chose, and into its exports", () => {
  const source = recordSource("proposals", ["state:open"]);
  const [csv, json] = source.exports({ ...query, where: ["lane:emergency"], from: 300 });
  assert.equal(csv?.href, "/v1/proposals?where=state%3Aopen&where=lane%3Aemergency&format=csv");
  assert.equal(json?.href, "/v1/proposals?where=state%3Aopen&where=lane%3Aemergency&limit=1000");
  assert.notEqual(source.key, recordSource("proposals").key);
});

test("a version holds from its beginning and not at its end, in both times", () => {
  const version = (document: string, validFrom: string, validTo: string | null, knownTo: string | null) => ({
    document,
    validFrom,
    validTo,
    knownFrom: "2026-01-01T00:00:00Z",
    knownTo,
  });
  const versions = [
    version("wrong", "2026-01-01T00:00:00Z", null, "2026-03-01T00:00:00Z"),
    {
      ...version("first", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", null),
      knownFrom: "2026-03-01T00:00:00Z",
    },
    { ...version("second", "2026-02-01T00:00:00Z", null, null), knownFrom: "2026-03-01T00:00:00Z" },
  ];
  const then = at("2026-02-01T00:00:00Z");
  assert.equal(versionAt(versions, { validAtMs: then, knownAtMs: then }), "wrong");
  assert.equal(versionAt(versions, { validAtMs: then, knownAtMs: null }), "second");
  assert.equal(versionAt(versions, { validAtMs: then - 1, knownAtMs: null }), "first");
  assert.equal(versionAt(versions, { validAtMs: then, knownAtMs: at("2026-03-01T00:00:00Z") }), "second");
  assert.equal(versionAt(versions, { validAtMs: at("2025-12-31T00:00:00Z"), knownAtMs: null }), null);
});

test("a list that comes whole answers the same questions", () => {
  const rows = [
    { id: "a", by: "Tomas", ended: null },
    { id: "b", by: "Ines", ended: "2026" },
    { id: "c", by: "Ines", ended: null },
  ];
  const ids = (part: Partial<Parameters<typeof pageOf>[1]>) =>
    pageOf(rows, { ...query, ...part }).items.map(({ id }) => id);
  assert.deepEqual(ids({ where: ["ended:"] }), ["a", "c"]);
  assert.deepEqual(ids({ where: ["ended!", "by:Ines"] }), ["b"]);
  assert.deepEqual(ids({ q: "TOM" }), ["a"]);
  assert.deepEqual(ids({ sort: "-by" }), ["a", "b", "c"], "equals by their id");
  assert.deepEqual(ids({ sort: "by", from: 1, limit: 1 }), ["c"]);
  assert.deepEqual(ids({ where: ["no condition"] }), []);
  assert.equal(pageOf(rows, { ...query, limit: 1 }).total, 3);
});
