// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { type LandOutline, landOutline } from "./index.ts";
import { land } from "./land.ts";

/** Even-odd rule on the plate carrée map. */
function holds(outline: LandOutline, latDeg: number, lonDeg: number): boolean {
  let inside = false;
  for (const ring of outline.geometry.coordinates.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [lon1, lat1] = ring[i - 1]!;
      const [lon2, lat2] = ring[i]!;
      const crosses = lat1 > latDeg !== lat2 > latDeg;
      if (crosses && lonDeg < lon1 + ((lon2 - lon1) * (latDeg - lat1)) / (lat2 - lat1)) inside = !inside;
    }
  }
  return inside;
}

for (const detail of ["110m", "50m"] as const) {
  test(`the outline at 1:${detail} has land where it is, in closed rings that stay on the map`, () => {
    const outline = landOutline(detail);
    for (const ring of outline.geometry.coordinates.flat()) {
      assert.ok(ring.length >= 4);
      assert.deepEqual(ring[0], ring.at(-1));
      for (const [lon, lat] of ring) assert.ok(Math.abs(lon) <= 180.0001 && Math.abs(lat) <= 90.0001);
      for (let i = 1; i < ring.length; i++) {
        // Only the map's lower edge, under Antarctica, runs further than half round the world.
        const isLong = Math.abs(ring[i]![0] - ring[i - 1]![0]) > 180;
        assert.ok(!isLong || (ring[i]![1] === -90 && ring[i - 1]![1] === -90), `${ring[i]}`);
      }
    }
    assert.ok(holds(outline, 50.45, 30.52), "Kyiv");
    assert.ok(holds(outline, -25, 135), "Australia");
    assert.ok(holds(outline, -85, 0), "Antarctica");
    assert.ok(
      holds(outline, -86, -179.5) && holds(outline, -89.9, 179.5),
      "Antarctica, either side of the seam",
    );
    assert.ok(holds(outline, 67, 179.5) && holds(outline, 66.5, -175), "Chukotka, either side of the seam");
    assert.ok(!holds(outline, 0, -150), "the Pacific");
    assert.ok(!holds(outline, 42, 50.8), "the Caspian");
    assert.match(outline.properties.source, /Natural Earth/);
  });
}

test("what the outline calls land is what the finer map calls land, nearly everywhere", () => {
  const outline = landOutline("110m");
  let agree = 0;
  let asked = 0;
  for (let lat = -88.5; lat < 90; lat += 3) {
    for (let lon = -178.7; lon < 180; lon += 4) {
      asked++;
      if (holds(outline, lat, lon) === land().contains(lat, lon)) agree++;
    }
  }
  assert.ok(agree / asked > 0.98, `${agree} of ${asked}`);
});

test("more detail has more points", () => {
  const points = (outline: LandOutline) => outline.geometry.coordinates.flat(2).length;
  assert.ok(points(landOutline("50m")) > 5 * points(landOutline("110m")));
});
