// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import type { Decision } from "../decision.ts";
import type { Notice } from "../decisions/notice.ts";
import { noticesTo } from "../decisions/notices.ts";
import { type Account, type Terminal, terminalTransitions } from "../terminal.ts";
import { answersFor } from "./portal-commands.ts";
import { ownWish } from "./ruled.ts";
import type { ServiceLine } from "./service-line.ts";

/** Something that a customer may do now, and the command that does it. */
export interface Possible {
  readonly command: string;
  readonly subject: string;
  readonly sentence: string;
}

/** A decision as whom it concerns may read it: without who worked on it and what it was measured by. */
export interface OwnDecision {
  readonly id: string;
  readonly atMs: number;
  readonly subject: string;
  readonly action: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly text: string;
  /** How to answer it: the notice says how, until when. */
  readonly notice: Notice | null;
  readonly expiresAtMs: number | null;
  readonly reviewAtMs: number | null;
}

/** A terminal as its holder, its account's holder or its user sees it. */
export interface OwnTerminal {
  readonly id: string;
  readonly name: string;
  readonly state: Terminal["state"];
  readonly stateSinceMs: number;
  readonly marks: readonly string[];
  readonly serviceLineId: string | null;
  /** What the party is to it; several at once where it is. */
  readonly as: readonly ("holder" | "account" | "user" | "donor")[];
}

/** All that a party sees of its own. */
export interface PortalView {
  readonly party: string;
  readonly accounts: readonly Account[];
  readonly lines: readonly Omit<ServiceLine, "salt">[];
  readonly terminals: readonly OwnTerminal[];
  /** The newest first. */
  readonly notices: readonly Notice[];
  readonly decisions: readonly OwnDecision[];
  readonly possible: readonly Possible[];
}

/** Decisions that a party is told of without a notice: they give, or record what it did itself. */
const told: ReadonlySet<string> = new Set([
  ...Object.values(terminalTransitions).flatMap(row => Object.values(row).map(({ decision }) => decision)),
  ...["admission", "register party", "update party", "verify party", "open account", "close account"],
  ...[
    "move account",
    "manage account",
    "open service line",
    "change plan",
    "change address",
    "end service line",
  ],
  ...[
    "assign to line",
    "take off line",
    "enrol key",
    "assign user",
    "donate",
    "report lost",
    "found",
    "clear clone",
  ],
  ...[
    "take off mark",
    "appeal",
    "uphold",
    "withdraw appeal",
    "start sponsorship",
    "give notice",
    "lapse sponsorship",
  ],
]);

/**
 * What a party sees of its own: accounts, lines, terminals, every decision about them with its reason and notice, and what
 * it may do next. What an exemption keeps back, what is only being looked into and who reported anything is not in it.
 *
 * @param decisionsAbout decisions by their subject, as the ledger has them
 */
export function portalView(
  book: Book,
  partyId: string,
  atMs: number,
  decisionsAbout: (subject: string) => readonly Decision[],
): PortalView {
  const accounts = accountsOf(book, partyId);
  const accountIds = new Set(accounts.map(({ id }) => id));
  const lines = accounts.flatMap(({ id }) =>
    book.about("serviceLine", id).filter(line => line.accountId === id),
  );
  const terminals = terminalsOf(book, partyId, accounts);
  const mine = terminals.filter(({ as }) => as.includes("holder") || as.includes("account"));
  const notices = noticesTo(book, partyId);
  const noticeById = new Map(notices.map(notice => [notice.id, notice]));
  const sponsorships = accounts.flatMap(({ id }) => book.about("sponsorship", id).map(each => each.id));
  const subjects = new Set([partyId, ...accountIds, ...sponsorships]);
  const ofTerminals = mine.flatMap(({ id }) => {
    const sinceMs = heldSince(book, id, partyId);
    return decisionsAbout(id).filter(decision => decision.atMs >= sinceMs);
  });
  const decisions = [...[...subjects].flatMap(decisionsAbout), ...ofTerminals]
    .filter(decision => mayRead(decision, noticeById))
    .map(decision => ownDecision(decision, noticeById))
    .toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
  const ownLines = lines.map(({ salt: _, ...line }) => line);
  return {
    party: partyId,
    accounts,
    lines: ownLines,
    terminals,
    notices,
    decisions,
    possible: possibleNow(
      book,
      lines,
      mine,
      notices.filter(({ appealUntilMs }) => atMs <= appealUntilMs),
    ),
  };
}

/** Since when a terminal has been with whoever has it now: what it did before is another's affair. */
function heldSince(book: Book, terminalId: string, partyId: string): number {
  const chain = book.about("custody", terminalId).toSorted((a, b) => a.atMs - b.atMs);
  const came = chain.findLast(({ step, toParty }) => handsOver.has(step) && toParty !== null);
  if (came === undefined || came.toParty === partyId) return came?.atMs ?? 0;
  // Whoever answers for the account without being the holder: since it was registered there.
  return chain.findLast(({ step }) => step === "registration")?.atMs ?? came.atMs;
}

const handsOver: ReadonlySet<string> = new Set(["sale", "donation", "transfer", "release"]);

/** A decision of the time before the party had the thing names another's notice, and stays unread. */
function mayRead({ noticeId, exemption, action }: Decision, notices: ReadonlyMap<string, Notice>): boolean {
  if (noticeId !== undefined) return notices.has(noticeId);
  if (exemption !== undefined && exemption !== ownWish) return false;
  return told.has(action);
}

function ownDecision(decision: Decision, notices: ReadonlyMap<string, Notice>): OwnDecision {
  const { id, atMs, subject, action, outcome, reasons, text, noticeId, expiresAtMs, reviewAtMs } = decision;
  return {
    ...{ id, atMs, subject, action, outcome, reasons, text },
    notice: noticeId === undefined ? null : (notices.get(noticeId) ?? null),
    expiresAtMs: expiresAtMs ?? null,
    reviewAtMs: reviewAtMs ?? null,
  };
}

/** Accounts that a party answers for, its own first. */
function accountsOf(book: Book, partyId: string): readonly Account[] {
  const found = new Map<string, Account>();
  const waiting = book.about("account", partyId).filter(account => account.holder === partyId);
  for (let account = waiting.shift(); account !== undefined; account = waiting.shift()) {
    if (found.has(account.id)) continue;
    found.set(account.id, account);
    const { id } = account;
    waiting.push(...book.about("account", id).filter(below => below.managedBy === id));
  }
  return [...found.values()].filter(account => answersFor(book, partyId, account));
}

function terminalsOf(book: Book, partyId: string, accounts: readonly Account[]): readonly OwnTerminal[] {
  const found = new Map<string, Terminal>();
  for (const subject of [partyId, ...accounts.map(({ id }) => id)]) {
    for (const terminal of book.about("terminal", subject)) found.set(terminal.id, terminal);
  }
  const accountIds = new Set(accounts.map(({ id }) => id));
  const own: OwnTerminal[] = [];
  for (const terminal of found.values()) {
    const { id, name, state, stateSinceMs, flags, serviceLineId, holder, accountId, user, donor } = terminal;
    const as: OwnTerminal["as"][number][] = [];
    if (holder === partyId) as.push("holder");
    if (accountId !== null && accountIds.has(accountId)) as.push("account");
    if (user === partyId) as.push("user");
    if (donor === partyId) as.push("donor");
    // Who gave a thing away learns nothing of what became of it.
    if (as.length === 0 || (as.length === 1 && as[0] === "donor")) continue;
    const marks = Object.keys(flags);
    own.push({ id, name, state, stateSinceMs, marks, serviceLineId, as });
  }
  return own;
}

function possibleNow(
  book: Book,
  lines: readonly ServiceLine[],
  terminals: readonly OwnTerminal[],
  notices: readonly Notice[],
): readonly Possible[] {
  const possible: Possible[] = [];
  const offer = (command: string, subject: string, sentence: string) =>
    possible.push({ command, subject, sentence });
  const stateOf = new Map(terminals.map(({ id, state }) => [id, state]));
  for (const { id, state, terminalId } of lines) {
    if (state === "ended") continue;
    const on = terminalId === null ? undefined : stateOf.get(terminalId);
    const pausable = on === undefined || on === "registered" || on === "verified" || on === "active";
    if (state === "paused") offer("portal.resume", id, "Take up the service line again.");
    else if (pausable) offer("portal.pause", id, "Pause the service line.");
    offer("portal.move", id, "Change its name or service address.");
  }
  const freeLine = lines.find(({ state, terminalId }) => state === "active" && terminalId === null);
  const running = new Set(lines.filter(({ state }) => state === "active").map(({ id }) => id));
  for (const { id, state, marks, as, serviceLineId } of terminals) {
    const unmarked = marks.length === 0;
    if (
      unmarked &&
      freeLine !== undefined &&
      "register" in terminalTransitions[state] &&
      as.includes("holder")
    ) {
      offer("portal.register", id, "Bind the terminal to a service line.");
    }
    const onLine = serviceLineId !== null && running.has(serviceLineId);
    if (unmarked && onLine && "activate" in terminalTransitions[state]) {
      offer("portal.activate", id, "Put the terminal in service.");
    }
    if (marks.includes("lost")) offer("portal.found", id, "Report that you have the terminal again.");
    else if (state !== "retired") offer("portal.reportLost", id, "Report the terminal lost or stolen.");
  }
  for (const notice of notices) {
    const appealed = book.about("appeal", notice.id).some(({ state }) => state !== "withdrawn");
    if (!appealed) offer("appeal.file", notice.id, "Object to this decision.");
  }
  return possible;
}
