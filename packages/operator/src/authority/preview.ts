// SPDX-License-Identifier: MIT
import type { Approval, BlastRadius, BoundCommand, CommandContext, Decision } from "@perigee/authority";
import type { CommandError } from "./carried-out.ts";

type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** What a command would lead to at this moment. */
export interface Preview {
  /** Persons, other than who asks, who must approve first. */
  readonly approvalsNeeded: 0 | 2;
  /** Whom it touches; `null`: one subject. */
  readonly blastRadius: BlastRadius | null;
  /** What it would decide, at once or once approved; not what admission decides anew because of it. */
  readonly decisions: readonly Decision[];
}

/** Two persons who are nobody: a preview of what approval leads to needs approvals, and no id of a person looks so. */
const approvers: readonly Approval[] = ["first", "second"].map(nth => ({
  approverId: `?${nth}`,
  approver: `a ${nth} approver`,
  verdict: "approved",
  reason: "preview",
  atMs: 0,
}));

/** Decides a command as if it were asked for, and as if it were approved where that is needed, and keeps nothing. */
export function previewOf(command: BoundCommand, context: CommandContext): Result<Preview, CommandError> {
  const approvalsNeeded = command.approvalsNeeded(context);
  const ruled = command.decide(approvalsNeeded === 0 ? context : { ...context, approvals: approvers });
  if (!ruled.ok) return ruled;
  const blastRadius = command.blastRadius(context);
  return { ok: true, value: { approvalsNeeded, blastRadius, decisions: ruled.value.decisions } };
}
