// SPDX-License-Identifier: MIT
import { type CaseEvent, type CaseState, caseTransitions } from "@perigee/casework";

/** By which command each event of a case comes about. */
const commandOf: { readonly [E in CaseEvent]: string } = {
  ...{ triage: "case.triage", dismiss: "case.dismiss", merge: "case.merge", investigate: "case.investigate" },
  ...{ confirm: "case.conclude", notConfirm: "case.conclude", leaveOpen: "case.conclude" },
  ...{ act: "case.noteOrders", notify: "case.follow", appeal: "case.follow" },
  ...{ uphold: "case.follow", reverse: "case.follow", close: "case.close", reopen: "case.reopen" },
};
/** States before a conclusion: as long, a case takes claims, candidates and reports. */
const openStates: ReadonlySet<CaseState> = new Set(["received", "triaged", "investigating"]);

/** Commands about a case that its state allows. Each has guards of its own, which say what is missing. */
export function nextCommands(state: CaseState): string[] {
  const events = Object.keys(caseTransitions[state]) as CaseEvent[];
  const adding = openStates.has(state) ? ["case.add", "case.exclude"] : [];
  return [...new Set([...adding, ...events.map(event => commandOf[event])])];
}

/** Whether claims, candidates and documents may still be added. */
export const takesMembers = (state: CaseState): boolean => openStates.has(state);
