// SPDX-License-Identifier: MIT
import type { Satellites } from "@perigee/operator/contract";

/** Look-ups over the list of satellites, made once per version of the elements. */
export interface Constellation {
  readonly satellites: Satellites;
  readonly indexOfCatalogNumber: ReadonlyMap<string, number>;
  /** Laser partners of a satellite. */
  neighbours(index: number): readonly number[];
  /** Pairs whose ends are both in the shell. */
  lasersOfShell(shell: number): readonly (readonly [number, number])[];
}

/** Indexes the satellites; linear in satellites and lasers. */
export function indexConstellation(satellites: Satellites): Constellation {
  const { lasers, shell, catalogNumber } = satellites;
  const partners = new Map<number, number[]>();
  const join = (a: number, b: number) => partners.set(a, [...(partners.get(a) ?? []), b]);
  for (let i = 0; i + 1 < lasers.length; i += 2) {
    const a = lasers[i] as number;
    const b = lasers[i + 1] as number;
    join(a, b);
    join(b, a);
  }
  return {
    satellites,
    indexOfCatalogNumber: new Map(catalogNumber.map((number, index) => [String(number), index])),
    neighbours: index => partners.get(index) ?? [],
    lasersOfShell(wanted) {
      const pairs: [number, number][] = [];
      for (const [a, all] of partners)
        for (const b of all) if (a < b && shell[a] === wanted && shell[b] === wanted) pairs.push([a, b]);
      return pairs;
    },
  };
}
