// SPDX-License-Identifier: MIT
import {
  dayNumber,
  isoDate,
  isoOf,
  MONTHS,
  monthNumber,
  onDay,
  printedDate,
  WEEKDAYS,
  weekdayOf,
} from "../documents/calendar.ts";
import type { DatedOn } from "../model.ts";

const MONTH = MONTHS.join("|");
const SHORT_MONTH = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec";
const EXPRESSION = new RegExp(
  `\\b(?:(?:on |by |late |early |since )?(?:last |this |next )?(?:${WEEKDAYS.join("|")})(?:,? (?:${MONTH}|${SHORT_MONTH})\\.? \\d{1,2}\\b(?:,? \\d{4}\\b)?)?` +
    `|(?:on )?\\d{4}-\\d{2}-\\d{2}` +
    `|(?:on )?(?:${MONTH}|${SHORT_MONTH})\\.? \\d{1,2}\\b(?:,? \\d{4}\\b)?` +
    `|(?:on )?(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTH}|${SHORT_MONTH})\\b(?:,? \\d{4}\\b)?` +
    `|(?:in |since |last |during |late |earlier in )?(?:early |mid-|late )?(?:${MONTH})(?: (?:of )?\\d{4}| of (?:last|this) year| last year)?\\b` +
    `|(?:earlier |later )?(?:in the|this) (?:year|month|week)|last (?:year|month|week)|yesterday|today|earlier on the day|in \\d{4})`,
  "gi",
);
const FUZZ = { early: [1, 10], "mid-": [11, 20], late: [21, 31] } as const;

/** The words that date an attribution: the expression nearest to its verb. `at` counts in `zone`. */
export function datingWords(zone: string, at: number): string | null {
  let best: string | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const found of zone.matchAll(EXPRESSION)) {
    const words = found[0].trim();
    // "may" and "march" without a day are verbs more often than months, unless they carry a capital and "in".
    if (/^(may|march)$/i.test(words)) continue;
    const d = found.index > at ? found.index - at : at - found.index - found[0].length;
    if (d < distance) {
      best = words;
      distance = d;
    }
  }
  return best;
}

/**
 * The date of reported speech. A weekday is the latest one not after the document: news reports what was said,
 * so never a day to come. A month without a year likewise. Nothing is dated where the document is not.
 */
export function resolveSaidOn(words: string, published: DatedOn | null): DatedOn | null {
  const low = words.toLowerCase();
  const full = printedDate(words);
  if (full !== null) return onDay(full.iso, `“${words}”`);
  const year = /\b(\d{4})\b/.exec(low)?.[1];
  const dayFirst = /\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})/.exec(low);
  const monthFirst = /\b([a-z]{3,9})\.? (\d{1,2})(?!\d)/.exec(low);
  const month = monthNumber(dayFirst?.[2] ?? "") || monthNumber(monthFirst?.[1] ?? "");
  const day = monthNumber(dayFirst?.[2] ?? "") > 0 ? Number(dayFirst?.[1]) : Number(monthFirst?.[2] ?? 0);
  const anchor = published === null ? null : dayNumber(published.from);
  if (month > 0 && day > 0) {
    const years =
      year !== undefined ? [Number(year)] : anchor === null ? [] : [yearOf(anchor), yearOf(anchor) - 1];
    for (const y of years) {
      const iso = isoDate(y, month, day);
      if (iso !== null && (year !== undefined || anchor === null || dayNumber(iso) <= anchor))
        return onDay(
          iso,
          year !== undefined ? `“${words}”` : `“${words}”: the latest not after ${published!.from}`,
        );
    }
    return null;
  }
  const named = new RegExp(`(early |mid-|late )?\\b(${MONTH})\\b`).exec(low);
  if (named !== null) {
    const m = monthNumber(named[2]!);
    const lastYear = /last year/.test(low);
    let y: number;
    if (year !== undefined) y = Number(year);
    else if (anchor === null) return null;
    else {
      y = yearOf(anchor) - (lastYear ? 1 : 0);
      if (!lastYear && isoDate(y, m, 1)! > isoOf(anchor)) y--;
    }
    return monthPart(y, m, named[1]?.trim(), words);
  }
  if (year !== undefined)
    return { from: `${year}-01-01`, to: `${year}-12-31`, precision: "year", why: `“${words}”` };
  if (anchor === null || published === null) return null;
  const weekday = WEEKDAYS.findIndex(name => low.includes(name));
  if (weekday >= 0) {
    if (low.includes("next")) return null;
    const back = (weekdayOf(anchor) - weekday + 7) % 7;
    return onDay(
      isoOf(anchor - back),
      `“${words}”: the latest ${WEEKDAYS[weekday]} not after ${published.from}`,
    );
  }
  const y = yearOf(anchor);
  const why = `“${words}”, seen from ${published.from}`;
  if (/yesterday/.test(low)) return onDay(isoOf(anchor - 1), why);
  if (/today|on the day/.test(low)) return onDay(isoOf(anchor), why);
  if (/last year/.test(low)) return { from: `${y - 1}-01-01`, to: `${y - 1}-12-31`, precision: "year", why };
  if (/year/.test(low)) return { from: `${y}-01-01`, to: isoOf(anchor), precision: "fuzzy", why };
  if (/last week/.test(low)) {
    const monday = anchor - ((weekdayOf(anchor) + 6) % 7) - 7;
    return { from: isoOf(monday), to: isoOf(monday + 6), precision: "fuzzy", why };
  }
  if (/week/.test(low))
    return {
      from: isoOf(anchor - ((weekdayOf(anchor) + 6) % 7)),
      to: isoOf(anchor),
      precision: "fuzzy",
      why,
    };
  const first = isoOf(anchor).slice(0, 8);
  if (/last month/.test(low)) {
    const before = isoOf(dayNumber(`${first}01`) - 1);
    return { from: `${before.slice(0, 8)}01`, to: before, precision: "month", why };
  }
  if (/month/.test(low)) return { from: `${first}01`, to: isoOf(anchor), precision: "fuzzy", why };
  return null;
}

function yearOf(day: number): number {
  return Number(isoOf(day).slice(0, 4));
}

function monthPart(year: number, month: number, part: string | undefined, words: string): DatedOn {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const [first, last] = part === undefined ? [1, length] : FUZZ[part as keyof typeof FUZZ];
  return {
    from: isoDate(year, month, first)!,
    to: isoDate(year, month, Math.min(last, length))!,
    precision: part === undefined ? "month" : "fuzzy",
    why: `“${words}”`,
  };
}
