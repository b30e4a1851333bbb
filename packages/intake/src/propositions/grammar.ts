// SPDX-License-Identifier: MIT
import type { IntakeTables, TemplateRow } from "../tables/intake-tables.ts";

/** The voice a trigger word is read in. */
export type Voice = "active" | "passive" | "participle" | "state" | "noun";

export interface Trigger {
  readonly words: readonly string[];
  readonly voice: Voice;
  readonly template: TemplateRow;
}

/** Templates by the first word of their triggers, and the small words that steer them. */
export interface Grammar {
  readonly triggers: ReadonlyMap<string, readonly Trigger[]>;
  readonly is: (use: string, low: string) => boolean;
}

const grammars = new WeakMap<IntakeTables, Grammar>();

export function grammarOf(tables: IntakeTables): Grammar {
  const known = grammars.get(tables);
  if (known !== undefined) return known;
  const triggers = new Map<string, Trigger[]>();
  for (const template of tables.templates) {
    for (const voice of ["active", "passive", "participle", "state", "noun"] as const) {
      for (const phrase of template[voice] ?? []) {
        const words = phrase.toLowerCase().split(" ");
        const list = triggers.get(words[0]!) ?? [];
        list.push({ words, voice, template });
        triggers.set(words[0]!, list);
      }
    }
  }
  for (const list of triggers.values()) list.sort((a, b) => b.words.length - a.words.length);
  const uses = new Map<string, Set<string>>();
  for (const { use, words } of tables.reading) uses.set(use, new Set([...(uses.get(use) ?? []), ...words]));
  const made: Grammar = { triggers, is: (use, low) => uses.get(use)?.has(low) ?? false };
  grammars.set(tables, made);
  return made;
}
