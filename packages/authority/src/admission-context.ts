// SPDX-License-Identifier: MIT
import type { AdmissionFacts } from "./admission/admission-facts.ts";
import type { Policy, TerritoryRules } from "./policy.ts";
import type { Plan } from "./terminal.ts";
import { type Statement, statementsAt, territoriesOf } from "./territory.ts";

/** What every rule of admission is given: the facts about one terminal, and what the policy says where it is. */
export interface AdmissionContext extends AdmissionFacts {
  readonly policy: Policy;
  readonly plan: Plan | null;
  /** The territory it is in; `null` for a terminal that has never reported. */
  readonly own: string | null;
  /** What the rules of the area have to say. */
  readonly area: AreaContext;
  /** The same for the other side of every edge at hand, in the order of `location.edges`. */
  readonly beyond: readonly AreaContext[];
}

/** What a policy says about a few territories whose rules apply together. */
export interface AreaContext {
  /** The operator's areas first, then the territory, then its country; empty for a terminal that has never reported. */
  readonly territories: readonly string[];
  /** What the policy says about those territories, where it says anything. */
  readonly rules: readonly TerritoryRules[];
  /** The statements about them in force at the time asked about, as known at the time asked. */
  readonly statements: readonly Statement[];
}

/** Looks up what the policy says. */
export function contextOf(facts: AdmissionFacts, policy: Policy): AdmissionContext {
  const { location, terminal } = facts;
  const ofPlace = location === null ? [] : territoriesOf(location.place);
  return {
    ...facts,
    policy,
    plan: terminal.planId === null ? null : (policy.planById.get(terminal.planId) ?? null),
    own: ofPlace[0] ?? null,
    area: areaContext(policy, location === null ? [] : [...location.areas, ...ofPlace], facts),
    beyond: (location?.edges ?? []).map(({ beyond }) => areaContext(policy, beyond, facts)),
  };
}

/** What the policy says about territories at one instant as known at another. */
export function areaContext(
  policy: Policy,
  territories: readonly string[],
  { atMs, knownAtMs }: { readonly atMs: number; readonly knownAtMs: number },
): AreaContext {
  const rules = [...new Set(territories)].flatMap(territory => policy.byTerritory.get(territory) ?? []);
  const statements = statementsAt(
    rules.flatMap(rule => rule.statements),
    territories,
    { validAtMs: atMs, knownAtMs },
  );
  return { territories, rules, statements };
}
