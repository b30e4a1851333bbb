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

/** Brings spellings of one name in Latin letters together: `Andriy`, `Andrey` and `Andrei` give the same key. */
export function spellingKey(rows: readonly SpellingRow[]): (name: string) => string {
  const letters = rows.filter(r => r.use === "letters");
  const given = new Map<string, string>();
  const key = (name: string): string => {
    let word = folded(name);
    for (const { from, to } of letters) word = word.replaceAll(from, to);
    return word.replace(/(\p{L})\1+/gu, "$1");
  };
  for (const row of rows) if (row.use === "given") given.set(key(row.from), key(row.to));
  return name =>
    folded(name)
      .split(" ")
      .map(word => given.get(key(word)) ?? key(word))
      .join(" ");
}

/** `maren-ostby`: a name as part of an id. */
export function slug(words: string): string {
  return folded(words)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
}
