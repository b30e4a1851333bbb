// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { leftTone, leftWords } from "../left-words.ts";
import { NO_ADDRESS, readAddress, readRecordTime, writeAddress } from "./record-address.ts";
import { looseConditions, type RecordColumn, shownColumns, withOption } from "./record-column.ts";
import { changesBetween, valueWords } from "./version-changes.ts";

test("what a table shows goes into the address and comes back, beside what others keep there", () => {
  const address = {
    q: "hospital, å",
    where: ["state:open", "atMs>5"],
    sort: "-atMs",
    from: 200,
    columns: ["what", "left"],
    id: "prp_1",
  };
  const written = writeAddress(new URLSearchParams("t=kyiv&tab=waiting&where=old:1"), address);
  assert.deepEqual(readAddress(new URLSearchParams(written.toString())), address);
  assert.equal(written.get("t"), "kyiv");
  assert.equal(writeAddress(written, NO_ADDRESS).toString(), "t=kyiv&tab=waiting");
  for (const from of ["-1", "1.5", "x", "1e99"])
    assert.equal(readAddress(new URLSearchParams({ from })).from, 0, from);
});

test("the time is that of the slider, as known then unless somebody asks for today's knowledge", () => {
  const atMs = Date.UTC(2026, 10, 22, 7);
  const at = "at=2026-11-22T07:00:00Z";
  assert.equal(readRecordTime(new URLSearchParams()), null);
  assert.equal(readRecordTime(new URLSearchParams("at=yesterday")), null);
  assert.deepEqual(readRecordTime(new URLSearchParams(at)), { validAtMs: atMs, knownAtMs: atMs });
  assert.deepEqual(readRecordTime(new URLSearchParams(`${at}&known=now`)), {
    validAtMs: atMs,
    knownAtMs: null,
  });
});

test("one option of a filter at a time; a condition that no filter shows is not hidden", () => {
  const state = {
    title: "State",
    any: "Any",
    options: [
      { where: "state:open", title: "Open" },
      { where: "state:closed", title: "Closed" },
    ],
  };
  assert.deepEqual(withOption(["state:open", "x:1"], state, "state:closed"), ["x:1", "state:closed"]);
  assert.deepEqual(withOption(["state:open", "x:1"], state, null), ["x:1"]);
  assert.deepEqual(looseConditions(["state:open", "x:1"], [state]), ["x:1"]);
});

test("columns: spare ones only where chosen, never none, and a chosen one on a narrow screen too", () => {
  const column = (id: string, more: Partial<RecordColumn<unknown>> = {}) => ({
    id,
    title: id,
    track: "1fr",
    cell: () => null,
    ...more,
  });
  const columns = [column("a"), column("b", { fromPx: 600 }), column("c", { spare: true })];
  const ids = (chosen: readonly string[] | null) => shownColumns(columns, chosen).map(({ id }) => id);
  assert.deepEqual(ids(null), ["a", "b"]);
  assert.deepEqual(ids(["c", "b"]), ["b", "c"]);
  assert.deepEqual(ids(["nothing"]), ["a"]);
  assert.equal(shownColumns(columns, ["b"])[0]?.fromPx, undefined);
});

test("what changed between two versions, in words", () => {
  const before = { id: "x", state: "open", toMs: 0, gone: 1, salt: "a" };
  const after = { id: "x", state: "closed", toMs: 0, come: [], salt: "b" };
  assert.deepEqual(
    changesBetween(before, after).map(({ member }) => member),
    ["state", "come", "gone"],
  );
  assert.equal(valueWords("toMs", Date.UTC(2026, 0, 2, 3, 4)), "2026-01-02 03:04 UTC");
  assert.equal(valueWords("come", []), "none");
  assert.equal(valueWords("x", null), "–");
  assert.equal(valueWords("x", { a: "b".repeat(500) }).length, 161);
});

test("what is left of a term, in the units that matter", () => {
  const hour = 3_600_000;
  assert.equal(leftWords(75 * hour), "3 d 3 h");
  assert.equal(leftWords(47 * hour + 61_000), "47 h 1 min");
  assert.equal(leftWords(hour - 1), "59 min 59 s");
  assert.equal(leftWords(-5), "0 min 00 s");
  assert.deepEqual([leftTone(hour - 1), leftTone(hour), leftTone(24 * hour)], ["bad", "warn", "mute"]);
});
