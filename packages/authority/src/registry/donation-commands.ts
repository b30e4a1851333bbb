// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { id, instantMs, words } from "../decisions/request-parts.ts";
import { fail } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Terminal } from "../terminal.ts";
import { checkUnmarked, step } from "./binding.ts";
import { keeperOf } from "./custody-chain.ts";
import type { CountClaim, Donation, Programme } from "./donation.ts";
import { country } from "./party-commands.ts";
import { named, put, receiver, ruled } from "./ruled.ts";
import { custodyLink, eventMs } from "./terminal-step.ts";

const programmeRequest = z.strictObject({
  title: words(1, 200),
  donor: id,
  fromMs: instantMs,
  toMs: instantMs.nullable().default(null),
});
const donateRequest = z.strictObject({
  programmeId: id,
  terminalId: id,
  holder: id,
  user: id.nullable().default(null),
  happenedMs: instantMs.nullable().default(null),
  country: country.nullable().default(null),
  source: words(3, 300),
});
const claimRequest = z.strictObject({
  programmeId: id,
  count: z.int().min(0).max(100_000_000),
  asOfMs: instantMs,
  asserter: words(2, 200),
  source: words(3, 300),
});

const open: Command<z.infer<typeof programmeRequest>> = commandOf({
  name: "programme.open",
  summary: "Enters a programme under which terminals are given away.",
  permission: "parties.change",
  decide(request, context) {
    const donor = named(context.book, "party", request.donor, "donor");
    if (!donor.ok) return donor;
    const { fromMs, toMs } = request;
    if (toMs !== null && toMs <= fromMs) return fail("intervalEmpty", "toMs", "It ends before it begins.");
    const programme: Programme = { id: contentId("prg", request), ...request };
    if (context.book.get("programme", programme.id) !== undefined) {
      return fail("programmeExists", "", "This programme is on record already.");
    }
    return ruled(
      context,
      { name: open.name, request },
      {
        subject: programme.id,
        action: "open programme",
        outcome: "open",
        reasons: [],
        text: `The programme "${request.title}" of donor ${request.donor} is entered.`,
      },
      [put("programme", programme)],
    );
  },
});

const donate: Command<z.infer<typeof donateRequest>> = commandOf({
  name: "donation.record",
  summary: "Gives a terminal to a holder under a programme; who uses it may be somebody else again.",
  permission: "terminals.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { programmeId, terminalId, holder, user } = request;
    const programme = named(book, "programme", programmeId, "programmeId");
    if (!programme.ok) return programme;
    const found = named(book, "terminal", terminalId, "terminalId");
    if (!found.ok) return found;
    for (const [place, partyId] of [
      ["holder", holder],
      ["user", user],
    ] as const) {
      const party = partyId === null ? null : receiver(book, partyId, place);
      if (party?.ok === false) return party;
    }
    const past = eventMs(request, atMs);
    if (!past.ok) return past;
    const unmarked = checkUnmarked(found.value);
    if (!unmarked.ok) return unmarked;
    const { donor } = programme.value;
    const type = found.value.state === "manufactured" ? "sell" : "transfer";
    const stepped = step(book, found.value, { type, holder }, atMs);
    if (!stepped.ok) return stepped;
    const terminal: Terminal = { ...stepped.value.terminal, donor, user };
    const donation = donationOf({ programmeId, terminalId, donor, holder, user, atMs: past.value });
    const link = custodyLink(
      context,
      terminalId,
      "donation",
      request,
      keeperOf(book, terminalId) ?? donor,
      holder,
    );
    return ruled(
      context,
      { name: donate.name, request },
      {
        subject: terminalId,
        action: "donate",
        outcome: terminal.state,
        reasons: [],
        text: `Terminal ${terminalId} is given by ${donor} to ${holder}${user === null ? "" : `, for ${user} to use`}.`,
        inputs: { donation: donation.id, programme: programmeId },
      },
      [...stepped.value.changes, put("terminal", terminal), put("donation", donation), link],
    );
  },
});

const claim: Command<z.infer<typeof claimRequest>> = commandOf({
  name: "countClaim.record",
  summary:
    "Records how many terminals somebody says a programme gave; claims that differ stand side by side.",
  permission: "parties.change",
  decide(request, context) {
    const programme = named(context.book, "programme", request.programmeId, "programmeId");
    if (!programme.ok) return programme;
    const record: CountClaim = { id: contentId("cnt", request), ...request };
    return ruled(
      context,
      { name: claim.name, request },
      {
        subject: request.programmeId,
        action: "record count",
        outcome: "claimed",
        reasons: [],
        text: `${request.asserter} says that the programme gave ${request.count} terminals.`,
        inputs: { claim: record.id },
      },
      [put("countClaim", record)],
    );
  },
});

/** A donation with its id. */
export function donationOf(content: Omit<Donation, "id">): Donation {
  return { id: contentId("don", content), ...content };
}

/** What is said about how many terminals a programme gave, and what is on record. None of it corrects the rest. */
export interface CountReading {
  /** By the date they speak of. */
  readonly claims: readonly CountClaim[];
  /** Terminals with a donation on record here. */
  readonly recorded: number;
  readonly least: number | null;
  readonly most: number | null;
  readonly agree: boolean;
}

/** All claims about a programme, each with its asserter, beside the count of what is on record. */
export function countsOf(book: Book, programmeId: string): CountReading {
  const claims = book.about("countClaim", programmeId).toSorted((a, b) => a.asOfMs - b.asOfMs);
  const counts = claims.map(({ count }) => count);
  const given = new Set(book.about("donation", programmeId).map(({ terminalId }) => terminalId));
  return {
    claims,
    recorded: given.size,
    least: counts.length === 0 ? null : Math.min(...counts),
    most: counts.length === 0 ? null : Math.max(...counts),
    agree: new Set(counts).size <= 1,
  };
}

/** Commands about programmes, donations and what is said about them. */
export const donationCommands: readonly CommandEntry[] = [
  entryOf(open, programmeRequest),
  entryOf(donate, donateRequest),
  entryOf(claim, claimRequest),
];
