// SPDX-License-Identifier: MIT
import { foldName, legalForms, nameParticles, skeletonOf, soundOf } from "./fold.ts";
import { editDistance, jaroWinkler } from "./similarity.ts";

/** A word of a name in the spellings that are compared. */
export interface NameToken {
  readonly text: string;
  readonly sound: string;
  readonly skeleton: string;
  /** Whether it was written in a script without short vowels, in which one letter is u, o and w. */
  readonly unvowelled: boolean;
  /** `form`: what an organisation is by law. `particle`: an article or "son of". `initial`: one letter. */
  readonly kind: "word" | "form" | "particle" | "initial";
}

/** The words of a name. */
export function tokensOf(name: string): readonly NameToken[] {
  const unvowelled = /[\u0620-\u064a]/.test(name);
  return foldName(name).map(text => tokenOf(text, unvowelled));
}

export function tokenOf(text: string, unvowelled = false): NameToken {
  const kind =
    text.length === 1
      ? "initial"
      : legalForms.has(text)
        ? "form"
        : nameParticles.has(text)
          ? "particle"
          : "word";
  return { text, sound: soundOf(text), skeleton: skeletonOf(text), unvowelled, kind };
}

/** Why two words are taken for one, in the words of a reason. */
export type TokenRule =
  | "sameWord"
  | "sameSound"
  | "sameConsonants"
  | "similarSpelling"
  | "initial"
  | "differ";

export interface TokenMatch {
  readonly rule: TokenRule;
  /** 0 to 1. */
  readonly similarity: number;
}

const differ: TokenMatch = { rule: "differ", similarity: 0 };
const sameWord: TokenMatch = { rule: "sameWord", similarity: 1 };
const sameSound: TokenMatch = { rule: "sameSound", similarity: 0.97 };
const initial: TokenMatch = { rule: "initial", similarity: 0.8 };

/** What words that may be one have in common at least: their consonants without v, which may stand for a vowel. */
export function recallKey({ skeleton }: NameToken): string {
  return skeleton.replace(/v/g, "");
}

/** Below this, two words that look alike are two words: Marko and Marta, Ivan and Iven. */
export const leastSimilarity = 0.87;

/** How alike two words are, and by which rule. */
export function matchTokens(ours: NameToken, theirs: NameToken): TokenMatch {
  if (ours.text === theirs.text) return sameWord;
  // An article is no short name: Ali is not al.
  if (ours.kind !== theirs.kind && ours.kind !== "initial" && theirs.kind !== "initial") return differ;
  if (ours.kind === "initial" || theirs.kind === "initial") {
    return ours.text[0] === theirs.text[0] || ours.sound[0] === theirs.sound[0] ? initial : differ;
  }
  if (/[0-9]/.test(ours.text) || /[0-9]/.test(theirs.text)) return differ;
  if (ours.sound === theirs.sound) return sameSound;
  if (ours.unvowelled !== theirs.unvowelled && recallKey(ours) === recallKey(theirs)) {
    if (recallKey(ours).length >= 3) return { rule: "sameConsonants", similarity: 0.9 };
  }
  const spelled = jaroWinkler(ours.sound, theirs.sound);
  if (ours.skeleton === theirs.skeleton && ours.skeleton.length >= 2) {
    // Equal consonants: other vowels are how one name is written in two languages, if not all of them are other.
    const similarity = ours.skeleton.length >= 3 ? 0.93 : 0.89;
    if (spelled >= 0.75) return { rule: "sameConsonants", similarity };
  }
  // A short word says little: one letter in four is another name.
  const least = Math.min(ours.sound.length, theirs.sound.length) <= 4 ? 0.93 : leastSimilarity;
  // Jaro–Winkler forgives an ending for a beginning; names of one family differ there.
  const slips = Math.max(1, Math.floor(Math.max(ours.sound.length, theirs.sound.length) / 6));
  return spelled >= least && editDistance(ours.sound, theirs.sound, slips) <= slips
    ? { rule: "similarSpelling", similarity: spelled * 0.97 }
    : differ;
}
