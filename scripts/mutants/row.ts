// SPDX-License-Identifier: MIT
import type { Mutant } from "./mutant.ts";

/** A mutant in one line: what it breaks, where, the text that must stand there once, its replacement, the tests that notice. */
export type Row = readonly [
  breaks: string,
  file: string,
  find: string,
  replace: string,
  ...caughtBy: readonly string[],
];

/** The mutants of a table. */
export function mutantsOf(rows: readonly Row[]): readonly Mutant[] {
  return rows.map(([breaks, file, find, replace, ...caughtBy]) => ({
    breaks,
    file,
    find,
    replace,
    caughtBy,
  }));
}
