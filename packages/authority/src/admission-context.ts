// SPDX-License-Identifier: MIT
import type { LocationFacts } from "./location-facts.ts";
import type { TerritoryRules } from "./policy.ts";
import type { Account, Plan, Terminal } from "./terminal.ts";
import type { Statement } from "./territory.ts";

/** What every rule of admission is given: one terminal, where it is, and what the policy says there. */
export interface AdmissionContext {
  readonly atMs: number;
  readonly terminal: Terminal;
  /** The account the terminal is bound to; `null` when there is none. */
  readonly account: Account | null;
  readonly plan: Plan | null;
  readonly location: LocationFacts | null;
  /** Territories whose rules apply, own first; empty for a terminal that has never reported. */
  readonly territories: readonly string[];
  /** What the policy says about those territories, where it says anything. */
  readonly rules: readonly TerritoryRules[];
  /** The statements about them in force at `atMs` as known at the time asked. */
  readonly statements: readonly Statement[];
}
