// SPDX-License-Identifier: MIT

import { cellAt } from "./cell.ts";
import { CellDisc } from "./cell-disc.ts";
import { ORDINALS, ordinalOfName, ordinalsOfIds } from "./cell-ordinal.ts";
import type { CellTable } from "./cell-table.ts";
import { nationalPopulation, statisticalCountry } from "./national-population.ts";
import { planetCells } from "./planet-cells.ts";
import { readTowns, type Towns } from "./towns.ts";

/** Radius of a town of p people: 0.038 p^0.4 km; 24 km for the 9.8 million of Greater London's built-up area. Assumed. */
const townRadiusKm = (people: number): number => 0.038 * people ** 0.4;
/** A town is seen through cells this wide: from the centre of the largest to its corner. */
const CELL_BLUR_KM = 11;
/** How far from a town of p people the countryside around it reaches: 20 km at 1,000, 80 km at a million. Assumed. */
const countryRadiusKm = (people: number): number => 20 * (people / 1000) ** 0.2;
/** People around towns, not in them, are shared among a country's towns by this power of the towns' people. Assumed. */
const COUNTRY_POWER = 0.6;

/** The people of the world in {@link populationOf}, by the table of all land that they were spread over. */
const spreadOver = new WeakMap<CellTable, Float32Array>();
let planet: CellTable | undefined;

/**
 * People living in each cell, 2025. The world has 8.2 billion.
 *
 * Each country's number of people is published; GeoNames lists towns of 1,000 people or more. A town's people live in
 * a disc that grows with the town. The rest of the country's people, villagers and those whom an old census missed, are
 * shared among its towns by people to the power of 0.6 and live in the country around them, the more the closer to the
 * town and to other towns. Deserts, ice and open water, far from any town, have nobody. Where towns hold more people
 * than their country, they are scaled down.
 *
 * Countries' totals are as published but for those who spill over a border or a cell's rim; provinces of well counted
 * countries agree to 20 %; where few towns are listed (inner China, Bangladesh) expect a factor of two, in Tibet more.
 *
 * A cell's people do not depend on the table. The first call spreads the whole planet's.
 *
 * @param land every cell that holds land, as `planetCells({ ocean: false })` gives it, where the caller has it already.
 */
export function populationOf(cells: CellTable, land?: CellTable): Float32Array<ArrayBuffer> {
  if (!land) planet ??= planetCells({ ocean: false });
  const over = land ?? planet!;
  let spread = spreadOver.get(over);
  if (!spread) {
    spread = spreadPeople(over, readTowns());
    spreadOver.set(over, spread);
  }
  const people = new Float32Array(cells.count);
  const ordinals = ordinalsOfIds(cells.id);
  for (let row = 0; row < cells.count; row++) people[row] = spread[ordinals[row]!]!;
  return people;
}

/** People by ordinal of the cell. */
function spreadPeople(land: CellTable, towns: Towns): Float32Array {
  const { urban, country } = shareAmongTowns(towns);
  const disc = new CellDisc(land);
  const people = new Float64Array(land.count);
  const weight = new Float64Array(land.count);
  const settled = new Float64Array(land.count);
  const spread = new Float32Array(ORDINALS);
  /** Adds an amount to the cells found last, in proportion to what `weight` holds of them; false: there are none. */
  const give = (amount: number, to: Float64Array): boolean => {
    let sum = 0;
    for (let i = 0; i < disc.count; i++) sum += weight[i]!;
    if (!(sum > 0)) return false;
    for (let i = 0; i < disc.count; i++) to[disc.cell[i]!]! += (amount * weight[i]!) / sum;
    return true;
  };
  /** Town by town: in town; and how densely settled the country is, in villagers for lack of a better measure. */
  for (let town = 0; town < towns.count; town++) {
    const listed = towns.people[town]!;
    const latDeg = towns.latDeg[town]!;
    const lonDeg = towns.lonDeg[town]!;
    disc.find(latDeg, lonDeg, townRadiusKm(listed) + CELL_BLUR_KM);
    for (let i = 0; i < disc.count; i++) weight[i] = disc.closeness[i]! ** 2 * land.areaKm2[disc.cell[i]!]!;
    if (!give(urban[town]!, people)) {
      // An atoll that the land map leaves out.
      spread[ordinalOfName(cellAt(latDeg, lonDeg))]! += urban[town]! + country[town]!;
      country[town] = 0;
      continue;
    }
    disc.find(latDeg, lonDeg, countryRadiusKm(listed));
    for (let i = 0; i < disc.count; i++) weight[i] = disc.closeness[i]! ** 2;
    give(listed ** COUNTRY_POWER, settled);
  }
  for (let town = 0; town < towns.count; town++) {
    if (country[town] === 0) continue;
    disc.find(towns.latDeg[town]!, towns.lonDeg[town]!, countryRadiusKm(towns.people[town]!));
    for (let i = 0; i < disc.count; i++) {
      const cell = disc.cell[i]!;
      weight[i] = disc.closeness[i]! ** 2 * land.areaKm2[cell]! * settled[cell]!;
    }
    give(country[town]!, people);
  }
  const ordinals = ordinalsOfIds(land.id);
  for (let row = 0; row < land.count; row++) spread[ordinals[row]!]! += people[row]!;
  return spread;
}

/** Of each town: people in it, and of the rest of its country's people those around it. */
export function shareAmongTowns(towns: Towns): {
  readonly urban: Float64Array;
  readonly country: Float64Array;
} {
  const listed = new Map<string, number>();
  const powers = new Map<string, number>();
  const codes = towns.country.map(statisticalCountry);
  codes.forEach((code, town) => {
    listed.set(code, (listed.get(code) ?? 0) + towns.people[town]!);
    powers.set(code, (powers.get(code) ?? 0) + towns.people[town]! ** COUNTRY_POWER);
  });
  const urban = new Float64Array(towns.count);
  const country = new Float64Array(towns.count);
  codes.forEach((code, town) => {
    const people = towns.people[town]!;
    const inTowns = listed.get(code)!;
    const total = nationalPopulation(code) ?? inTowns;
    urban[town] = people * Math.min(1, total / inTowns);
    country[town] = (Math.max(0, total - inTowns) * people ** COUNTRY_POWER) / powers.get(code)!;
  });
  return { urban, country };
}
