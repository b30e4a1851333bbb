// SPDX-License-Identifier: MIT
import { z } from "zod";
import { contentHash } from "../content-hash.ts";
import { words } from "../decisions/request-parts.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";

/** Somebody or something on a sanctions list, by every name the list gives. */
export interface ListEntry {
  readonly id: string;
  readonly names: readonly string[];
  readonly kind: "person" | "organisation" | "vessel" | "other";
  /** ISO 3166-1 alpha-2, where the list names one. */
  readonly country: string | null;
  /** Dates and numbers as the list gives them, for the person who compares; nothing is decided by them here. */
  readonly birthDate?: string;
  readonly identifiers?: readonly { readonly kind: string; readonly value: string }[];
}

/** One version of one list. */
export interface ScreeningList {
  readonly list: string;
  /** As its publisher names it. */
  readonly version: string;
  /** SHA-256 of the canonical entries, lower-case hexadecimal. */
  readonly hash: string;
  readonly entries: readonly ListEntry[];
}

/** What a list may hold at most. */
export const listBounds = { entries: 200_000, lineChars: 20_000, names: 100, nameChars: 300 } as const;

const entrySchema = z.strictObject({
  id: words(1, 100),
  names: z.array(words(1, listBounds.nameChars)).min(1).max(listBounds.names),
  kind: z.enum(["person", "organisation", "vessel", "other"]),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  birthDate: words(4, 40).optional(),
  identifiers: z
    .array(z.strictObject({ kind: words(1, 60), value: words(1, 200) }))
    .max(100)
    .optional(),
});

/**
 * Reads a list: one JSON object a line, `{id, names, kind, country?, birthDate?, identifiers?}`; empty lines are skipped.
 * A bad line makes the whole list unread: half a list would clear whom the other half names.
 *
 * @returns `listInvalid` with the line, e.g. `line 12: names`
 */
export function readScreeningList(
  lines: Iterable<string>,
  { list, version }: Pick<ScreeningList, "list" | "version">,
): Result<ScreeningList, AuthorityError<"listInvalid">> {
  const entries: ListEntry[] = [];
  const seen = new Set<string>();
  let number = 0;
  for (const line of lines) {
    number++;
    const bad = (place: string, message: string) => fail("listInvalid", `line ${number}${place}`, message);
    if (line.trim() === "") continue;
    if (line.length > listBounds.lineChars)
      return bad("", `A line has at most ${listBounds.lineChars} characters.`);
    if (entries.length === listBounds.entries)
      return bad("", `A list has at most ${listBounds.entries} entries.`);
    const parsed = entrySchema.safeParse(jsonOf(line));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      return bad(issue.path.length === 0 ? "" : `: ${issue.path.join(".")}`, issue.message);
    }
    const { birthDate, identifiers, ...entry } = parsed.data;
    if (seen.has(entry.id)) return bad(": id", "An entry before has the same id.");
    seen.add(entry.id);
    entries.push({
      ...entry,
      ...(birthDate === undefined ? {} : { birthDate }),
      ...(identifiers === undefined ? {} : { identifiers }),
    });
  }
  if (entries.length === 0) return fail("listInvalid", "", "The list has no entries.");
  return succeed({ list, version, hash: contentHash(entries), entries });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
