// SPDX-License-Identifier: MIT
import { kindWeight, scoreNames, type TokenWeight } from "./names/score.ts";
import { matchTokens, type NameToken, recallKey, tokensOf } from "./names/tokens.ts";
import type { ScreeningCandidate } from "./screening.ts";
import type { ScreeningList } from "./screening-list.ts";

/** Candidates from this score on are shown; on the pairs of `names.test.ts` nearly every same name is above. */
export const defaultThreshold = 0.8;
/** At most so many, the best first. */
export const mostCandidates = 50;

/** Names that go through the exact comparison, at most: the others share less with what is asked. */
const mostScored = 1500;

/** A list that finds names like a given one without comparing all. */
export interface NameIndex {
  readonly list: ScreeningList;
  /** Candidates for any of these names, the best first; each entry once. */
  search(names: readonly string[], threshold?: number): readonly ScreeningCandidate[];
}

/**
 * Indexes a list. A search has two stages. Recall: every word of the list that shares its consonants or half of its
 * trigrams with a word asked for, then the names that have such words. Score: {@link scoreNames} of those, with words
 * weighed by how few names of the list have them.
 */
export function indexNames(list: ScreeningList): NameIndex {
  const names: { readonly entry: number; readonly tokens: readonly NameToken[]; readonly text: string }[] =
    [];
  const words = new Map<string, number>();
  const tokens: NameToken[] = [];
  const postings: number[][] = [];
  const bySkeleton = new Map<string, number[]>();
  const byTrigram = new Map<string, number[]>();
  const trigramCount: number[] = [];
  for (const [entry, { names: spelled }] of list.entries.entries()) {
    for (const text of spelled) {
      const own = tokensOf(text);
      const nameAt = names.push({ entry, tokens: own, text }) - 1;
      for (const [word, token] of new Map(own.map(each => [keyOf(each), each]))) {
        let at = words.get(word);
        if (at === undefined) {
          at = tokens.push(token) - 1;
          words.set(word, at);
          postings.push([]);
          push(bySkeleton, recallKey(token), at);
          const grams = trigramsOf(token.sound);
          trigramCount.push(grams.size);
          for (const gram of grams) push(byTrigram, gram, at);
        }
        postings[at]!.push(nameAt);
      }
    }
  }
  const total = Math.max(1, names.length);
  const weightOf: TokenWeight = token => {
    const { kind } = token;
    const at = words.get(keyOf(token));
    const having = at === undefined ? 1 : postings[at]!.length;
    return kindWeight[kind] * (0.4 + (0.6 * Math.log(1 + total / having)) / Math.log(1 + total));
  };
  const shared = new Uint16Array(tokens.length);
  const gain = new Float32Array(names.length);

  /** Words of the list that may be this word. */
  const similarWords = (token: NameToken): readonly number[] => {
    if (token.kind === "form" || token.kind === "particle") return [];
    if (token.kind === "initial") return [];
    const found = new Set(bySkeleton.get(recallKey(token)) ?? []);
    const grams = trigramsOf(token.sound);
    const touched: number[] = [];
    for (const gram of grams) {
      for (const at of byTrigram.get(gram) ?? []) {
        if (shared[at]! === 0) touched.push(at);
        shared[at] = shared[at]! + 1;
      }
    }
    for (const at of touched) {
      if (shared[at]! * 4 >= Math.min(grams.size, trigramCount[at]!) * 2) found.add(at);
      shared[at] = 0;
    }
    return [...found].filter(at => matchTokens(token, tokens[at]!).rule !== "differ");
  };

  const searchOne = (
    asked: readonly NameToken[],
    threshold: number,
    best: Map<number, ScreeningCandidate>,
  ): void => {
    const touched: number[] = [];
    for (const token of asked) {
      const seen = new Set<number>();
      for (const at of similarWords(token)) {
        const weight = weightOf(tokens[at]!);
        for (const nameAt of postings[at]!) {
          if (seen.has(nameAt)) continue;
          seen.add(nameAt);
          if (gain[nameAt]! === 0) touched.push(nameAt);
          gain[nameAt] = gain[nameAt]! + weight;
        }
      }
    }
    // Two words joined on the other side are found by the joined word.
    for (let i = 0; i + 1 < asked.length; i++) {
      const joined = words.get(keyOf({ ...asked[i]!, text: asked[i]!.text + asked[i + 1]!.text }));
      for (const nameAt of joined === undefined ? [] : postings[joined]!) {
        if (gain[nameAt]! === 0) touched.push(nameAt);
        gain[nameAt] = gain[nameAt]! + 1;
      }
    }
    touched.sort((a, b) => gain[b]! - gain[a]! || a - b);
    const scored = touched.slice(0, mostScored);
    for (const nameAt of touched) gain[nameAt] = 0;
    for (const nameAt of scored) {
      const { entry, tokens: theirs, text } = names[nameAt]!;
      const { score, reasons } = scoreNames(asked, theirs, weightOf);
      if (score < threshold || score <= (best.get(entry)?.score ?? 0)) continue;
      best.set(entry, { listEntryId: list.entries[entry]!.id, name: text, score, reasons });
    }
  };

  return {
    list,
    search(asked, threshold = defaultThreshold) {
      const best = new Map<number, ScreeningCandidate>();
      for (const name of asked) searchOne(tokensOf(name), threshold, best);
      return [...best.entries()]
        .sort(([i, a], [j, b]) => b.score - a.score || i - j)
        .slice(0, mostCandidates)
        .map(([, candidate]) => candidate);
    },
  };
}

/** One spelling in two scripts is two words: they are compared otherwise. */
function keyOf({ text, unvowelled }: NameToken): string {
  return unvowelled ? `${text}*` : text;
}

function trigramsOf(word: string): ReadonlySet<string> {
  const padded = `  ${word} `;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i++) grams.add(padded.slice(i, i + 3));
  return grams;
}

function push(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else list.push(at);
}
