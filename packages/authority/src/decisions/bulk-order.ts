// SPDX-License-Identifier: MIT
import type { EvidenceClass } from "./notices.ts";
import type { Approval } from "./proposal.ts";

/** Where a bulk order stands, one sentence each. */
export const bulkStates = {
  stopped:
    "It touches a protected site, or somebody stopped it; nothing more happens until a person has looked.",
  canary: "It is carried out on a small part, and somebody looks at the effect.",
  complete: "It is carried out on all.",
  rolledBack: "All that it did is reversed.",
} as const;

export type BulkState = keyof typeof bulkStates;

export type BulkAction = "suspend" | "restrict" | "deactivate" | "restore";

/** What somebody saw at one terminal of the canary. */
export interface CanaryObservation {
  readonly terminalId: string;
  /** Whether it is the terminal that was meant and what happened to it is what was meant. */
  readonly asExpected: boolean;
  readonly note: string;
}

/** An order about many terminals, carried out in two steps: a canary of at most one per cent, a look, then the rest. */
export interface BulkOrder {
  readonly id: string;
  readonly action: BulkAction;
  readonly ground: string;
  readonly basis: { readonly kind: "lawfulOrder" | "finding" | "policy"; readonly id: string };
  readonly requestedBy: { readonly id: string; readonly name: string };
  readonly approvals: readonly Approval[];
  /** Of a suspension; `null` for what does not end by itself. */
  readonly hours: number | null;
  /** Nothing of it lasts longer, where one person began it in an emergency; `null` otherwise. */
  readonly endsMs: number | null;
  /** When what does not end by itself is looked at again. */
  readonly reviewDays: number;
  readonly evidence: readonly string[];
  readonly evidenceClasses: readonly EvidenceClass[];
  readonly exemption: string | null;
  /** All that it is about, without those that somebody took out. */
  readonly terminalIds: readonly string[];
  readonly canary: readonly string[];
  /** Terminals that it has been carried out on. */
  readonly done: readonly string[];
  readonly state: BulkState;
  /** Why it was stopped: a protected site, a sample that did not hold, a person. */
  readonly stoppedBecause: string | null;
  /** Protected sites that a person has looked at and let the order go on. */
  readonly sitesSeen: readonly string[];
  readonly observations: readonly CanaryObservation[];
  readonly orderIds: readonly string[];
  readonly atMs: number;
}
