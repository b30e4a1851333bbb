// SPDX-License-Identifier: MIT
import type { CommandEntry } from "../command-entry.ts";
import type { Reversals } from "../decisions/appeals.ts";
import { accountCommands } from "./account-commands.ts";
import { addressCommands } from "./address-commands.ts";
import { donationCommands } from "./donation-commands.ts";
import { erasureCommands } from "./erasure.ts";
import { flagCommands, flagReversals } from "./flag-commands.ts";
import { fleetAccountCommands } from "./fleet-account-commands.ts";
import { fleetLineCommands } from "./fleet-line-commands.ts";
import { fleetTerminalCommands } from "./fleet-terminal-commands.ts";
import { importCommands } from "./import-commands.ts";
import { serviceLineCommands } from "./line-commands.ts";
import { partyCommands, verificationReversals } from "./party-commands.ts";
import { portalCommands } from "./portal-commands.ts";
import { resellerCommands } from "./reseller-commands.ts";
import { type ScreeningLists, screeningCommands, screeningReversals } from "./screening-commands.ts";
import { serviceCommands } from "./service-commands.ts";
import { sponsorshipCommands } from "./sponsorship-commands.ts";
import { terminalCommands, transferReversals } from "./terminal-commands.ts";

/**
 * Every command about parties, accounts, service lines, terminals and their way from hand to hand.
 *
 * @param lists the sanctions lists that parties can be compared with
 */
export function registryCommands(lists: ScreeningLists): readonly CommandEntry[] {
  return [
    ...partyCommands,
    ...accountCommands,
    ...serviceLineCommands,
    ...terminalCommands,
    ...serviceCommands,
    ...flagCommands,
    ...portalCommands,
    ...addressCommands,
    ...fleetLineCommands,
    ...fleetTerminalCommands,
    ...fleetAccountCommands,
    ...donationCommands,
    ...sponsorshipCommands,
    ...importCommands,
    ...resellerCommands,
    ...screeningCommands(lists),
    ...erasureCommands,
  ];
}

/** How this folder's restrictions are reversed on appeal. */
export const registryReversals: Reversals = {
  ...flagReversals,
  ...screeningReversals,
  ...verificationReversals,
  ...transferReversals,
};
