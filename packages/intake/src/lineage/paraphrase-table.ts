// SPDX-License-Identifier: MIT
// Words and phrases that reports exchange for one another when they reword or translate: the rows of
// `tables/paraphrases.json` by use.
import { type ParaphraseRow, shippedTables } from "../tables/intake-tables.ts";

/** General English of news; nothing of any one event. A table file can extend each list. */
export interface ParaphraseTable {
  /** Phrases of the same meaning, in small letters; the first stands for all. */
  readonly phrases: readonly (readonly string[])[];
  /** Words of the same meaning; the first stands for all. */
  readonly words: readonly (readonly string[])[];
  /** Two spellings of one name: `kiev` and `kyiv`. */
  readonly spellings: Readonly<Record<string, string>>;
}

const made = new WeakMap<readonly ParaphraseRow[], ParaphraseTable>();

/** The table that rows of `paraphrases.json` make: in each, the first stands for the others. */
export function paraphraseTableOf(rows: readonly ParaphraseRow[]): ParaphraseTable {
  const known = made.get(rows);
  if (known !== undefined) return known;
  const listsOf = (use: ParaphraseRow["use"]) =>
    rows.filter(row => row.use === use).map(({ words }) => words);
  const spellings: Record<string, string> = Object.create(null);
  for (const [first, ...others] of listsOf("spelling"))
    for (const other of others) spellings[other] ??= first!;
  const table = { phrases: listsOf("phrase"), words: listsOf("word"), spellings };
  made.set(rows, table);
  return table;
}

/** The shipped one. */
export const paraphraseTable: ParaphraseTable = paraphraseTableOf(shippedTables().paraphrases);
