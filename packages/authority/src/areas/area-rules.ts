// SPDX-License-Identifier: MIT
import type { BoundaryView } from "@perigee/earth";
import type { Change } from "../book.ts";
import type { BlastRadius } from "../decisions/proposal.ts";
import { type AuthorityError, type Result, succeed } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";
import { type PolicySubject, policyImpact, radiusOf } from "./policy-impact.ts";
import { policyAfter } from "./policy-in-force.ts";

/** What the commands about areas need to know of the rest. */
export interface AreaRules {
  /**
   * The name under which the operator speaks about what it has switched on. What it says on the activation axis follows
   * from the moves of an area and is entered in no other way.
   */
  readonly operator: string;
  /** Boundary views, by which territories are checked; absent, a misspelt territory is accepted. */
  readonly views?: readonly BoundaryView[];
  /**
   * Terminals as admission sees them now, for approvers to see whom a change would touch. Absent: nobody counts them.
   */
  readonly subjects?: (context: CommandContext) => Iterable<PolicySubject>;
}

export const defaultAreaRules: AreaRules = { operator: "The operator" };

/**
 * Whether a policy can still be made of the records after changes, e.g. that a restricted area has a rule and a
 * territory exists. Before any policy is in force there is nothing to be made.
 */
export function checkPolicyAfter(
  { book }: Pick<CommandContext, "book">,
  changes: readonly Change[],
  { views }: AreaRules,
): Result<null, AuthorityError<"policyInvalid">> {
  const after = policyAfter(book, changes, views);
  if (after.ok || after.error.code === "policyMissing") return succeed(null);
  return { ok: false, error: { ...after.error, code: "policyInvalid" } };
}

/** The terminals whose answer a ruling would change by changing the policy; `null` where nobody counts or it fails. */
export function radiusOfRuling(
  context: CommandContext,
  ruling: Result<Ruling, AuthorityError<string>>,
  { subjects, views }: AreaRules,
): BlastRadius | null {
  if (subjects === undefined || !ruling.ok) return null;
  const { book, policy } = context;
  const after = policyAfter(book, ruling.value.changes, views);
  if (!after.ok || after.value.boundaryView !== policy.boundaryView) return null;
  return radiusOf(policyImpact(policy, after.value, subjects(context), book));
}
