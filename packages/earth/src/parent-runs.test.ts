// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellToParent } from "h3-js";
import { cellAt, cellName, cellTableOf, distanceKm, parentRuns } from "./index.ts";

/** Cells close together and far apart, so that parents of every resolution have several. */
const hundredths = fc.integer({ min: -150, max: 150 }).map(n => n / 100);
const places = fc.array(
  fc.tuple(
    fc.integer({ min: -90, max: 90 }),
    fc.integer({ min: -180, max: 180 }),
    fc.array(fc.tuple(hundredths, hundredths), { maxLength: 20 }),
  ),
  { maxLength: 4 },
);

test("runs are the parents h3-js names, and no cell lies beyond its run's radius", () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 0, max: 5 }), (clusters, resolution) => {
      const names = clusters.flatMap(([lat, lon, around]) =>
        around.map(([dLat, dLon]) =>
          cellAt(Math.max(-90, Math.min(90, lat + dLat)), Math.max(-180, Math.min(180, lon + dLon))),
        ),
      );
      const result = cellTableOf(names);
      assert.ok(result.ok);
      const cells = result.value;
      const runs = parentRuns(cells, resolution);
      const parents = Array.from(cells.id, id => cellToParent(id.toString(16), resolution));
      assert.equal(runs.count, new Set(parents).size);
      assert.equal(runs.offset.length, runs.count + 1);
      assert.equal(runs.offset[0], 0);
      assert.equal(runs.offset[runs.count], cells.count);
      for (let p = 0; p < runs.count; p++) {
        const centre = { latDeg: runs.latDeg[p]!, lonDeg: runs.lonDeg[p]! };
        const members = parents.slice(runs.offset[p], runs.offset[p + 1]);
        assert.ok(members.length > 0 && members.every(parent => parent === members[0]));
        const distances = members.map((_, i) => {
          const row = runs.offset[p]! + i;
          return distanceKm(centre, { latDeg: cells.latDeg[row]!, lonDeg: cells.lonDeg[row]! });
        });
        assert.ok(Math.abs(Math.max(...distances) - runs.radiusKm[p]!) < 1e-6, cellName(cells, 0));
      }
    }),
  );
});

test("a resolution that is none is a bug", () => {
  const none = cellTableOf([]);
  assert.ok(none.ok);
  assert.equal(parentRuns(none.value, 3).count, 0);
  for (const resolution of [-1, 6, 2.5]) assert.throws(() => parentRuns(none.value, resolution), RangeError);
});
