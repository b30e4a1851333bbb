// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bearingDeg,
  cellAt,
  cellBoundary,
  cellCentre,
  destination,
  distanceKm,
  EARTH_RADIUS_KM,
  type Position,
} from "@perigee/earth";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { AreaIndex } from "./area-index.ts";
import { AreaShape } from "./area-shape.ts";
import { lineGapKm } from "./edge-tree.ts";
import type { OperatorArea, Ring } from "./operator-area.ts";
import { exactOrientation, orientation } from "./orientation.ts";
import { checkRings, ringBounds, windingNumber } from "./rings.ts";

const dayMs = 86_400_000;

export function operatorArea(rings: readonly Ring[], more: Partial<OperatorArea> = {}): OperatorArea {
  return {
    ...{ id: "op-1", title: "Area", rings, mapErrorKm: 0, driftKmPerDay: 0, asOfMs: 0, validFromMs: 0 },
    ...{ validToMs: null, asserter: "Survey", source: "sheet 1", ...more },
  };
}

/** A star-shaped ring round a centre: never crosses itself, whatever the radii. Degrees. */
function star(lonDeg: number, latDeg: number, radiiDeg: readonly number[]): Ring {
  const corners = radiiDeg.map((radius, i) => {
    const turn = (2 * Math.PI * i) / radiiDeg.length;
    return [lonDeg + radius * Math.cos(turn), latDeg + radius * Math.sin(turn)] as const;
  });
  return [...corners, corners[0]!];
}

const square = (west: number, south: number, east: number, north: number): Ring => [
  ...([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const),
];

const stars = fc
  .tuple(
    fc.double({ min: -170, max: 170, noNaN: true }),
    fc.double({ min: -80, max: 80, noNaN: true }),
    fc.array(fc.double({ min: 0.05, max: 4, noNaN: true }), { minLength: 3, maxLength: 40 }),
  )
  .map(([lon, lat, radii]) => ({ ring: star(lon, lat, radii), lon, lat }));

/** Sum of the angles under which the sides are seen: 2 π inside, 0 outside. No crossing is counted. */
function angleSum(ring: Ring, lonDeg: number, latDeg: number): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = [ring[i]![0] - lonDeg, ring[i]![1] - latDeg];
    const [bx, by] = [ring[i + 1]![0] - lonDeg, ring[i + 1]![1] - latDeg];
    sum += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  }
  return sum;
}

test("a side is told exactly: the determinant in integers agrees wherever the floating one would waver", () => {
  const near = fc.integer({ min: -40, max: 40 }).map(k => 12 + k * 2 ** -49);
  fc.assert(
    fc.property(near, near, (x, y) => {
      // Classroom examples: points within rounding of the line through (0.5, 0.5), (12, 12) and (24, 24).
      assert.equal(Math.sign(orientation(0.5, 0.5, 24, 24, x, y)), exactOrientation(0.5, 0.5, 24, 24, x, y));
      assert.equal(exactOrientation(0.5, 0.5, 24, 24, x, y), Math.sign(y - x));
    }),
    { numRuns: cases(2_000) },
  );
  assert.equal(orientation(5e-324, 0, 0, 5e-324, 0, 0), 1);
  assert.equal(orientation(0, 0, 1e-200, 1e-200, 2e-200, 2e-200), 0);
  assert.equal(orientation(-1, -1, 1, 1, -3, -3), 0);
});

test("inside and outside agree with the sum of angles and with the winding number, at 20,000 points", () => {
  fc.assert(
    fc.property(
      stars,
      fc.array(
        fc.tuple(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true })),
        { minLength: 20, maxLength: 20 },
      ),
      ({ ring, lon, lat }, offsets) => {
        assert.ok(checkRings([ring]).ok);
        const shape = new AreaShape(operatorArea([ring]));
        for (const [dx, dy] of offsets) {
          const [x, y] = [lon + dx, Math.max(-89.9, Math.min(89.9, lat + dy))];
          // Neither twin knows about points on a line, and the sum of angles not about those within rounding of one.
          if (shape.distanceKm(y, x) < 1e-6) continue;
          assert.equal(shape.contains(y, x), Math.abs(angleSum(ring, x, y)) > Math.PI);
          assert.equal(shape.contains(y, x), windingNumber(ring, x, y) !== 0);
        }
      },
    ),
    { numRuns: cases(1_000) },
  );
});

test("the line and its corners belong to the area, to the last bit", () => {
  const shape = new AreaShape(operatorArea([square(10, 50, 11, 51), square(12, 50, 13, 51)]));
  for (const [lat, lon] of [
    [50, 10],
    [51, 11],
    [50, 10.3],
    [50.7, 10],
    [51, 12.5],
    [50.2, 13],
  ] as const) {
    assert.equal(shape.contains(lat, lon), true, `${lat} ${lon}`);
  }
  assert.equal(shape.contains(50 - 2 ** -47, 10.3), false);
  assert.equal(shape.contains(50.5, 11 + 2 ** -48), false);
  assert.equal(shape.contains(50.5, 11.5), false);
});

test("bad rings are refused with the place", () => {
  const bad = (rings: readonly Ring[]): string => {
    const checked = checkRings(rings);
    assert.ok(!checked.ok);
    return checked.error.place;
  };
  assert.equal(bad([]), "rings");
  assert.equal(
    bad([
      [
        [0, 0],
        [1, 0],
        [0, 0],
      ],
    ]),
    "rings[0]",
  );
  assert.equal(
    bad([
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ]),
    "rings[0][3]",
  );
  assert.equal(
    bad([
      [
        [0, 0],
        [181, 0],
        [1, 1],
        [0, 0],
      ],
    ]),
    "rings[0][1]",
  );
  assert.equal(
    bad([
      [
        [0, 0],
        [Number.NaN, 0],
        [1, 1],
        [0, 0],
      ],
    ]),
    "rings[0][1]",
  );
  assert.equal(
    bad([
      [
        [0, 0],
        [1, 0],
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ]),
    "rings[0][2]",
  );
  assert.equal(
    bad([
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ]),
    "rings[0][0]",
    "a bow tie",
  );
  assert.equal(
    bad([
      [
        [0, 0],
        [2, 0],
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ]),
    "rings[0][0]",
    "a spike",
  );
  assert.equal(
    bad([
      [
        [170, 0],
        [-170, 0],
        [-170, 5],
        [170, 5],
        [170, 0],
      ],
    ]),
    "rings[0][1]",
    "across the antimeridian",
  );
  assert.equal(bad([square(0, 0, 2, 2), square(1, 1, 3, 3)]), "rings[0][2]");
  assert.equal(bad([square(0, 0, 3, 3), square(1, 1, 2, 2)]), "rings[1]", "a hole");
  assert.equal(
    bad([square(0, 0, 1, 1), square(1, 0, 2, 1)]),
    "rings[0][0]",
    "pieces in contact are one piece",
  );
  const many = star(
    0,
    0,
    Array.from({ length: ringBounds.vertices }, () => 1),
  );
  assert.equal(bad([many]), "rings");
  assert.ok(
    checkRings([many.slice(1)].map(ring => [...ring.slice(0, -1), ring[0]!])).ok,
    "as many as allowed",
  );
});

test("crossing is found exactly when some pair of sides crosses, tried pair by pair", () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }));
  fc.assert(
    fc.property(fc.uniqueArray(corner, { minLength: 3, maxLength: 7, selector: String }), corners => {
      const ring: Ring = [...corners, corners[0]!];
      const n = corners.length;
      // Twin: points of one side that lie on another, and proper crossings, in small integers, which are exact.
      const side = (a: readonly number[], b: readonly number[], p: readonly number[]): number =>
        Math.sign((b[0]! - a[0]!) * (p[1]! - a[1]!) - (b[1]! - a[1]!) * (p[0]! - a[0]!));
      const on = (a: readonly number[], b: readonly number[], p: readonly number[]): boolean =>
        side(a, b, p) === 0 && (p[0]! - a[0]!) * (p[0]! - b[0]!) + (p[1]! - a[1]!) * (p[1]! - b[1]!) <= 0;
      let isSimple = true;
      for (let i = 0; i < n; i++) {
        const [a, b] = [ring[i]!, ring[i + 1]!];
        for (let k = 0; k < n; k++)
          if (k !== i && k !== (i + 1) % n && on(a, b, corners[k]!)) isSimple = false;
        for (let j = 0; j < n; j++) {
          const [c, d] = [ring[j]!, ring[j + 1]!];
          if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) isSimple = false;
        }
      }
      assert.equal(checkRings([ring]).ok, isSimple, JSON.stringify(ring));
    }),
    { numRuns: cases(5_000) },
  );
});

test("an area on both sides of the antimeridian is one, and its seam is no edge", () => {
  const shape = new AreaShape(operatorArea([square(178, -20, 180, -15), square(-180, -20, -178, -16)]));
  for (const lon of [179, 180, -180, -179]) assert.equal(shape.contains(-18, lon), true, `${lon}`);
  assert.equal(shape.contains(-15.5, -179), false);
  assert.equal(shape.contains(-15.5, -180), true, "the eastern ring reaches the meridian there");
  // From the seam the edge is a degree to the south, not here.
  assert.ok(Math.abs(shape.distanceKm(-19, 180) - (Math.PI / 180) * EARTH_RADIUS_KM) < 0.01);
  // Where only the eastern ring reaches it, the meridian is an edge.
  assert.ok(shape.distanceKm(-15.5, 179.99) < 1.1);
  const pole = new AreaShape(
    operatorArea([
      [
        [-180, -90],
        [0, -90],
        [180, -90],
        [180, -70],
        [0, -70],
        [-180, -70],
        [-180, -90],
      ],
    ]),
  );
  assert.equal(pole.contains(-90, 33), true);
  assert.equal(pole.contains(-75, 180), true);
  assert.equal(pole.contains(-69, 33), false);
  assert.ok(Math.abs(pole.distanceKm(-90, 0) - 20 * (Math.PI / 180) * EARTH_RADIUS_KM) < 0.1);
});

test("distance to the line agrees with a walk along it, within 5 m; how far lines may be misread is bounded", () => {
  fc.assert(
    fc.property(
      stars,
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      ({ ring, lon, lat }, dx, dy) => {
        const [x, y] = [lon + dx, Math.max(-85, Math.min(85, lat + dy))];
        const shape = new AreaShape(operatorArea([ring]));
        let nearest = Number.POSITIVE_INFINITY;
        const at = (i: number, t: number): Position => {
          const [a, b] = [ring[i]!, ring[i + 1]!];
          return { lonDeg: a[0] + t * (b[0] - a[0]), latDeg: a[1] + t * (b[1] - a[1]) };
        };
        for (let i = 0; i + 1 < ring.length; i++) {
          // Golden section over every one of 16 stretches of the straight line, on which the distance has one minimum.
          for (let k = 0; k < 16; k++) {
            let [low, high] = [k / 16, (k + 1) / 16];
            for (let step = 0; step < 40; step++) {
              const [s, t] = [high - 0.618 * (high - low), low + 0.618 * (high - low)];
              if (
                distanceKm(at(i, s), { latDeg: y, lonDeg: x }) <
                distanceKm(at(i, t), { latDeg: y, lonDeg: x })
              )
                high = t;
              else low = s;
            }
            nearest = Math.min(nearest, distanceKm(at(i, (low + high) / 2), { latDeg: y, lonDeg: x }));
          }
        }
        assert.ok(Math.abs(shape.distanceKm(y, x) - nearest) < 0.005, `${shape.distanceKm(y, x)} ${nearest}`);
      },
    ),
    { numRuns: cases(60) },
  );
  fc.assert(
    fc.property(stars, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), ({ ring }, pick, t) => {
      const i = pick % (ring.length - 1);
      const [a, b] = [ring[i]!, ring[i + 1]!];
      const [from, to] = [
        { lonDeg: a[0], latDeg: a[1] },
        { lonDeg: b[0], latDeg: b[1] },
      ];
      const on = { lonDeg: a[0] + t * (b[0] - a[0]), latDeg: a[1] + t * (b[1] - a[1]) };
      // Cross-track distance of the point on the map's line from the great circle.
      const angle = ((bearingDeg(from, on) - bearingDeg(from, to)) * Math.PI) / 180;
      const offKm =
        Math.abs(Math.asin(Math.sin(distanceKm(from, on) / EARTH_RADIUS_KM) * Math.sin(angle))) *
        EARTH_RADIUS_KM;
      assert.ok(offKm <= lineGapKm(a[0], a[1], b[0], b[1]) * 1.01 + 1e-6, `${offKm}`);
    }),
    { numRuns: cases(2_000) },
  );
});

test("a cell is inside, outside or split as points all over it say, and lookup by cell answers like the polygon", () => {
  fc.assert(
    fc.property(
      stars,
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0, max: 30, noNaN: true }),
      fc.nat(),
      ({ ring }, bearing, km, pick) => {
        const [lonDeg, latDeg] = ring[pick % ring.length]!;
        const near = destination(
          { lonDeg: Math.max(-180, Math.min(180, lonDeg)), latDeg: Math.max(-84, Math.min(84, latDeg)) },
          bearing,
          km,
        );
        const cell = cellAt(near.latDeg, near.lonDeg);
        const area = operatorArea([ring]);
        const shape = new AreaShape(area);
        const index = new AreaIndex([area]);
        const relation = shape.relationTo(cell);
        const centre = cellCentre(cell);
        const points = [
          near,
          centre,
          ...cellBoundary(cell).flatMap(corner =>
            [0.3, 0.6, 0.9, 0.999].map(t =>
              destination(centre, bearingDeg(centre, corner), t * distanceKm(centre, corner)),
            ),
          ),
        ];
        for (const point of points) {
          const inside = shape.contains(point.latDeg, point.lonDeg);
          if (relation !== "split") assert.equal(inside, relation === "inside");
          assert.equal(index.at(point.latDeg, point.lonDeg, 1).length === 1, inside);
        }
        assert.equal(index.relation(cell, "op-1", 1), relation);
        // A split cell is cut, or all but touched: the line is no farther than its corners.
        const reachKm = Math.max(...cellBoundary(cell).map(corner => distanceKm(centre, corner)));
        if (relation === "split") assert.ok(shape.distanceKm(centre.latDeg, centre.lonDeg) <= reachKm + 0.01);
      },
    ),
    { numRuns: cases(600) },
  );
});

test("a polygon smaller than a cell splits it; yesterday is judged by yesterday's line", () => {
  const centre = cellCentre(cellAt(48.6, 38));
  const around = (km: number): Ring => {
    const corners = [0, 90, 180, 270]
      .map(bearing => destination(centre, bearing, km))
      .map(({ lonDeg, latDeg }) => [lonDeg, latDeg] as const);
    return [...corners, corners[0]!];
  };
  const yesterday = operatorArea([around(2)], { id: "drw", drawingOf: "op-1", validToMs: 5 * dayMs });
  const today = operatorArea([around(4)], {
    validFromMs: 5 * dayMs,
    mapErrorKm: 0.5,
    driftKmPerDay: 1.5,
    asOfMs: 4 * dayMs,
  });
  const index = new AreaIndex([today, yesterday]);
  const cell = cellAt(centre.latDeg, centre.lonDeg);
  const at3km = destination(centre, 0, 3);
  assert.equal(index.relation(cell, "op-1", dayMs), "split");
  assert.deepEqual(index.at(at3km.latDeg, at3km.lonDeg, 5 * dayMs - 1), []);
  assert.deepEqual(index.at(at3km.latDeg, at3km.lonDeg, 5 * dayMs), ["op-1"]);
  assert.deepEqual(index.at(centre.latDeg, centre.lonDeg, dayMs), ["op-1"]);

  // The band is as wide as the map is wrong and as the line has moved since: 0.5 km and 2 days of 1.5 km.
  const place = { territory: "AA-1", country: "AA", zone: "land" } as const;
  const { areas, edges } = index.around(at3km.latDeg, at3km.lonDeg, 6 * dayMs, place);
  assert.deepEqual(areas, ["op-1"]);
  const [edge] = edges;
  assert.ok(Math.abs(edge!.uncertaintyKm - 3.5) < 0.01);
  assert.ok(edge!.distanceKm < 1);
  assert.deepEqual([edge!.inside, edge!.beyond], [true, ["AA-1", "AA"]]);
  const at5km = destination(centre, 0, 5);
  const beyond = index.around(at5km.latDeg, at5km.lonDeg, 6 * dayMs, place);
  assert.deepEqual([beyond.areas, beyond.edges[0]?.beyond], [[], ["op-1", "AA-1", "AA"]]);
});
