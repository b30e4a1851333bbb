// SPDX-License-Identifier: MIT
import type { EntityBook } from "../names/entity-book.ts";
import type { JoinedClaim } from "../propositions/join-claims.ts";
import type { Assertion, Grade, Origin } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";

/** Which outlet unnamed people of a document spoke to, and who prints it. */
export interface DocumentAccess {
  readonly interviewer: string | null;
  readonly publisher: string;
}

/**
 * The origins of a proposition: whoever first asserted it with access of their own. A spokesman is the body he
 * speaks for; organs of one state are one; unnamed people are the outlet that spoke to them, however many they
 * are; a document's own words are shown and not counted. Copies add nothing.
 */
export function originsOf(
  claim: JoinedClaim,
  book: EntityBook,
  access: ReadonlyMap<string, DocumentAccess>,
  tables: IntakeTables,
): Origin[] {
  const found = new Map<string, { kind: Origin["kind"]; documents: Set<string>; claimants: Set<string> }>();
  for (const a of claim.assertions) {
    if (a.stance === "dismissed") continue;
    const { id, kind } = originOf(a, book, access.get(a.documentId));
    const at = found.get(id) ?? { kind, documents: new Set<string>(), claimants: new Set<string>() };
    if (kind === "asserter") at.kind = "asserter";
    at.documents.add(a.documentId);
    if (a.claimant !== null) at.claimants.add(a.claimant);
    found.set(id, at);
  }
  return [...found].map(([id, { kind, documents, claimants }]) => ({
    id,
    name: book.get(id)?.name ?? stateName(id, tables) ?? id,
    kind,
    documents: [...documents],
    claimants: [...claimants],
    reliability: tables.sources.find(s => s.id === id)?.reliability ?? "F",
  }));
}

function originOf(
  a: Assertion,
  book: EntityBook,
  access: DocumentAccess | undefined,
): { id: string; kind: Origin["kind"] } {
  if (a.claimant === null) return { id: `narration:${access?.publisher ?? a.documentId}`, kind: "narration" };
  const who = book.get(a.claimant);
  if (who?.kind !== "unnamed") return { id: book.rootOf(a.claimant), kind: "asserter" };
  const through = a.via[0] ?? access?.interviewer ?? null;
  return through === null
    ? { id: `interviews:${access?.publisher ?? a.documentId}`, kind: "interviews" }
    : { id: book.rootOf(through), kind: "interviews" };
}

function stateName(id: string, tables: IntakeTables): string | null {
  const code = /^([a-z]{2}):government$/.exec(id)?.[1]?.toUpperCase();
  const row = tables.countries.find(c => c.code === code);
  return row === undefined ? null : `Government of ${row.names[0]}`;
}

/**
 * Credibility of a claim by its origins (Admiralty system, the number only): 1 needs an independent second
 * origin; one origin is 3, possibly true; narration alone is 6. A reserve of every asserter ("to the best of our
 * knowledge", "allegedly"), evidence expressly withheld, or a conflict lowers it by one each, never below 5. The
 * reliability of the sources does not enter.
 */
export function gradeOf(
  origins: readonly Origin[],
  assertions: readonly Assertion[],
  withheld: boolean,
  inConflict: boolean,
): Grade {
  const counted = origins.filter(o => o.kind !== "narration").length;
  if (counted === 0)
    return { credibility: 6, independentOrigins: 0, why: "no origin with access of its own is named" };
  const steps: string[] = [counted >= 2 ? `${counted} independent origins` : "one origin"];
  let number = counted >= 2 ? 1 : 3;
  const lower = (why: string): void => {
    number = Math.min(5, number + 1);
    steps.push(why);
  };
  if (assertions.every(a => a.qualifier !== null)) lower("every asserter makes a reserve");
  if (withheld) lower("an origin expressly withholds its evidence");
  if (inConflict) lower("another proposition excludes it");
  return { credibility: number as Grade["credibility"], independentOrigins: counted, why: steps.join("; ") };
}
