// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import type { Asked } from "../decisions/decided.ts";
import { id, words } from "../decisions/request-parts.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import type { Terminal, TerminalEvent } from "../terminal.ts";
import { openAccount, partiesOf } from "./account-commands.ts";
import { bindingOf, checkFree, checkUnmarked, lineOf, step } from "./binding.ts";
import { custodyChange } from "./custody-chain.ts";
import { pauseLine, resumeLine } from "./line-commands.ts";
import { atOwnWish, named, put, type RulingResult, ruled } from "./ruled.ts";
import { about, changeTerminal } from "./terminal-step.ts";

const registerRequest = z.strictObject({ terminalId: id, serviceLineId: id });
const plainRequest = z.strictObject({ terminalId: id });
const pauseRequest = z.strictObject({ terminalId: id, reason: words(3, 500) });

const register: Command<z.infer<typeof registerRequest>> = commandOf({
  name: "terminal.register",
  summary: "Binds a terminal to an account, by one of its service lines.",
  permission: "terminals.change",
  decide: (request, context) => registerTerminal(context, { name: register.name, request }, request),
});

/** See `terminal.register`. */
export function registerTerminal(
  context: CommandContext,
  asked: Asked,
  request: z.infer<typeof registerRequest>,
): RulingResult {
  const { book, atMs } = context;
  const found = named(book, "terminal", request.terminalId, "terminalId");
  if (!found.ok) return found;
  const line = named(book, "serviceLine", request.serviceLineId, "serviceLineId");
  if (!line.ok) return line;
  const terminal = found.value;
  const free = checkFree(terminal, line.value);
  if (!free.ok) return free;
  const account = openAccount(book, line.value.accountId, "serviceLineId");
  if (!account.ok) return account;
  if (terminal.holder !== null && !partiesOf(book, account.value).includes(terminal.holder)) {
    return fail(
      "holderOther",
      "terminalId",
      `Terminal ${terminal.id} belongs neither to the account's holder nor to who manages it.`,
    );
  }
  const stepped = step(book, terminal, { type: "register", ...bindingOf(line.value) } as TerminalEvent, atMs);
  if (!stepped.ok) return stepped;
  const holder = terminal.holder ?? account.value.holder;
  const after: Terminal = { ...stepped.value.terminal, holder };
  const link = custodyChange({
    terminalId: terminal.id,
    step: "registration",
    atMs,
    fromParty: null,
    toParty: holder,
    country: account.value.country,
    asserter: context.actor.id,
    source: asked.name,
  });
  return ruled(
    context,
    asked,
    {
      ...about(after, stepped.value.transition.decision),
      text: `Terminal ${terminal.id} is bound to account ${account.value.id} by line ${line.value.id}.`,
      inputs: { serviceLine: line.value.id, account: account.value.id },
    },
    [put("terminal", after), put("serviceLine", { ...line.value, terminalId: terminal.id }), link],
  );
}

const verify: Command<z.infer<typeof plainRequest>> = commandOf({
  name: "terminal.verify",
  summary: "Records that whoever holds a registered terminal is verified.",
  permission: "terminals.change",
  decide(request, context) {
    const found = named(context.book, "terminal", request.terminalId, "terminalId");
    if (!found.ok) return found;
    const verified = checkParties(context.book, found.value);
    if (!verified.ok) return verified;
    return changeTerminal(context, { name: verify.name, request }, found.value, { type: "verify" });
  },
});

const activate: Command<z.infer<typeof plainRequest>> = commandOf({
  name: "terminal.activate",
  summary: "Puts a verified terminal in service.",
  permission: "terminals.change",
  decide: (request, context) => activateTerminal(context, { name: activate.name, request }, request),
});

/** See `terminal.activate`. */
export function activateTerminal(
  context: CommandContext,
  asked: Asked,
  request: { readonly terminalId: string },
): RulingResult {
  const { book } = context;
  const found = named(book, "terminal", request.terminalId, "terminalId");
  if (!found.ok) return found;
  const unmarked = checkUnmarked(found.value);
  if (!unmarked.ok) return unmarked;
  const verified = checkParties(book, found.value);
  if (!verified.ok) return verified;
  const line = lineOf(book, found.value);
  if (line?.state !== "active") {
    return fail("lineNotActive", "terminalId", `Terminal ${found.value.id} is on no running service line.`);
  }
  return changeTerminal(context, asked, found.value, { type: "activate" });
}

const pause: Command<z.infer<typeof pauseRequest>> = commandOf({
  name: "terminal.pause",
  summary: "Pauses a terminal at its holder's wish, and its service line with it.",
  permission: "terminals.change",
  decide(request, context) {
    const lineId = context.book.get("terminal", request.terminalId)?.serviceLineId ?? null;
    if (lineId !== null)
      return pauseLine(context, { name: pause.name, request }, { ...request, serviceLineId: lineId });
    return alone(context, { name: pause.name, request }, request, { type: "pause" });
  },
});

const resume: Command<z.infer<typeof plainRequest>> = commandOf({
  name: "terminal.resume",
  summary: "Takes a paused terminal up again, and its service line with it.",
  permission: "terminals.change",
  decide(request, context) {
    const lineId = context.book.get("terminal", request.terminalId)?.serviceLineId ?? null;
    if (lineId !== null)
      return resumeLine(context, { name: resume.name, request }, { serviceLineId: lineId });
    return alone(context, { name: resume.name, request }, request, { type: "resume" });
  },
});

/** Of a terminal that was registered before there were service lines. */
function alone(
  context: CommandContext,
  asked: Asked,
  { terminalId, reason }: { readonly terminalId: string; readonly reason?: string },
  event: TerminalEvent,
): RulingResult {
  const found = named(context.book, "terminal", terminalId, "terminalId");
  if (!found.ok) return found;
  const wish = event.type === "pause" ? atOwnWish(context.atMs) : {};
  return changeTerminal(context, asked, found.value, event, {
    why: reason === undefined ? [] : [reason],
    wish,
  });
}

/** Whether whoever holds a terminal and whoever answers for its account are verified, and neither under sanctions. */
export function checkParties(book: Book, terminal: Terminal): Result<null, AuthorityError<string>> {
  const account = terminal.accountId === null ? undefined : book.get("account", terminal.accountId);
  for (const partyId of new Set([terminal.holder, account?.holder ?? null])) {
    const party = partyId === null ? undefined : book.get("party", partyId);
    if (party?.verification.state !== "verified") {
      return fail("holderUnverified", "terminalId", `Party ${partyId ?? "of the terminal"} is not verified.`);
    }
    if (party.standing === "sanctioned") {
      return fail("partySanctioned", "terminalId", `Party ${party.id} is under sanctions.`);
    }
  }
  return succeed(null);
}

/** Commands that bring terminals into service, pause them and take them up again. */
export const serviceCommands: readonly CommandEntry[] = [
  entryOf(register, registerRequest),
  entryOf(verify, plainRequest),
  entryOf(activate, plainRequest),
  entryOf(pause, pauseRequest),
  entryOf(resume, plainRequest),
];
