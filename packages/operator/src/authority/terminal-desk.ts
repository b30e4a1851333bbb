// SPDX-License-Identifier: MIT
import {
  type Account,
  type Admission,
  type Book,
  type Decision,
  type Identity,
  type LocationHistory,
  type LocationVerdict,
  type Party,
  type PolicySubject,
  type Terminal,
  txOffOrdersOf,
} from "@perigee/authority";

/** What is known of one terminal besides its records: where it was last, and what was last decided. */
export interface TerminalDesk {
  history: LocationHistory;
  admission: Admission | null;
  /** What the last admission decision in the log says; survives a restart. */
  decided: Pick<Decision, "outcome" | "reasons"> | null;
  leaseUntilMs: number | null;
  /** Whether a device proved that it is the terminal; `null` where none was ever asked. */
  identity: Identity | null;
  isCalling: boolean;
  /** What the network's own measurements say of its reports; `null` where they say nothing of now. */
  verdict: LocationVerdict | null;
  /** Cells in which a device used the terminal's name and nobody proved it. */
  refusedCells: ReadonlySet<string>;
}

/** The records that bear on one terminal. */
export interface TerminalRecords {
  readonly terminal: Terminal;
  readonly account: Account | null;
  readonly accountParty: Party | null;
  readonly holder: Party | null;
}

export function recordsOf(book: Book, terminal: Terminal): TerminalRecords {
  const account = terminal.accountId === null ? undefined : book.get("account", terminal.accountId);
  return {
    terminal,
    account: account ?? null,
    accountParty: (account && book.get("party", account.holder)) ?? null,
    holder: (terminal.holder === null ? undefined : book.get("party", terminal.holder)) ?? null,
  };
}

/** What admission is asked with, from the records and the desk. */
export function admissionInput(
  book: Book,
  records: TerminalRecords,
  { history, identity, isCalling, verdict }: TerminalDesk,
  rest: Pick<PolicySubject, "atMs" | "boundaryView" | "allowListEntries" | "areas" | "edges">,
): PolicySubject {
  const { terminal } = records;
  const exceptions = book.about("siteException", terminal.id);
  return {
    ...records,
    location: history,
    identity,
    verdict,
    emergency: isCalling,
    txOffOrders: txOffOrdersOf(book, terminal.id, rest.atMs),
    exceptions,
    licences: exceptions.flatMap(({ licenceExceptionId }) => {
      const licence =
        licenceExceptionId === null ? undefined : book.get("licenceException", licenceExceptionId);
      return licence === undefined ? [] : [licence];
    }),
    ...rest,
  };
}
