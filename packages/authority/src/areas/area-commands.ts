// SPDX-License-Identifier: MIT
import type { CommandEntry } from "../command-entry.ts";
import { areaMoveCommands } from "./area-move-commands.ts";
import { type AreaRules, defaultAreaRules } from "./area-rules.ts";
import { operatorAreaCommands } from "./operator-area-commands.ts";
import { policyCommands } from "./policy-commands.ts";
import { requestCommands } from "./request-commands.ts";
import { sealedPolicyCommands } from "./sealed-policies.ts";
import { statementCommands } from "./statement-commands.ts";

/** Every command about areas and the policy. */
export function areaCommands(rules: AreaRules = defaultAreaRules): readonly CommandEntry[] {
  return [
    ...statementCommands(rules),
    ...areaMoveCommands(rules),
    ...requestCommands(rules),
    ...operatorAreaCommands,
    ...sealedPolicyCommands(rules),
    ...policyCommands(rules),
  ];
}
