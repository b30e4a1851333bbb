// SPDX-License-Identifier: MIT
import { dayNumber, isoOf, WEEKDAYS, weekdayOf } from "../documents/calendar.ts";
import type { DatedOn, ReadDocument, Statement } from "../model.ts";
import { resolveSaidOn } from "../quotes/said-on.ts";
import type { QuoteGroup } from "./link-quotes.ts";

/** Reports follow what they report within weeks: enough to tell which year “last year” is, not which Monday. */
const FOLLOW_DAYS = 30;
const WEEKDAY = new RegExp(`\\b(?:${WEEKDAYS.join("|")})\\b`, "i");

/**
 * Dates what a document cannot date by itself. A document without a date that gives the same words as a dated
 * one, with the same day of the week, was printed within the six days after: all such days together bound it. The
 * first day of the bound is used, for reports are printed when their news is new; the bound is kept as its
 * interval. Statements without a day take that of the same words elsewhere.
 */
export function inferDates(
  documents: readonly ReadDocument[],
  statements: readonly Statement[],
  groups: readonly QuoteGroup[],
): { readonly statements: readonly Statement[]; readonly inferred: ReadonlyMap<string, DatedOn> } {
  const byId = new Map(statements.map(s => [s.id, s]));
  const known = new Map(documents.map(({ document, published }) => [document.id, published]));
  const inferred = new Map<string, DatedOn>();
  const bounds = new Map<string, { from: number; to: number; why: string }>();
  /** Days of groups that no member dates by itself. */
  const printed = new Map<readonly string[], string>();
  /** The newest day of what a document shares, where no day of the week ties it. */
  const newest = new Map<string, string>();
  for (const { members } of groups) {
    const all = members.map(id => byId.get(id)!);
    const day = dayOf(all) ?? dayInPrint(all, known);
    if (day === null) continue;
    if (dayOf(all) === null) printed.set(members, day);
    for (const id of members) {
      const s = byId.get(id)!;
      if (known.get(s.documentId) !== null) continue;
      if ((newest.get(s.documentId) ?? "") < day) newest.set(s.documentId, day);
      if (s.saidOnWords === null) continue;
      const weekday = WEEKDAYS.findIndex(name => s.saidOnWords!.toLowerCase().includes(name));
      const at = dayNumber(day);
      if (weekday < 0 || weekday !== weekdayOf(at)) continue;
      const bound = bounds.get(s.documentId);
      const why = `the same words as a statement of ${day}, “${s.saidOnWords}” here`;
      if (bound === undefined) bounds.set(s.documentId, { from: at, to: at + 6, why });
      else if (at <= bound.to && at + 6 >= bound.from)
        bounds.set(s.documentId, {
          from: Math.max(bound.from, at),
          to: Math.min(bound.to, at + 6),
          why: at > bound.from ? why : bound.why,
        });
    }
  }
  for (const [id, { from, to, why }] of bounds)
    inferred.set(id, { from: isoOf(from), to: isoOf(to), precision: "fuzzy", why });
  for (const [id, day] of newest)
    if (!inferred.has(id))
      inferred.set(id, {
        from: day,
        to: isoOf(dayNumber(day) + FOLLOW_DAYS),
        precision: "fuzzy",
        why: `it prints words said on ${day}`,
      });
  const redated = statements.map(s => {
    const published = inferred.get(s.documentId);
    if (published === undefined || s.saidOn !== null || s.saidOnWords === null) return s;
    // A day of the week needs a week that is known.
    const isWeek = dayNumber(published.to) - dayNumber(published.from) <= 6;
    const saidOn =
      isWeek || /\b(year|[a-z]+ber|january|february|march|april|june|july|august)\b/i.test(s.saidOnWords)
        ? resolveSaidOn(s.saidOnWords, published)
        : null;
    return saidOn === null
      ? s
      : { ...s, saidOn, why: [...s.why, `the document has no date: ${published.why}`] };
  });
  const again = new Map(redated.map(s => [s.id, s]));
  const groupDay = new Map<string, { day: string; speaker: Statement["speaker"] }>();
  for (const { members } of groups) {
    if (members.length < 2) continue;
    const all = members.map(id => again.get(id)!);
    const day = dayOf(all) ?? printed.get(members) ?? null;
    const speaker =
      all.find(({ speaker }) => speaker !== null && speaker.kind !== "unnamed")?.speaker ?? null;
    for (const id of members) groupDay.set(id, { day: day ?? "", speaker });
  }
  return {
    inferred,
    statements: redated.map(s => {
      const group = groupDay.get(s.id);
      if (group === undefined) return s;
      let next = s;
      if (s.saidOn === null && s.saidOnWords === null && group.day !== "")
        next = {
          ...next,
          saidOn: {
            from: group.day,
            to: group.day,
            precision: "day",
            why: "the same words are dated elsewhere",
          },
        };
      if (s.speaker === null && group.speaker !== null) {
        const { mention: _elsewhere, ...speaker } = group.speaker;
        next = { ...next, speaker, why: [...next.why, `${speaker.name} by the same words elsewhere`] };
      }
      return next;
    }),
  };
}

/**
 * The day of words that one document dates by a weekday and another, printed on a known day, has without: the
 * latest such weekday not after they were in print.
 */
function dayInPrint(
  members: readonly Statement[],
  known: ReadonlyMap<string, DatedOn | null>,
): string | null {
  const days = members
    .map(({ documentId }) => known.get(documentId))
    .filter(published => published?.precision === "day")
    .map(published => published!.from)
    .sort();
  const words = members.find(
    ({ saidOn, saidOnWords }) => saidOn === null && saidOnWords !== null && WEEKDAY.test(saidOnWords),
  )?.saidOnWords;
  if (days.length === 0 || words === undefined || words === null) return null;
  return (
    resolveSaidOn(words, { from: days[0]!, to: days[0]!, precision: "day", why: "in print" })?.from ?? null
  );
}

/** The day most members give; `null` where none does. Ties go to the earliest. */
function dayOf(members: readonly Statement[]): string | null {
  const counts = new Map<string, number>();
  for (const { saidOn } of members)
    if (saidOn?.precision === "day") counts.set(saidOn.from, (counts.get(saidOn.from) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null;
}
