// SPDX-License-Identifier: MIT
import type { Book, Change } from "@perigee/authority";
import type { LoggedDecision } from "../storage/decisions.ts";

/** What came of a command. */
export interface CarriedOut {
  readonly decisions: readonly LoggedDecision[];
  /** The records that it changed, as they are now. */
  readonly changes: readonly Change[];
  /** The proposal that it became, where two other persons must approve first. */
  readonly proposalId: string | null;
  /** Terminals whose admission may be another now; they have been asked about again. */
  readonly terminals: readonly string[];
}

/** Why a command was not carried out; nothing has changed. */
export interface CommandError {
  readonly code: string;
  readonly message: string;
  /** Where in the request. */
  readonly place: string;
}

/**
 * The terminals whose admission may depend on changed records.
 *
 * @param book as it was when the change was decided, or as it is since: a record names the same terminals in both, or the
 *   terminal's own record changes with it.
 */
export function terminalsTouched(book: Book, changes: readonly Change[]): ReadonlySet<string> {
  const touched = new Set<string>();
  const add = (ids: Iterable<string>): void => {
    for (const id of ids) touched.add(id);
  };
  for (const change of changes) {
    switch (change.kind) {
      case "terminal":
        touched.add(change.id);
        break;
      case "account":
        add(terminalsOfAccount(book, change.id));
        break;
      case "party":
        add(terminalsOfParty(book, change.id));
        break;
      case "txOff": {
        const order = change.document ?? book.get("txOff", change.id);
        if (order != null) touched.add(order.terminalId);
        break;
      }
      case "siteException":
        add((change.document ?? book.get("siteException", change.id))?.terminalIds ?? []);
        break;
      case "allowListApplication": {
        const application = change.document ?? book.get("allowListApplication", change.id);
        if (application != null) touched.add(application.terminalId);
        break;
      }
      case "policy":
      case "statement":
      case "operatorArea":
      case "licenceException":
      case "sealedPolicy":
        return new Set(Array.from(book.all("terminal"), ({ id }) => id));
    }
  }
  return touched;
}

function terminalsOfAccount(book: Book, accountId: string): string[] {
  return book.about("terminal", accountId).map(({ id }) => id);
}

function terminalsOfParty(book: Book, partyId: string): string[] {
  const ofAccounts = book.about("account", partyId).flatMap(({ id }) => terminalsOfAccount(book, id));
  return [...ofAccounts, ...book.about("terminal", partyId).map(({ id }) => id)];
}
