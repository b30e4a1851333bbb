// SPDX-License-Identifier: MIT
// How English news says that somebody said something: the rows of `tables/speech.json` by use.
import type { Stance } from "../model.ts";
import { type SpeechRow, shippedTables } from "../tables/intake-tables.ts";

/** Words of attribution. Every list can be extended by a table file; words are in small letters. */
export interface SpeechTable {
  /** Finite forms of verbs of speech, by what they say the speaker does. */
  readonly verbs: Readonly<Record<Stance, readonly string[]>>;
  /** Forms in -ing, and bare forms after “to”: they take the subject of the verb before them. */
  readonly participles: Readonly<Record<Stance, readonly string[]>>;
  /** Forms that are nouns too: verbs only after a name, a pronoun or a plural, and before content. */
  readonly alsoNouns: readonly string[];
  /** What a person may be called before or after the name. */
  readonly roles: readonly string[];
  /** Words that stand for a person already named. */
  readonly epithets: readonly string[];
  /** Last or inner words of an organisation's name. */
  readonly organisations: readonly string[];
  /** Documents and posts that speak for whoever issued them. */
  readonly utterances: readonly string[];
  /** How a thing was said: canonical name to the expressions for it, matched in the sentence outside the quotes. */
  readonly channels: Readonly<Record<string, readonly string[]>>;
  /** Reserves of the speaker or the reporter. */
  readonly qualifiers: readonly string[];
  /** Seats and capitals that stand for a government, and countries: name to the languages of their officials. */
  readonly governments: Readonly<Record<string, readonly string[]>>;
  /** Adjectives of countries to the languages of their officials. */
  readonly demonyms: Readonly<Record<string, readonly string[]>>;
  /** Newspapers, broadcasters and sites that print other people's words. */
  readonly outlets: readonly string[];
}

const made = new WeakMap<readonly SpeechRow[], SpeechTable>();

/** The table that rows of `speech.json` make. */
export function speechTableOf(rows: readonly SpeechRow[]): SpeechTable {
  const known = made.get(rows);
  if (known !== undefined) return known;
  const of = (use: SpeechRow["use"]) => rows.filter(row => row.use === use);
  const wordsOf = (use: SpeechRow["use"]) => of(use).flatMap(row => row.words ?? []);
  const byStance = (use: "verb" | "participle") => {
    const lists: Record<Stance, string[]> = { asserts: [], denies: [], concedes: [], asks: [], declines: [] };
    for (const { stance, words } of of(use)) if (stance !== undefined) lists[stance].push(...(words ?? []));
    return lists;
  };
  const tongues = (use: "government" | "demonym") => {
    const found: Record<string, readonly string[]> = Object.create(null);
    for (const { words, languages } of of(use))
      for (const word of words ?? []) found[word] ??= languages ?? [];
    return found;
  };
  const channels: Record<string, string[]> = Object.create(null);
  for (const { name, patterns } of of("channel"))
    if (name !== undefined) channels[name] = [...(channels[name] ?? []), ...(patterns ?? [])];
  const table: SpeechTable = {
    verbs: byStance("verb"),
    participles: byStance("participle"),
    alsoNouns: wordsOf("alsoNoun"),
    roles: wordsOf("role"),
    epithets: wordsOf("epithet"),
    organisations: wordsOf("organisation"),
    utterances: wordsOf("utterance"),
    channels,
    qualifiers: of("qualifier").flatMap(row => row.patterns ?? []),
    governments: tongues("government"),
    demonyms: tongues("demonym"),
    outlets: wordsOf("outlet"),
  };
  made.set(rows, table);
  return table;
}

/** The shipped one. */
export const speechTable: SpeechTable = speechTableOf(shippedTables().speech);
