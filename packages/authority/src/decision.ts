// SPDX-License-Identifier: MIT
import type { Admission } from "./admission.ts";
import { contentId } from "./content-hash.ts";
import type { Approval } from "./decisions/proposal.ts";
import { explain, type Names } from "./explain.ts";

/** One change of state, as it goes into the ledger. */
export interface Decision {
  /** Made from everything else in the decision: the same decision has the same id wherever it is made again. */
  readonly id: string;
  readonly atMs: number;
  /** Id of the terminal, area or party that is affected. */
  readonly subject: string;
  /** What was done, e.g. `admission`, `suspend`, `register`. */
  readonly action: string;
  /** What it led to: an admission outcome or the state entered. */
  readonly outcome: string;
  readonly reasons: readonly string[];
  /** The decision in one paragraph for people. */
  readonly text: string;
  /** Names and hashes of what was decided upon. */
  readonly inputs: { readonly [name: string]: string };
  readonly orderId?: string;
  /** Who asked for it, where a person did. */
  readonly actor?: { readonly id: string; readonly name: string };
  /**
   * The command that was carried out. Its request stands apart, under the hash: requests can be long, and what people
   * write in them can be erased without touching the log.
   */
  readonly command?: { readonly name: string; readonly requestHash: string };
  readonly approvals?: readonly Approval[];
  /** Ids of findings, requests, documents and measurements that it rests on. */
  readonly evidence?: readonly string[];
  /** When what it does ends by itself, and when somebody must look at it again; UTC ms. */
  readonly expiresAtMs?: number;
  readonly reviewAtMs?: number;
  /** Every restriction has a notice, or the logged reason why there is none. */
  readonly noticeId?: string;
  readonly exemption?: string;
  readonly appealUntilMs?: number;
}

/** A decision with its id. */
export function decisionOf(content: Omit<Decision, "id">): Decision {
  return { id: contentId("dec", content), ...content };
}

/**
 * The decision that an evaluation amounts to: none while outcome and reason stay what they were, for an
 * evaluation happens at every renewal.
 *
 * @param previous the terminal's admission before, or `null` for its first
 */
export function admissionDecision(
  previous: Admission | null,
  next: Admission,
  names: Names = {},
): Decision | null {
  if (previous?.outcome === next.outcome && previous.reason === next.reason) return null;
  return decisionOf({
    atMs: next.atMs,
    subject: next.terminalId,
    action: "admission",
    outcome: next.outcome,
    reasons: [...new Set([next.reason, ...next.grounds.map(ground => ground.reason)])],
    text: explain(next, names).paragraph,
    inputs: { ...next.inputs },
  });
}
