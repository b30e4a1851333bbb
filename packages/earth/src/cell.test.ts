// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellAt, cellBoundary, cellCentre, checkPosition, distanceKm, isCell } from "./index.ts";

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}`);

test("the example cell of the H3 documentation: index, centre and boundary", () => {
  assert.equal(cellAt(37.3615593, -122.0553238), "85283473fffffff");
  const centre = cellCentre("85283473fffffff");
  close(centre.latDeg, 37.345793375);
  close(centre.lonDeg, -121.976375973);
  const corners = [
    [37.2713558667, -121.9150803271],
    [37.3539264509, -121.862223289],
    [37.4283411861, -121.9235499963],
    [37.4201286777, -122.0377349643],
    [37.3375560844, -122.090428929],
    [37.2631979746, -122.0291013092],
  ] as const;
  const boundary = cellBoundary("85283473fffffff");
  assert.equal(boundary.length, corners.length);
  corners.forEach(([latDeg, lonDeg], i) => {
    close(boundary[i]!.latDeg, latDeg);
    close(boundary[i]!.lonDeg, lonDeg);
  });
});

test("a position lies in its cell: no further from the centre than the furthest corner", () => {
  const latitude = fc.double({ min: -90, max: 90, noNaN: true });
  const longitude = fc.double({ min: -180, max: 180, noNaN: true });
  fc.assert(
    fc.property(latitude, longitude, (latDeg, lonDeg) => {
      const cell = cellAt(latDeg, lonDeg);
      const centre = cellCentre(cell);
      assert.equal(cellAt(centre.latDeg, centre.lonDeg), cell);
      const reach = Math.max(...cellBoundary(cell).map(corner => distanceKm(centre, corner)));
      assert.ok(distanceKm(centre, { latDeg, lonDeg }) <= reach * 1.001);
    }),
  );
});

test("only resolution 5 indexes in their one spelling are cells", () => {
  assert.ok(isCell("85283473fffffff"));
  for (const text of [
    "",
    "85283473FFFFFFF",
    "87283472bffffff",
    "85283473ffffff",
    "95283473fffffff",
    "0x85283473",
  ]) {
    assert.ok(!isCell(text), text);
    assert.throws(() => cellCentre(text), RangeError);
  }
});

test("a position from outside is checked by name; an unchecked bad one is a bug", () => {
  const codeOf = (latDeg: number, lonDeg: number) => {
    const result = checkPosition(latDeg, lonDeg);
    return result.ok ? "ok" : `${result.error.code} ${result.error.place}`;
  };
  assert.equal(codeOf(90, -180), "ok");
  assert.equal(codeOf(90.001, 0), "bad-position latDeg");
  assert.equal(codeOf(Number.NaN, 0), "bad-position latDeg");
  assert.equal(codeOf(0, 180.5), "bad-position lonDeg");
  assert.throws(() => cellAt(0, Number.POSITIVE_INFINITY), RangeError);
});
