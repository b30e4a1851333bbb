// SPDX-License-Identifier: MIT

/** Draws of one seed, one after the other. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  between(least: number, most: number): number;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
}

/** The finaliser of MurmurHash3 (Appleby 2011) over a counter: the same seed gives the same story. */
export function chanceOf(seed: number): Chance {
  let count = Math.imul(seed + 1, 0x9e3779b9);
  const next = (): number => {
    count = (count + 0x9e3779b9) | 0;
    let h = count;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + (most - least) * next();
  return {
    next,
    between,
    whole: (least, most) => Math.floor(between(least, most + 1)),
    pick: items => items[Math.floor(next() * items.length)]!,
  };
}
