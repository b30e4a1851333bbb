// SPDX-License-Identifier: MIT
import { cellArea, cellToBoundary, cellToLatLng, UNITS } from "h3-js";
import { toMercator } from "../camera.ts";

/** Cells as triangles, ready for a vertex buffer. */
export interface CellMesh {
  /** Four per vertex: x and y in the unit Mercator square, place of its cell in the list, 1 in the middle and 0 on the rim. */
  readonly vertices: Float32Array;
  readonly indices: Uint32Array;
  /** Longitude and latitude of each cell's middle, degrees. */
  readonly centres: Float32Array;
  readonly areasKm2: Float32Array;
}

/** Most corners of an H3 cell: a pentagon whose five edges each cross an edge of the icosahedron. */
const MOST_CORNERS = 10;
/** Nearer to a pole Mercator has no place for a cell. */
const LAST_LAT_DEG = 89;

/**
 * A fan around the middle of each cell. A cell across the antimeridian keeps to one side of it and reaches over the
 * square's edge; a cell at a pole has no triangles.
 */
export function cellMesh(cells: readonly string[]): CellMesh {
  const vertices = new Float32Array(4 * (MOST_CORNERS + 1) * cells.length);
  const indices = new Uint32Array(3 * MOST_CORNERS * cells.length);
  const centres = new Float32Array(2 * cells.length);
  const areasKm2 = Float32Array.from(cells, cell => cellArea(cell, UNITS.km2));
  let vertex = 0;
  let index = 0;
  cells.forEach((cell, place) => {
    const [latDeg, lonDeg] = cellToLatLng(cell);
    centres.set([lonDeg, latDeg], 2 * place);
    if (Math.abs(latDeg) > LAST_LAT_DEG) return;
    const [x, y] = toMercator(latDeg, lonDeg);
    const middle = vertex++;
    vertices.set([x, y, place, 1], 4 * middle);
    const corners = cellToBoundary(cell);
    corners.forEach(([cornerLatDeg, cornerLonDeg], i) => {
      const [cornerX, cornerY] = toMercator(cornerLatDeg, cornerLonDeg);
      vertices.set([cornerX + Math.round(x - cornerX), cornerY, place, 0], 4 * vertex);
      indices.set([middle, vertex, middle + 1 + ((i + 1) % corners.length)], index);
      vertex += 1;
      index += 3;
    });
  });
  return { vertices: vertices.slice(0, 4 * vertex), indices: indices.slice(0, index), centres, areasKm2 };
}
