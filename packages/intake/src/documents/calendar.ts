// SPDX-License-Identifier: MIT
// Days as numbers and as ISO dates, and dates as pages print them.
import type { DatedOn } from "../model.ts";

const DAY_MS = 86_400_000;
export const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;
export const WEEKDAYS = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
] as const;

/**
 * Days since 1970-01-01 of an ISO date `YYYY-MM-DD` of the proleptic Gregorian calendar, without the cost of a
 * date object: years from March, so that the leap day is the last (Fliegel and Van Flandern, CACM 11 (1968) 657).
 */
export function dayNumber(iso: string): number {
  const month = digits(iso, 5, 7);
  const year = digits(iso, 0, 4) - (month <= 2 ? 1 : 0);
  const fromMarch = (month + 9) % 12;
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return 365 * year + leaps + Math.floor((153 * fromMarch + 2) / 5) + digits(iso, 8, 10) - 719_469;
}

function digits(iso: string, from: number, to: number): number {
  let n = 0;
  for (let at = from; at < to; at++) n = 10 * n + iso.charCodeAt(at) - 48;
  return n;
}

export function isoOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The ISO date of year, month (1-12) and day; `null` where the calendar has no such day. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 ? at.toISOString().slice(0, 10) : null;
}

/** 1-12 for a month's name or abbreviation, else 0. */
export function monthNumber(word: string): number {
  const low = word.toLowerCase().replace(/\.$/, "");
  if (low.length < 3) return 0;
  return MONTHS.findIndex(month => month === low || (low.length <= 4 && month.startsWith(low))) + 1;
}

const MONTH_WORD =
  "(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\\.?";
const FORMS: readonly [RegExp, (m: RegExpExecArray) => string | null][] = [
  [/\b(\d{4})-(\d{2})-(\d{2})(?!\d)/, m => isoDate(+m[1]!, +m[2]!, +m[3]!)],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH_WORD},? (\\d{4})\\b`, "i"),
    m => isoDate(+m[3]!, monthNumber(m[2]!), +m[1]!),
  ],
  [
    new RegExp(`\\b${MONTH_WORD} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, "i"),
    m => isoDate(+m[3]!, monthNumber(m[1]!), +m[2]!),
  ],
  [/\b(\d{4})\/(\d{2})\/(\d{2})(?!\d)/, m => isoDate(+m[1]!, +m[2]!, +m[3]!)],
  // Numbers alone are read only where one of them can be no month.
  [/\b(1[3-9]|2\d|3[01])[./](0?[1-9]|1[0-2])[./](\d{4})\b/, m => isoDate(+m[3]!, +m[2]!, +m[1]!)],
  [/\b(0?[1-9]|1[0-2])\/(1[3-9]|2\d|3[01])\/(\d{4})\b/, m => isoDate(+m[3]!, +m[1]!, +m[2]!)],
];

/** A full date in a short text, with where it stands. The text is a line, never a document. */
export function printedDate(line: string): { iso: string; from: number; to: number } | null {
  const head = line.slice(0, 300);
  if (!/\d{4}/.test(head)) return null;
  for (const [form, read] of FORMS) {
    const match = form.exec(head);
    const iso = match === null ? null : read(match);
    if (match !== null && iso !== null) return { iso, from: match.index, to: match.index + match[0].length };
  }
  return null;
}

export function onDay(iso: string, why: string): DatedOn {
  return { from: iso, to: iso, precision: "day", why };
}
