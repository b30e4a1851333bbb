// SPDX-License-Identifier: MIT
import type { AuthorityError, Result } from "@perigee/authority";
import { type CaseContext, fail } from "../commands/case-command.ts";
import { type Case, caseBounds } from "../records.ts";
import { type CaseEvent, type CaseTransition, caseTransitions } from "./case-states.ts";

/** A case after an event, and the row of the table that led there. */
export interface SteppedCase {
  readonly case: Case;
  readonly transition: CaseTransition;
}

/**
 * Applies one event to a case; the given case is left as it is. Guards are the commands' business.
 *
 * @returns `illegalTransition` when {@link caseTransitions} has no such row, `caseFull` after too many steps
 */
export function stepCase(
  before: Case,
  event: CaseEvent,
  { actor, atMs }: Pick<CaseContext, "actor" | "atMs">,
  note: string,
): Result<SteppedCase, AuthorityError<"illegalTransition" | "caseFull">> {
  const transition = caseTransitions[before.state][event];
  if (transition === undefined) {
    return fail(
      "illegalTransition",
      "caseId",
      `Case ${before.id} is ${before.state}; that state has no transition "${event}".`,
    );
  }
  if (before.steps.length >= caseBounds.steps) {
    return fail("caseFull", "caseId", `Case ${before.id} has ${caseBounds.steps} steps.`);
  }
  const step = { event, from: before.state, to: transition.to, by: actor.id, atMs, note };
  return {
    ok: true,
    value: {
      transition,
      case: { ...before, state: transition.to, stateSinceMs: atMs, steps: [...before.steps, step] },
    },
  };
}

/** A case by id, or `caseUnknown`. */
export function caseOf(
  { book }: Pick<CaseContext, "book">,
  caseId: string,
  place = "caseId",
): Result<Case, AuthorityError<"caseUnknown">> {
  const found = book.get("case", caseId);
  return found === undefined
    ? fail("caseUnknown", place, `There is no case ${caseId}.`)
    : { ok: true, value: found };
}

const openStates: ReadonlySet<Case["state"]> = new Set(["received", "triaged", "investigating"]);

/** Whether claims, candidates and reports may still be added: until it is concluded. */
export function isOpen({ state }: Case): boolean {
  return openStates.has(state);
}
