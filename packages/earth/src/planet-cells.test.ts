// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { latLngToCell } from "h3-js";
import { idsOfOrdinals, ordinalOfName } from "./cell-ordinal.ts";
import {
  type CellTable,
  cellAt,
  cellCentre,
  cellIndex,
  cellName,
  cellsVersion,
  cellTableOf,
  DEFAULT_MAX_OCEAN_LAT_DEG,
  decodeCellTable,
  encodeCellTable,
  planetCells,
} from "./index.ts";
import { land } from "./land.ts";
import { holdsLand } from "./planet-cells.ts";

const landCells = planetCells({ ocean: false });
const served = planetCells({ ocean: true });

/** The rule as it is told, without any tree of cells: the plain twin. */
function holdsLandPlainly(cell: string): boolean {
  const { latDeg, lonDeg } = cellCentre(cell);
  if (land().contains(latDeg, lonDeg)) return true;
  const coast = land().nearestCoast(latDeg, lonDeg)!;
  return latLngToCell(coast.latDeg, coast.lonDeg, 5) === cell;
}

const anywhere = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }).map(sine => (Math.asin(sine) * 180) / Math.PI),
  fc.double({ min: -180, max: 180, noNaN: true }),
);

const fieldsOf = (cells: CellTable, i: number) => [
  cells.id[i],
  cells.latDeg[i],
  cells.lonDeg[i],
  cells.areaKm2[i],
  cells.land[i],
];

test("the planet has some 590 thousand cells with land and 1.9 million with served ocean", () => {
  assert.ok(landCells.count > 588_000 && landCells.count < 600_000, `${landCells.count}`);
  assert.ok(served.count > 1_910_000 && served.count < 1_930_000, `${served.count}`);
  assert.ok(landCells.land.every(holds => holds === 1));
  assert.equal(planetCells({ ocean: true, maxOceanLatDeg: 90 }).count, 2_016_842);
});

test("land is 29.2 % of the Earth", () => {
  // 148.94 of 510.07 million km² (CIA World Factbook, "World: Area"), give or take ice shelves and the Caspian.
  let dry = 0;
  for (let i = 0; i < landCells.count; i++) {
    if (land().contains(landCells.latDeg[i]!, landCells.lonDeg[i]!)) dry += landCells.areaKm2[i]!;
  }
  assert.ok(Math.abs(dry / 148.94e6 - 1) < 0.02, `${dry}`);
});

test("a cell is in the table exactly when the rule, told plainly, says so", () => {
  fc.assert(
    fc.property(anywhere, ([latDeg, lonDeg]) => {
      const cell = cellAt(latDeg, lonDeg);
      const holds = holdsLandPlainly(cell);
      assert.equal(cellIndex(landCells, cell) >= 0, holds, cell);
      const row = cellIndex(served, cell);
      assert.equal(row >= 0, holds || Math.abs(cellCentre(cell).latDeg) <= DEFAULT_MAX_OCEAN_LAT_DEG, cell);
      if (row >= 0) assert.equal(served.land[row], holds ? 1 : 0);
    }),
    { numRuns: 2000 },
  );
});

test("every tenth cell that a coast is near to follows the rule", () => {
  let asked = 0;
  for (let i = 0; i < served.count; i += 10) {
    const { latDeg, lonDeg } = { latDeg: served.latDeg[i]!, lonDeg: served.lonDeg[i]! };
    if (land().nearestCoast(latDeg, lonDeg, 12) === null) continue;
    asked++;
    assert.equal(served.land[i] === 1, holdsLandPlainly(cellName(served, i)), cellName(served, i));
  }
  assert.ok(asked > 5000, `${asked}`);
});

test("places that are land, however small, and places that are not", () => {
  const kindAt = (latDeg: number, lonDeg: number) => served.land[cellIndex(served, cellAt(latDeg, lonDeg))];
  assert.equal(kindAt(50.45, 30.52), 1, "Kyiv");
  assert.equal(kindAt(-25.066, -130.1), 1, "Pitcairn");
  assert.equal(kindAt(-12.25, 123.05), 1, "Ashmore Reef");
  assert.equal(kindAt(0, -150), 0, "the Pacific");
  assert.equal(kindAt(42, 50.8), 0, "the Caspian");
  assert.equal(kindAt(47.5, -87.5), 1, "Lake Superior");
  assert.equal(cellIndex(served, cellAt(85, 0)), -1, "the Arctic Ocean");
  assert.ok(cellIndex(landCells, cellAt(-90, 0)) >= 0, "the South Pole");
});

test("rows ascend by index and each carries its own cell", () => {
  for (let i = 1; i < served.count; i++) assert.ok(served.id[i]! > served.id[i - 1]!);
  for (let i = 0; i < served.count; i += 999) {
    assert.equal(cellAt(served.latDeg[i]!, served.lonDeg[i]!), cellName(served, i));
    assert.equal(cellIndex(served, cellName(served, i)), i);
  }
});

test("latitudes that are none are a bug of the caller", () => {
  for (const maxOceanLatDeg of [-1, 91, Number.NaN]) {
    assert.throws(() => planetCells({ ocean: true, maxOceanLatDeg }), RangeError);
  }
});

const someCells = fc
  .array(fc.integer({ min: 0, max: served.count - 1 }), { maxLength: 30 })
  .map(rows => rows.map(row => cellName(served, row)));

test("a table of named cells has each once, in order, with the numbers of the planet's table", () => {
  fc.assert(
    fc.property(someCells, names => {
      const result = cellTableOf([...names, ...names]);
      assert.ok(result.ok);
      const cells = result.value;
      assert.deepEqual(
        Array.from(cells.id, id => id.toString(16)),
        [...new Set(names)].sort(),
      );
      for (let i = 0; i < cells.count; i++) {
        assert.deepEqual(fieldsOf(cells, i), fieldsOf(served, cellIndex(served, cellName(cells, i))));
      }
    }),
  );
});

test("a name that is no cell is refused by its place; a row that is none is a bug", () => {
  const result = cellTableOf(["85283473fffffff", "84283473fffffff"]);
  assert.deepEqual(result.ok ? null : [result.error.code, result.error.place], ["bad-cell", "cells/1"]);
  assert.throws(() => cellName(served, served.count), RangeError);
  for (const text of ["", "nonsense", "85283473FFFFFFF", "0x85283473fffff"]) {
    assert.equal(cellIndex(served, text), -1);
  }
  assert.equal(cellIndex({ ...served, count: 0 }, "85283473fffffff"), -1);
});

test("a table outlives its bytes: the same table, the same bytes, small", () => {
  for (const cells of [landCells, served]) {
    const bytes = encodeCellTable(cells);
    assert.ok(bytes.length < 50_000);
    const read = decodeCellTable(bytes);
    assert.deepEqual(read, { ok: true, value: cells });
    assert.deepEqual(encodeCellTable(cells), bytes);
  }
  fc.assert(
    fc.property(someCells, names => {
      const result = cellTableOf(names);
      assert.ok(result.ok);
      assert.deepEqual(decodeCellTable(encodeCellTable(result.value)), result);
    }),
  );
});

test("bytes changed, cut or lengthened are refused, never read as another table", () => {
  const result = cellTableOf(Array.from({ length: 40 }, (_, i) => cellName(served, i * i * 700)));
  assert.ok(result.ok);
  const bytes = encodeCellTable(result.value);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = bytes.slice();
      changed[at]! ^= flip;
      const read = decodeCellTable(changed);
      assert.ok(!read.ok && read.error.code === "bad-cell-table");
    }),
    { numRuns: 1000 },
  );
  for (let length = 0; length < bytes.length; length++) {
    assert.ok(!decodeCellTable(bytes.subarray(0, length)).ok);
  }
  assert.ok(!decodeCellTable(Uint8Array.from([...bytes, 0])).ok);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), noise => assert.ok(!decodeCellTable(noise).ok)));
});

test("bytes that agree with themselves but not with H3 are refused", () => {
  // Below the pentagon of base cell 4 nothing lies in direction 1.
  const id = idsOfOrdinals(Int32Array.of(4 * 7 ** 5 + 1));
  const one = new Float64Array(1);
  const bytes = encodeCellTable({
    count: 1,
    id,
    latDeg: one,
    lonDeg: one,
    areaKm2: one,
    land: new Uint8Array(1),
  });
  const read = decodeCellTable(bytes);
  assert.ok(!read.ok && /^\d+$/.test(read.error.place));
  const longer = Uint8Array.from([...encodeCellTable(landCells), 0]);
  new DataView(longer.buffer).setUint32(12, longer.length - 20, true);
  assert.ok(!decodeCellTable(longer).ok, "a byte more than the runs need");
});

test("versions tell tables apart, by cells and by what is land", () => {
  assert.notEqual(cellsVersion(landCells), cellsVersion(served));
  const flipped = served.land.slice();
  flipped[1234] = 1 - flipped[1234]!;
  assert.notEqual(cellsVersion({ ...served, land: flipped }), cellsVersion(served));
  const result = cellTableOf([cellName(served, 5)]);
  const other = cellTableOf([cellName(served, 6)]);
  assert.ok(result.ok && other.ok && cellsVersion(result.value) !== cellsVersion(other.value));
  assert.match(cellsVersion(served), /^\d+-[0-9a-f]{8}$/);
});

test("the rule for one cell is the rule of the table", () => {
  const cell = cellAt(-25.066, -130.1);
  const { latDeg, lonDeg } = cellCentre(cell);
  assert.ok(holdsLand(ordinalOfName(cell), latDeg, lonDeg));
});
