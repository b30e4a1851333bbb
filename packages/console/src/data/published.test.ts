// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { publishedCells, readPlace } from "./published.ts";

test("a place is read as people type it", () => {
  assert.deepEqual(readPlace("50.45, 30.52"), { latDeg: 50.45, lonDeg: 30.52 });
  assert.deepEqual(readPlace(" -33.9 18.4 "), { latDeg: -33.9, lonDeg: 18.4 });
  assert.deepEqual(readPlace("34.6° S 58.4° W"), { latDeg: -34.6, lonDeg: -58.4 });
  for (const text of ["", "Kyiv", "50.45", "91, 0", "0, 181", "50,45,30,52", "1e3, 2"]) {
    assert.equal(readPlace(text), null, text);
  }
});

test("cells of the map have fifteen digits again, each with its own state", () => {
  const served = { state: "served" as const, reason: null, sentence: "Service." };
  const sealed = { state: "notPublished" as const, reason: null, sentence: "Not published." };
  const view = { id: "v", title: "V", asserter: "A", version: "1" };
  const rest = { version: "1", at: "2026-01-01T00:00:00Z", boundaryView: view, territories: [] };
  const map = { ...rest, resolution: 3, states: [served, sealed], highSeas: 0 };
  const { cells, states } = publishedCells({ ...map, cells: ["831f", "83194e"], stateOf: [1, 0] });
  assert.deepEqual(cells, ["831ffffffffffff", "83194efffffffff"]);
  assert.deepEqual(states, [sealed, served]);
  assert.throws(() => publishedCells({ ...map, cells: ["83"], stateOf: [7] }), RangeError);
});
