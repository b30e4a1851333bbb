// SPDX-License-Identifier: MIT
import type { SpellingRow } from "../tables/intake-tables.ts";

/** Lower case without accents and apostrophes, blanks single. */
export function folded(words: string): string {
  return words
    .normalize("NFKD")
    .replace(/[\p{M}'’ʼ`]/gu, "")
    .toLowerCase()
    .replace(/[\s\u00a0-]+/g, " ")
    .trim();
}

const keys = new WeakMap<readonly SpellingRow[], (name: string) => string>();
/** Words of names whose keys are kept. */
const KEPT = 20_000;

/** Brings spellings of one name in Latin letters together: `Andriy`, `Andrey` and `Andrei` give the same key. */
export function spellingKey(rows: readonly SpellingRow[]): (name: string) => string {
  const made = keys.get(rows);
  if (made !== undefined) return made;
  const letters = rows.filter(r => r.use === "letters");
  const given = new Map<string, string>();
  const plainKey = (word: string): string => {
    let spelt = word;
    for (const { from, to } of letters) spelt = spelt.replaceAll(from, to);
    return spelt.replace(/(\p{L})\1+/gu, "$1");
  };
  for (const row of rows)
    if (row.use === "given") given.set(plainKey(folded(row.from)), plainKey(folded(row.to)));
  const kept = new Map<string, string>();
  const key = (word: string): string => {
    let known = kept.get(word);
    if (known === undefined) {
      const plain = plainKey(word);
      known = given.get(plain) ?? plain;
      if (kept.size >= KEPT) kept.clear();
      kept.set(word, known);
    }
    return known;
  };
  const keyOf = (name: string): string => folded(name).split(" ").map(key).join(" ");
  keys.set(rows, keyOf);
  return keyOf;
}

/** `maren-ostby`: a name as part of an id. */
export function slug(words: string): string {
  return folded(words)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
}
