// SPDX-License-Identifier: MIT
import type { Speaker } from "../model.ts";
import { speechRules } from "../quotes/speech-rules.ts";
import { type SpeechTable, speechTable } from "../quotes/speech-table.ts";

type Languages = ReadonlyMap<string, readonly string[]>;
const longNames = new WeakMap<Languages, [name: string, languages: readonly string[]][]>();

/** Names of more than one word, which no word by itself tells. */
function longNamesOf(governments: Languages): readonly [name: string, languages: readonly string[]][] {
  let names = longNames.get(governments);
  if (names === undefined) {
    names = [...governments].filter(([name]) => name.includes(" "));
    longNames.set(governments, names);
  }
  return names;
}

/**
 * The languages in which the holder of an office speaks in public, by the country or seat that role and name
 * mention; empty where they mention none. It is a presumption: it may excuse two wordings as two translations,
 * and proves nothing.
 */
export function officeLanguagesOf(speaker: Speaker, speech: SpeechTable = speechTable): readonly string[] {
  const { governments, demonyms } = speechRules(speech);
  for (const words of [speaker.role ?? "", speaker.name]) {
    const low = words.toLowerCase().replace(/['’]s?\b/g, "");
    for (const word of low.split(/[^\p{L}.]+/u)) {
      const languages = demonyms.get(word) ?? governments.get(word);
      if (languages !== undefined) return languages;
    }
    if (!low.includes(" ")) continue;
    for (const [name, languages] of longNamesOf(governments)) if (low.includes(name)) return languages;
  }
  return [];
}
