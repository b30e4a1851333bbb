// SPDX-License-Identifier: MIT
import { areaCommands } from "./areas/area-commands.ts";
import { type AreaRules, defaultAreaRules } from "./areas/area-rules.ts";
import type { CommandEntry } from "./command-entry.ts";
import { decisionCommands, defaultDecisionRules } from "./decisions/decision-commands.ts";
import { registryCommands, registryReversals } from "./registry/registry-commands.ts";
import type { ScreeningLists } from "./registry/screening-commands.ts";

/** What commands need beside the records. */
export interface CommandRules {
  readonly screeningLists: ScreeningLists;
  readonly areas: AreaRules;
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
