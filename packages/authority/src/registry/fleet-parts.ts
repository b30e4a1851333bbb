// SPDX-License-Identifier: MIT
// What the commands of fleets have in common: whose things they are about, and ids that are UUIDs.
import type { Book } from "../book.ts";
import { contentHash } from "../content-hash.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { Account, Terminal } from "../terminal.ts";
import { openAccount } from "./account-commands.ts";
import type { Address } from "./address.ts";
import type { Contact } from "./contact.ts";
import { answersFor } from "./portal-commands.ts";
import type { ServiceLine } from "./service-line.ts";

type Found<T> = Result<T, AuthorityError<string>>;

/** An open account that a party answers for. Of what is not one's own, one learns as much as of what does not exist. */
export function ownAccount(book: Book, party: string, accountId: string): Found<Account> {
  if (!answersFor(book, party, book.get("account", accountId))) {
    return fail("accountUnknown", "accountId", `There is no account ${accountId}.`);
  }
  return openAccount(book, accountId);
}

/** A service line of an account that a party answers for, whatever its state. */
export function ownLine(book: Book, party: string, lineId: string): Found<ServiceLine> {
  const line = book.get("serviceLine", lineId);
  if (line !== undefined && answersFor(book, party, book.get("account", line.accountId)))
    return succeed(line);
  return fail("serviceLineUnknown", "serviceLineId", `There is no service line ${lineId}.`);
}

/** The same, of a line that has not ended. */
export function ownRunningLine(book: Book, party: string, lineId: string): Found<ServiceLine> {
  const line = ownLine(book, party, lineId);
  if (line.ok && line.value.state === "ended") {
    return fail("lineEnded", "serviceLineId", `Service line ${lineId} has ended.`);
  }
  return line;
}

/** A terminal that is with an account that a party answers for. */
export function ownTerminal(book: Book, party: string, terminalId: string): Found<Terminal> {
  const terminal = book.get("terminal", terminalId);
  const account = terminal?.accountId == null ? undefined : book.get("account", terminal.accountId);
  if (terminal !== undefined && answersFor(book, party, account)) return succeed(terminal);
  return fail("terminalUnknown", "terminalId", `There is no terminal ${terminalId}.`);
}

export function ownAddress(book: Book, party: string, addressId: string): Found<Address> {
  const address = book.get("address", addressId);
  if (address !== undefined && answersFor(book, party, book.get("account", address.accountId))) {
    return succeed(address);
  }
  return fail("addressUnknown", "addressId", `There is no address ${addressId}.`);
}

export function ownContact(book: Book, party: string, contactId: string): Found<Contact> {
  const contact = book.get("contact", contactId);
  if (contact !== undefined && answersFor(book, party, book.get("account", contact.accountId))) {
    return succeed(contact);
  }
  return fail("contactUnknown", "contactId", `There is no contact ${contactId}.`);
}

/** A UUID of version 8 (RFC 9562, section 5.8) made from content: equal content, equal name. */
export function contentUuid(value: unknown): string {
  const hex = contentHash(value);
  const variant = "89ab"[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
