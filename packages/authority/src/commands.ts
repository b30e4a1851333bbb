// SPDX-License-Identifier: MIT
import { areaCommands } from "./areas/area-commands.ts";
import { dueRequests } from "./areas/area-requests.ts";
import { type AreaRules, defaultAreaRules } from "./areas/area-rules.ts";
import type { Book } from "./book.ts";
import type { CommandEntry } from "./command-entry.ts";
import {
  type DueCommand,
  decisionCommands,
  defaultDecisionRules,
  dueCommands,
} from "./decisions/decision-commands.ts";
import { fleetDue } from "./registry/fleet-line-commands.ts";
import { registryCommands, registryReversals } from "./registry/registry-commands.ts";
import type { ScreeningLists } from "./registry/screening-commands.ts";
import { sponsorshipDue } from "./registry/sponsorship-commands.ts";

/** What commands need beside the records. */
export interface CommandRules {
  readonly screeningLists: ScreeningLists;
  readonly areas: AreaRules;
}

/** Everything that has reached its term and is not on record as ended, the oldest first. */
export function everythingDue(book: Book, atMs: number): readonly DueCommand[] {
  const sponsorships = sponsorshipDue(book, atMs).flatMap(({ command, dueMs }) =>
    command === null ? [] : [{ ...command, dueMs }],
  );
  const fleets = fleetDue(book, atMs);
  return [...dueCommands(book, atMs), ...dueRequests(book, atMs), ...sponsorships, ...fleets].toSorted(
    (a, b) => a.dueMs - b.dueMs,
  );
}

/** With no sanctions list at hand, and an operator without a name. */
export const defaultCommandRules: CommandRules = {
  screeningLists: { find: () => undefined },
  areas: defaultAreaRules,
};

/** Everything that the authority can be asked to do. Names are unique. */
export function commandsOf({
  screeningLists,
  areas,
}: CommandRules = defaultCommandRules): readonly CommandEntry[] {
  const others = [...registryCommands(screeningLists), ...areaCommands(areas)];
  return [...others, ...decisionCommands(others, { ...defaultDecisionRules, reversals: registryReversals })];
}
