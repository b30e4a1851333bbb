// SPDX-License-Identifier: MIT
import type { Stance } from "../model.ts";
import { PATTERN_FLAGS } from "../tables/pattern.ts";
import type { SpeechTable } from "./speech-table.ts";

/** A {@link SpeechTable} made ready for look-ups. */
export interface SpeechRules {
  readonly finite: ReadonlyMap<string, Stance>;
  readonly participle: ReadonlyMap<string, Stance>;
  readonly alsoNoun: ReadonlySet<string>;
  readonly role: ReadonlySet<string>;
  readonly epithet: ReadonlySet<string>;
  readonly organisation: ReadonlySet<string>;
  readonly utterance: ReadonlySet<string>;
  readonly channels: readonly (readonly [string, readonly RegExp[]])[];
  /** Any of the channels at once, tried first. */
  readonly anyChannel: RegExp;
  readonly qualifier: RegExp;
  /** By name in small letters. */
  readonly governments: ReadonlyMap<string, readonly string[]>;
  readonly demonyms: ReadonlyMap<string, readonly string[]>;
  readonly outlets: ReadonlySet<string>;
}

const prepared = new WeakMap<SpeechTable, SpeechRules>();

/** @throws SyntaxError where a table holds an expression that is none; tables are checked when they are loaded. */
export function speechRules(table: SpeechTable): SpeechRules {
  const known = prepared.get(table);
  if (known !== undefined) return known;
  const byWord = (lists: Readonly<Record<Stance, readonly string[]>>) => {
    const map = new Map<string, Stance>();
    for (const stance of ["asserts", "denies", "concedes", "asks", "declines"] as const)
      for (const word of lists[stance]) if (!map.has(word)) map.set(word, stance);
    return map;
  };
  const lowKeys = <T>(entries: Readonly<Record<string, T>>) =>
    new Map(Object.entries(entries).map(([name, value]) => [name.toLowerCase(), value]));
  const rules: SpeechRules = {
    finite: byWord(table.verbs),
    participle: byWord(table.participles),
    alsoNoun: new Set(table.alsoNouns),
    role: new Set(table.roles),
    epithet: new Set(table.epithets),
    organisation: new Set(table.organisations),
    utterance: new Set(table.utterances),
    channels: Object.entries(table.channels).map(([name, forms]) => [
      name,
      forms.map(f => new RegExp(f, PATTERN_FLAGS)),
    ]),
    anyChannel: new RegExp(Object.values(table.channels).flat().join("|") || "(?!)", PATTERN_FLAGS),
    qualifier: new RegExp(`\\b(?:${table.qualifiers.join("|") || "(?!)"})\\b`, PATTERN_FLAGS),
    governments: lowKeys(table.governments),
    demonyms: lowKeys(table.demonyms),
    outlets: new Set(table.outlets.map(name => name.toLowerCase())),
  };
  prepared.set(table, rules);
  return rules;
}
