// SPDX-License-Identifier: MIT
import { MONTHS } from "../documents/calendar.ts";
import type { Word } from "../names/lexicon.ts";
import type { NumberMention } from "../report.ts";

const WORDS: ReadonlyMap<string, number> = new Map([
  ["two", 2],
  ["three", 3],
  ["four", 4],
  ["five", 5],
  ["six", 6],
  ["seven", 7],
  ["eight", 8],
  ["nine", 9],
  ["ten", 10],
  ["eleven", 11],
  ["twelve", 12],
  ["dozen", 12],
  ["twenty", 20],
  ["thirty", 30],
  ["forty", 40],
  ["fifty", 50],
  ["hundred", 100],
]);
const SCALE: ReadonlyMap<string, number> = new Map([
  ["hundred", 100],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["bn", 1e9],
  ["m", 1e6],
]);
const MEASURE =
  /^(km|kilomet(er|re)s?|met(er|re)s?|miles?|kg|tonnes?|tons?|mbps|gbps|ghz|mhz|hours?|minutes?|days?|weeks?|months?|years?|degrees)$/;
const ABOUT = new Set([
  "some",
  "about",
  "around",
  "roughly",
  "nearly",
  "almost",
  "approximately",
  "over",
  "least",
  "than",
]);
const SMALL = new Set([
  "of",
  "the",
  "a",
  "an",
  "and",
  "in",
  "to",
  "for",
  "on",
  "at",
  "by",
  "from",
  "were",
  "was",
  "are",
  "is",
  "have",
  "has",
  "had",
]);

/** Numbers of a sentence with what they count. A year, a day of a date, and a number within a name are none. */
export function numbersIn(documentId: string, text: string, words: readonly Word[]): NumberMention[] {
  const found: NumberMention[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const ordinal = /^\d/.test(word.low) ? /^(\d{1,3})(?:st|nd|rd|th)$/.exec(word.low) : null;
    if (ordinal !== null && !isMonth(words[i + 1]) && !isMonth(words[i - 1])) {
      const named = words
        .slice(i + 1, i + 6)
        .filter((w, k, row) => w.capital && row.slice(0, k).every(b => b.capital));
      found.push({
        documentId,
        from: word.from,
        to: word.to,
        words: word.text,
        value: +ordinal[1]!,
        approximate: false,
        kind: "ordinal",
        of: named.map(w => w.text).join(" ") || null,
      });
      continue;
    }
    const value = numberOf(word.low);
    if (value === null || isDatePart(words, i, value)) continue;
    let last = i;
    let total = value;
    while (SCALE.has(words[last + 1]?.low ?? "") && words[last]!.mark === "")
      total *= SCALE.get(words[++last]!.low)!;
    const symbol = /[$€£₴₽]\s?$/.exec(text.slice(Math.max(0, word.from - 2), word.from))?.[0]?.trim();
    const next = words[last + 1];
    const percent =
      /^\s?%/.test(text.slice(words[last]!.to, words[last]!.to + 2)) ||
      /^(percent|per)$/.test(next?.low ?? "");
    const unit = next !== undefined && words[last]!.mark === "" && MEASURE.test(next.low);
    const kind =
      symbol !== undefined || /^(dollars?|euros?|pounds?|roubles?|rubles?|hryvnias?)$/.test(next?.low ?? "")
        ? "money"
        : percent
          ? "percent"
          : unit
            ? "measure"
            : "count";
    const of =
      kind === "money" ? (symbol ?? next!.text) : percent ? "%" : unit ? next.text : countedBy(words, last);
    if (kind === "count" && of === null) continue;
    found.push({
      documentId,
      from: word.from,
      to: words[last]!.to,
      words: text.slice(word.from, words[last]!.to),
      value: total,
      approximate: ABOUT.has(words[i - 1]?.low ?? ""),
      kind,
      of,
    });
    i = last;
  }
  return found;
}

function numberOf(low: string): number | null {
  const first = low.charCodeAt(0);
  if (first < 48 || first > 57) return WORDS.get(low) ?? null;
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(low) || /^\d{1,12}(\.\d+)?$/.test(low))
    return +low.replaceAll(",", "");
  return null;
}

function isMonth(word: Word | undefined): boolean {
  return word?.capital === true && MONTHS.some(m => m === word.low || m.slice(0, 3) === word.low);
}

function isDatePart(words: readonly Word[], i: number, value: number): boolean {
  const whole = Number.isInteger(value);
  if (whole && value <= 31 && (isMonth(words[i - 1]) || isMonth(words[i + 1]))) return true;
  return (
    whole &&
    value >= 1800 &&
    value <= 2200 &&
    words[i]!.text.length === 4 &&
    !/^\p{Ll}+s$/u.test(words[i + 1]?.text ?? "")
  );
}

/** The noun after a number: its last plural within four words. */
function countedBy(words: readonly Word[], last: number): string | null {
  let end = -1;
  for (let k = last + 1; k <= last + 5 && k < words.length && words[k - 1]!.mark === ""; k++) {
    if (k > last + 1 && SMALL.has(words[k]!.low)) break;
    if (SMALL.has(words[k]!.low) && words[k]!.low !== "of" && words[k]!.low !== "the") break;
    if (/s$/.test(words[k]!.low) && words[k]!.low.length > 3) end = k;
  }
  return end < 0
    ? null
    : words
        .slice(last + 1, end + 1)
        .map(w => w.text)
        .join(" ");
}
