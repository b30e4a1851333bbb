// SPDX-License-Identifier: MIT

/** Letters of Alpha-5, in order of value from 10: no I, no O (Space-Track, "Alpha-5"). */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** The largest number five columns hold: `Z9999`. */
export const ALPHA5_MAX = 339_999;

/** Reads the five columns of a TLE's catalogue number, digits or Alpha-5 (`A0001` = 100001); NaN if neither. */
export function readAlpha5(columns: string): number {
  if (/^ *\d+$/.test(columns)) return Number(columns);
  if (!/^[A-HJ-NP-Z]\d{4}$/.test(columns)) return Number.NaN;
  return (LETTERS.indexOf(columns[0]!) + 10) * 10_000 + Number(columns.slice(1));
}

/** Writes a catalogue number of 1 to {@link ALPHA5_MAX} into five columns. */
export function writeAlpha5(catalogNumber: number): string {
  if (catalogNumber < 100_000) return String(catalogNumber).padStart(5, "0");
  return LETTERS[Math.floor(catalogNumber / 10_000) - 10]! + String(catalogNumber % 10_000).padStart(4, "0");
}
