// SPDX-License-Identifier: MIT
import { isoDate, monthNumber, printedDate } from "./calendar.ts";

/** The beginning of a paragraph that says where, when and by whom a report was filed. */
export interface Dateline {
  /** Length of it, with its dash. */
  readonly length: number;
  readonly place: string | null;
  readonly agency: string | null;
  /** ISO date, or month and day where it names no year. */
  readonly iso: string | null;
  readonly monthDay: { readonly month: number; readonly day: number } | null;
}

const CAPITALS = "\\p{Lu}[\\p{Lu}'’.]+(?:[ -][\\p{Lu}'’.]+){0,3}";
const TAIL = "(?:, \\p{Lu}[\\p{L}. ]{1,24}){0,2}";
const DAY = "(?:,? (?:\\p{Lu}\\p{Ll}{2,8}\\.? \\d{1,2}|\\d{1,2} \\p{Lu}\\p{Ll}{2,8}\\.?)(?:,? \\d{4})?)?";
const AGENCY = "(?:\\s*[(/]\\s*([^)\\n]{2,60})\\))?";
const DASH = "\\s*(?:-{1,2}|–|—|:)\\s+";
/** `OSLO (Agency) - `, `OSLO, Norway: `, `OSLO, March 3 (Agency) — `. */
const PLACE_FIRST = new RegExp(`^(${CAPITALS}${TAIL})(${DAY})${AGENCY}${DASH}`, "u");
/** `Oslo (Agency) - `: a name in small letters counts only with an agency. */
const SMALL_PLACE = new RegExp(
  `^(\\p{Lu}\\p{Ll}[\\p{L} .'’-]{1,30}${TAIL})(${DAY})\\s*\\(([^)\\n]{2,60})\\)${DASH}`,
  "u",
);
/** `(Agency) - `. */
const AGENCY_FIRST = new RegExp(`^\\(([^)\\n]{2,60})\\)${DASH}`, "u");

/**
 * The dateline at the beginning of a paragraph, or `null`.
 *
 * @param agencyOf gives an agency's name for words that stand in brackets, or `null`.
 */
export function datelineAt(words: string, agencyOf: (words: string) => string | null): Dateline | null {
  const head = words.slice(0, 200);
  const placed = PLACE_FIRST.exec(head) ?? SMALL_PLACE.exec(head);
  if (placed !== null) {
    const agency = placed[3] === undefined ? null : agencyOf(placed[3]);
    const isCapitals = new RegExp(`^${CAPITALS}`, "u").test(placed[1]!);
    // "NATO: …" and "FILE PHOTO: …" have a colon too; a place before a colon comes with its country.
    const bare = placed[3] === undefined && placed[2] === "" && !placed[1]!.includes(",");
    if (agency === null && (!isCapitals || (bare && /:\s+$/.test(placed[0])))) return null;
    return {
      length: placed[0].length,
      place: placed[1]!.trim(),
      agency,
      ...dayIn(placed[2] ?? ""),
    };
  }
  const led = AGENCY_FIRST.exec(head);
  const agency = led === null ? null : agencyOf(led[1]!);
  return led === null || agency === null
    ? null
    : { length: led[0].length, place: null, agency, iso: null, monthDay: null };
}

function dayIn(words: string): Pick<Dateline, "iso" | "monthDay"> {
  const full = printedDate(words);
  if (full !== null) return { iso: full.iso, monthDay: null };
  const parts = /(\p{L}+)\.? (\d{1,2})|(\d{1,2}) (\p{L}+)/u.exec(words);
  const month = parts === null ? 0 : monthNumber(parts[1] ?? parts[4] ?? "");
  const day = Number(parts?.[2] ?? parts?.[3] ?? 0);
  return { iso: null, monthDay: month > 0 && isoDate(2000, month, day) !== null ? { month, day } : null };
}
