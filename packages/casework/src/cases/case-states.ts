// SPDX-License-Identifier: MIT
import type { StateMachine } from "@perigee/authority";
import { type CaseState, caseStates } from "../records.ts";

/** What can happen to a case. */
export type CaseEvent =
  | "triage"
  | "dismiss"
  | "merge"
  | "investigate"
  | "confirm"
  | "notConfirm"
  | "leaveOpen"
  | "act"
  | "notify"
  | "appeal"
  | "uphold"
  | "reverse"
  | "close"
  | "reopen";

export interface CaseTransition {
  readonly to: CaseState;
  /** Action name of the decision that records it. */
  readonly decision: string;
  readonly sentence: string;
}

const merge: CaseTransition = {
  to: "closed",
  decision: "merge case",
  sentence: "It is the same matter as another case, which goes on with its reports.",
};
const dismiss: CaseTransition = {
  to: "closed",
  decision: "dismiss case",
  sentence: "There is nothing in it that could be investigated.",
};
const act: CaseTransition = {
  to: "actioned",
  decision: "note orders",
  sentence: "Orders that the authority gave are on record with the case.",
};
const close: CaseTransition = {
  to: "closed",
  decision: "close case",
  sentence: "Nothing more is to be done.",
};
const reopen: CaseTransition = {
  to: "investigating",
  decision: "reopen case",
  sentence: "Something new came up.",
};
const appeal: CaseTransition = {
  to: "appealed",
  decision: "note appeal",
  sentence: "A holder objects to an order of the case.",
};

/** State × event → state and decision. What is not in the table is illegal; what is, has guards of its own. */
export const caseTransitions: { readonly [S in CaseState]: { readonly [E in CaseEvent]?: CaseTransition } } =
  {
    received: {
      triage: { to: "triaged", decision: "triage case", sentence: "Somebody looked at what it is about." },
      dismiss,
      merge,
    },
    triaged: {
      investigate: { to: "investigating", decision: "investigate", sentence: "The investigation begins." },
      dismiss,
      merge,
    },
    investigating: {
      confirm: { to: "confirmed", decision: "conclude case", sentence: "What was claimed holds." },
      notConfirm: {
        to: "notConfirmed",
        decision: "conclude case",
        sentence: "What was claimed does not hold.",
      },
      leaveOpen: { to: "inconclusive", decision: "conclude case", sentence: "Neither can be said." },
      merge,
    },
    confirmed: { act, close, reopen },
    notConfirmed: { act, close, reopen },
    inconclusive: { act, close, reopen },
    actioned: {
      notify: {
        to: "notified",
        decision: "note notices",
        sentence: "Everybody concerned was told, or it is on record why not yet.",
      },
      reopen,
    },
    notified: { appeal, close, reopen },
    appealed: {
      uphold: { to: "upheld", decision: "note appeal", sentence: "The orders stand." },
      reverse: { to: "reversed", decision: "note appeal", sentence: "An order was taken back." },
    },
    upheld: { appeal, close, reopen },
    reversed: { appeal, close, reopen },
    // A notice can be appealed against for six months, longer than most cases stay open.
    closed: { appeal, reopen },
  };

/** The same for people: the documentation's diagram is made from it. */
export const caseMachine: StateMachine = {
  title: "Case",
  begins: ["received"],
  states: caseStates,
  transitions: caseTransitions,
};
