// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { decisionOf } from "../decision.ts";
import { decided } from "../decisions/decided.ts";
import { ground } from "../decisions/request-parts.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import type { AreaRules } from "./area-rules.ts";
import { policyDiff } from "./policy-diff.ts";
import { policyImpact, radiusOf } from "./policy-impact.ts";
import { type PolicyPlan, planPolicy } from "./policy-plan.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "Expected a SHA-256 as 64 hexadecimal digits.");
const applyRequest = z.strictObject({
  /** Read by the policy's own reader, which bounds every list in it. */
  document: z.record(z.string().max(40), z.unknown()),
  /** What was planned: the document's hash, and the version of the policy it was compared with. */
  planned: z.strictObject({ documentHash: hash, againstVersion: hash.nullable() }),
  reason: ground,
});
type ApplyRequest = z.infer<typeof applyRequest>;

/** Putting a policy in force: what was planned and looked at, by two persons, and nothing else. */
export function policyCommands(rules: AreaRules): readonly CommandEntry[] {
  const apply: Command<ApplyRequest> = commandOf({
    name: "policy.apply",
    summary: "Puts in force the policy that was planned.",
    permission: "policy.apply",
    approvalsNeeded: () => 2,
    blastRadius(request, context) {
      const plan = planned(request, context);
      if (!plan.ok || rules.subjects === undefined) return null;
      const { before, after } = plan.value;
      if (before === null || before.boundaryView !== after.boundaryView) return null;
      return radiusOf(policyImpact(before, after, rules.subjects(context), context.book));
    },
    decide(request, context) {
      const approved = approvedByTwo(context);
      if (!approved.ok) return approved;
      const plan = planned(request, context);
      if (!plan.ok) return plan;
      const { before, after, changes, setAside, documentHash } = plan.value;
      if (changes.length === 0)
        return fail("nothingToApply", "document", "The policy in force says all that already.");
      const differences = policyDiff(before, after);
      const count = (change: string): number => differences.filter(one => one.change === change).length;
      const decision = decided(
        context,
        { name: apply.name, request },
        {
          subject: "policy",
          action: "apply policy",
          outcome: after.version,
          reasons: [request.reason],
          text:
            `${context.actor.name} puts the policy ${after.title} in force: ${count("added")} things are added, ` +
            `${count("changed")} changed, ${count("removed")} removed, ${setAside.length} set aside. ${request.reason}`,
          inputs: { document: documentHash, before: before?.version ?? "none", after: after.version },
        },
      );
      return succeed({ decisions: [decisionOf(decision)], changes });
    },
  });

  function planned(
    { document, planned }: ApplyRequest,
    { book, atMs }: CommandContext,
  ): Result<PolicyPlan, AuthorityError<string>> {
    const plan = planPolicy(book, document, atMs, rules);
    if (!plan.ok) return plan;
    const { documentHash, againstVersion } = plan.value;
    if (documentHash !== planned.documentHash) {
      return fail("planMismatch", "planned.documentHash", "This is not the document that was planned.");
    }
    if (againstVersion !== planned.againstVersion) {
      return fail(
        "planStale",
        "planned.againstVersion",
        "Another policy is in force since it was planned; plan again.",
      );
    }
    return plan;
  }

  return [entryOf(apply, applyRequest)];
}
