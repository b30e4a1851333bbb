// SPDX-License-Identifier: MIT
import { applicationStates } from "./allow-list-application.ts";
import { applicationTransitions } from "./allow-lists.ts";
import { appealStates } from "./appeal.ts";
import { appealTransitions } from "./appeals.ts";
import { breakGlassStates, breakGlassTransitions } from "./break-glass-commands.ts";
import { bulkStates } from "./bulk-order.ts";
import { bulkTransitions } from "./bulk-orders.ts";
import { proposalStates } from "./proposal.ts";
import { proposalTransitions } from "./proposals.ts";
import type { StateTable } from "./state-table.ts";

/** A table of states for people: the documentation's diagrams are made from these. */
export interface StateMachine {
  readonly title: string;
  /** States in which it can begin. */
  readonly begins: readonly string[];
  /** One sentence each. */
  readonly states: { readonly [state: string]: string };
  readonly transitions: StateTable<string, string>;
}

/** Every machine of this folder, by the noun that is in its states. */
export const decisionMachines: { readonly [noun: string]: StateMachine } = {
  proposal: {
    title: "Two-person approval",
    begins: ["open"],
    states: proposalStates,
    transitions: proposalTransitions,
  },
  bulkOrder: {
    title: "Bulk order",
    begins: ["canary", "stopped"],
    states: bulkStates,
    transitions: bulkTransitions,
  },
  breakGlass: {
    title: "Break-glass",
    begins: ["inForce"],
    states: breakGlassStates,
    transitions: breakGlassTransitions,
  },
  appeal: { title: "Appeal", begins: ["open"], states: appealStates, transitions: appealTransitions },
  allowListApplication: {
    title: "Application for an allow-list",
    begins: ["received", "inReview"],
    states: applicationStates,
    transitions: applicationTransitions,
  },
};
