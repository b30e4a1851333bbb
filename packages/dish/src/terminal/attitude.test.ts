// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { actualBoresight, desiredBoresight, nedToDish, type Rotation } from "./attitude.ts";

type Vector = readonly [number, number, number];

/** The rotation matrix of a unit quaternion (Diebel 2006, eq. 125), applied to a vector: v' = q v q*. */
function rotated({ scalar: w, x, y, z }: Rotation, [a, b, c]: Vector): Vector {
  return [
    (1 - 2 * (y * y + z * z)) * a + 2 * (x * y - w * z) * b + 2 * (x * z + w * y) * c,
    2 * (x * y + w * z) * a + (1 - 2 * (x * x + z * z)) * b + 2 * (y * z - w * x) * c,
    2 * (x * z - w * y) * a + 2 * (y * z + w * x) * b + (1 - 2 * (x * x + y * y)) * c,
  ];
}

test("the rotation brings the boresight onto the negative third axis, and keeps the tilt's axis level", () => {
  const angle = (max: number): fc.Arbitrary<number> => fc.double({ min: 0, max, noNaN: true });
  fc.assert(
    fc.property(angle(360), angle(90), (azimuthDeg, elevationDeg) => {
      const [az, el] = [(azimuthDeg * Math.PI) / 180, (elevationDeg * Math.PI) / 180];
      const rotation = nedToDish({ azimuthDeg, elevationDeg });
      const face = rotated(rotation, [
        Math.cos(el) * Math.cos(az),
        Math.cos(el) * Math.sin(az),
        -Math.sin(el),
      ]);
      assert.ok(Math.hypot(face[0], face[1], face[2] + 1) < 1e-12);
      const right = rotated(rotation, [-Math.sin(az), Math.cos(az), 0]);
      assert.ok(Math.hypot(right[0], right[1] - 1, right[2]) < 1e-12);
    }),
  );
});

test("a terminal points to the pole of its hemisphere, level if it is told so, and lies flat when stowed", () => {
  assert.deepEqual(desiredBoresight(60, false), { azimuthDeg: 0, elevationDeg: 65 });
  assert.deepEqual(desiredBoresight(-33, false), { azimuthDeg: 180, elevationDeg: 65 });
  assert.equal(desiredBoresight(60, true).elevationDeg, 90);
  assert.deepEqual(actualBoresight({ azimuthDeg: 350, elevationDeg: 65 }, 25, false), {
    azimuthDeg: 15,
    elevationDeg: 65,
  });
  assert.equal(actualBoresight({ azimuthDeg: 0, elevationDeg: 65 }, 0, true).elevationDeg, 0);
});
