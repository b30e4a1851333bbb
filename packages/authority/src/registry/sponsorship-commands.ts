// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { dateOf } from "../decisions/notices.ts";
import { id, ids, instantMs, words } from "../decisions/request-parts.ts";
import { fail } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Sponsorship } from "./donation.ts";
import { dayMs, named, put, ruled } from "./ruled.ts";

/** Least warning before somebody stops paying: what contract-breach notices have been given (reference: April 2024). */
export const leastNoticeDays = 14;

const startRequest = z.strictObject({
  sponsor: id,
  accountIds: ids(1, 10_000),
  fromMs: instantMs,
  endsMs: instantMs.nullable().default(null),
  noticeDays: z.int().min(leastNoticeDays).max(365).default(30),
  continuityDays: z.int().min(0).max(365).default(30),
});
const endRequest = z.strictObject({ sponsorshipId: id, endsMs: instantMs.nullable(), reason: words(3, 500) });
const plainRequest = z.strictObject({ sponsorshipId: id });

const start: Command<z.infer<typeof startRequest>> = commandOf({
  name: "sponsorship.start",
  summary: "Records that somebody pays for the service of accounts.",
  permission: "parties.change",
  decide(request, context) {
    const { book } = context;
    const { sponsor, accountIds, fromMs, endsMs } = request;
    const payer = named(book, "party", sponsor, "sponsor");
    if (!payer.ok) return payer;
    for (const [i, accountId] of accountIds.entries()) {
      const account = named(book, "account", accountId, `accountIds[${i}]`);
      if (!account.ok) return account;
    }
    if (endsMs !== null && endsMs <= fromMs)
      return fail("intervalEmpty", "endsMs", "It ends before it begins.");
    const sponsorship: Sponsorship = { id: contentId("spo", request), ...request };
    if (book.get("sponsorship", sponsorship.id) !== undefined) {
      return fail("sponsorshipExists", "", "This sponsorship is on record already.");
    }
    const lines = accountIds
      .flatMap(accountId => book.about("serviceLine", accountId))
      .filter(({ state, sponsorshipId }) => state !== "ended" && sponsorshipId === null)
      .map(line => put("serviceLine", { ...line, sponsorshipId: sponsorship.id }));
    return ruled(
      context,
      { name: start.name, request },
      {
        subject: sponsorship.id,
        action: "start sponsorship",
        outcome: "pays",
        reasons: [],
        text: `Party ${sponsor} pays for ${accountIds.length} accounts${endsMs === null ? "" : ` until ${dateOf(endsMs)}`}.`,
        inputs: { lines: String(lines.length) },
      },
      [put("sponsorship", sponsorship), ...lines],
    );
  },
});

const changeEnd: Command<z.infer<typeof endRequest>> = commandOf({
  name: "sponsorship.changeEnd",
  summary: "Sets, changes or lifts the day on which a sponsor stops paying; never nearer than its notice.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const found = named(book, "sponsorship", request.sponsorshipId, "sponsorshipId");
    if (!found.ok) return found;
    const { endsMs, reason } = request;
    if (found.value.lapsedMs !== undefined)
      return fail("sponsorshipLapsed", "sponsorshipId", "It has lapsed.");
    const sooner = endsMs !== null && (found.value.endsMs === null || endsMs < found.value.endsMs);
    if (sooner && endsMs < atMs + found.value.noticeDays * dayMs) {
      return fail("noticeTooShort", "endsMs", `The holders have ${found.value.noticeDays} days of notice.`);
    }
    // A notice named the day; another day needs another notice.
    const { noticeGivenMs: _, ...rest } = found.value;
    return ruled(
      context,
      { name: changeEnd.name, request },
      {
        subject: found.value.id,
        action: "change sponsorship",
        outcome: "pays",
        reasons: [reason],
        text: `Sponsorship ${found.value.id} ${endsMs === null ? "has no end" : `ends on ${dateOf(endsMs)}`}: ${reason}`,
      },
      [put("sponsorship", { ...rest, endsMs })],
    );
  },
});

const giveNotice: Command<z.infer<typeof plainRequest>> = commandOf({
  name: "sponsorship.giveNotice",
  summary: "Records that the holders are told when a sponsor stops paying.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const found = named(book, "sponsorship", request.sponsorshipId, "sponsorshipId");
    if (!found.ok) return found;
    const { endsMs, noticeGivenMs } = found.value;
    if (endsMs === null) return fail("endMissing", "sponsorshipId", "This sponsorship has no end.");
    if (noticeGivenMs !== undefined) return fail("nothingChanges", "sponsorshipId", "The holders were told.");
    return ruled(
      context,
      { name: giveNotice.name, request },
      {
        subject: found.value.id,
        action: "give notice",
        outcome: "told",
        reasons: [],
        text: noticeText(found.value, endsMs),
        inputs: { accounts: String(found.value.accountIds.length) },
      },
      [put("sponsorship", { ...found.value, noticeGivenMs: atMs })],
    );
  },
});

/** The end of the payment, and nothing else: no line, terminal or account changes its state. */
const lapse: Command<z.infer<typeof plainRequest>> = commandOf({
  name: "sponsorship.lapse",
  summary: "Passes the lines of an ended sponsorship to their holders; service goes on.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const found = named(book, "sponsorship", request.sponsorshipId, "sponsorshipId");
    if (!found.ok) return found;
    const { id: sponsorshipId, lapsedMs } = found.value;
    if (lapsedMs !== undefined) return fail("nothingChanges", "sponsorshipId", "It has lapsed already.");
    const over = lapseMs(found.value);
    if (over === null)
      return fail("noticeMissing", "sponsorshipId", "The holders have not been told of an end.");
    if (atMs < over)
      return fail("termNotOver", "sponsorshipId", `Service is paid or goes on until ${dateOf(over)}.`);
    const lines = book
      .about("serviceLine", sponsorshipId)
      .filter(line => line.sponsorshipId === sponsorshipId && line.state !== "ended");
    return ruled(
      context,
      { name: lapse.name, request },
      {
        subject: sponsorshipId,
        action: "lapse sponsorship",
        outcome: "lapsed",
        reasons: ["An end of payment by others is no ground for cutting off."],
        text: `Sponsorship ${sponsorshipId} has lapsed; ${lines.length} service lines pass to their holders and go on.`,
        inputs: { lines: String(lines.length) },
      },
      [
        put("sponsorship", { ...found.value, lapsedMs: atMs }),
        ...lines.map(line => put("serviceLine", { ...line, sponsorshipId: null })),
      ],
    );
  },
});

/** A step of a sponsorship's end whose time has come. */
export interface SponsorshipDue {
  readonly sponsorshipId: string;
  readonly accountIds: readonly string[];
  /** `notice`: tell the holders. `continuity`: nobody pays and service goes on. `lapse`: the lines pass to their holders. */
  readonly step: "notice" | "continuity" | "lapse";
  readonly dueMs: number;
  /** The command to give, where one is. */
  readonly command: { readonly name: string; readonly request: { readonly sponsorshipId: string } } | null;
  /** For the holders, in plain words. */
  readonly text: string;
}

/** What is due about the ends of sponsorships, the oldest first; and what happens then. */
export function sponsorshipDue(book: Book, atMs: number): readonly SponsorshipDue[] {
  const due: SponsorshipDue[] = [];
  for (const sponsorship of book.all("sponsorship")) {
    const { id: sponsorshipId, accountIds, endsMs, noticeDays, noticeGivenMs, lapsedMs } = sponsorship;
    if (endsMs === null || lapsedMs !== undefined) continue;
    const text = noticeText(sponsorship, endsMs);
    const command = (name: string) => ({ name, request: { sponsorshipId } });
    const common = { sponsorshipId, accountIds, text };
    if (noticeGivenMs === undefined) {
      const dueMs = endsMs - noticeDays * dayMs;
      if (dueMs <= atMs)
        due.push({ ...common, step: "notice", dueMs, command: command("sponsorship.giveNotice") });
      continue;
    }
    const over = lapseMs(sponsorship)!;
    if (over <= atMs)
      due.push({ ...common, step: "lapse", dueMs: over, command: command("sponsorship.lapse") });
    else if (endsMs <= atMs) due.push({ ...common, step: "continuity", dueMs: endsMs, command: null });
  }
  return due.toSorted((a, b) => a.dueMs - b.dueMs);
}

/** When the lines pass to their holders: after the end, the notice and the days of continuity; `null` without a notice. */
function lapseMs({ endsMs, noticeDays, noticeGivenMs, continuityDays }: Sponsorship): number | null {
  if (endsMs === null || noticeGivenMs === undefined) return null;
  return Math.max(endsMs, noticeGivenMs + noticeDays * dayMs) + continuityDays * dayMs;
}

function noticeText({ continuityDays }: Sponsorship, endsMs: number): string {
  return (
    `The sponsor of your service pays until ${dateOf(endsMs)}. Service goes on for ${continuityDays} days after that ` +
    "without charge, and then at your own. Nothing is cut off; you may pause, change the plan or end the line."
  );
}

/** Commands about who pays for whom. */
export const sponsorshipCommands: readonly CommandEntry[] = [
  entryOf(start, startRequest),
  entryOf(changeEnd, endRequest),
  entryOf(giveNotice, plainRequest),
  entryOf(lapse, plainRequest),
];
