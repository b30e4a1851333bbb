// SPDX-License-Identifier: MIT
import {
  type BoundaryView,
  type CellTable,
  cellsVersion,
  decodeCellTable,
  encodeCellTable,
  placeOf,
  planetCells,
} from "@perigee/earth";
import type { CellFiles } from "./cell-files.ts";
import type { CellTerritory } from "./permissions.ts";

/** The planet's cells and what does not change about them from slot to slot. */
export interface PlanetCells {
  readonly table: CellTable;
  readonly territories: readonly CellTerritory[];
  /** Per cell: index into `territories`, by the cell's centre. */
  readonly territoryOf: Uint16Array;
}

/** The cells of a scope, from the file or made. All land is 595 thousand, with open water 1.92 million. */
export function loadTable(scope: "land" | "ocean", files: CellFiles): CellTable {
  return shared(
    files.get(
      `${scope}.cells`,
      scope,
      () => planetCells({ ocean: scope === "ocean" }),
      encodeCellTable,
      bytes => {
        const decoded = decodeCellTable(bytes);
        return decoded.ok ? decoded.value : null;
      },
    ),
  );
}

/** Whose each cell is under a view: who its centre belongs to. A terminal's own place is looked up apart from this. */
export function loadTerritories(
  table: CellTable,
  view: BoundaryView,
  files: CellFiles,
  progress: (fraction: number) => void,
): Pick<PlanetCells, "territories" | "territoryOf"> {
  const key = `${cellsVersion(table)} ${view.id} ${view.version}`;
  return files.get(
    "territories",
    key,
    () => territoriesOf(table, view, progress),
    ({ territories, territoryOf }) =>
      Buffer.concat([Buffer.from(territoryOf.buffer), Buffer.from(JSON.stringify(territories))]),
    bytes => {
      const length = 2 * table.count;
      const territories = JSON.parse(Buffer.from(bytes.subarray(length)).toString()) as CellTerritory[];
      return { territories, territoryOf: new Uint16Array(new Uint8Array(bytes.subarray(0, length)).buffer) };
    },
  );
}

function territoriesOf(table: CellTable, view: BoundaryView, progress: (fraction: number) => void) {
  const territories: CellTerritory[] = [];
  const indexOf = new Map<string, number>();
  const territoryOf = new Uint16Array(table.count);
  for (let c = 0; c < table.count; c++) {
    if (c % 50_000 === 0) progress(c / table.count);
    const { territory, territoryName, country, zone } = placeOf(table.latDeg[c]!, table.lonDeg[c]!, view);
    let index = indexOf.get(territory);
    if (index === undefined) {
      index = territories.length;
      indexOf.set(territory, index);
      // Rules tell the high seas from the rest, and nothing else by the zone.
      territories.push({ territory, territoryName, country, zone: zone === "highSea" ? zone : "land" });
    }
    territoryOf[c] = index;
  }
  return { territories, territoryOf };
}

/** The same table in memory that threads share. */
function shared({ count, id, latDeg, lonDeg, areaKm2, land }: CellTable): CellTable {
  return {
    count,
    id: intoShared(id, BigUint64Array),
    latDeg: intoShared(latDeg, Float64Array),
    lonDeg: intoShared(lonDeg, Float64Array),
    areaKm2: intoShared(areaKm2, Float64Array),
    land: intoShared(land, Uint8Array),
  };
}

function intoShared<T extends BigUint64Array | Float64Array | Uint8Array>(
  from: T,
  kind: new (buffer: SharedArrayBuffer) => T,
): T {
  const copy = new kind(new SharedArrayBuffer(from.byteLength));
  new Uint8Array(copy.buffer).set(new Uint8Array(from.buffer, from.byteOffset, from.byteLength));
  return copy;
}
