// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentHash, contentId } from "../content-hash.ts";
import type { Reversals } from "../decisions/appeals.ts";
import { ground, id, words } from "../decisions/request-parts.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Party } from "../terminal.ts";
import type { NameIndex } from "./name-index.ts";
import { dayMs, named, put, ruled, ruledWithNotice } from "./ruled.ts";
import { type IdentifierKind, identifierKinds, type Screening } from "./screening.ts";

/** The lists that parties are compared with, by name and version: a decision names the version it was made with. */
export interface ScreeningLists {
  find(list: string, version: string): NameIndex | undefined;
}

/** How long a confirmed judgement stands before somebody looks again. */
const reviewAfterMs = 90 * dayMs;

const runRequest = z.strictObject({ partyId: id, list: words(1, 60), listVersion: words(1, 100) });
const judgeRequest = z.strictObject({
  screeningId: id,
  judgement: z.enum(["notTheSame", "unsure", "confirmed"]),
  /** The entry that the party is; needed to confirm. */
  entryId: words(1, 100).nullable().default(null),
  /** What beyond the name says so; needed to confirm. */
  identifiers: z
    .array(
      z.strictObject({
        kind: z.enum(Object.keys(identifierKinds) as [IdentifierKind, ...IdentifierKind[]]),
        evidence: id,
      }),
    )
    .max(20)
    .default([]),
  reason: ground,
});

/** Parties' names against lists, and what a person makes of it. A score orders the work and decides nothing. */
export function screeningCommands(lists: ScreeningLists): readonly CommandEntry[] {
  const run: Command<z.infer<typeof runRequest>> = commandOf({
    name: "screening.run",
    summary: "Compares a party's names with one version of a sanctions list.",
    permission: "screening.decide",
    decide(request, context) {
      const { book, atMs } = context;
      const { partyId, list, listVersion } = request;
      const found = named(book, "party", partyId, "partyId");
      if (!found.ok) return found;
      if (found.value.erasedMs !== undefined) {
        return fail("partyErased", "partyId", `The personal data of ${partyId} were erased.`);
      }
      const index = lists.find(list, listVersion);
      if (index === undefined) {
        return fail("listUnknown", "list", `There is no list ${list} of version ${listVersion}.`);
      }
      const search = () => index.search([found.value.name, ...found.value.aliases]);
      const candidates = context.recall === undefined ? search() : context.recall("candidates", search);
      const content: Omit<Screening, "id"> = {
        party: partyId,
        list,
        listVersion,
        atMs,
        candidates,
        judgement: candidates.length === 0 ? "clear" : "open",
        judgedBy: null,
        entryId: null,
        identifiers: [],
      };
      // The candidates repeat the party's name, and a ledger entry carries the id.
      const { candidates: _, ...nameless } = content;
      const entries = candidates.map(({ listEntryId, score }) => [listEntryId, Math.round(score * 1000)]);
      const screening: Screening = { id: contentId("scr", { ...nameless, entries }), ...content };
      const many = candidates.length;
      return ruled(
        context,
        { name: run.name, request },
        {
          subject: partyId,
          action: "screen",
          outcome: screening.judgement,
          reasons: [],
          text:
            `Party ${partyId} is compared with version ${listVersion} of ${list}: ` +
            (many === 0 ? "nothing resembles it." : `${many} entries resemble it, and a person has to look.`),
          inputs: {
            screening: screening.id,
            list,
            listVersion,
            listHash: index.list.hash,
            entries: contentHash(entries),
          },
        },
        [put("screening", screening)],
      );
    },
  });

  const judge: Command<z.infer<typeof judgeRequest>> = commandOf({
    name: "screening.judge",
    summary:
      "Says whether a party is the one on the list; two persons approve that it is, or that it no longer is.",
    permission: "screening.decide",
    approvalsNeeded: ({ judgement, screeningId }, { book }) =>
      judgement === "confirmed" || book.get("screening", screeningId)?.judgement === "confirmed" ? 2 : 0,
    decide(request, context) {
      const { book, actor, atMs } = context;
      const { screeningId, judgement, entryId, identifiers, reason } = request;
      const found = named(book, "screening", screeningId, "screeningId");
      if (!found.ok) return found;
      const before = found.value;
      const known = named(book, "party", before.party, "screeningId");
      if (!known.ok) return known;
      if (judgement === "confirmed" || before.judgement === "confirmed") {
        const approved = approvedByTwo(context);
        if (!approved.ok) return approved;
      }
      const able = judgement === "confirmed" ? checkConfirmation(before, request) : checkOpen(before);
      if (!able.ok) return able;
      const screening: Screening = {
        ...before,
        judgement,
        judgedBy: actor.id,
        entryId: judgement === "confirmed" ? entryId : null,
        identifiers,
      };
      const standing = standingOf(book, known.value.id, screening);
      const party: Party = { ...known.value, standing };
      const asked = { name: judge.name, request };
      const content = {
        subject: party.id,
        action: "judge screening",
        outcome: judgement,
        reasons: [reason],
        text: `Whether party ${party.id} is an entry of ${before.list} is judged: ${judgement}. ${reason}`,
        inputs: { screening: before.id, list: before.list, listVersion: before.listVersion },
        evidence: identifiers.map(({ evidence }) => evidence),
      };
      const changes = [
        put("screening", screening),
        ...(standing === known.value.standing ? [] : [put("party", party)]),
      ];
      if (judgement !== "confirmed") return ruled(context, asked, content, changes);
      return ruledWithNotice(
        context,
        asked,
        content,
        {
          subject: party.id,
          party: party.id,
          cause: { kind: "screening", id: before.id },
          facts: `You were found to be named in the list ${before.list}, version ${before.listVersion}.`,
          rule: "Whoever a person confirms to be under sanctions, by more than a name and by two approvals, has no service.",
          evidence: ["record"],
          reviewMs: atMs + reviewAfterMs,
          exemption: null,
        },
        changes,
      );
    },
  });

  return [entryOf(run, runRequest), entryOf(judge, judgeRequest)];
}

/** What an appeal that is right gives back: the standing that other judgements leave. */
export const screeningReversals: Reversals = {
  screening(screeningId, context, asked, why) {
    const { book, actor } = context;
    const before = book.get("screening", screeningId);
    const party = before === undefined ? undefined : book.get("party", before.party);
    if (before?.judgement !== "confirmed" || party === undefined) return null;
    const screening: Screening = { ...before, judgement: "notTheSame", judgedBy: actor.id, entryId: null };
    const standing = standingOf(book, party.id, screening);
    return ruled(
      context,
      asked,
      {
        subject: party.id,
        action: "judge screening",
        outcome: "notTheSame",
        reasons: [`On appeal: ${why}`],
        text: `On appeal party ${party.id} is not the entry of ${before.list}: ${why}`,
        inputs: { screening: before.id },
      },
      [put("screening", screening), put("party", { ...party, standing })],
    );
  },
};

/** Screenings that a person has to look at, the best resemblance first. */
export function openScreenings(book: Book): readonly Screening[] {
  return [...book.all("screening")]
    .filter(({ judgement }) => judgement === "open" || judgement === "unsure")
    .toSorted((a, b) => (b.candidates[0]?.score ?? 0) - (a.candidates[0]?.score ?? 0));
}

/** Sanctioned as long as any judgement says so; the one given counts as it is now. */
function standingOf(book: Book, partyId: string, judged: Screening): Party["standing"] {
  const others = book.about("screening", partyId).filter(other => other.id !== judged.id);
  return [judged, ...others].some(({ judgement }) => judgement === "confirmed") ? "sanctioned" : "clear";
}

function checkConfirmation(
  { candidates, judgement }: Screening,
  { entryId, identifiers }: z.infer<typeof judgeRequest>,
): Result<null, AuthorityError<string>> {
  if (judgement === "confirmed") return fail("nothingChanges", "judgement", "That is confirmed already.");
  if (!candidates.some(({ listEntryId }) => listEntryId === entryId)) {
    return fail("entryUnknown", "entryId", "Which of the candidates the party is has to be said.");
  }
  if (identifiers.length === 0) {
    return fail(
      "identifierMissing",
      "identifiers",
      "A name alone confirms nothing; something beyond it has to match.",
    );
  }
  return succeed(null);
}

function checkOpen({ candidates }: Screening): Result<null, AuthorityError<string>> {
  if (candidates.length > 0) return succeed(null);
  return fail("nothingToJudge", "screeningId", "Nothing on the list resembled the party.");
}
