// SPDX-License-Identifier: MIT
import { type AuthorityError, fail, type Result, succeed } from "./result.ts";
import type { AreaState } from "./territory.ts";

/** What can happen to the service of an area. */
export type AreaEvent =
  | "refuseRequest"
  | "approve"
  | "cancel"
  | "activate"
  | "restrict"
  | "unrestrict"
  | "suspend"
  | "deactivate";

/** One row of the table: where the event leads, and the sentence that goes on record. */
export interface AreaTransition {
  readonly to: AreaState;
  readonly sentence: string;
}

const refused = "A request about this area is refused; its state stays as it was.";

/**
 * State × event → state. What is not in the table is illegal.
 *
 * A request is a record of its own, not a state: refusing one therefore has nothing to undo. The two states
 * before first service (neverActive, pending) and the four after it never mix: nothing can be switched off that
 * was never on, and an area that was on can never again be called never active.
 */
export const areaTransitions: {
  readonly [S in AreaState]: { readonly [E in AreaEvent]?: AreaTransition };
} = {
  neverActive: {
    refuseRequest: { to: "neverActive", sentence: refused },
    approve: { to: "pending", sentence: "First service in this area is approved." },
  },
  pending: {
    refuseRequest: { to: "pending", sentence: refused },
    cancel: { to: "neverActive", sentence: "The approval is cancelled before service began." },
    activate: { to: "active", sentence: "Service begins." },
    restrict: { to: "restricted", sentence: "Service begins under rules of the area." },
  },
  active: {
    refuseRequest: { to: "active", sentence: refused },
    restrict: { to: "restricted", sentence: "Rules of the area now limit service." },
    suspend: { to: "suspended", sentence: "Service is interrupted." },
    deactivate: { to: "withdrawn", sentence: "Service is switched off." },
  },
  restricted: {
    refuseRequest: { to: "restricted", sentence: refused },
    unrestrict: { to: "active", sentence: "The rules of the area are lifted." },
    suspend: { to: "suspended", sentence: "Service is interrupted." },
    deactivate: { to: "withdrawn", sentence: "Service is switched off." },
  },
  suspended: {
    refuseRequest: { to: "suspended", sentence: refused },
    activate: { to: "active", sentence: "Service resumes without rules of the area." },
    restrict: { to: "restricted", sentence: "Service resumes under rules of the area." },
    deactivate: { to: "withdrawn", sentence: "Service is switched off." },
  },
  withdrawn: {
    refuseRequest: { to: "withdrawn", sentence: refused },
    activate: { to: "active", sentence: "Service is switched on again." },
    restrict: { to: "restricted", sentence: "Service is switched on again, under rules of the area." },
  },
};

/**
 * Where an event leads an area.
 *
 * @returns `illegalAreaTransition` when the table has no such row, e.g. `deactivate` from `neverActive`.
 */
export function areaTransition(
  state: AreaState,
  event: AreaEvent,
): Result<AreaTransition, AuthorityError<"illegalAreaTransition">> {
  const row = areaTransitions[state][event];
  return row === undefined
    ? fail("illegalAreaTransition", "event", `An area that is ${state} has no transition "${event}".`)
    : succeed(row);
}
