// SPDX-License-Identifier: MIT
// What customers do with what is theirs. The portal has established who asks and writes that party into the request.
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { id, words } from "../decisions/request-parts.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Account, Terminal } from "../terminal.ts";
import { partiesOf } from "./account-commands.ts";
import { markFound, markLost } from "./flag-commands.ts";
import { changeAddressRequest, moveLine, pauseLine, resumeLine } from "./line-commands.ts";
import { withoutPersonal } from "./personal-data.ts";
import { named, type RulingResult } from "./ruled.ts";
import { activateTerminal, registerTerminal } from "./service-commands.ts";

const lineRequest = z.strictObject({ party: id, serviceLineId: id, reason: words(3, 500) });
const resumeRequest = z.strictObject({ party: id, serviceLineId: id });
const moveRequest = changeAddressRequest.extend({ party: id });
const registerRequest = z.strictObject({ party: id, terminalId: id, serviceLineId: id });
const terminalRequest = z.strictObject({ party: id, terminalId: id });

const pause: Command<z.infer<typeof lineRequest>> = commandOf({
  name: "portal.pause",
  summary: "Pauses one's own service line.",
  permission: "portal",
  decide(request, context) {
    const own = ownLine(context.book, request.party, request.serviceLineId);
    return own.ok ? pauseLine(context, { name: pause.name, request }, request) : own;
  },
});

const resume: Command<z.infer<typeof resumeRequest>> = commandOf({
  name: "portal.resume",
  summary: "Takes up one's own paused service line again.",
  permission: "portal",
  decide(request, context) {
    const own = ownLine(context.book, request.party, request.serviceLineId);
    return own.ok ? resumeLine(context, { name: resume.name, request }, request) : own;
  },
});

const move: Command<z.infer<typeof moveRequest>> = commandOf({
  name: "portal.move",
  summary: "Changes name and service address of one's own line.",
  permission: "portal",
  decide(request, context) {
    const { party, ...change } = request;
    const own = ownLine(context.book, party, change.serviceLineId);
    return own.ok ? moveLine(context, { name: move.name, request: withoutPersonal(request) }, change) : own;
  },
});

const register: Command<z.infer<typeof registerRequest>> = commandOf({
  name: "portal.register",
  summary: "Binds one's own terminal to one's own service line.",
  permission: "portal",
  decide(request, context) {
    const { party, terminalId, serviceLineId } = request;
    const line = ownLine(context.book, party, serviceLineId);
    if (!line.ok) return line;
    const terminal = ownTerminal(context.book, party, terminalId);
    return terminal.ok ? registerTerminal(context, { name: register.name, request }, request) : terminal;
  },
});

const activate: Command<z.infer<typeof terminalRequest>> = commandOf({
  name: "portal.activate",
  summary: "Puts one's own verified terminal in service.",
  permission: "portal",
  decide(request, context) {
    const own = ownTerminal(context.book, request.party, request.terminalId);
    return own.ok ? activateTerminal(context, { name: activate.name, request }, request) : own;
  },
});

const fromPortal = { happenedMs: null, country: null, source: "the customer portal" };

function marking(
  name: string,
  summary: string,
  doIt: typeof markLost,
): Command<z.infer<typeof terminalRequest>> {
  return commandOf({
    name,
    summary,
    permission: "portal",
    decide(request, context): RulingResult {
      const own = ownTerminal(context.book, request.party, request.terminalId);
      if (!own.ok) return own;
      return doIt(context, { name, request }, { terminalId: request.terminalId, ...fromPortal });
    },
  });
}

const reportLost = marking("portal.reportLost", "Reports one's own terminal lost or stolen.", markLost);
const found = marking("portal.found", "Reports that one has a lost terminal again.", markFound);

/** Whether a party answers for an account: holds it, or an account above it. */
export function answersFor(book: Book, party: string, account: Account | undefined): boolean {
  return account !== undefined && partiesOf(book, account).includes(party);
}

// Of what is not one's own, one learns as much as of what does not exist.
function ownLine(book: Book, party: string, lineId: string): Result<null, AuthorityError<string>> {
  const line = named(book, "serviceLine", lineId, "serviceLineId");
  if (line.ok && answersFor(book, party, book.get("account", line.value.accountId))) return succeed(null);
  return fail("serviceLineUnknown", "serviceLineId", `There is no service line ${lineId}.`);
}

function ownTerminal(
  book: Book,
  party: string,
  terminalId: string,
): Result<Terminal, AuthorityError<string>> {
  const terminal = book.get("terminal", terminalId);
  if (terminal !== undefined) {
    const account = terminal.accountId === null ? undefined : book.get("account", terminal.accountId);
    if (terminal.holder === party || answersFor(book, party, account)) return succeed(terminal);
  }
  return fail("terminalUnknown", "terminalId", `There is no terminal ${terminalId}.`);
}

/** Commands of the customer portal. */
export const portalCommands: readonly CommandEntry[] = [
  entryOf(pause, lineRequest),
  entryOf(resume, resumeRequest),
  entryOf(move, moveRequest),
  entryOf(register, registerRequest),
  entryOf(activate, terminalRequest),
  entryOf(reportLost, terminalRequest),
  entryOf(found, terminalRequest),
];
