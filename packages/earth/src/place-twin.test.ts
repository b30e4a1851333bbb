// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bearingDeg, boundaryViews, distanceKm, EARTH_RADIUS_KM, type Position, placeOf } from "./index.ts";
import { land, landRings } from "./land.ts";
import { partition } from "./partition.ts";
import { type LonLatRing, territoryShapes } from "./territory.ts";

/*
 * The plain twin of every index: no bands, no boxes, no shared edges. Territories are asked polygon by polygon with an
 * eastward ray on the flat map; land by a walk to the South Pole, which is land; distances by the textbook
 * cross-track formula over every coast segment in the world.
 */

const rings = landRings();

function ringHolds(ring: LonLatRing, { latDeg, lonDeg }: Position): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!;
    const [x2, y2] = ring[i]!;
    if (y1 > latDeg !== y2 > latDeg && lonDeg < x1 + ((x2 - x1) * (latDeg - y1)) / (y2 - y1))
      inside = !inside;
  }
  return inside;
}

function territoriesAt(point: Position): string[] {
  return territoryShapes
    .filter(({ polygons }) =>
      polygons.some(
        ([outside, ...holes]) => ringHolds(outside!, point) && !holes.some(h => ringHolds(h, point)),
      ),
    )
    .map(shape => shape.territory.id);
}

function* coastSegments(): Generator<readonly [Position, Position]> {
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length;
      yield [
        { latDeg: ring[i + 1]!, lonDeg: ring[i]! },
        { latDeg: ring[j + 1]!, lonDeg: ring[j]! },
      ];
    }
  }
}

function isLand({ latDeg, lonDeg }: Position): boolean {
  const wrapped = (lon: number) => ((((lon - lonDeg + 180) % 360) + 360) % 360) - 180;
  let crossings = 0;
  for (const [a, b] of coastSegments()) {
    const [x1, x2] = [wrapped(a.lonDeg), wrapped(b.lonDeg)];
    if (Math.abs(x1 - x2) > 180 || x1 > 0 === x2 > 0) continue;
    if (a.latDeg + ((b.latDeg - a.latDeg) * -x1) / (x2 - x1) < latDeg) crossings += 1;
  }
  return crossings % 2 === 0;
}

function segmentKm(point: Position, a: Position, b: Position): number {
  const RADIANS = Math.PI / 180;
  const [toA, toB] = [distanceKm(point, a), distanceKm(point, b)];
  const turn = (bearingDeg(a, point) - bearingDeg(a, b)) * RADIANS;
  const across = Math.asin(Math.sin(toA / EARTH_RADIUS_KM) * Math.sin(turn));
  const along = Math.atan2(Math.sin(toA / EARTH_RADIUS_KM) * Math.cos(turn), Math.cos(toA / EARTH_RADIUS_KM));
  const isBeside = along > 0 && along * EARTH_RADIUS_KM < distanceKm(a, b);
  return isBeside ? Math.abs(across) * EARTH_RADIUS_KM : Math.min(toA, toB);
}

function coastKm(point: Position): number {
  let best = Number.POSITIVE_INFINITY;
  for (const [a, b] of coastSegments()) {
    // A segment is far shorter than a degree of latitude times ten; what is farther off in latitude cannot win.
    if ((Math.abs(a.latDeg - point.latDeg) - 10) * 111 > best) continue;
    best = Math.min(best, segmentKm(point, a, b));
  }
  return best;
}

/** Points spread evenly over the sphere along a golden spiral. */
function spiral(count: number): Position[] {
  return Array.from({ length: count }, (_, i) => ({
    latDeg: (Math.asin(1 - (2 * i + 1) / count) * 180) / Math.PI,
    lonDeg: ((i * 137.50776405) % 360) - 180,
  }));
}

test("the territory of 800 points all over the world, polygon by polygon", () => {
  for (const point of spiral(800)) {
    const expected = territoriesAt(point);
    assert.ok(expected.length <= 1, `territories overlap at ${point.latDeg}, ${point.lonDeg}`);
    assert.deepEqual(partition().at(point.latDeg, point.lonDeg)?.id, expected[0]);
  }
});

test("the territory of points right beside border vertices", () => {
  const vertices = territoryShapes.flatMap(({ polygons }) => polygons.flat(2));
  // Never zero: on a line itself either side is right.
  const offset = fc.integer({ min: -20_000, max: 20_000 }).map(n => (n + 0.1234) * 1e-6);
  fc.assert(
    fc.property(fc.nat(vertices.length - 1), offset, offset, (i, dLat, dLon) => {
      const [lon, lat] = vertices[i]!;
      const point = { latDeg: lat + dLat, lonDeg: lon + dLon };
      fc.pre(Math.abs(point.latDeg) < 90 && Math.abs(point.lonDeg) < 180);
      assert.deepEqual(partition().at(point.latDeg, point.lonDeg)?.id, territoriesAt(point)[0]);
    }),
    { numRuns: 200 },
  );
});

test("land or sea, and how far the coast is, over every segment of every coast", () => {
  for (const point of [...spiral(12), { latDeg: 66, lonDeg: 179.99 }, { latDeg: -78, lonDeg: -179.99 }]) {
    const dry = isLand(point);
    assert.equal(land().contains(point.latDeg, point.lonDeg), dry, JSON.stringify(point));
    const found = land().nearestCoast(point.latDeg, point.lonDeg)!;
    const expected = coastKm(point);
    // Both are spheres; they differ where an edge is bent to follow the straight line of the map.
    assert.ok(
      Math.abs(found.distanceKm - expected) < 0.05,
      `${JSON.stringify(point)} ${found.distanceKm} ${expected}`,
    );
    assert.ok(Math.abs(distanceKm(point, found) - found.distanceKm) < 1e-6);
    const place = placeOf(point.latDeg, point.lonDeg, boundaryViews.un);
    if (dry) assert.equal(place.zone, "land");
    else assert.ok(Math.abs(place.distanceKm - expected) < 0.05);
  }
});

test("land is 28.9 % of the Earth: 148.94 million km² (CIA World Factbook) less 1.56 of ice shelves (Rignot 2013)", () => {
  const points = spiral(40_000);
  const share = points.filter(({ latDeg, lonDeg }) => land().contains(latDeg, lonDeg)).length / points.length;
  assert.ok(Math.abs(share - (148.94 - 1.56) / 510.07) < 0.003, `${share}`);
});
