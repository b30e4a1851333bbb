// SPDX-License-Identifier: MIT
import type { Book, Change } from "../book.ts";
import { contentId } from "../content-hash.ts";
import { type Decision, decisionOf } from "../decision.ts";
import type { Notice, NoticeCause } from "./notice.ts";

const dayMs = 86_400_000;

/**
 * How long a restriction can be appealed against: six months and never less, whichever months they are (the benchmark is
 * Regulation (EU) 2022/2065, Digital Services Act, Article 20(1): at least six months).
 */
export const appealTermMs = 184 * dayMs;

/** What evidence is called in a notice. A class says enough to answer it, and nothing about who reported. */
export const evidenceClasses = {
  measurement: "the network's own measurements",
  record: "the operator's own records",
  finding: "a confirmed finding of an investigation",
  lawfulOrder: "a lawful order",
  holder: "what the holder said",
  officer: "an officer's own observation",
  report: "reports from outside",
} as const;

export type EvidenceClass = keyof typeof evidenceClasses;

/** What a notice says beyond what its decision says. */
export interface NoticeContent {
  /** Terminal, account or party that is restricted. */
  readonly subject: string;
  /** Party that is told; `null` where nobody is on record. */
  readonly party: string | null;
  readonly cause: NoticeCause;
  /** What happened, in plain words. */
  readonly facts: string;
  /** The rule that was applied, in plain words. */
  readonly rule: string;
  readonly evidence: readonly EvidenceClass[];
  /** Whether a program decided without a person. */
  readonly automated: boolean;
  /** When somebody must look again, or the restriction ends by itself; UTC ms, after the decision. */
  readonly reviewMs: number;
  /** Why the party is not told yet; `null` to tell it. */
  readonly exemption: string | null;
}

/** A decision that names its notice, and the notice. */
export interface NoticedDecision {
  readonly decision: Decision;
  readonly notice: Notice;
  readonly change: Change;
}

/**
 * The notice of a restriction, and the decision that names it. Where an exemption keeps the notice back, the decision
 * carries the exemption instead, and the notice lies ready to be released.
 *
 * @param decision without id, notice, exemption and appeal: those come from here, and the id covers them.
 * @throws RangeError when the review is not after the decision
 */
export function noticeOf(decision: Omit<Decision, "id">, content: NoticeContent): NoticedDecision {
  const { atMs } = decision;
  const { subject, party, cause, facts, rule, evidence, automated, reviewMs, exemption } = content;
  if (!(reviewMs > atMs)) throw new RangeError("A restriction is reviewed after it was decided.");
  const appealUntilMs = atMs + appealTermMs;
  const unnamed: Omit<Notice, "id" | "decisionId"> = {
    subject,
    party,
    cause,
    decidedBy: decidersOf(decision),
    atMs,
    exemption,
    text: {
      facts,
      rule,
      evidence: evidence.map(name => evidenceClasses[name]),
      automated,
      howToAppeal:
        `You can object in the customer portal, or in writing, until ${dateOf(appealUntilMs)}. Somebody who had no ` +
        "part in this decision decides: within 14 days, or within 4 hours where a life may depend on it.",
    },
    reviewMs,
    appealUntilMs,
  };
  const id = contentId("not", { subject, cause, action: decision.action, atMs });
  const told = exemption === null ? { noticeId: id, appealUntilMs } : { exemption };
  const named = decisionOf({ ...decision, reviewAtMs: reviewMs, ...told });
  const notice: Notice = { id, decisionId: named.id, ...unnamed };
  return { decision: named, notice, change: { kind: "notice", id, document: notice } };
}

/** Whoever asked for a decision and whoever approved it, by id, each once. */
export function decidersOf({ actor, approvals }: Pick<Decision, "actor" | "approvals">): readonly string[] {
  const ids = [...(actor === undefined ? [] : [actor.id]), ...(approvals ?? []).map(a => a.approverId)];
  return [...new Set(ids)];
}

/** The notices that a party was told, the newest first. What an exemption keeps back is not among them. */
export function noticesTo(book: Book, party: string): readonly Notice[] {
  return book
    .about("notice", party)
    .filter(notice => notice.party === party && notice.exemption === null)
    .toReversed()
    .toSorted((a, b) => b.atMs - a.atMs);
}

/** The day of an instant, UTC. */
export function dateOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
