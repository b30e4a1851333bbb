// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { noonMs } from "../fixture.ts";
import { Office } from "./office.ts";
import { resellersOf } from "./reseller-commands.ts";
import { dayMs } from "./ruled.ts";

test("a dated negative about everybody in one town, and who says otherwise, stand side by side", () => {
  const office = new Office();
  office.party("shop");
  const common = { fromMs: noonMs - dayMs, asserter: "The operator", source: "statement of 8 February" };
  const nobody = { ...common, party: null, authorised: false, territory: "AE", locality: "Dubai" };
  office.do("reseller.state", nobody);
  office.do("reseller.state", {
    ...nobody,
    party: "shop",
    authorised: true,
    locality: "dubai",
    asserter: "Shop",
    toMs: noonMs + dayMs,
  });
  office.do("reseller.state", {
    ...common,
    party: "shop",
    authorised: true,
    territory: "AE",
    locality: "Sharjah",
  });
  const dubai = resellersOf(office.book, "AE-DU", "DUBAI", noonMs);
  assert.deepEqual(
    dubai.statements.map(({ asserter }) => asserter),
    ["The operator", "Shop"],
  );
  assert.equal(dubai.conflicts.length, 1);
  assert.equal(dubai.conflicts[0]?.denied.asserter, "The operator");
  assert.equal(resellersOf(office.book, "AE", "Sharjah", noonMs).conflicts.length, 0);
  assert.equal(resellersOf(office.book, "AE", null, noonMs).statements.length, 3);
  const later = resellersOf(office.book, "AE", "Dubai", noonMs + dayMs);
  assert.deepEqual([later.statements.length, later.conflicts.length], [1, 0]);
  assert.equal(resellersOf(office.book, "AE", "Dubai", noonMs - 2 * dayMs).statements.length, 0);
  assert.equal(office.refused("reseller.state", { ...nobody, authorised: true }), "everybodyAuthorised");
  assert.equal(office.refused("reseller.state", nobody), "statementExists");
});
