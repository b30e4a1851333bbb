// SPDX-License-Identifier: MIT
// Cells of different sizes, compared without geometry. An H3 index is 4 bits of mode, 4 of resolution, 7 of base cell,
// then 3 per level, all ones below its own resolution (h3geo.org, "H3Index Bit Layout"). So a cell lies in a larger
// one exactly when base cell and the larger one's digits agree.

/** Resolution of the cells in rows. */
export const ROW_RESOLUTION = 5;

/** The resolution that an index states. */
export const resolutionOf = (cell: bigint): number => Number((cell >> 52n) & 0xfn);

/** The bits that cells in one cell of a resolution share: base cell and digits down to it. */
export function prefixMask(resolution: number): bigint {
  const below = BigInt(3 * (15 - resolution));
  return ((1n << 52n) - 1n) & ~((1n << below) - 1n);
}

/** Cells by resolution, as the shared bits of what lies in them; each once. */
export function prefixesOf(cells: readonly bigint[]): ReadonlyMap<number, readonly bigint[]> {
  const byResolution = Map.groupBy(new Set(cells), resolutionOf);
  for (const resolution of byResolution.keys()) {
    if (resolution > ROW_RESOLUTION) {
      throw new RangeError(`Rows know cells of resolution ${ROW_RESOLUTION}, none of ${resolution}.`);
    }
  }
  return new Map(
    [...byResolution].map(([resolution, of]) => [resolution, of.map(cell => cell & prefixMask(resolution))]),
  );
}

/** A condition on a column of cells: it lies in one of these. Numbers only, so nothing needs escaping. */
export function inCells(column: string, cells: readonly bigint[]): string {
  const parts = [...prefixesOf(cells)].map(
    ([resolution, prefixes]) => `(${column} & ${prefixMask(resolution)}) IN (${prefixes.join(", ")})`,
  );
  return parts.length === 0 ? "false" : `(${parts.join(" OR ")})`;
}
