// SPDX-License-Identifier: MIT
import {
  dayNumber,
  isoDate,
  isoOf,
  MONTHS,
  monthNumber,
  WEEKDAYS,
  weekdayOf,
} from "../documents/calendar.ts";
import type { DatedOn, TextRange } from "../model.ts";

/** A time named in a text. `date` is `null` where the words need a publication date and there is none. */
export interface DateMention extends TextRange {
  readonly words: string;
  readonly date: DatedOn | null;
}

/** `from` and `to` of the document's own date; day, month or year. */
type Anchor = DatedOn | null;

const MONTH = MONTHS.map(m => `${m}|${m.slice(0, 3)}${m === "september" ? "|sept" : ""}`)
  .join("|")
  .replace("may|may", "may");
const DAY = WEEKDAYS.join("|");
const COUNT: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};
const NUMBER = `\\d{1,3}|${Object.keys(COUNT).join("|")}`;

/** One form of a date in words. The first that matches at an offset is taken, so fuller forms stand first. */
interface Form {
  readonly pattern: RegExp;
  read(match: RegExpExecArray, anchor: Anchor): DatedOn | null;
}

const form = (source: string, read: Form["read"]): Form => ({
  pattern: new RegExp(`\\b(?:${source})\\b`, "giy"),
  read,
});

const FORMS: readonly Form[] = [
  form("(\\d{4})-(\\d{2})-(\\d{2})", m => day(isoDate(+m[1]!, +m[2]!, +m[3]!), `"${m[0]}" in full`)),
  form(`(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTH})\\.?,? (\\d{4})`, m =>
    day(isoDate(+m[3]!, monthNumber(m[2]!), +m[1]!), `"${m[0]}" in full`),
  ),
  form(`(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`, m =>
    day(isoDate(+m[3]!, monthNumber(m[1]!), +m[2]!), `"${m[0]}" in full`),
  ),
  form(
    `(?:(shortly|soon|just) after )?(?:(early|mid|late|the start of|the end of)[ -])?(?:in )?(${MONTH})\\.?,? (?:of )?(\\d{4})`,
    m => monthOf(+m[4]!, monthNumber(m[3]!), m[2], m[1] !== undefined, `"${m[0]}"`),
  ),
  form(
    `(?:(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?|(\\d{1,2})(?:st|nd|rd|th)? (${MONTH}))(?! ?\\d)`,
    (m, anchor) => {
      if (anchor === null) return null;
      const [month, date] = [monthNumber(m[1] ?? m[4]!), +(m[2] ?? m[3]!)];
      const year = +anchor.to.slice(0, 4);
      const this_ = isoDate(year, month, date);
      const iso = this_ !== null && this_ <= anchor.to ? this_ : isoDate(year - 1, month, date);
      return day(iso, `"${m[0]}": the latest one not after the document`);
    },
  ),
  form(`(?:in|since|during|by|until|last) (?:(early|mid|late)[ -])?(${MONTH})(?! ?\\d)`, (m, anchor) => {
    if (anchor === null || !/\p{Lu}/u.test(m[2]![0]!)) return null;
    const month = monthNumber(m[2]!);
    const year = +anchor.to.slice(0, 4);
    const started = isoDate(year, month, 1)!;
    // "last September", said in September or after, may mean either: the latest that is over.
    const inYear = started <= anchor.to ? year : year - 1;
    return monthOf(inYear, month, m[1], false, `"${m[0]}": the latest one begun when the document appeared,`);
  }),
  form(`(?:(last|this|next|on|late on|early on) )?(${DAY})`, (m, anchor) => {
    if (m[1]?.toLowerCase() === "next") return null;
    return weekdayNotAfter(m[2]!, anchor);
  }),
  form("today|tonight|this (?:morning|afternoon|evening)", (m, anchor) => fromAnchor(anchor, 0, m[0])),
  form("yesterday|last night|overnight", (m, anchor) =>
    fromAnchor(anchor, /overnight/i.test(m[0]) ? 0 : 1, m[0]),
  ),
  form("(last|this|the past) (week|month)|earlier (this) (week|month)", (m, anchor) => {
    if (anchor === null || anchor.precision !== "day") return null;
    const [which, unit] = [(m[1] ?? m[3]!).toLowerCase(), (m[2] ?? m[4]!).toLowerCase()];
    const at = dayNumber(anchor.to);
    if (unit === "week") {
      const monday = at - ((weekdayOf(at) + 6) % 7);
      return which === "this"
        ? span(isoOf(monday), anchor.to, "fuzzy", `"${m[0]}"`)
        : span(isoOf(monday - 7), isoOf(which === "last" ? monday - 1 : at), "fuzzy", `"${m[0]}"`);
    }
    const [year, month] = [+anchor.to.slice(0, 4), +anchor.to.slice(5, 7)];
    if (which === "this") return span(isoDate(year, month, 1)!, anchor.to, "fuzzy", `"${m[0]}"`);
    return monthOf(
      month === 1 ? year - 1 : year,
      month === 1 ? 12 : month - 1,
      undefined,
      false,
      `"${m[0]}"`,
    );
  }),
  form("(?:(?:earlier|later) )?(?:in )?(last|this|the previous|the) year", (m, anchor) => {
    const bare = /^the year$/i.test(m[0].replace(/^(earlier|later) (in )?/i, ""));
    if (anchor === null || (bare && !/^earlier/i.test(m[0]))) return null;
    const year = +anchor.to.slice(0, 4);
    if (/last|previous/i.test(m[1]!))
      return span(`${year - 1}-01-01`, `${year - 1}-12-31`, "year", `"${m[0]}" before ${year}`);
    return span(`${year}-01-01`, anchor.to, "fuzzy", `"${m[0]}" of ${year}`);
  }),
  form(`(${NUMBER}) (day|week|month|year)s? (?:ago|earlier)`, (m, anchor) => {
    if (anchor === null) return null;
    const count = COUNT[m[1]!.toLowerCase()] ?? +m[1]!;
    const days = { day: 1, week: 7, month: 30.44, year: 365.25 }[m[2]!.toLowerCase() as "day"];
    const at = dayNumber(anchor.to) - Math.round(count * days);
    if (days === 1 && anchor.precision === "day") return day(isoOf(at), `"${m[0]}"`);
    const slack = Math.round(days / 2);
    return span(
      isoOf(at - slack),
      isoOf(at + slack),
      "fuzzy",
      `"${m[0]}", give or take half a ${m[2]!.toLowerCase()}`,
    );
  }),
  form(
    "(?:(shortly|soon) after )?(?:in|since|of|by|during|until|from|early|mid|late|after|before)[ -](1[89]\\d\\d|20\\d\\d)",
    m => {
      const year = +m[2]!;
      if (/^after|^before/i.test(m[0])) return null;
      return span(`${year}-01-01`, `${year}-12-31`, "year", `"${m[0]}"`);
    },
  ),
];

/**
 * Times named in `text`, in order. In reported speech nothing lies ahead: a weekday is the latest one not after
 * the document, a month without a year the latest that had begun, and "last year" the year before the document's.
 * Words that need a publication date stay `null` without one.
 *
 * @param anchor the document's date of publication.
 * @param offset added to every range, for a text cut from a document.
 */
export function datesIn(text: string, anchor: DatedOn | null, offset = 0): DateMention[] {
  const found: DateMention[] = [];
  STARTS.lastIndex = 0;
  for (let start = STARTS.exec(text); start !== null; start = STARTS.exec(text)) {
    STARTS.lastIndex = start.index + 1;
    for (const { pattern, read } of FORMS) {
      pattern.lastIndex = start.index;
      const match = pattern.exec(text);
      if (match === null) continue;
      const to = match.index + match[0].length;
      found.push({ from: offset + match.index, to: offset + to, words: match[0], date: read(match, anchor) });
      STARTS.lastIndex = to;
      break;
    }
  }
  return found;
}

/** Where a date can begin at all: keeps the forms away from all other words. */
const STARTS = new RegExp(
  `\\b(?=\\d|(?:${MONTH}|${DAY}|early|mid|late|shortly|soon|just|last|this|today|tonight|yesterday|overnight|earlier|later)\\b` +
    `|next (?:${DAY})\\b|the (?:start|end|past|previous)\\b|in (?:last|this|the) |on (?:${DAY})\\b` +
    `|(?:in|since|during|by|until|of|from|after)[ -](?:[12]\\d{3}|early|mid|late|${MONTH})\\b` +
    `|(?:${Object.keys(COUNT).join("|")}) (?:day|week|month|year))`,
  "gi",
);

/**
 * The latest such weekday not after the document. A document known to a month or a year only gives `null`: any
 * week of it could be meant.
 */
export function weekdayNotAfter(name: string, anchor: DatedOn | null): DatedOn | null {
  if (anchor === null || dayNumber(anchor.to) - dayNumber(anchor.from) > 6) return null;
  const wanted = (WEEKDAYS as readonly string[]).indexOf(name.toLowerCase());
  if (wanted < 0) return null;
  const latest = (by: string): string => {
    const at = dayNumber(by);
    return isoOf(at - ((weekdayOf(at) - wanted + 7) % 7));
  };
  const [first, last] = [latest(anchor.from), latest(anchor.to)];
  if (first !== last)
    return span(first, last, "fuzzy", `"${name}" before a document of ${anchor.from} to ${anchor.to}`);
  return day(last, `"${name}": the latest one not after the document of ${anchor.to}`);
}

/** Whether two intervals share a day; what has no date overlaps everything. */
export function overlapInTime(a: DatedOn | null, b: DatedOn | null): boolean {
  return a === null || b === null || (a.from <= b.to && b.from <= a.to);
}

function fromAnchor(anchor: Anchor, daysBefore: number, words: string): DatedOn | null {
  if (anchor === null || anchor.precision !== "day") return null;
  return day(isoOf(dayNumber(anchor.to) - daysBefore), `"${words}" in a document of ${anchor.to}`);
}

function monthOf(
  year: number,
  month: number,
  part: string | undefined,
  after: boolean,
  words: string,
): DatedOn | null {
  const first = isoDate(year, month, 1);
  if (first === null) return null;
  const last = isoOf(dayNumber(month === 12 ? `${year + 1}-01-01` : isoDate(year, month + 1, 1)!) - 1);
  if (after) {
    const next = isoOf(dayNumber(last) + 31);
    return span(first, next, "fuzzy", `${words}: within about a month after`);
  }
  const low = part?.toLowerCase() ?? "";
  const at = (d: number): string => isoDate(year, month, d)!;
  if (/early|start/.test(low)) return span(first, at(10), "fuzzy", `${words}: its first ten days`);
  if (/mid/.test(low)) return span(at(10), at(20), "fuzzy", `${words}: its middle ten days`);
  if (/late|end/.test(low)) return span(at(20), last, "fuzzy", `${words}: from the 20th`);
  return span(first, last, "month", `${words} the whole month`);
}

function day(iso: string | null, why: string): DatedOn | null {
  return iso === null ? null : span(iso, iso, "day", why);
}

function span(from: string, to: string, precision: DatedOn["precision"], why: string): DatedOn {
  return { from, to, precision, why };
}
