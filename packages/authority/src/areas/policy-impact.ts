// SPDX-License-Identifier: MIT

import { factsOf } from "../admission/admission-facts.ts";
import type { AdmissionInput } from "../admission/admission-input.ts";
import { answerOf } from "../admission.ts";
import type { Book } from "../book.ts";
import { inService } from "../decisions/bulk-limits.ts";
import type { BlastRadius } from "../decisions/proposal.ts";
import { protectedSitesNear } from "../decisions/protected-terminals.ts";
import type { Policy } from "../policy.ts";
import type { Outcome, ReasonCode } from "../reasons.ts";
import { territoriesOf } from "../territory.ts";

/** A terminal as admission sees it, without the policy that judges it. */
export type PolicySubject = Omit<AdmissionInput, "policy">;

/** How many terminals go from one answer to another. */
export interface ImpactStep {
  readonly from: Outcome;
  readonly fromReason: ReasonCode;
  readonly to: Outcome;
  readonly toReason: ReasonCode;
  readonly terminals: number;
}

/** What one area loses and gains, in terminals with full service. */
export interface AreaImpact {
  /** Operator area, territory or country; `null` for terminals that never reported where they are. */
  readonly area: string | null;
  readonly changed: number;
  readonly gain: number;
  readonly lose: number;
}

/** Whom another policy would touch, and how. */
export interface PolicyImpact extends BlastRadius {
  /** Terminals that were asked about. */
  readonly asked: number;
  readonly gain: number;
  readonly lose: number;
  /** By number of terminals, most first. */
  readonly steps: readonly ImpactStep[];
  /** By what is lost, most first. A terminal counts in each of its areas. */
  readonly areas: readonly AreaImpact[];
  /** The first of those whose answer changes, for a look at examples. */
  readonly examples: readonly string[];
}

const mostExamples = 100;

/**
 * Asks every terminal under both policies. A terminal counts as touched when its outcome or its reason changes.
 *
 * @param book for the protected sites among them and near them
 * @throws RangeError when a policy and a subject speak of different boundary views
 */
export function policyImpact(
  before: Policy,
  after: Policy,
  subjects: Iterable<PolicySubject>,
  book: Book,
): PolicyImpact {
  const steps = new Map<string, { step: Omit<ImpactStep, "terminals">; terminals: number }>();
  const areas = new Map<string | null, { changed: number; gain: number; lose: number }>();
  const changed: { readonly terminalId: string; readonly cell: string | null }[] = [];
  const accounts = new Set<string>();
  let [asked, serving, touchedServing, gain, lose] = [0, 0, 0, 0, 0];
  for (const subject of subjects) {
    const { terminal, location, areas: own = [] } = subject;
    asked++;
    if (inService(terminal)) serving++;
    const was = answerOf(factsOf({ ...subject, policy: before }), before);
    const is = answerOf(factsOf({ ...subject, policy: after }), after);
    if (was.outcome === is.outcome && was.reason === is.reason) continue;
    changed.push({ terminalId: terminal.id, cell: location.last?.cell ?? null });
    if (terminal.accountId !== null) accounts.add(terminal.accountId);
    if (inService(terminal)) touchedServing++;
    const [gains, loses] = [
      was.reach !== "all" && is.reach === "all",
      was.reach === "all" && is.reach !== "all",
    ];
    if (gains) gain++;
    if (loses) lose++;
    const step = { from: was.outcome, fromReason: was.reason, to: is.outcome, toReason: is.reason };
    const key = `${step.fromReason} ${step.toReason}`;
    const counted = steps.get(key);
    if (counted === undefined) steps.set(key, { step, terminals: 1 });
    else counted.terminals++;
    const places = location.last === null ? [null] : [...own, ...territoriesOf(location.last.place)];
    for (const area of places) {
      const count = areas.get(area) ?? { changed: 0, gain: 0, lose: 0 };
      count.changed++;
      if (gains) count.gain++;
      if (loses) count.lose++;
      areas.set(area, count);
    }
  }
  const ids = changed.map(({ terminalId }) => terminalId);
  const cells = changed.flatMap(({ terminalId, cell }) => (cell === null ? [] : [{ terminalId, cell }]));
  return {
    asked,
    terminals: changed.length,
    accounts: accounts.size,
    share: serving === 0 ? 0 : touchedServing / serving,
    protectedSites: protectedSitesNear(book, ids, cells),
    gain,
    lose,
    steps: [...steps.values()]
      .map(({ step, terminals }) => ({ ...step, terminals }))
      .sort((a, b) => b.terminals - a.terminals || (keyOf(a) < keyOf(b) ? -1 : 1)),
    areas: [...areas]
      .map(([area, count]) => ({ area, ...count }))
      .sort((a, b) => b.lose - a.lose || b.changed - a.changed || ((a.area ?? "") < (b.area ?? "") ? -1 : 1)),
    examples: ids.slice(0, mostExamples),
  };
}

const keyOf = ({ fromReason, toReason }: ImpactStep): string => `${fromReason} ${toReason}`;

/** The part of an impact that approvers see with a proposal. */
export function radiusOf({ terminals, accounts, share, protectedSites }: PolicyImpact): BlastRadius {
  return { terminals, accounts, share, protectedSites };
}
