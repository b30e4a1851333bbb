// SPDX-License-Identifier: MIT
import type { Entity } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";
import { folded } from "./spelling.ts";

/** A word of a sentence. */
export interface Word {
  readonly text: string;
  /** Folded, without a possessive ending. */
  readonly low: string;
  readonly from: number;
  readonly to: number;
  readonly capital: boolean;
  readonly possessive: boolean;
  /** The mark after it: a comma, a full stop, a dash; empty for none. */
  readonly mark: string;
}

/** What a phrase of the tables stands for. */
export interface Phrase {
  readonly words: readonly string[];
  readonly use: "entity" | "country" | "demonym" | "capital" | "institution" | "goods" | "service";
  readonly id: string;
  readonly name: string;
  readonly kind: Entity["kind"];
  readonly country: string | null;
  readonly partOf: string | null;
  /** Upper-case letters only: `GUR`, `US`. Then the text must be so too. */
  readonly acronym: boolean;
}

/** The tables' words by their first word, longest first. */
export type Lexicon = ReadonlyMap<string, readonly Phrase[]>;

const lexicons = new WeakMap<IntakeTables, Lexicon>();

export function lexiconOf(tables: IntakeTables): Lexicon {
  const known = lexicons.get(tables);
  if (known !== undefined) return known;
  const byFirst = new Map<string, Phrase[]>();
  const add = (as: string, phrase: Omit<Phrase, "words" | "acronym">): void => {
    const words = folded(as).split(" ");
    const entry = { ...phrase, words, acronym: /^[\p{Lu}.]{2,5}$/u.test(as) };
    const list = byFirst.get(words[0]!);
    if (list === undefined) byFirst.set(words[0]!, [entry]);
    else list.push(entry);
  };
  for (const { aliases, partOf, ...row } of tables.entities)
    for (const alias of new Set([row.name, ...aliases]))
      add(alias, { ...row, use: "entity", partOf: partOf ?? null });
  for (const { code, names, demonyms, capitals } of tables.countries) {
    const state = {
      id: `${code.toLowerCase()}:government`,
      name: names[0]!,
      kind: "government",
      country: code,
      partOf: null,
    } as const;
    for (const name of names) add(name, { ...state, use: "country" });
    for (const demonym of demonyms) add(demonym, { ...state, use: "demonym" });
    for (const capital of capitals) add(capital, { ...state, use: "capital" });
  }
  for (const { slug, name, words, kind } of tables.institutions)
    for (const word of words)
      add(word, { use: "institution", id: slug, name, kind, country: null, partOf: null });
  for (const { use, words } of tables.reading) {
    if (use !== "goods" && use !== "service") continue;
    for (const word of words)
      add(word, { use, id: "goods:terminal", name: word, kind: "organisation", country: null, partOf: null });
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  lexicons.set(tables, byFirst);
  return byFirst;
}

const WORD =
  /(?:\p{Lu}\.){2,}|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-'’.,](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}]+)*/gu;

/** Words of `text` between two offsets; ranges count in `text`. */
export function wordsOf(text: string, from = 0, to = text.length): Word[] {
  const found: Word[] = [];
  WORD.lastIndex = from;
  for (let m = WORD.exec(text); m !== null && m.index < to; m = WORD.exec(text)) {
    const raw = m[0];
    const end = m.index + raw.length;
    const possessive = /['’]s$/i.test(raw) || (/s$/.test(raw) && /['’]/.test(text[end] ?? ""));
    const bare = /['’]s$/i.test(raw) ? raw.slice(0, -2) : raw;
    found.push({
      text: bare,
      low: PLAIN.test(bare) ? bare.toLowerCase() : folded(bare),
      from: m.index,
      to: m.index + bare.length,
      capital: /^\p{Lu}/u.test(bare),
      possessive,
      mark: markAfter(text, end),
    });
  }
  return found;
}

/** The words of a document's passages, read once for all that looks at them. */
export interface DocumentWords {
  /** The words that begin in a range. */
  within(from: number, to: number): Word[];
}

/** @param passages in reading order, not overlapping. */
export function documentWords(
  text: string,
  passages: readonly { readonly from: number; readonly to: number }[],
): DocumentWords {
  const words = passages.flatMap(({ from, to }) => wordsOf(text, from, to));
  const firstFrom = (offset: number): number => {
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle]!.from < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { within: (from, to) => words.slice(firstFrom(from), firstFrom(to)) };
}

/** The mark after a word, past a closing bracket or quotation mark; looks at six characters at most. */
function markAfter(text: string, end: number): string {
  const most = Math.min(text.length, end + 6);
  for (let at = end; at < most; at++) {
    const c = text[at]!;
    if (MARKS.includes(c)) return c;
    if (!PASSED.includes(c)) return "";
    if (c === " " || c === "\n") {
      const next = text[at + 1] ?? "";
      return "(—–".includes(next) ? next : "";
    }
  }
  return "";
}

const MARKS = ",;:.!?(—–…";
const PASSED = "'’)]\"” \n";
const PLAIN = /^[A-Za-z0-9]+$/;

/** The longest phrase that begins at word `i`, if its capitals fit. */
export function phraseAt(
  lexicon: Lexicon,
  words: readonly Word[],
  i: number,
  allow: (p: Phrase) => boolean,
): Phrase | null {
  const first = words[i]!;
  const list =
    lexicon.get(first.low) ??
    (first.low.includes("-") ? lexicon.get(first.low.replaceAll("-", " ")) : undefined);
  if (list === undefined) return null;
  for (const phrase of list) {
    if (!allow(phrase)) continue;
    const n = phrase.words.length;
    if (i + n > words.length) continue;
    let fits = true;
    for (let k = 1; k < n && fits; k++)
      fits = words[i + k]!.low === phrase.words[k] && !words[i + k - 1]!.mark;
    if (!fits) continue;
    if (phrase.acronym && first.text.replaceAll(".", "") !== first.text.replaceAll(".", "").toUpperCase())
      continue;
    const proper =
      phrase.use === "entity" ||
      phrase.use === "country" ||
      phrase.use === "demonym" ||
      phrase.use === "capital";
    if (proper && !first.capital) continue;
    return phrase;
  }
  return null;
}
