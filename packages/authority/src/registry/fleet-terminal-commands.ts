// SPDX-License-Identifier: MIT
// A terminal's way through a customer's fleet: to the account, to a line, off the line, out of the account. The order is
// enforced; nothing is skipped.
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { id } from "../decisions/request-parts.ts";
import { fail, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import type { Terminal, TerminalEvent } from "../terminal.ts";
import { partiesOf } from "./account-commands.ts";
import { bindingOf, checkFree, checkUnmarked, detached, step } from "./binding.ts";
import { custodyChange } from "./custody-chain.ts";
import { ownAccount, ownLine, ownRunningLine, ownTerminal } from "./fleet-parts.ts";
import { atOwnWish, type Content, named, put, ruled } from "./ruled.ts";
import { checkParties } from "./service-commands.ts";
import { about } from "./terminal-step.ts";

const addRequest = z.strictObject({ party: id, accountId: id, terminalId: id });
const removeRequest = z.strictObject({ party: id, terminalId: id });
const onLineRequest = z.strictObject({ party: id, serviceLineId: id, terminalId: id });

const add: Command<z.infer<typeof addRequest>> = commandOf({
  name: "fleet.addTerminal",
  summary:
    "Binds a terminal that is nobody's yet, or one's own, to one's own account; it has no service yet.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const account = ownAccount(book, request.party, request.accountId);
    if (!account.ok) return account;
    const found = named(book, "terminal", request.terminalId, "terminalId");
    if (!found.ok) return found;
    const terminal = found.value;
    if (terminal.accountId !== null) {
      const whose = terminal.accountId === account.value.id ? "this" : "another";
      return fail("terminalTaken", "terminalId", `Terminal ${terminal.id} is with ${whose} account already.`);
    }
    const unmarked = checkUnmarked(terminal);
    if (!unmarked.ok) return unmarked;
    if (terminal.holder !== null && !partiesOf(book, account.value).includes(terminal.holder)) {
      return fail(
        "holderOther",
        "terminalId",
        `Terminal ${terminal.id} belongs neither to the account's holder nor to who manages it.`,
      );
    }
    const event = { type: "register", accountId: account.value.id, ...noLine } as const;
    const stepped = step(book, terminal, event, atMs);
    if (!stepped.ok) return stepped;
    const holder = terminal.holder ?? account.value.holder;
    const asked = { name: add.name, request };
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
    const after: Terminal = { ...stepped.value.terminal, holder };
    return ruled(
      context,
      asked,
      {
        ...about(after, stepped.value.transition.decision),
        text: `Terminal ${terminal.id} is bound to account ${account.value.id}, on no service line yet.`,
        inputs: { account: account.value.id },
      },
      [put("terminal", after), link],
    );
  },
});

const addToLine: Command<z.infer<typeof onLineRequest>> = commandOf({
  name: "fleet.addTerminalToLine",
  summary: "Puts a terminal of one's own account on its service line, and in service.",
  permission: "fleet",
  decide(request, context) {
    const { book } = context;
    const { party, serviceLineId, terminalId } = request;
    const line = ownLine(book, party, serviceLineId);
    if (!line.ok) return line;
    const found = ownTerminal(book, party, terminalId);
    if (!found.ok) return found;
    const terminal = found.value;
    if (terminal.accountId !== line.value.accountId) {
      return fail("terminalOther", "terminalId", `Terminal ${terminalId} is not with the line's account.`);
    }
    if (terminal.serviceLineId !== null) {
      return fail(
        "terminalOnLine",
        "terminalId",
        `Terminal ${terminalId} is on line ${terminal.serviceLineId}.`,
      );
    }
    const free = checkFree(terminal, line.value);
    if (!free.ok) return free;
    const asked = { name: addToLine.name, request };
    const bound: Terminal = { ...terminal, ...bindingOf(line.value) };
    const content: Content = {
      ...about(bound, "assign to line"),
      text: `Terminal ${terminalId} is on service line ${serviceLineId} from now on.`,
      inputs: { serviceLine: serviceLineId },
    };
    const entered = intoService(context, asked, bound);
    if (!entered.ok) return entered;
    return succeed({
      decisions: [decisionOf(decided(context, asked, content)), ...entered.value.decisions],
      changes: [put("serviceLine", { ...line.value, terminalId }), put("terminal", entered.value.terminal)],
    });
  },
});

/**
 * The steps that are left before a terminal on a line is in service: its holder is verified, it is switched on. One that an
 * order or its holder's pause keeps out of service stays as it is.
 */
function intoService(context: CommandContext, asked: Asked, terminal: Terminal) {
  const decisions: ReturnType<typeof decisionOf>[] = [];
  let now = terminal;
  if (terminal.state === "registered" || terminal.state === "verified") {
    const verified = checkParties(context.book, terminal);
    if (!verified.ok) return verified;
    const events: readonly TerminalEvent[] = [{ type: "verify" }, { type: "activate" }];
    for (const event of terminal.state === "registered" ? events : events.slice(1)) {
      const stepped = step(context.book, now, event, context.atMs);
      if (!stepped.ok) return stepped;
      now = stepped.value.terminal;
      const { decision, sentence } = stepped.value.transition;
      const text = `${sentence} (${terminal.id})`;
      decisions.push(decisionOf(decided(context, asked, { ...about(now, decision), text })));
    }
  }
  return succeed({ terminal: now, decisions });
}

const takeOffLine: Command<z.infer<typeof onLineRequest>> = commandOf({
  name: "fleet.takeTerminalOffLine",
  summary: "Takes a terminal off one's own service line; it stays with the account, without a plan.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const { party, serviceLineId, terminalId } = request;
    const line = ownRunningLine(book, party, serviceLineId);
    if (!line.ok) return line;
    if (line.value.terminalId !== terminalId) {
      return fail(
        "terminalUnknown",
        "terminalId",
        `No terminal ${terminalId} is on service line ${serviceLineId}.`,
      );
    }
    return ruled(
      context,
      { name: takeOffLine.name, request },
      {
        subject: terminalId,
        action: "take off line",
        outcome: "withoutPlan",
        reasons: [],
        text: `Terminal ${terminalId} is taken off service line ${serviceLineId}.`,
        inputs: { serviceLine: serviceLineId },
        ...atOwnWish(atMs),
      },
      detached(book, line.value),
    );
  },
});

const remove: Command<z.infer<typeof removeRequest>> = commandOf({
  name: "fleet.removeTerminal",
  summary: "Takes a terminal that is on no line out of one's own account; it stays its holder's.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const found = ownTerminal(book, request.party, request.terminalId);
    if (!found.ok) return found;
    const { id: terminalId, serviceLineId, accountId } = found.value;
    if (serviceLineId !== null) {
      return fail("terminalOnLine", "terminalId", `Terminal ${terminalId} is on line ${serviceLineId}.`);
    }
    const stepped = step(book, found.value, { type: "release" }, atMs);
    if (!stepped.ok) return stepped;
    return ruled(
      context,
      { name: remove.name, request },
      {
        ...about(stepped.value.terminal, stepped.value.transition.decision),
        text: `Terminal ${terminalId} leaves account ${accountId}.`,
        inputs: { account: accountId ?? "" },
        ...atOwnWish(atMs),
      },
      stepped.value.changes,
    );
  },
});

const noLine = { planId: null, serviceAddress: null, serviceLineId: null };

/** Commands about terminals, for customers' programs. */
export const fleetTerminalCommands: readonly CommandEntry[] = [
  entryOf(add, addRequest),
  entryOf(addToLine, onLineRequest),
  entryOf(takeOffLine, onLineRequest),
  entryOf(remove, removeRequest),
];
