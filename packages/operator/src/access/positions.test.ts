// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, distanceKm } from "@perigee/earth";
import fc from "fast-check";
import type { TerminalRow } from "../contract.ts";
import { coarseCell, coarseRow } from "./positions.ts";

const rowAt = (latDeg: number, lonDeg: number): TerminalRow =>
  ({
    id: "ut",
    position: {
      precision: "exact",
      latDeg,
      lonDeg,
      cell: cellAt(latDeg, lonDeg),
      territory: "UA-40",
      territoryName: "Sevastopol",
      country: "UA",
      zone: "land",
      speedKmh: 3.5,
      at: "2026-11-22T00:00:00.000Z",
    },
  }) as TerminalRow;

test("whoever may not see positions sees the country and a cell of 12,000 km², the same for all in it", () => {
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (lat, lon) => {
        const { position } = coarseRow(rowAt(lat, lon));
        assert.ok(position);
        const { latDeg, lonDeg, cell, ...rest } = position;
        assert.deepEqual(rest, {
          precision: "largeCell",
          territory: "UA",
          territoryName: "Ukraine",
          country: "UA",
          zone: "land",
          speedKmh: null,
          at: "2026-11-22T00:00:00.000Z",
        });
        assert.match(cell, /^83[0-9a-f]{13}$/);
        // The farthest corner of the largest cell of resolution 3 is about 90 km from its middle (h3geo.org).
        assert.ok(distanceKm({ latDeg: lat, lonDeg: lon }, position) < 120, `${lat} ${lon}`);
        const place = `${latDeg} ${lonDeg}`;
        assert.equal(seen.get(cell) ?? place, place, "the place says no more than the cell");
        seen.set(cell, place);
      },
    ),
    { numRuns: 10_000 },
  );
});

test("the large cell is the parent that H3 names", () => {
  // h3geo.org, "Hierarchy": cellToParent("85283473fffffff", 3) and of its neighbours.
  assert.equal(coarseCell("85283473fffffff"), "832834fffffffff");
  assert.equal(coarseCell("85283447fffffff"), "832834fffffffff");
  assert.equal(coarseRow({ ...rowAt(0, 0), position: null }).position, null);
});
