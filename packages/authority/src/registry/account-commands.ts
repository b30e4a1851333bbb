// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { id, words } from "../decisions/request-parts.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Account } from "../terminal.ts";
import { country } from "./party-commands.ts";
import { atOwnWish, named, put, receiver, ruled } from "./ruled.ts";

/** Accounts above one another: an aid organisation, its country office, a field hospital, and one to spare. */
export const mostManagers = 4;

const reason = words(3, 500);
const openRequest = z.strictObject({
  accountId: id.optional(),
  holder: id,
  country,
  managedBy: id.nullable().default(null),
});
const closeRequest = z.strictObject({ accountId: id, reason });
const moveRequest = z.strictObject({ accountId: id, country, reason });
const manageRequest = z.strictObject({ accountId: id, managedBy: id.nullable(), reason });

const open: Command<z.infer<typeof openRequest>> = commandOf({
  name: "account.open",
  summary: "Opens an account for a party.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { holder, managedBy } = request;
    const party = receiver(book, holder, "holder");
    if (!party.ok) return party;
    const others = book.about("account", holder).length;
    const accountId = request.accountId ?? contentId("acc", { ...request, others, atMs });
    if (book.get("account", accountId) !== undefined) {
      return fail("accountExists", "accountId", `There is an account ${accountId} already.`);
    }
    const manager = checkManager(book, accountId, managedBy);
    if (!manager.ok) return manager;
    const account: Account = { id: accountId, holder, country: request.country, state: "open", managedBy };
    return ruled(
      context,
      { name: open.name, request },
      {
        subject: accountId,
        action: "open account",
        outcome: "open",
        reasons: [],
        text: `Account ${accountId} of ${request.country} is opened for party ${holder}.`,
      },
      [put("account", account)],
    );
  },
});

const close: Command<z.infer<typeof closeRequest>> = commandOf({
  name: "account.close",
  summary: "Closes an account whose service lines have ended.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { accountId, reason: why } = request;
    const account = openAccount(book, accountId);
    if (!account.ok) return account;
    const lines = book
      .about("serviceLine", accountId)
      .filter(line => line.accountId === accountId && line.state !== "ended");
    if (lines.length > 0) {
      return fail("linesOpen", "accountId", `${lines.length} service lines of the account have not ended.`);
    }
    const managed = book
      .about("account", accountId)
      .filter(a => a.managedBy === accountId && a.state === "open");
    if (managed.length > 0) {
      return fail("accountManages", "accountId", `The account manages ${managed.length} open accounts.`);
    }
    return ruled(
      context,
      { name: close.name, request },
      {
        subject: accountId,
        action: "close account",
        outcome: "closed",
        reasons: [why],
        text: `Account ${accountId} is closed: ${why}`,
        ...atOwnWish(atMs),
      },
      [put("account", { ...account.value, state: "closed" })],
    );
  },
});

const move: Command<z.infer<typeof moveRequest>> = commandOf({
  name: "account.move",
  summary: "Moves an account to another country.",
  permission: "parties.change",
  decide(request, context) {
    const { accountId, country: to, reason: why } = request;
    const account = openAccount(context.book, accountId);
    if (!account.ok) return account;
    if (account.value.country === to) {
      return fail("nothingChanges", "country", `The account is of ${to} already.`);
    }
    return ruled(
      context,
      { name: move.name, request },
      {
        subject: accountId,
        action: "move account",
        outcome: "open",
        reasons: [why],
        text: `Account ${accountId} moves from ${account.value.country} to ${to}: ${why}`,
        inputs: { from: account.value.country, to },
      },
      [put("account", { ...account.value, country: to })],
    );
  },
});

const manage: Command<z.infer<typeof manageRequest>> = commandOf({
  name: "account.manage",
  summary: "Puts an account under another one, or on its own.",
  permission: "parties.change",
  decide(request, context) {
    const { accountId, managedBy, reason: why } = request;
    const account = openAccount(context.book, accountId);
    if (!account.ok) return account;
    const manager = checkManager(context.book, accountId, managedBy);
    if (!manager.ok) return manager;
    return ruled(
      context,
      { name: manage.name, request },
      {
        subject: accountId,
        action: "manage account",
        outcome: "open",
        reasons: [why],
        text: `Account ${accountId} is managed by ${managedBy ?? "its holder alone"} from now on: ${why}`,
      },
      [put("account", { ...account.value, managedBy })],
    );
  },
});

/** An account that exists and is open, or `accountUnknown` or `accountClosed`. */
export function openAccount(
  book: Book,
  accountId: string,
  place = "accountId",
): Result<Account, AuthorityError<string>> {
  const account = named(book, "account", accountId, place);
  if (account.ok && account.value.state === "closed") {
    return fail("accountClosed", place, `Account ${accountId} is closed.`);
  }
  return account;
}

/** Parties that answer for an account: its holder and the holders of the accounts above it, the nearest first. */
export function partiesOf(book: Book, account: Account): readonly string[] {
  const parties: string[] = [];
  let at: Account | undefined = account;
  for (let step = 0; at !== undefined && step <= mostManagers; step++) {
    parties.push(at.holder);
    at = at.managedBy === null ? undefined : book.get("account", at.managedBy);
  }
  return parties;
}

function checkManager(
  book: Book,
  accountId: string,
  managedBy: string | null,
): Result<null, AuthorityError<string>> {
  let at = managedBy;
  for (let step = 1; at !== null; step++) {
    if (at === accountId) return fail("managesItself", "managedBy", "The account would manage itself.");
    if (step > mostManagers) {
      return fail("managersTooMany", "managedBy", `At most ${mostManagers} accounts stand above one.`);
    }
    const account = openAccount(book, at, "managedBy");
    if (!account.ok) return account;
    at = account.value.managedBy;
  }
  return succeed(null);
}

/** Commands about accounts. */
export const accountCommands: readonly CommandEntry[] = [
  entryOf(open, openRequest),
  entryOf(close, closeRequest),
  entryOf(move, moveRequest),
  entryOf(manage, manageRequest),
];
