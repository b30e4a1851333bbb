// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { search } from "./search-index.ts";

const KNOWN = {
  terminals: null,
  satellites: {
    version: "1",
    shells: [{ id: "a", title: "53°", service: "broadband" as const }],
    catalogNumber: [44714, 44715],
    name: ["STARLINK-1008", "STARLINK-10080"],
    shell: [0, 0],
    lasers: [],
  },
  ground: {
    gateways: [{ id: "goonhilly", name: "Goonhilly", latDeg: 50, lonDeg: -5 }],
    pops: [{ code: "waw", city: "Warsaw", country: "PL", latDeg: 52.2, lonDeg: 21 }],
  },
};

test("finds by name, number, code; the exact name first", () => {
  assert.deepEqual(
    search("starlink-1008", KNOWN).map(({ title }) => title),
    ["STARLINK-1008", "STARLINK-10080"],
  );
  assert.deepEqual(search("44715", KNOWN)[0]?.target, {
    kind: "select",
    selection: { kind: "satellite", id: "44715" },
  });
  assert.equal(search("waw", KNOWN)[0]?.title, "Warsaw");
  assert.equal(search("  ", KNOWN).length, 0);
});

test("two numbers are a place, if the Earth has it", () => {
  assert.deepEqual(search("50.45, -30.5", KNOWN)[0]?.target, { kind: "place", latDeg: 50.45, lonDeg: -30.5 });
  assert.equal(search("95 10", KNOWN).length, 0);
});

test("an H3 index of the planet's cells is a cell; other resolutions are not", () => {
  assert.deepEqual(search("851e3597FFFFFFF", KNOWN)[0]?.target, {
    kind: "select",
    selection: { kind: "cell", id: "851e3597fffffff" },
  });
  assert.equal(search("831e35fffffffff", KNOWN).length, 0);
});
