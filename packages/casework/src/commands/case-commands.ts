// SPDX-License-Identifier: MIT
import type { CommandEntry, DueCommand } from "@perigee/authority";
import { shownEvent } from "../cases/follow.ts";
import type { CaseBook } from "../records.ts";
import { memberCommands } from "./member-commands.ts";
import { reportCommands } from "./report-commands.ts";
import { stateCommands } from "./state-commands.ts";

/** Every command of this room. None changes a terminal, an order, a finding or anything else of the authority's. */
export const caseCommands: readonly CommandEntry[] = [...reportCommands, ...stateCommands, ...memberCommands];

/** Cases that are behind the authority's records: the system itself asks that they follow. */
export function casesDue(book: CaseBook, atMs: number): readonly DueCommand[] {
  return [...book.all("case")]
    .filter(found => shownEvent(book, found) !== null)
    .map(({ id }) => ({ name: "case.follow", request: { caseId: id }, dueMs: atMs }));
}
