// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { id, instantMs, words } from "../decisions/request-parts.ts";
import { fail } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import { inInterval } from "../territory.ts";
import type { ResellerStatement } from "./reseller.ts";
import { named, put, ruled } from "./ruled.ts";

const stateRequest = z.strictObject({
  /** `null`: nobody at all, which only a negative can say. */
  party: id.nullable(),
  authorised: z.boolean(),
  territory: words(2, 64),
  locality: words(1, 100).nullable().default(null),
  fromMs: instantMs,
  toMs: instantMs.nullable().default(null),
  asserter: words(2, 200),
  source: words(3, 300),
});

const state: Command<z.infer<typeof stateRequest>> = commandOf({
  name: "reseller.state",
  summary: "Records who says that a party, or nobody, may sell in a place.",
  permission: "parties.change",
  decide(request, context) {
    const { party, authorised, territory, locality, fromMs, toMs } = request;
    if (party === null && authorised) {
      return fail("everybodyAuthorised", "party", "Who is authorised has to be named.");
    }
    if (toMs !== null && toMs <= fromMs) return fail("intervalEmpty", "toMs", "It ends before it begins.");
    const known = party === null ? null : named(context.book, "party", party, "party");
    if (known?.ok === false) return known;
    const statement: ResellerStatement = { id: contentId("res", request), ...request };
    if (context.book.get("reseller", statement.id) !== undefined) {
      return fail("statementExists", "", "This statement is on record already.");
    }
    const place = locality === null ? territory : `${locality}, ${territory}`;
    const who = party === null ? "no reseller" : `reseller ${party}`;
    return ruled(
      context,
      { name: state.name, request },
      {
        subject: party ?? territory,
        action: "state reseller",
        outcome: authorised ? "authorised" : "notAuthorised",
        reasons: [],
        text: `${request.asserter}: in ${place} ${who} is ${party !== null && !authorised ? "not " : ""}authorised.`,
        inputs: { statement: statement.id },
      },
      [put("reseller", statement)],
    );
  },
});

/** Two statements of which only one can be right. */
export interface ResellerConflict {
  readonly authorised: ResellerStatement;
  readonly denied: ResellerStatement;
}

/** What is said about selling in a place at an instant, by everybody who says something. */
export interface ResellerReading {
  /** Those about the whole territory first, then by date. */
  readonly statements: readonly ResellerStatement[];
  readonly conflicts: readonly ResellerConflict[];
}

/**
 * Every statement that speaks of a place at an instant, with its asserter. None outweighs another here.
 *
 * @param territory id of a territory or country; what is said of a country is said of its parts
 * @param locality a town or district; `null` asks about the territory as a whole and lists what is said of its parts too
 */
export function resellersOf(
  book: Book,
  territory: string,
  locality: string | null,
  atMs: number,
): ResellerReading {
  const country = territory.split("-")[0]!;
  const about = [...new Set([country, territory])].flatMap(each => book.about("reseller", each));
  const statements = about
    .filter(said => said.territory === territory || said.territory === country)
    .filter(said => inInterval(atMs, said.fromMs, said.toMs))
    .filter(said => locality === null || said.locality === null || sameLocality(said.locality, locality))
    .toSorted((a, b) => Number(a.locality !== null) - Number(b.locality !== null) || a.fromMs - b.fromMs);
  const conflicts: ResellerConflict[] = [];
  for (const authorised of statements.filter(said => said.authorised)) {
    for (const denied of statements.filter(said => !said.authorised)) {
      if (denied.party !== null && denied.party !== authorised.party) continue;
      if (overlap(authorised.locality, denied.locality)) conflicts.push({ authorised, denied });
    }
  }
  return { statements, conflicts };
}

function overlap(a: string | null, b: string | null): boolean {
  return a === null || b === null || sameLocality(a, b);
}

function sameLocality(a: string, b: string): boolean {
  const fold = (name: string): string => name.normalize("NFKC").toLowerCase().trim();
  return fold(a) === fold(b);
}

/** Commands about who may sell where. */
export const resellerCommands: readonly CommandEntry[] = [entryOf(state, stateRequest)];
