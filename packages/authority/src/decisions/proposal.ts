// SPDX-License-Identifier: MIT
import type { Actor } from "../actor.ts";

/** What one person said about a proposal. */
export interface Approval {
  readonly approverId: string;
  readonly approver: string;
  readonly verdict: "approved" | "refused";
  readonly reason: string;
  readonly atMs: number;
}

/** Whom a command touches. */
export interface BlastRadius {
  /** Terminals whose service would change. */
  readonly terminals: number;
  readonly accounts: number;
  /** Share of the terminals that are in service anywhere, 0 to 1. */
  readonly share: number;
  /** Protected sites among them, or near them, by id. */
  readonly protectedSites: readonly string[];
}

/** A command that waits for two persons. */
export interface Proposal {
  readonly id: string;
  readonly command: { readonly name: string; readonly request: unknown };
  readonly requestedBy: Pick<Actor, "id" | "name">;
  readonly reason: string;
  /** What cannot wait is decided sooner or not at all. */
  readonly lane: "ordinary" | "emergency";
  readonly atMs: number;
  /** After this nobody can approve it any more. */
  readonly expiresMs: number;
  readonly blastRadius: BlastRadius | null;
  readonly approvals: readonly Approval[];
  readonly state: ProposalState;
}

/** Where a proposal stands, one sentence each. */
export const proposalStates = {
  open: "It waits for two persons.",
  carriedOut: "Two persons approved, and it was carried out in the same instant.",
  refused: "One person refused.",
  expired: "Its time ran out before two persons approved.",
  withdrawn: "Whoever asked took it back.",
} as const;

export type ProposalState = keyof typeof proposalStates;
