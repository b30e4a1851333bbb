// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book, Change, RecordKind, RecordKinds } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { appealTermMs } from "../decisions/notices.ts";
import { id } from "../decisions/request-parts.ts";
import { fail } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import { pseudonymOf } from "./personal-data.ts";
import { retentionRules } from "./retention.ts";
import { dayMs, named, put, ruled } from "./ruled.ts";

/** Personal data that go, by record and member. */
export interface Erased {
  readonly kind: RecordKind;
  readonly id: string;
  readonly members: readonly string[];
}

/** What stays although its party asked, and why. */
export interface Kept {
  readonly kind: RecordKind | "ledger";
  readonly id: string;
  readonly why: string;
  /** When it can go; `null` where nobody can say yet, or it holds nothing personal. */
  readonly untilMs: number | null;
  /** Whether it keeps the party's name from being erased, too. */
  readonly holdsName: boolean;
}

/** What an erasure of a party's data would do. */
export interface Erasure {
  readonly party: string;
  /** Whether the name can go now: nothing kept needs to say whom it is about. */
  readonly possible: boolean;
  readonly erase: readonly Erased[];
  readonly keep: readonly Kept[];
}

/**
 * What is erased when a party asks for it, and what is kept and why. Where something kept needs the name, nothing is
 * erased yet: half a pseudonym protects nobody.
 *
 * The ledger is not touched. It holds ids, and commitments to personal data that are mute once the salts are gone.
 */
export function erasureOf(book: Book, partyId: string, atMs: number): Erasure {
  const keep = [...needed(book, partyId, atMs)];
  const possible = !keep.some(({ holdsName }) => holdsName);
  const erase = possible ? changesOf(book, partyId, atMs).map(({ erased }) => erased) : [];
  return { party: partyId, possible, erase, keep };
}

const eraseRequest = z.strictObject({ partyId: id });

const erase: Command<z.infer<typeof eraseRequest>> = commandOf({
  name: "party.erase",
  summary: "Replaces a party's personal data by a pseudonym, at its request.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { partyId } = request;
    const found = named(book, "party", partyId, "partyId");
    if (!found.ok) return found;
    if (found.value.erasedMs !== undefined) {
      return fail("partyErased", "partyId", `The personal data of ${partyId} were erased already.`);
    }
    const [holding] = [...needed(book, partyId, atMs)].filter(({ holdsName }) => holdsName);
    if (holding !== undefined) {
      const until =
        holding.untilMs === null ? "" : ` It can go from ${new Date(holding.untilMs).toISOString()}.`;
      return fail("nameNeeded", "partyId", `${holding.kind} ${holding.id}: ${holding.why}${until}`);
    }
    const made = changesOf(book, partyId, atMs);
    return ruled(
      context,
      { name: erase.name, request },
      {
        subject: partyId,
        action: "erase",
        outcome: "erased",
        reasons: ["The party asked for it."],
        text: `The personal data of party ${partyId} are erased from the records.`,
        inputs: { party: partyId },
      },
      made.map(({ change }) => change),
    );
  },
});

/** Records that say something about a party and are kept. */
function* needed(book: Book, partyId: string, atMs: number): Iterable<Kept> {
  const held = (
    kind: Kept["kind"],
    recordId: string,
    why: string,
    untilMs: number | null = null,
    holdsName = true,
  ): Kept => ({ kind, id: recordId, why, untilMs, holdsName });
  for (const account of book.about("account", partyId)) {
    if (account.holder !== partyId) continue;
    if (account.state === "open") yield held("account", account.id, "The account is open; close it first.");
  }
  for (const terminal of book.about("terminal", partyId)) {
    const { id: terminalId, holder, user, suspension, restriction, deactivation } = terminal;
    if (holder !== partyId && user !== partyId) continue;
    if (suspension !== null || restriction !== null || deactivation !== null) {
      yield held("terminal", terminalId, "An order stands against a terminal of the party.");
    } else if (holder === partyId && terminal.state !== "retired") {
      yield held("terminal", terminalId, "The party holds a terminal; transfer or retire it first.");
    }
  }
  for (const screening of book.about("screening", partyId)) {
    if (screening.judgement === "confirmed") {
      const untilMs = screening.atMs + retentionRules.screening.days! * dayMs;
      yield held(
        "screening",
        screening.id,
        `${retentionRules.screening.why} (${retentionRules.screening.basis})`,
        untilMs > atMs ? untilMs : null,
      );
    } else if (screening.judgement === "open" || screening.judgement === "unsure") {
      yield held("screening", screening.id, "Whether the party is on a list is being looked at.");
    }
  }
  for (const notice of book.about("notice", partyId)) {
    if (notice.party !== partyId) continue;
    const appeals = book.about("appeal", notice.id);
    if (appeals.some(({ state }) => state === "open")) {
      yield held("notice", notice.id, "An appeal of the party is open.");
    } else if (atMs < notice.appealUntilMs) {
      // The party gives up an appeal only by saying so: keeping the record keeps the way open, under the pseudonym.
      yield held("notice", notice.id, "It can be appealed against.", notice.atMs + appealTermMs, false);
    } else {
      yield held(
        "notice",
        notice.id,
        retentionRules.notice.why,
        notice.atMs + retentionRules.notice.days! * dayMs,
        false,
      );
    }
  }
  for (const { id: sponsorshipId, sponsor, lapsedMs } of book.about("sponsorship", partyId)) {
    if (sponsor === partyId && lapsedMs === undefined) {
      yield held("sponsorship", sponsorshipId, "The party pays for others; that has to end first.");
    }
  }
  yield held("ledger", "decisions", retentionRules.decision.why, null, false);
}

interface Pseudonymised {
  readonly change: Change;
  readonly erased: Erased;
}

/** Every record with personal data of the party, without them. */
function changesOf(book: Book, partyId: string, atMs: number): readonly Pseudonymised[] {
  const made: Pseudonymised[] = [];
  const erased = (change: Change, ...members: readonly string[]) =>
    made.push({ change, erased: { kind: change.kind, id: change.id, members } });
  const party = book.get("party", partyId);
  if (party === undefined) return made;
  erased(
    put("party", { ...withoutPersonalData("party", party, partyId), erasedMs: atMs }),
    "name",
    "aliases",
    "birthDate",
    "identifiers",
    "verification.method",
    "salt",
  );
  for (const account of book.about("account", partyId)) {
    if (account.holder !== partyId) continue;
    for (const line of book.about("serviceLine", account.id)) {
      if (line.accountId !== account.id) continue;
      const change = put("serviceLine", withoutPersonalData("serviceLine", line, partyId));
      erased(change, "nickname", "serviceAddress", "salt");
    }
    for (const address of book.about("address", account.id)) {
      const change = put("address", withoutPersonalData("address", address, partyId));
      erased(change, "everything but its id", "salt");
    }
    for (const contact of book.about("contact", account.id)) {
      const change = put("contact", withoutPersonalData("contact", contact, partyId));
      erased(change, "firstName", "lastName", "email", "phone", "locale", "salt");
    }
  }
  for (const terminal of book.about("terminal", partyId)) {
    if (terminal.holder !== partyId && terminal.user !== partyId) continue;
    const held = terminal.holder === partyId;
    const change = put("terminal", {
      ...(held ? withoutPersonalData("terminal", terminal, partyId) : terminal),
      user: terminal.user === partyId ? null : terminal.user,
    });
    erased(change, ...(held ? ["serviceAddress"] : []), ...(terminal.user === partyId ? ["user"] : []));
  }
  for (const screening of book.about("screening", partyId)) {
    const change = put("screening", withoutPersonalData("screening", screening, partyId));
    erased(change, "candidates[].reasons[].ours");
  }
  for (const notice of book.about("notice", partyId)) {
    for (const appeal of book.about("appeal", notice.id)) {
      if (appeal.by !== partyId) continue;
      erased(put("appeal", withoutPersonalData("appeal", appeal, partyId)), "statement");
    }
  }
  return made;
}

/** Kinds of records that say something personal, and nothing else than what {@link withoutPersonalData} takes away. */
export const personalKinds = [
  "party",
  "serviceLine",
  "address",
  "contact",
  "terminal",
  "screening",
  "appeal",
] as const;
export type PersonalKind = (typeof personalKinds)[number];

const nameless: {
  readonly [K in PersonalKind]: (document: RecordKinds[K], partyId: string) => RecordKinds[K];
} = {
  party: ({ birthDate: _, identifiers: __, salt: ___, ...kept }, partyId) => ({
    ...kept,
    name: pseudonymOf(partyId),
    aliases: [],
    verification: { ...kept.verification, method: null },
  }),
  serviceLine: ({ salt: _, ...kept }) => ({ ...kept, nickname: "", serviceAddress: null }),
  address: ({ id, accountId, sinceMs }) => ({
    ...{ id, accountId, sinceMs, lines: [], locality: null, administrativeArea: null },
    ...{ administrativeAreaCode: null, region: null, regionCode: null, postalCode: null },
    ...{ metadata: null, formatted: "", position: null },
  }),
  contact: ({ id, accountId, roles, sinceMs }) => ({
    ...{ id, accountId, roles, sinceMs, firstName: "", lastName: "", email: "", phone: "", locale: "" },
  }),
  // Whoever uses it is an id; that goes with the erasure itself, not from what was true before.
  terminal: terminal => ({ ...terminal, serviceAddress: null }),
  screening: screening => ({
    ...screening,
    candidates: screening.candidates.map(candidate => ({
      ...candidate,
      reasons: candidate.reasons.map(reason => ({ ...reason, ours: "" })),
    })),
  }),
  appeal: appeal => ({ ...appeal, statement: "(erased at the party's request)" }),
};

/**
 * A version of a record of a party, present or past, as it may be kept: everything in it that bears on decisions is as it
 * was, so that a replay decides the same.
 */
export function withoutPersonalData<K extends PersonalKind>(
  kind: K,
  document: RecordKinds[K],
  partyId: string,
): RecordKinds[K] {
  return nameless[kind](document, partyId);
}

/** Commands about the erasure of personal data. */
export const erasureCommands: readonly CommandEntry[] = [entryOf(erase, eraseRequest)];
