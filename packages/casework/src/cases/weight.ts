// SPDX-License-Identifier: MIT
import type { Case, CaseClaim } from "../records.ts";

/** What a claim weighs: origins for and against it. Documents, reposts and reports are not counted. */
export interface ClaimWeight {
  readonly predicate: string;
  /** Distinct origins that assert it, sorted. */
  readonly asserting: readonly string[];
  /** Distinct origins that deny it, sorted. A denial is an answer, and takes no origin away. */
  readonly denying: readonly string[];
  /** Ids of the claims that were put together. */
  readonly claims: readonly string[];
}

/**
 * The claims of a case by predicate, each with its distinct origins. A claim that is repeated by others, or entered
 * again, has the same origins and weighs the same.
 */
export function weightsOf(claims: readonly CaseClaim[]): readonly ClaimWeight[] {
  const byPredicate = new Map<
    string,
    { asserting: Set<string>; denying: Set<string>; claims: Set<string> }
  >();
  for (const { id, predicate, polarity, origins } of claims) {
    let weight = byPredicate.get(predicate);
    if (weight === undefined) {
      weight = { asserting: new Set(), denying: new Set(), claims: new Set() };
      byPredicate.set(predicate, weight);
    }
    weight.claims.add(id);
    for (const origin of origins) weight[polarity === "asserted" ? "asserting" : "denying"].add(origin);
  }
  return [...byPredicate].map(([predicate, { asserting, denying, claims: ids }]) => ({
    predicate,
    asserting: [...asserting].sort(),
    denying: [...denying].sort(),
    claims: [...ids].sort(),
  }));
}

/** The most independent origins that any one claim of a case has. Different claims do not add up. */
export function mostOrigins({ claims }: Pick<Case, "claims">): number {
  return Math.max(0, ...weightsOf(claims).map(({ asserting }) => asserting.length));
}
