// SPDX-License-Identifier: MIT
// A terminal holds its service line's plan, address and account, because every admission needs them. This is the one
// place where either changes, so that they change together.
import type { Book, Change } from "../book.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import {
  applyTerminalEvent,
  type Terminal,
  type TerminalEvent,
  type TerminalTransition,
} from "../terminal.ts";
import { put } from "./ruled.ts";
import type { ServiceLine } from "./service-line.ts";

/** A terminal after an event, the row of the table that led there, and every record that changes with it. */
export interface Stepped {
  readonly terminal: Terminal;
  readonly transition: TerminalTransition;
  readonly changes: readonly Change[];
}

/**
 * An event of a terminal, together with what it means for its service line: a terminal that goes to somebody else or out
 * of service leaves its line.
 *
 * @param marks flags of the terminal after the event; absent: as before
 */
export function step(
  book: Book,
  terminal: Terminal,
  event: TerminalEvent,
  atMs: number,
  marks: Terminal["flags"] = terminal.flags,
): Result<Stepped, AuthorityError<string>> {
  const change = applyTerminalEvent(terminal, event, atMs);
  if (!change.ok) return change;
  const leaves = event.type === "transfer" || event.type === "retire";
  const line = leaves ? lineOf(book, terminal) : undefined;
  const moved: Terminal = { ...change.value.terminal, flags: marks };
  const after = line === undefined ? moved : { ...moved, ...unbound };
  return succeed({
    terminal: after,
    transition: change.value.transition,
    changes: [
      put("terminal", after),
      ...(line === undefined ? [] : [put("serviceLine", { ...line, terminalId: null })]),
    ],
  });
}

const unbound = { serviceLineId: null, planId: null, serviceAddress: null };

/** The line that a terminal is on. */
export function lineOf(book: Book, terminal: Terminal): ServiceLine | undefined {
  return terminal.serviceLineId === null ? undefined : book.get("serviceLine", terminal.serviceLineId);
}

/** What a terminal on a line holds of it. */
export function bindingOf({
  id,
  accountId,
  planId,
  serviceAddress,
}: ServiceLine): Pick<Terminal, "serviceLineId" | "accountId" | "planId" | "serviceAddress"> {
  return { serviceLineId: id, accountId, planId, serviceAddress };
}

/** A line as it is from now on, and its terminal with it. */
export function lineChanges(book: Book, line: ServiceLine): readonly Change[] {
  const terminal = line.terminalId === null ? undefined : book.get("terminal", line.terminalId);
  if (terminal === undefined) return [put("serviceLine", line)];
  return [put("serviceLine", line), put("terminal", { ...terminal, ...bindingOf(line) })];
}

/** Takes a line's terminal off it. The terminal stays with the account, without a plan. */
export function detached(book: Book, line: ServiceLine): readonly Change[] {
  const terminal = line.terminalId === null ? undefined : book.get("terminal", line.terminalId);
  return [
    put("serviceLine", { ...line, terminalId: null }),
    ...(terminal === undefined ? [] : [put("terminal", { ...terminal, ...unbound })]),
  ];
}

/** Whether a terminal and a line can come together: the line runs and is free, and no mark is on the terminal. */
export function checkFree(
  terminal: Terminal,
  line: ServiceLine,
): Result<null, AuthorityError<"lineNotActive" | "lineTaken" | "terminalMarked">> {
  if (line.state !== "active") {
    return fail("lineNotActive", "serviceLineId", `Service line ${line.id} is ${line.state}.`);
  }
  if (line.terminalId !== null) {
    return fail("lineTaken", "serviceLineId", `Terminal ${line.terminalId} is on service line ${line.id}.`);
  }
  return checkUnmarked(terminal);
}

const markWords = {
  lost: "is reported lost or stolen",
  seized: "was taken by an authority",
  cloneSuspect: "is suspected of having a copy",
};

/** Whether nothing stands beside the terminal's state. */
export function checkUnmarked({ id, flags }: Terminal): Result<null, AuthorityError<"terminalMarked">> {
  for (const [flag, text] of Object.entries(markWords)) {
    if (flags[flag as keyof typeof markWords] !== undefined) {
      return fail("terminalMarked", "terminalId", `Terminal ${id} ${text}.`);
    }
  }
  return succeed(null);
}
