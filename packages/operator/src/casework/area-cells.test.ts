// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, cellCentre, distanceKm } from "@perigee/earth";
import { cellsWithin, circleOf } from "./area-cells.ts";

test("every cell whose centre is in a circle is among its cells, and none that is far outside", () => {
  for (const circle of [
    { latDeg: 48.6, lonDeg: 37.9, radiusKm: 30 },
    { latDeg: -17.5, lonDeg: 179.95, radiusKm: 50 },
    { latDeg: 78.2, lonDeg: 15.6, radiusKm: 3 },
  ]) {
    const cells = new Set(cellsWithin(circle));
    // By brute force: a finer net of points over a larger square.
    for (let north = -1; north <= 1; north += 0.02) {
      for (let east = -1; east <= 1; east += 0.02) {
        const latDeg = circle.latDeg + (north * circle.radiusKm * 1.5) / 111;
        const wide = 111 * Math.cos((latDeg * Math.PI) / 180);
        const lonDeg = ((circle.lonDeg + (east * circle.radiusKm * 1.5) / wide + 540) % 360) - 180;
        const cell = cellAt(latDeg, lonDeg);
        const isInside = distanceKm(cellCentre(cell), circle) <= circle.radiusKm;
        if (isInside) assert.ok(cells.has(cell), `${cell} of ${JSON.stringify(circle)}`);
      }
    }
    for (const cell of cells) assert.ok(distanceKm(cellCentre(cell), circle) < circle.radiusKm + 15, cell);
  }
});

test("an area is a circle on the globe", () => {
  assert.deepEqual(circleOf("48.6,37.9,10"), { latDeg: 48.6, lonDeg: 37.9, radiusKm: 10 });
  for (const wrong of ["91,0,1", "0,181,1", "0,0,0", "0,0,201", "0,0", "a,b,c"])
    assert.equal(circleOf(wrong), null);
});
