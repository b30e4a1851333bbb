// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import { manufactureTerminal, type Terminal, type TerminalState } from "../terminal.ts";

/** All that anybody may learn about a kit number before buying second-hand. */
export interface KitCheck {
  /** Whether whoever gets it may register it as it is; `no` for numbers that nobody knows, too. */
  readonly mayBeActivated: "yes" | "no";
  readonly reportedStolenOrBlocked: "yes" | "no";
}

const free: ReadonlySet<TerminalState> = new Set(["manufactured", "sold"]);
const blocked: ReadonlySet<TerminalState> = new Set(["restricted", "suspended", "deactivated"]);
/** Stands for what nobody knows: in somebody's service, with nothing against it. */
const nobodys: Terminal = { ...manufactureTerminal("none", "", 0), state: "active" };

/**
 * What somebody may learn who has a kit number in hand. A number that is not on record gets the same answer as one in
 * another's service, by the same work: no answer tells which numbers exist. Whose it is, where and why it is blocked are
 * not said. How often somebody may ask is for the caller to limit.
 *
 * @param kitNumber as written on the box; blanks and lower case do not matter
 * @returns `null` where the text has not the form of a kit number, which says nothing about any number
 */
export function kitCheck(book: Pick<Book, "about">, kitNumber: string, atMs: number): KitCheck | null {
  const number = kitNumber.slice(0, 60).toUpperCase().replaceAll(" ", "");
  if (!/^KIT[0-9A-Z]{6,17}$/.test(number)) return null;
  const terminal = book.about("terminal", number).find(ut => ut.kitNumber === number) ?? nobodys;
  const { lost, seized, cloneSuspect } = terminal.flags;
  const marked = (lost ?? seized ?? cloneSuspect) !== undefined;
  // A suspension ends at its term whether or not anybody recorded that.
  const over = terminal.suspension !== null && terminal.suspension.untilMs <= atMs;
  const against = marked || (blocked.has(terminal.state) && !over);
  return {
    mayBeActivated: free.has(terminal.state) && !against ? "yes" : "no",
    reportedStolenOrBlocked: against ? "yes" : "no",
  };
}
