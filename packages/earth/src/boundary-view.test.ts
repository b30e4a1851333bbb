// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type BoundaryView,
  boundaryViews,
  checkBoundaryView,
  countryUnder,
  disputedTerritories,
  territories,
  territoryById,
} from "./index.ts";

const view: BoundaryView = {
  id: "mine",
  version: "1",
  title: "As drawn by us",
  asserter: "us",
  source: "our word",
  assignments: { Q7835: "UA", TW: null },
};

const codeOf = (candidate: unknown) => {
  const result = checkBoundaryView(candidate as BoundaryView);
  return result.ok ? "ok" : `${result.error.code} ${result.error.place}`;
};

test("every view that comes with the package is sound, and each assignment names its document", () => {
  for (const [id, builtIn] of Object.entries(boundaryViews)) {
    assert.equal(codeOf(builtIn), "ok");
    assert.equal(builtIn.id, id);
    assert.deepEqual(Object.keys(builtIn.basis!).sort(), Object.keys(builtIn.assignments).sort());
  }
});

test("every dispute is about a territory of the border data, listed once", () => {
  const ids = disputedTerritories.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.ok(territoryById(id), id);
});

test("territory ids are unique and of one of two forms", () => {
  assert.equal(new Set(territories.map(({ id }) => id)).size, territories.length);
  for (const { id, ownCountry } of territories) {
    assert.match(id, /^([A-Z]{2}|Q\d+)$/);
    if (ownCountry !== null) assert.match(ownCountry, /^[A-Z]{2}$/);
  }
});

test("a territory follows the view where it is listed, also to nobody, and itself elsewhere", () => {
  const under = (id: string) => countryUnder(view, territoryById(id)!);
  assert.equal(under("Q7835"), "UA");
  assert.equal(under("TW"), null);
  assert.equal(under("Q1246"), "XK");
  assert.equal(under("PR"), "US");
  assert.equal(under("AQ"), null);
  assert.equal(countryUnder({ ...view, assignments: {} }, territoryById("Q7835")!), "RU");
});

test("a view from outside is refused at the place that is wrong", () => {
  assert.equal(codeOf(view), "ok");
  assert.equal(codeOf({ ...view, asserter: " " }), "bad-view /asserter");
  assert.equal(codeOf({ ...view, source: "x".repeat(2001) }), "bad-view /source");
  assert.equal(codeOf({ ...view, version: 3 }), "bad-view /version");
  assert.equal(codeOf({ ...view, assignments: [] }), "bad-view /assignments");
  assert.equal(codeOf({ ...view, assignments: { Q7835: "ua" } }), "bad-view /assignments/Q7835");
  assert.equal(codeOf({ ...view, assignments: { Q7835: undefined } }), "bad-view /assignments/Q7835");
  assert.equal(codeOf({ ...view, assignments: { "Q1/2": "UA" } }), "unknown-territory /assignments/Q1~12");
  const tooMany = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`Q${i}`, null]));
  assert.equal(codeOf({ ...view, assignments: tooMany }), "bad-view /assignments");
});
