// SPDX-License-Identifier: MIT
import type { ProposalRow } from "../../data/records-shapes.ts";
import type { MarkTone } from "../../ui/mark.tsx";

export const PROPOSAL_STATES: Record<ProposalRow["state"], string> = {
  open: "Open",
  carriedOut: "Carried out",
  refused: "Refused",
  expired: "Expired",
  withdrawn: "Withdrawn",
};

export const PROPOSAL_SENTENCES: Record<ProposalRow["state"], string> = {
  open: "It waits for two persons, neither of them the one who asked.",
  carriedOut: "Two persons approved, and it was carried out in the same instant.",
  refused: "One person refused.",
  expired: "Its time ran out before two persons approved.",
  withdrawn: "Whoever asked took it back.",
};

export const PROPOSAL_TONES: Record<ProposalRow["state"], MarkTone> = {
  open: "wait",
  carriedOut: "ok",
  refused: "bad",
  expired: "mute",
  withdrawn: "mute",
};

/**
 * Why a person may not approve or refuse a proposal, permissions aside; `null`: they may.
 *
 * @param person id of who is in front of the page
 */
export function verdictRefusal(proposal: ProposalRow, person: string | null, nowMs: number): string | null {
  if (proposal.state !== "open") return PROPOSAL_SENTENCES[proposal.state];
  if (proposal.expiresMs <= nowMs) return "The time to decide about it is over.";
  if (proposal.requestedBy.id === person) return "Nobody approves or refuses what they asked for.";
  if (proposal.approvals.some(({ approverId }) => approverId === person))
    return "You approved it; the second approval is another person's.";
  return null;
}

/** How many approvals it has, in words. */
export function approvalWords({ approvals, state }: Pick<ProposalRow, "approvals" | "state">): string {
  const given = approvals.filter(({ verdict }) => verdict === "approved").length;
  if (state !== "open") return `${given} of 2`;
  return given === 0 ? "Needs two persons" : "Needs one more person";
}
