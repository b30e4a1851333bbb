// SPDX-License-Identifier: MIT
import type { MatchReason } from "../screening.ts";
import { matchTokens, type NameToken, type TokenRule } from "./tokens.ts";

/** How much a word tells: rare ones much, common ones less, legal forms and particles hardly anything. */
export type TokenWeight = (token: NameToken) => number;

/** Weights without a list: every word alike. */
export const evenWeight: TokenWeight = ({ kind }) => kindWeight[kind];

export const kindWeight: { readonly [K in NameToken["kind"]]: number } = {
  word: 1,
  initial: 0.5,
  particle: 0.1,
  form: 0.08,
};

export interface NameScore {
  /** 0 to 1. */
  readonly score: number;
  readonly reasons: readonly MatchReason[];
}

const none: NameScore = { score: 0, reasons: [] };

/** Names of fewer than this many telling words match only whole: a single shared word is no name. */
const wordsOfAName = 2;

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly rule: TokenRule;
  readonly similarity: number;
  readonly weight: number;
}

/**
 * How alike two names are, word by word in any order: the weights of the words that found each other, each times its
 * similarity, over the weights of all words. What only one side has counts half where the other side is a name of at
 * least two words without it: middle names and patronymics come and go.
 */
export function scoreNames(
  ours: readonly NameToken[],
  theirs: readonly NameToken[],
  weightOf: TokenWeight = evenWeight,
): NameScore {
  const pairs: Pair[] = [];
  for (const [i, a] of ours.entries()) {
    for (const [j, b] of theirs.entries()) {
      const { rule, similarity } = matchTokens(a, b);
      if (rule === "differ") continue;
      pairs.push({ i, j, rule, similarity, weight: (weightOf(a) + weightOf(b)) / 2 });
    }
  }
  const joined = joinedPairs(ours, theirs, weightOf);
  // The best first; of equals the heavier, then what stands nearer the beginning, so that the answer is one.
  const found = [...joined, ...pairs].sort(
    (x, y) => y.similarity - x.similarity || y.weight - x.weight || x.i + x.j - y.i - y.j || x.i - y.i,
  );
  const freeOurs = new Set(ours.keys());
  const freeTheirs = new Set(theirs.keys());
  let matched = 0;
  let matchedWords = 0;
  const chosen: (Pair & { readonly ours: string; readonly theirs: string })[] = [];
  for (const pair of found) {
    const { i, j } = pair;
    const left = "span" in pair && pair.span === "ours" ? [i, i + 1] : [i];
    const right = "span" in pair && pair.span === "theirs" ? [j, j + 1] : [j];
    if (!left.every(at => freeOurs.has(at)) || !right.every(at => freeTheirs.has(at))) continue;
    for (const at of left) freeOurs.delete(at);
    for (const at of right) freeTheirs.delete(at);
    matched += 2 * pair.weight * pair.similarity;
    if (pair.rule !== "initial" && ours[i]!.kind === "word")
      matchedWords += Math.max(left.length, right.length);
    chosen.push({
      ...pair,
      ours: left.map(at => ours[at]!.text).join(" "),
      theirs: right.map(at => theirs[at]!.text).join(" "),
    });
  }
  if (chosen.length === 0) return none;
  const whole = chosen.reduce((sum, { weight }) => sum + 2 * weight, 0);
  const restOurs = sumOf(ours, freeOurs, weightOf);
  const restTheirs = sumOf(theirs, freeTheirs, weightOf);
  const isName = matchedWords >= wordsOfAName;
  // Words that both sides have left over say that these are two names; words of one side only may be a fuller form.
  const rest =
    isName && Math.min(restOurs, restTheirs) < 0.2 ? 0.5 * (restOurs + restTheirs) : restOurs + restTheirs;
  const total = whole + rest;
  return {
    score: Math.min(1, matched / total),
    reasons: chosen.map(({ rule, ours: a, theirs: b, weight, similarity }) => ({
      rule,
      ours: a,
      theirs: b,
      weight: (2 * weight * similarity) / total,
    })),
  };
}

/** Two words of one side that are one word of the other: `Abdul Rahman` and `Abdulrahman`. */
function joinedPairs(
  ours: readonly NameToken[],
  theirs: readonly NameToken[],
  weightOf: TokenWeight,
): readonly (Pair & { readonly span: "ours" | "theirs" })[] {
  const pairs: (Pair & { readonly span: "ours" | "theirs" })[] = [];
  const look = (two: readonly NameToken[], one: readonly NameToken[], span: "ours" | "theirs"): void => {
    for (let at = 0; at + 1 < two.length; at++) {
      const text = two[at]!.text + two[at + 1]!.text;
      const sound = two[at]!.sound + two[at + 1]!.sound;
      for (const [k, single] of one.entries()) {
        if (single.text.length < 5) continue;
        const same = single.text === text;
        if (!same && single.sound !== sound) continue;
        const weight = (weightOf(two[at]!) + weightOf(two[at + 1]!) + weightOf(single)) / 2;
        const ends = span === "ours" ? { i: at, j: k } : { i: k, j: at };
        pairs.push({
          ...ends,
          span,
          rule: same ? "sameWord" : "sameSound",
          similarity: same ? 0.99 : 0.96,
          weight,
        });
      }
    }
  };
  look(ours, theirs, "ours");
  look(theirs, ours, "theirs");
  return pairs;
}

function sumOf(tokens: readonly NameToken[], free: ReadonlySet<number>, weightOf: TokenWeight): number {
  let sum = 0;
  for (const at of free) sum += weightOf(tokens[at]!);
  return sum;
}
