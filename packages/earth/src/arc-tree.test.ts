// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ArcEdges, ArcTree } from "./arc-tree.ts";
import { distanceKm, interpolateGreatCircle } from "./geodesy.ts";

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const shortEdge = fc.tuple(
  latitude,
  longitude,
  fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  fc.double({ min: -0.3, max: 0.3, noNaN: true }),
);

test("the nearest of some arcs is what walking along each of them finds", () => {
  fc.assert(
    fc.property(
      fc.array(shortEdge, { minLength: 1, maxLength: 40 }),
      latitude,
      longitude,
      (edges, latDeg, lonDeg) => {
        const arcs = new ArcEdges();
        let walked = Number.POSITIVE_INFINITY;
        for (const [lat, lon, dLat, dLon] of edges) {
          const from = { latDeg: lat, lonDeg: lon };
          const to = { latDeg: Math.max(-90, Math.min(90, lat + dLat)), lonDeg: lon + dLon };
          arcs.add(from.lonDeg, from.latDeg, to.lonDeg, to.latDeg, 7);
          for (let i = 0; i <= 50; i++) {
            walked = Math.min(
              walked,
              distanceKm({ latDeg, lonDeg }, interpolateGreatCircle(from, to, i / 50)),
            );
          }
        }
        const found = new ArcTree(arcs).nearest(latDeg, lonDeg);
        assert.ok(found);
        assert.equal(found.label, 7);
        // The walk stops every kilometre or so, so it can only be a little farther; beyond the antipode digits are lost.
        assert.ok(
          found.distanceKm <= walked + 1e-2 && found.distanceKm >= walked - 1,
          `${found.distanceKm} ${walked}`,
        );
      },
    ),
    { numRuns: 150 },
  );
});

test("a limit cuts off exactly", () => {
  const arcs = new ArcEdges();
  arcs.add(10, 0, 11, 0, 1);
  const tree = new ArcTree(arcs);
  const { distanceKm: km } = tree.nearest(1, 10.5)!;
  assert.ok(Math.abs(km - 111.195) < 0.01);
  assert.equal(tree.nearest(1, 10.5, km * 0.999), null);
  assert.ok(tree.nearest(1, 10.5, km * 1.001));
});

test("no arcs, no answer; a single point is an arc", () => {
  assert.equal(new ArcTree(new ArcEdges()).nearest(0, 0), null);
  const arcs = new ArcEdges();
  arcs.add(180, 5, 180, 5, 3);
  const found = new ArcTree(arcs).nearest(5, -179)!;
  assert.equal(found.label, 3);
  assert.ok(
    Math.abs(found.distanceKm - distanceKm({ latDeg: 5, lonDeg: -179 }, { latDeg: 5, lonDeg: 180 })) < 1e-9,
  );
});

test("a long edge follows the parallel, as the map draws it, not the great circle", () => {
  const arcs = new ArcEdges();
  arcs.add(-123, 49, -95, 49, 0);
  // The great circle between the ends bulges 90 km north of the parallel.
  assert.ok(new ArcTree(arcs).nearest(49, -109)!.distanceKm < 0.05);
});
