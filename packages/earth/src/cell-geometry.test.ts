// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  cellArea,
  cellToLatLng,
  cellToParent,
  getPentagons,
  gridDisk,
  isValidCell,
  latLngToCell,
  UNITS,
} from "h3-js";
import { AUTHALIC_RADIUS_KM, cellGeometry } from "./cell-geometry.ts";
import {
  hasCell,
  idsOfOrdinals,
  nameOfOrdinal,
  ORDINALS,
  ordinalOfName,
  ordinalsOfIds,
} from "./cell-ordinal.ts";

const cell = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }))
  .map(([sine, lonDeg]) => latLngToCell((Math.asin(sine) * 180) / Math.PI, lonDeg, 5));

function everyOrdinal(): Int32Array {
  return Int32Array.from({ length: ORDINALS }, (_, ordinal) => ordinal).filter(hasCell);
}

/** Compares a cell's centre and area with those of h3-js. */
function assertAsH3(name: string): void {
  const { latDeg, lonDeg, areaKm2 } = cellGeometry(Int32Array.of(ordinalOfName(name)));
  const [lat, lon] = cellToLatLng(name);
  assert.ok(Math.abs(latDeg[0]! - lat) < 1e-9, name);
  assert.ok(Math.abs(lonDeg[0]! - lon) * Math.cos((lat * Math.PI) / 180) < 1e-9, name);
  assert.ok(Math.abs(areaKm2[0]! / cellArea(name, UNITS.km2) - 1) < 1e-7, name);
}

test("centres and areas are those of h3-js, anywhere", () => {
  fc.assert(fc.property(cell, assertAsH3), { numRuns: 2000 });
});

test("centres and areas are those of h3-js around the corners of the icosahedron and along its sides", () => {
  const pentagons = getPentagons(5);
  assert.equal(pentagons.length, 12);
  for (const pentagon of pentagons) for (const name of gridDisk(pentagon, 3)) assertAsH3(name);
  // Neighbouring corners: the great circle between them is a side of the icosahedron, up to three cells off it.
  const [a, b] = [cellToLatLng("805bfffffffffff"), cellToLatLng(pentagons[0]!)];
  for (let i = 0; i <= 100; i++) {
    const middle = latLngToCell(a[0] + ((b[0] - a[0]) * i) / 100, a[1] + ((b[1] - a[1]) * i) / 100, 5);
    assertAsH3(middle);
  }
});

test("all cells together cover the Earth, each once", () => {
  const ordinals = everyOrdinal();
  assert.equal(ordinals.length, 2_016_842, "h3geo.org, table of cell statistics");
  const { areaKm2 } = cellGeometry(ordinals);
  const sum = areaKm2.reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum / (4 * Math.PI * AUTHALIC_RADIUS_KM ** 2) - 1) < 1e-10, `${sum}`);
  const [least, most] = areaKm2.reduce(
    ([low, high], area) => [Math.min(low, area), Math.max(high, area)] as const,
    [999, 0] as readonly [number, number],
  );
  assert.ok(least > 127 && least < 128 && most > 305 && most < 306, `${least} ${most}`);
});

test("a cell's numbers do not depend on its company", () => {
  const ordinals = everyOrdinal();
  const picked = ordinals.filter((_, i) => i % 9973 === 7);
  const alone = picked.map(ordinal => cellGeometry(Int32Array.of(ordinal)).latDeg[0]! * 1e9);
  const together = cellGeometry(picked).latDeg.map(lat => lat * 1e9);
  assert.deepEqual([...alone], [...Int32Array.from(together)]);
});

test("ordinals, indices and names say the same, in the same order", () => {
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 5 }),
      (names, r) => {
        const sorted = [...new Set(names)].sort();
        const ordinals = Int32Array.from(sorted, ordinalOfName);
        assert.deepEqual(
          [...ordinals].toSorted((a, b) => a - b),
          [...ordinals],
        );
        const ids = idsOfOrdinals(ordinals);
        assert.deepEqual(
          [...ids].map(id => id.toString(16)),
          sorted,
        );
        assert.deepEqual(ordinalsOfIds(ids), ordinals);
        sorted.forEach((name, i) => {
          assert.ok(hasCell(ordinals[i]!));
          assert.equal(nameOfOrdinal(ordinals[i]!, r), cellToParent(name, r));
        });
      },
    ),
  );
});

test("an ordinal without a cell is one whose index h3-js calls invalid", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: ORDINALS - 1 }), ordinal => {
      assert.equal(hasCell(ordinal), isValidCell(nameOfOrdinal(ordinal)));
    }),
    { numRuns: 1000 },
  );
  for (const pentagon of getPentagons(0)) {
    const first =
      ordinalOfName(pentagon.replace(/^80/, "85")) - (ordinalOfName(pentagon.replace(/^80/, "85")) % 16807);
    for (let path = 0; path < 16807; path += 13) {
      assert.equal(hasCell(first + path), isValidCell(nameOfOrdinal(first + path)), `${pentagon} ${path}`);
    }
  }
});
