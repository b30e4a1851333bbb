// SPDX-License-Identifier: MIT
import { type CellTable, isCell } from "@perigee/earth";
import type { GroundSegment } from "../ground-segment.ts";
import { GroundRefusal, type GroundResult, reading } from "./ground-error.ts";
import { checkTextLength, csvRows } from "./text-table.ts";

/** Homes that someone knows: PoP indices of a ground segment by cell and by country. */
export interface HomeAssignments {
  /** By H3 index. */
  readonly cells: ReadonlyMap<bigint, number>;
  /** By ISO 3166-1 alpha-2. */
  readonly countries: ReadonlyMap<string, number>;
}

/**
 * Reads who has which PoP: CSV with the columns `cell`, `country` and `pop`, each line with a cell (H3 index, 15
 * hexadecimal digits) or a country (ISO 3166-1 alpha-2) and a PoP by its code or IATA code. A cell's line goes before its
 * country's.
 */
export function parseHomeAssignments(text: string, ground: GroundSegment): GroundResult<HomeAssignments> {
  return reading(() => {
    checkTextLength(text);
    const rows = csvRows(text, ["cell", "country", "pop"]);
    if (rows.length === 0) throw new GroundRefusal("empty", "text", "no assignment");
    const pops = new Map<unknown, number>();
    ground.pops.forEach(({ iata }, p) => {
      if (iata !== null && !pops.has(iata)) pops.set(iata, p);
    });
    ground.pops.forEach(({ code }, p) => {
      pops.set(code, p);
    });
    const cells = new Map<bigint, number>();
    const countries = new Map<string, number>();
    for (const { place, fields } of rows) {
      const pop = pops.get(fields.get("pop"));
      if (pop === undefined)
        throw new GroundRefusal("unknown", `${place}, pop`, `"${fields.get("pop") ?? ""}" is no PoP`);
      const cell = fields.get("cell") as string | undefined;
      const country = fields.get("country") as string | undefined;
      if ((cell === undefined) === (country === undefined))
        throw new GroundRefusal("shape", place, "a cell or a country is needed, and not both");
      if (cell !== undefined) {
        if (!isCell(cell)) throw new GroundRefusal("range", `${place}, cell`, `"${cell}" is no service cell`);
        const id = BigInt(`0x${cell}`);
        if (cells.has(id)) throw new GroundRefusal("duplicate", `${place}, cell`, `"${cell}" stands twice`);
        cells.set(id, pop);
      } else if (country !== undefined) {
        if (!/^[A-Z]{2}$/.test(country))
          throw new GroundRefusal("range", `${place}, country`, `"${country}" is not two capital letters`);
        if (countries.has(country))
          throw new GroundRefusal("duplicate", `${place}, country`, `"${country}" stands twice`);
        countries.set(country, pop);
      }
    }
    return { cells, countries };
  });
}

/**
 * Homes with assignments laid over them: the cell's own, else its country's, else what `homes` says.
 *
 * @param countryOf - Country of a cell (index in the table), `null` at sea; asked only where countries are assigned.
 */
export function assignHomes(
  homes: Int16Array,
  cells: CellTable,
  assignments: HomeAssignments,
  countryOf: (cell: number) => string | null,
): Int16Array {
  const { cells: byCell, countries } = assignments;
  return homes.map((home, k) => {
    const own = byCell.size === 0 ? undefined : byCell.get(cells.id[k]!);
    if (own !== undefined) return own;
    const country = countries.size === 0 ? null : countryOf(k);
    return (country === null ? undefined : countries.get(country)) ?? home;
  });
}
