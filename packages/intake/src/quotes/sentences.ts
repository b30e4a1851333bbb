// SPDX-License-Identifier: MIT
import type { TextRange } from "../model.ts";

/** Words whose full stop ends no sentence. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  "mr mrs ms dr prof gen col lt maj capt cmdr adm sgt sen rep gov pres st no nos vs etc inc ltd co corp jr sr rev hon approx dept est fig jan feb mar apr jun jul aug sep sept oct nov dec mt ft brig supt insp e.g i.e a.m p.m u.s u.k u.n e.u".split(
    " ",
  ),
);
const ENDS = new Set([".", "!", "?", "…"]);
const CLOSERS = new Set(['"', "”", "’", "'", "»", ")", "]", "›", "“"]);

/** Whether the stop at `at` is one of an abbreviation, an initial or a number. */
function isInnerStop(text: string, at: number, from: number): boolean {
  if (text[at] !== ".") return false;
  const next = text[at + 1] ?? " ";
  if (/[\p{L}\p{N}]/u.test(next)) return true;
  let start = at;
  while (start > from && at - start < 12 && /[\p{L}.]/u.test(text[start - 1]!)) start--;
  const word = text.slice(start, at).toLowerCase();
  if (ABBREVIATIONS.has(word)) {
    // "in the U.S. The minister": an abbreviation of more than one stop may also end the sentence.
    return !(
      word.includes(".") && /^\.\s+(The|A|An|He|She|It|They|In|On|But)\b/.test(text.slice(at, at + 12))
    );
  }
  return /^\p{L}$/u.test(word) && /\p{Lu}/u.test(text[start] ?? "") && word !== "i" && word !== "x";
}

/**
 * Sentences of a range, in order, without the white space between them. Ends: a full stop, question or
 * exclamation mark, or ellipsis, with its closing marks, before white space and a beginning. `isOpaque` marks
 * offsets at which no sentence may end (the inside of a quotation).
 */
export function sentencesOf(
  text: string,
  range: TextRange,
  isOpaque: (at: number) => boolean = () => false,
): TextRange[] {
  const found: TextRange[] = [];
  let from = skipSpace(text, range.from, range.to);
  let at = from;
  while (at < range.to) {
    if (!ENDS.has(text[at]!) || isOpaque(at)) {
      at++;
      continue;
    }
    if (isInnerStop(text, at, from)) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < range.to && (ENDS.has(text[end]!) || CLOSERS.has(text[end]!))) end++;
    const next = skipSpace(text, end, range.to);
    const beginning = text[next];
    const ended =
      next >= range.to ||
      (next > end && beginning !== undefined && /[\p{Lu}\p{N}"“‘'«„([•-]/u.test(beginning)) ||
      // A caption or a sentence glued on, as pages without spaces do: "…Moscow now controls.Russia says".
      (next === end && beginning !== undefined && /[(]/.test(beginning) && next < range.to);
    if (ended && !isOpaque(end - 1)) {
      found.push({ from, to: end });
      from = next;
    }
    at = Math.max(end, at + 1);
  }
  if (from < range.to) {
    let to = range.to;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    if (to > from) found.push({ from, to });
  }
  return found;
}

export function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && /\s/.test(text[at]!)) at++;
  return at;
}
