// SPDX-License-Identifier: MIT
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { CommandContext } from "../ruling.ts";
import type { Approval } from "./proposal.ts";

export type ApprovalError = AuthorityError<"approvalMissing">;

/**
 * Whether two persons, who are neither the one who asks nor each other, have approved. Every command that needs approval
 * asks this itself when it is decided, so that no way around the proposals exists.
 *
 * @returns the approvals that count, or `approvalMissing`
 */
export function approvedByTwo(
  context: Pick<CommandContext, "actor" | "approvals">,
): Result<readonly Approval[], ApprovalError> {
  const { actor, approvals } = context;
  const counting = approvals.filter(
    ({ approverId, verdict }, i) =>
      verdict === "approved" &&
      approverId !== actor.id &&
      approvals.findIndex(other => other.approverId === approverId) === i,
  );
  if (counting.length >= 2) return succeed(counting);
  return fail(
    "approvalMissing",
    "approvals",
    "Two persons must approve this, neither of them the one who asks nor the same twice.",
  );
}
