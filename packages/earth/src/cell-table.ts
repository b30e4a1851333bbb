// SPDX-License-Identifier: MIT

/** Service cells as a structure of arrays; index = cell. */
export interface CellTable {
  readonly count: number;
  /** H3 indices, ascending: the cells of one parent lie in a row, whatever the parent's resolution. */
  readonly id: BigUint64Array;
  /** Centres, geodetic degrees (WGS 84), north and east positive. */
  readonly latDeg: Float64Array;
  readonly lonDeg: Float64Array;
  /** True area of each cell; 128 to 305 km² over the globe. */
  readonly areaKm2: Float64Array;
  /** 1 where the cell holds land, 0 for open water. */
  readonly land: Uint8Array;
}
