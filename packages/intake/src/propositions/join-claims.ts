// SPDX-License-Identifier: MIT
import { overlapInTime } from "../dates/reported-date.ts";
import type { DatedOn } from "../model.ts";
import type { EntityBook } from "../names/entity-book.ts";
import { liesIn, overlapInArea } from "../places/overlap.ts";
import type { Area, Assertion, Proposition } from "../report.ts";
import type { Claim } from "./clauses.ts";
import type { Grammar } from "./grammar.ts";

/** A claim with who asserts it and where. */
export interface MadeClaim {
  readonly claim: Claim;
  readonly assertion: Assertion;
}

/** A proposition whose origins are still to be counted. */
export type JoinedClaim = Omit<Proposition, "origins" | "grade">;

interface Draft {
  readonly key: string;
  readonly first: Claim;
  area: Area | null;
  interval: DatedOn | null;
  readonly assertions: Assertion[];
}

/**
 * Joins claims that say the same: predicate, subject, object, way and polarity equal, area and time compatible.
 * A state's forces and its government are one subject; a unit by its number is a subject of its own. A claim
 * without an area joins the only one there is, else stands alone.
 */
export function joinClaims(made: readonly MadeClaim[], book: EntityBook, grammar: Grammar): JoinedClaim[] {
  const drafts: Draft[] = [];
  const byKey = new Map<string, Draft[]>();
  // Claims that name a place first, so that those without one find theirs.
  const order = [...made].sort((a, b) => Number(a.claim.area === null) - Number(b.claim.area === null));
  for (const { claim, assertion } of order) {
    const key = keyOf(claim, book, grammar);
    const list = byKey.get(key) ?? [];
    byKey.set(key, list);
    const fits = list.filter(
      d =>
        overlapInTime(d.interval, claim.interval) &&
        (claim.area === null || d.area === null
          ? list.length === 1 || d.area === claim.area
          : overlapInArea(d.area, claim.area)),
    );
    const into = fits[0];
    if (into === undefined) {
      const draft: Draft = {
        key,
        first: claim,
        area: claim.area,
        interval: claim.interval,
        assertions: [assertion],
      };
      list.push(draft);
      drafts.push(draft);
      continue;
    }
    if (
      !into.assertions.some(
        a =>
          a.documentId === assertion.documentId &&
          a.from === assertion.from &&
          a.claimant === assertion.claimant,
      )
    )
      into.assertions.push(assertion);
    if (claim.area !== null && (into.area === null || liesIn(into.area.pin, claim.area.pin)))
      into.area = { pin: claim.area.pin, part: claim.area.part ?? into.area?.part ?? null };
    into.interval ??= claim.interval;
  }
  for (const d of drafts) d.assertions.sort(byPlace);
  drafts.sort((a, b) => byPlace(a.assertions[0]!, b.assertions[0]!));
  return drafts.map((d, n) => ({
    id: `p${n + 1}`,
    predicate: d.first.predicate,
    subject: d.first.subject,
    object: d.first.object,
    area: d.area,
    via: d.first.via,
    interval: d.interval,
    polarity: d.first.polarity,
    manner: ownManner(d.first, grammar),
    assertions: d.assertions,
  }));
}

/** The subject as it counts for sameness. */
export function subjectKey(id: string | null, book: EntityBook): string | null {
  if (id === null) return null;
  if (/(^|:)unit:/.test(id)) return id;
  const state = /^([a-z]{2}):/.exec(id);
  return state === null ? book.rootOf(id) : state[1]!;
}

/** "officially" is part of what is said; "systematically" is how strongly. */
function ownManner(claim: Claim, grammar: Grammar): string | null {
  const own = (claim.manner ?? "").split(", ").filter(m => grammar.is("ownManner", m));
  return own.length === 0 ? null : own.join(", ");
}

function keyOf(claim: Claim, book: EntityBook, grammar: Grammar): string {
  return [
    claim.predicate,
    subjectKey(claim.subject, book),
    claim.object,
    claim.via,
    claim.polarity,
    ownManner(claim, grammar),
    claim.stance === "dismissed",
  ].join("|");
}

function byPlace(a: Assertion, b: Assertion): number {
  return a.documentId < b.documentId ? -1 : a.documentId > b.documentId ? 1 : a.from - b.from;
}
