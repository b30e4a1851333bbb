// SPDX-License-Identifier: MIT
import type { Speaker } from "../model.ts";
import { speechRules } from "../quotes/speech-rules.ts";
import { speechTable } from "../quotes/speech-table.ts";

/**
 * The languages in which the holder of an office speaks in public, by the country or seat that role and name
 * mention; empty where they mention none. It is a presumption: it may excuse two wordings as two translations,
 * and proves nothing.
 */
export function officeLanguagesOf(speaker: Speaker): readonly string[] {
  const { governments, demonyms } = speechRules(speechTable);
  for (const words of [speaker.role ?? "", speaker.name]) {
    const low = words.toLowerCase().replace(/['’]s?\b/g, "");
    for (const word of low.split(/[^\p{L}.]+/u)) {
      const languages = demonyms.get(word) ?? governments.get(word);
      if (languages !== undefined) return languages;
    }
    for (const [name, languages] of governments)
      if (name.includes(" ") && low.includes(name)) return languages;
  }
  return [];
}
