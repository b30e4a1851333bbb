// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CellDisc } from "./cell-disc.ts";
import { cellName, cellTableOf, distanceKm, planetCells, populationOf } from "./index.ts";

import { nationalPopulation, statisticalCountry } from "./national-population.ts";
import { shareAmongTowns } from "./population.ts";
import { readTowns } from "./towns.ts";

const cells = planetCells({ ocean: false });
const people = populationOf(cells, cells);

type Box = readonly [south: number, north: number, west: number, east: number];

function within([south, north, west, east]: Box): { readonly people: number; readonly km2: number } {
  let sum = 0;
  let km2 = 0;
  for (let i = 0; i < cells.count; i++) {
    const lat = cells.latDeg[i]!;
    const lon = cells.lonDeg[i]!;
    if (lat < south || lat > north || lon < west || lon > east) continue;
    sum += people[i]!;
    km2 += cells.areaKm2[i]!;
  }
  return { people: sum, km2 };
}

test("the world has 8.2 billion people", () => {
  // 8.23 billion in mid-2025 (UN, World Population Prospects 2024).
  const world = people.reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(world / 8.23e9 - 1) < 0.005, `${world}`);
  assert.ok(people.every(count => count >= 0));
});

/** Islands and states bounded by parallels and meridians, which no total in the code knows of. Thousands. */
const REGIONS: readonly (readonly [name: string, box: Box, thousands: number, source: string])[] = [
  ["Hokkaido", [41.35, 45.6, 139.3, 146], 5_045, "Statistics Bureau of Japan, 2024"],
  ["Kyushu", [31, 33.97, 129.5, 132.1], 12_300, "Statistics Bureau of Japan, 2024"],
  ["Java", [-8.9, -5.7, 105, 114.6], 157_000, "BPS, 2024"],
  ["Luzon", [12.5, 18.7, 119.7, 124.2], 62_200, "PSA, census 2020"],
  ["Sicily", [36.6, 38.35, 12.3, 15.58], 4_780, "ISTAT, 2025"],
  ["Sardinia", [38.8, 41.3, 8, 9.9], 1_560, "ISTAT, 2025"],
  ["Tasmania", [-43.7, -39.4, 143.5, 148.6], 575, "ABS, 2024"],
  ["Western Australia", [-35.2, -13.5, 112.5, 129], 3_000, "ABS, 2024"],
  ["South Island", [-47.4, -40.45, 166, 174.4], 1_260, "Stats NZ, 2024"],
  ["Colorado", [37, 41, -109.05, -102.05], 5_957, "US Census Bureau, 2024"],
  ["Wyoming", [41, 45, -111.05, -104.05], 588, "US Census Bureau, 2024"],
  ["Saskatchewan", [49, 60, -110, -101.5], 1_240, "Statistics Canada, 2024"],
];

for (const [name, box, thousands, source] of REGIONS) {
  test(`${name} has the people it has, give or take a fifth`, () => {
    const found = within(box).people / 1000;
    assert.ok(Math.abs(found / thousands - 1) < 0.2, `${Math.round(found)}; ${source}: ${thousands}`);
  });
}

test("countries without land neighbours have the number published for them", () => {
  // World Bank, SP.POP.TOTL, 2025.
  for (const [box, thousands] of [
    [[5.8, 9.9, 79.5, 82] as Box, 21_756], // Sri Lanka
    [[63, 67, -25, -13] as Box, 392], // Iceland
    [[19.8, 23.3, -85, -74.1] as Box, 10_937], // Cuba
  ] as const) {
    assert.ok(Math.abs(within(box).people / 1000 / thousands - 1) < 0.01, `${within(box).people}`);
  }
});

test("each country's towns and country hold together the people published for it, never fewer than none", () => {
  const towns = readTowns();
  const { urban, country } = shareAmongTowns(towns);
  const sums = new Map<string, number>();
  towns.country.forEach((code, town) => {
    assert.ok(urban[town]! > 0 && country[town]! >= 0);
    const counted = statisticalCountry(code);
    sums.set(counted, (sums.get(counted) ?? 0) + urban[town]! + country[town]!);
  });
  // Romania's listed towns hold more people than Romania; Niger's a tenth of its people; Réunion counts with France.
  for (const [code, thousands] of [
    ["RO", 19_020],
    ["NE", 27_918],
    ["FR", 68_720],
  ] as const) {
    assert.ok(Math.abs(sums.get(code)! / thousands / 1000 - 1) < 1e-4, code);
  }
  assert.ok(!sums.has("RE") && !sums.has("AQ"));
  for (const [code, sum] of sums) {
    const published = nationalPopulation(code);
    if (published !== null) assert.ok(Math.abs(sum / published - 1) < 1e-9, code);
  }
});

test("crowded lands are crowded and deserts empty", () => {
  const density = (box: Box) => within(box).people / within(box).km2;
  // Per km²: Bangladesh 1,350 (World Bank); the Randstad some 1,300 (CBS); Egypt's valley and delta over 1,500 (CAPMAS).
  assert.ok(density([22.8, 24.8, 89, 91]) > 1000, "Bangladesh");
  assert.ok(density([51.9, 52.6, 4.5, 5.2]) > 700, "Randstad");
  assert.ok(density([30.2, 31.2, 30.4, 31.6]) > 1200, "Nile delta");
  // New Valley, the west of Egypt's south, 0.27 million on 440,000 km².
  assert.ok(density([22, 28.5, 25, 30]) < 2, "Egypt's western desert");
  assert.ok(density([20, 27, -5, 10]) < 1, "Sahara");
  assert.ok(density([-30, -20, 120, 140]) < 0.2, "Australia's interior");
  assert.ok(density([66.5, 80, 100, 140]) < 0.2, "northern Siberia");
  assert.equal(within([-90, -60, -180, 180]).people, 0, "Antarctica");
  assert.equal(within([70, 80, -50, -30]).people, 0, "Greenland's ice");
});

test("a cell's people do not depend on the table it is in", () => {
  const rows = Array.from({ length: 50 }, (_, i) => i * 11_000 + 500);
  const few = cellTableOf(rows.map(row => cellName(cells, row)));
  assert.ok(few.ok);
  assert.deepEqual(
    [...populationOf(few.value)],
    rows.map(row => people[row]!),
  );
});

test("a disc holds exactly the cells within its radius", () => {
  const thinned = cells.id.filter((_, i) => i % 61 === 0);
  const result = cellTableOf(Array.from(thinned, id => id.toString(16)));
  assert.ok(result.ok);
  const table = result.value;
  const disc = new CellDisc(table);
  const latitude = fc.double({ min: -80, max: 80, noNaN: true });
  const longitude = fc.double({ min: -180, max: 180, noNaN: true });
  fc.assert(
    fc.property(
      latitude,
      longitude,
      fc.double({ min: 1, max: 600, noNaN: true }),
      (latDeg, lonDeg, radiusKm) => {
        const found = disc.find(latDeg, lonDeg, radiusKm);
        const inside = new Set(disc.cell.subarray(0, found));
        assert.equal(inside.size, found);
        for (let i = 0; i < table.count; i++) {
          const km = distanceKm({ latDeg, lonDeg }, { latDeg: table.latDeg[i]!, lonDeg: table.lonDeg[i]! });
          if (Math.abs(km - radiusKm) > 1e-6) assert.equal(inside.has(i), km < radiusKm, `${km}`);
        }
        for (let i = 0; i < found; i++) assert.ok(disc.closeness[i]! > 0 && disc.closeness[i]! <= 1);
      },
    ),
    { numRuns: 60 },
  );
});
