// SPDX-License-Identifier: MIT
import { cellCentre } from "@perigee/earth";
import type { TerminalDetail, TerminalRow } from "../contract.ts";
import { territoryName } from "../territory-names.ts";

type Position = NonNullable<TerminalRow["position"]>;

/** Resolution of the cells in which those see terminals who may not see positions: 12,393 km² on average. */
export const COARSE_RESOLUTION = 3;

/**
 * The H3 cell of resolution 3 that holds a service cell. An index is 4 bits of mode, 4 of resolution, 7 of base cell,
 * then 3 per level, all ones below its own resolution (h3geo.org, "H3Index Bit Layout").
 *
 * @param cell - Of resolution 5: 15 hexadecimal digits.
 */
export const coarseCell = (cell: string): string => `83${cell.slice(2, 6)}fffffffff`;

/** A row without its place: the country, and the middle of the large cell around it. */
export function coarseRow<R extends TerminalRow>(row: R): R {
  return row.position === null ? row : { ...row, position: coarsePosition(row.position) };
}

/**
 * A terminal's page without its place. The link goes as well: the length of the way up and the angles to a satellite
 * give a place away.
 */
export function coarseDetail(terminal: TerminalDetail): TerminalDetail {
  return { ...coarseRow(terminal), detail: { ...terminal.detail, link: null } };
}

function coarsePosition({ cell, country, territory, territoryName: name, zone, at }: Position): Position {
  // The child in the middle of the large cell has its centre, and is a cell that `earth` knows.
  const { latDeg, lonDeg } = cellCentre(`85${cell.slice(2, 6)}03fffffff`);
  return {
    precision: "largeCell",
    latDeg,
    lonDeg,
    cell: coarseCell(cell),
    territory: country ?? territory,
    territoryName: country === null ? name : territoryName(country),
    country,
    zone,
    speedKmh: null,
    at,
  };
}
