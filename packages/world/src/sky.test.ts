// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Obstacle, skyMask } from "./index.ts";

const wall: Obstacle = { kind: "building", bearingDeg: 90, distanceM: 10, widthM: 20, heightM: 10 };

test("nothing in the way is an open sky", () => {
  assert.equal(skyMask([], 1), null);
});

test("a wall as high as it is far hides 45 degrees; at its corner it is farther by the root of two", () => {
  const mask = skyMask([wall], 1)!;
  assert.ok(Math.abs(mask(90) - 45) < 1e-9);
  // atan(10 / (10 √2)).
  assert.ok(Math.abs(mask(134.9) - 35.26) < 0.1 && Math.abs(mask(45.1) - 35.26) < 0.1);
  assert.deepEqual([44.9, 135.1, 270, 0].map(mask), [0, 0, 0, 0]);
});

/** Walks along a ray in small steps and asks whether it has come through the wall below its top. */
function isHidden(
  obstacle: Extract<Obstacle, { kind: "building" | "trees" | "mast" }>,
  azimuthDeg: number,
  elevationDeg: number,
): boolean {
  const rad = Math.PI / 180;
  const step = obstacle.distanceM / 2000;
  const across = [Math.sin(obstacle.bearingDeg * rad), Math.cos(obstacle.bearingDeg * rad)] as const;
  for (let far = 0; far < obstacle.distanceM * 40; far += step) {
    const east = far * Math.cos(elevationDeg * rad) * Math.sin(azimuthDeg * rad);
    const north = far * Math.cos(elevationDeg * rad) * Math.cos(azimuthDeg * rad);
    const ahead = east * across[0] + north * across[1];
    if (ahead < obstacle.distanceM) continue;
    const aside = east * across[1] - north * across[0];
    return Math.abs(aside) <= obstacle.widthM / 2 && far * Math.sin(elevationDeg * rad) <= obstacle.heightM;
  }
  return false;
}

test("the mask of a wall is where rays that are followed step by step come free", () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(
      number(0, 359),
      number(2, 50),
      number(1, 60),
      number(1, 40),
      number(0, 359),
      (bearingDeg, distanceM, widthM, heightM, azimuthDeg) => {
        const obstacle: Obstacle = { kind: "mast", bearingDeg, distanceM, widthM, heightM };
        // The walker's step is too coarse at the very edges, and for walls seen along their length.
        const off = (((azimuthDeg - bearingDeg + 540) % 360) - 180) * (Math.PI / 180);
        fc.pre(Math.cos(off) > 0.1 || Math.cos(off) < 0);
        fc.pre(Math.abs(Math.abs(distanceM * Math.tan(off)) - widthM / 2) > 0.05 * distanceM);
        const topDeg = skyMask([obstacle], 3)!(azimuthDeg);
        if (topDeg > 1) assert.ok(isHidden(obstacle, azimuthDeg, topDeg - 0.5));
        assert.ok(!isHidden(obstacle, azimuthDeg, Math.min(89, topDeg + 0.5)));
      },
    ),
    { numRuns: 150 },
  );
});

test("a ridge runs clockwise, through north too, and may go all the way round", () => {
  const mask = skyMask([{ kind: "ridge", fromDeg: 350, untilDeg: 10, topDeg: 7 }], 1)!;
  assert.deepEqual([349, 350, 0, 10, 11, 180].map(mask), [0, 7, 7, 7, 0, 0]);
  const round = skyMask([{ kind: "ridge", fromDeg: 0, untilDeg: 360, topDeg: 4 }], 1)!;
  assert.ok([0, 90, 179.5, 359.9].every(azimuth => round(azimuth) === 4));
});

test("trees let the sky through between them, rise and fall, and are the same for the same seed", () => {
  const row: Obstacle = { kind: "trees", bearingDeg: 180, distanceM: 15, widthM: 60, heightM: 8 };
  const outline = (seed: number): number[] => {
    const mask = skyMask([row], seed)!;
    return Array.from({ length: 1800 }, (_, i) => mask(120 + i / 15));
  };
  const tops = outline(1);
  // The highest tree is a quarter higher than the middling one, right ahead.
  assert.ok(Math.max(...tops) <= (Math.atan((1.25 * 8) / 15) * 180) / Math.PI);
  assert.ok(Math.max(...tops) > (Math.atan((0.75 * 8) / 15) * 180) / Math.PI / 1.3);
  assert.ok(tops.filter(top => top === 0).length > 20, "gaps");
  assert.ok(tops.filter(top => top > 5).length > 600, "crowns");
  assert.deepEqual(tops, outline(1));
  assert.notDeepEqual(tops, outline(2));
});

test("of several obstacles the highest counts", () => {
  const ridge: Obstacle = { kind: "ridge", fromDeg: 0, untilDeg: 360, topDeg: 6 };
  const mask = skyMask([wall, ridge], 1)!;
  assert.ok(Math.abs(mask(90) - 45) < 1e-9);
  assert.equal(mask(270), 6);
});
