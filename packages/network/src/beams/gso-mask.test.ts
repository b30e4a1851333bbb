// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "@perigee/earth";
import { geodeticToEcef, observerFrame } from "@perigee/orbit";
import { uniform } from "../draw.ts";
import { gsoArc, gsoSeparationDeg } from "../gso.ts";
import { PLACE } from "./cell-groups.ts";
import { createGsoMask } from "./gso-mask.ts";

/** A place as the planner keeps it. */
function placeAt(latDeg: number, lonDeg: number) {
  const frame = observerFrame({ latDeg, lonDeg, altitudeKm: 0 });
  return { frame, place: Float64Array.of(...frame.up, frame.xKm, frame.yKm, frame.zKm) };
}

for (const limit of [22, 5, 45]) {
  test(`the mask says what the computed angle says, over the whole sky: ${limit} degrees`, () => {
    const mask = createGsoMask(limit);
    let near = 0;
    let close = 0;
    const count = 12_000;
    for (let k = 0; k < count; k++) {
      const latDeg = 180 * uniform(1, k, limit, 0) - 90;
      const lonDeg = 360 * uniform(1, k, limit, 1) - 180;
      const { frame, place } = placeAt(latDeg, lonDeg);
      // A satellite from low over the horizon to the zenith, any way round.
      const under = destination(
        { latDeg, lonDeg },
        360 * uniform(1, k, limit, 2),
        1900 * uniform(1, k, limit, 3),
      );
      const { xKm, yKm, zKm } = geodeticToEcef({ ...under, altitudeKm: 350 + 900 * uniform(1, k, limit, 4) });
      const separation = gsoSeparationDeg(gsoArc(frame), xKm, yKm, zKm);
      if (Math.abs(separation - limit) < 2) close += 1;
      // The oracle is good to 0.001 degrees.
      if (Math.abs(separation - limit) < 0.001) continue;
      const band = Math.min(89, Math.floor(Math.abs(latDeg)));
      assert.equal(
        mask.tooNear(place, 0, band, xKm, yKm, zKm),
        separation < limit,
        `${latDeg}, ${lonDeg}: ${separation} degrees`,
      );
      if (separation < limit) near += 1;
    }
    assert.ok(near > count / 50 && near < count && close > 100, `${near} near, ${close} in doubt`);
  });
}

test("no limit, no mask; and none at a pole", () => {
  const equator = placeAt(0, 10);
  const { xKm, yKm, zKm } = geodeticToEcef({ latDeg: 0, lonDeg: 10, altitudeKm: 550 });
  assert.equal(createGsoMask(0).tooNear(equator.place, 0, 0, xKm, yKm, zKm), false);
  assert.equal(createGsoMask(22).tooNear(equator.place, 0, 0, xKm, yKm, zKm), true);
  const pole = placeAt(90, 0);
  assert.equal(pole.place.length, PLACE);
  assert.equal(createGsoMask(22).tooNear(pole.place, 0, 89, 1000, 0, 6900), false);
});
